package query_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// sweep tries statements of hostile worlds on a server.
type sweep struct {
	conn   *pgx.Conn
	worlds []twinWorld
	kinds  []string
	twins  map[string]string
}

func newSweep(t testing.TB) *sweep {
	t.Helper()
	ctx := context.Background()
	dsn, worlds := twinWorlds(t, 8, rand.New(rand.NewPCG(7, 8)))
	conn, err := pgx.Connect(ctx, dsn)
	ok(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	s := &sweep{conn: conn, worlds: worlds, twins: twins()}
	for kind := range kinds {
		s.kinds = append(s.kinds, kind)
	}
	slices.Sort(s.kinds)
	return s
}

// try makes the statement of a seed in a hostile world and in a tame one, and has the server run it.
func (s *sweep) try(t *testing.T, seed uint64) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	kind, w := s.kinds[random.IntN(len(s.kinds))], s.worlds[random.IntN(len(s.worlds))]
	names := slices.Clone(w.free)
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	choices := random.Uint64()
	x, labels := kinds[kind](&maker{w.hostile, rand.New(rand.NewPCG(choices, 2)), names, false})
	y, _ := kinds[kind](&maker{w.tame, rand.New(rand.NewPCG(choices, 2)), names, true})
	text, values, err := x.SQL()
	if err != nil {
		t.Fatalf("%s, seed %d: %v", kind, seed, err)
	}
	tameText, _, err := y.SQL()
	ok(t, err)
	at := fmt.Sprintf("%s, seed %d: %s", kind, seed, text)
	s.same(t, at, text, tameText)
	s.same(t, at+", inline", x.Inline(), y.Inline())
	asSquirrel(t, at, x, text, values)
	s.run(t, at, text, values, x.Inline(), labels)
}

// same compares the structures of two texts.
func (s *sweep) same(t *testing.T, at, hostile, tame string) {
	t.Helper()
	got, err := shape(hostile, s.twins)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	want, err := shape(tame, s.twins)
	ok(t, err)
	if got != want {
		t.Errorf("%s\nis    %s\nwants %s", at, got, want)
	}
}

// asSquirrel compares what squirrel makes of a statement with its text: the same tokens, with the same arguments in their places.
func asSquirrel(t *testing.T, at string, x statement, text string, values []any) {
	t.Helper()
	question, again, err := x.ToSql()
	ok(t, err)
	numbered, err := sq.Dollar.ReplacePlaceholders(question)
	ok(t, err)
	filled := func(text string, values []any) (filled []string) {
		ts, err := tokens(text)
		ok(t, err)
		for _, token := range ts {
			var n int
			if token.kind == "parameter" {
				_, err := fmt.Sscanf(token.text, "$%d", &n)
				ok(t, err)
				if n < 1 || n > len(values) {
					t.Fatalf("%s: no argument %d of %d in %s", at, n, len(values), text)
				}
				token.text = fmt.Sprintf("%T %v", values[n-1], values[n-1])
			}
			filled = append(filled, token.text)
		}
		return filled
	}
	if got, want := filled(numbered, again), filled(text, values); !slices.Equal(got, want) {
		t.Errorf("%s\nfor squirrel it is %q\nwant               %q", at, got, want)
	}
}

// run has the server run a statement with its arguments and with them in the text: the rows are the same, their columns named by labels.
func (s *sweep) run(t *testing.T, at, text string, values []any, inline string, labels []string) {
	t.Helper()
	ctx := context.Background()
	d, err := s.conn.PgConn().Prepare(ctx, "", text, nil)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	var got []string
	for _, f := range d.Fields {
		got = append(got, f.Name)
	}
	if !slices.Equal(got, labels) {
		t.Errorf("%s: its columns are %q, want %q", at, got, labels)
	}
	rows := func(text string, args ...any) (all []string) {
		tx, err := s.conn.Begin(ctx)
		ok(t, err)
		defer func() { ok(t, tx.Rollback(ctx)) }()
		rows, err := tx.Query(ctx, text, append([]any{pgx.QueryExecModeDescribeExec, pgx.QueryResultFormats{pgx.TextFormatCode}}, args...)...)
		if err != nil {
			t.Fatalf("%s: %s: %v", at, text, err)
		}
		defer rows.Close()
		for rows.Next() {
			all = append(all, fmt.Sprintf("%q", rows.RawValues()))
		}
		if err := rows.Err(); err != nil {
			t.Fatalf("%s: %s: %v", at, text, err)
		}
		return append(all, rows.CommandTag().String())
	}
	if with, without := rows(text, values...), rows(inline); !slices.Equal(with, without) {
		t.Errorf("%s\ngives         %s\nas %s\nit is         %s", at, with, inline, without)
	}
}

