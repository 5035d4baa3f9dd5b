package query_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Odd and Side are of tables whose every name is hostile.
type (
	Odd struct {
		ID   int64
		A, B string
		Nick *string
		Up   *int64
	}
	Side struct {
		No    int64
		OddID *int64
		Word  string
	}
	odds struct {
		model.Table[Odd]
		ID   expr.Int
		A, B expr.Text
		Nick expr.NullText
		Up   expr.NullInt
	}
	sides struct {
		model.Table[Side]
		No    expr.Int
		OddID expr.NullInt
		Word  expr.Text
	}
)

var (
	hostileKeywords = []string{"select", "user", "order", "default", "values", "table", "null", "true", "from", "lateral", "window", "end"}
	hostileNames    = append([]string{
		`a"b`, `"`, `""`, `"; --`, "it's", "'", "''", ".", "a.b", `"a"."b"`, `\`, `\"`, `back\slash`, "$1", "$2", "$$", "$x$", "?", "??", "?|", "a?b",
		"@id", ":name", "--", "-- x", "/*", "*/", "/* x */", "\n", "a\nb", "--\nb", "\t", " ", "  x ", "ünï", "Ünï Cöde", "😀", "e\u0301", "\u202e",
		"\u00a0", "\u0001", strings.Repeat("x", 63), strings.Repeat("€", 21), strings.Repeat(`"`, 63), "1", "9lives", "1e5", "UPPER", "MixedCase",
		";", "x; DROP TABLE y", "(", ")", ",", "*", "%", "%s", "E'", `U&"x"`, "[1]", "::text", "{}", "=", "a b",
	}, hostileKeywords...)
)

func keyword(name string) bool { return slices.Contains(hostileKeywords, name) }

// tame is the twin of a hostile name.
func tame(name string) string { return "n" + strconv.Itoa(slices.Index(hostileNames, name)) }

// twins is what the names of both worlds are in the shape of a statement.
func twins() map[string]string {
	m := map[string]string{}
	for _, name := range hostileNames {
		m[name], m[tame(name)] = tame(name), tame(name)
	}
	return m
}

// world is two tables, and the names of all that is theirs: of the schema, a constraint, the tables and their columns.
type world struct {
	odd   *odds
	side  *sides
	names []string
}

// newWorld maps tables by the names of a list, of which it needs 13.
func newWorld(t testing.TB, names []string) world {
	t.Helper()
	w := world{names: names}
	w.odd = model.Map(names[2], func(t *odds) model.Spec {
		return model.Spec{
			model.InSchema(names[0]), model.PrimaryKey(t.ID), model.Name(names[3], t.ID), model.Name(names[4], t.A), model.Name(names[5], t.B),
			model.Name(names[6], t.Nick), model.Name(names[7], t.Up), model.Unique(t.B, t.A), model.Index(t.Nick),
			model.Check(names[8], t.A.Ne(`it's \ "?" $1 -- `+names[8])), model.ForeignKey(t.Up, t.ID),
		}
	})
	w.side = model.Map(names[9], func(t *sides) model.Spec {
		return model.Spec{
			model.InSchema(names[0]), model.PrimaryKey(t.No), model.Name(names[10], t.No), model.Name(names[11], t.OddID), model.Name(names[12], t.Word),
			model.ForeignKey(t.OddID, w.odd.ID), model.Filter(t.Word.Ne(names[12])),
		}
	})
	return w
}

// create makes a world's tables, with rows.
func (w world) create(t testing.TB, dsn string) {
	t.Helper()
	ctx := context.Background()
	s, err := model.NewSchema(w.odd, w.side)
	ok(t, err)
	eng, err := session.Open(ctx, dsn, s, session.Options{MaxConns: 1})
	ok(t, err)
	defer eng.Close()
	quoted := func(names ...string) string { return pgx.Identifier(names).Sanitize() }
	ok(t, eng.ExecAll(ctx, []string{"CREATE SCHEMA " + quoted(w.names[0])}))
	ok(t, s.CreateAll(ctx, eng))
	ok(t, s.Verify(ctx, eng))
	ok(t, eng.ExecAll(ctx, []string{"ALTER TABLE " + quoted(w.names[0], w.names[2]) + " ADD CONSTRAINT " + quoted(w.names[1]) + " UNIQUE (" + quoted(w.names[4]) + ")"}))
	one := eng.Session()
	defer func() { ok(t, one.Close(ctx)) }()
	id := int64(1)
	for i, v := range hostileValues {
		one.Add(&Odd{A: v, B: strconv.Itoa(i)})
	}
	ok(t, one.Flush(ctx))
	one.Add(&Side{OddID: &id, Word: "w"})
	ok(t, one.Commit(ctx))
}

// twinWorld is a hostile world, its tame twin, and the names that are left for what a statement names itself.
type twinWorld struct {
	hostile, tame world
	free          []string
}

// twinWorlds are n hostile worlds, each with its tables in a schema of a database, and their twins.
func twinWorlds(t testing.TB, n int, random *rand.Rand) (dsn string, ps []twinWorld) {
	t.Helper()
	dsn = pgtest.Database(t)
	schemas := slices.Clone(hostileNames)
	random.Shuffle(len(schemas), func(i, j int) { schemas[i], schemas[j] = schemas[j], schemas[i] })
	for _, name := range schemas[:n] {
		names := slices.DeleteFunc(slices.Clone(hostileNames), func(other string) bool { return other == name })
		random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		names = append([]string{name}, names...)
		p := twinWorld{hostile: newWorld(t, names[:13]), free: names[13:]}
		p.hostile.create(t, dsn)
		twins := make([]string, 13)
		for j := range twins {
			twins[j] = tame(names[j])
		}
		p.tame = newWorld(t, twins)
		ps = append(ps, p)
	}
	return dsn, ps
}