// TestHostileClauses: whatever names and values are, a statement is what it is with tame ones, to the server and to squirrel.
func TestHostileClauses(t *testing.T) {
	t.Parallel()
	s := newSweep(t)
	for seed := range uint64(1500) {
		if s.try(t, seed); t.Failed() {
			return
		}
	}
}

func FuzzHostile(f *testing.F) {
	s := newSweep(f)
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { s.try(t, seed) })
}

// TestHostilePages: pages and prepared queries of hostile tables give their rows.
func TestHostilePages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dsn, worlds := twinWorlds(t, 5, rand.New(rand.NewPCG(9, 10)))
	for _, w := range worlds {
		o, side := w.hostile.odd, w.hostile.side
		schema, err := model.NewSchema(o, side)
		ok(t, err)
		eng, err := session.Open(ctx, dsn, schema, session.Options{MaxConns: 1})
		ok(t, err)
		label := o.A.Concat("?").As(w.free[0])
		up := model.Alias(o, w.free[1])
		walk(t, eng, "pages", query.Select2(o, label).OrderBy(label.Desc(), o.Nick), 7)
		walk(t, eng, "pages of a join", query.Select2(label, up.A.OrNull()).LeftJoin(up, up.Up.EqExpr(o.ID)).OrderBy(up.A.Desc(), label), 5)
		d := query.Sub(w.free[2], query.Select2(o.ID, label))
		of := query.Prepare1(func(v expr.Text) query.Query[query.Row2[int64, string]] {
			return query.Select2(query.Col(d, o.ID), query.Col(d, label)).Filter(query.Col(d, label).EqExpr(v.Concat("?")))
		})
		for _, v := range hostileValues {
			row, err := of.With(v).One(ctx, eng)
			ok(t, err)
			if row.V2 != v+"?" {
				t.Errorf("of %q it is %q", v, row.V2)
			}
		}
		eng.Close()
	}
}

// TestHostileNothing: an empty name and one with NUL are errors wherever a name stands.
func TestHostileNothing(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	for _, name := range []string{"", "\x00", "a\x00b"} {
		x := c.Name.As(name)
		d := query.Sub(name, query.Select(c.ID))
		w := query.With(name, query.Select(c.ID))
		k := query.Define[expr.Text](name)
		named := expr.Window{}.OrderBy(c.ID).As(name)
		alias := model.Alias(c, name)
		for where, s := range map[string]statement{
			"label":      query.Select(x),
			"alias":      query.Select(alias.ID),
			"subquery":   query.Select(query.Col(d, c.ID)),
			"lateral":    query.Select(query.LateralOf(name, a, query.Select(a)).No),
			"WITH":       query.Select(query.Col(w, c.ID)),
			"recursive":  query.Select(query.RecursiveOf(name, c, query.Select(c), func(self *customers) query.RowsOf[*Customer] { return query.Select(c).Filter(c.ID.EqExpr(self.ID)) }).ID),
			"VALUES":     query.Select(query.Col(query.Values1(name, k, "x"), k)),
			"column":     query.Select(query.Col(query.Values1("v", k, "x"), k)),
			"function":   query.Select(query.Col(query.FunctionOf("f", expr.Func[expr.Text]("now"), k), k)),
			"window":     query.Select(expr.Over(expr.Rank(), named)).Window(named),
			"sample":     query.Select(query.TableSample(name, c, query.Bernoulli(1)).ID),
			"constraint": query.Insert(c).Values(c.Name.To("x"), c.VIP.To(true)).OnConstraint(name).DoNothing(),
		} {
			if text, _, err := s.SQL(); err == nil {
				t.Errorf("%s of %q gives no error: %s", where, name, text)
			} else if name != "" && !errors.Is(err, expr.ErrIdentifier) { // some say better what an empty one lacks
				t.Errorf("%s of %q: %v", where, name, err)
			}
		}
	}
}
