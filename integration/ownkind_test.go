package integration_test

import (
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Path is an ltree, from the extension of that name.
type Path struct {
	expr.Own[Path, string, string]
}

// SQLType is the type in the database.
func (Path) SQLType() string { return "ltree" }

// Under renders "x <@ $1::ltree": whether a path is below another, or is it.
func (p Path) Under(top string) expr.Predicate {
	return expr.Op[expr.Predicate](p, "<@", p.Const(top))
}

// Matches renders "x ~ $1::lquery": Matches("Top.*.Stars").
func (p Path) Matches(pattern string) expr.Predicate {
	return expr.Op[expr.Predicate](p, "~", expr.Cast[expr.Text](expr.Val(pattern), "lquery"))
}

// Sub renders "subpath(x, $1::integer)": without the first labels.
func (p Path) Sub(from int32) Path { return expr.Func[Path]("subpath", p, expr.Val(from)) }

// Pairs is an hstore, which may be NULL.
type Pairs struct {
	expr.Own[Pairs, pgtype.Hstore, *pgtype.Hstore]
}

// SQLType is the type in the database.
func (Pairs) SQLType() string { return "hstore" }

// Get renders "x -> $1::text": the value of a key, NULL where there is none.
func (p Pairs) Get(key string) expr.NullText {
	return expr.Op[expr.NullText](p, "->", expr.Val(key))
}

// HasKey renders "x ? $1::text".
func (p Pairs) HasKey(key string) expr.Predicate {
	return expr.Op[expr.Predicate](p, "?", expr.Val(key))
}

// ID is a UUID of a package of its own, as google/uuid's is.
type ID [16]byte

type (
	Spot struct {
		ID    ID
		Path  string
		Mail  string
		Attrs *pgtype.Hstore
		Mood  mood
	}
	spots struct {
		model.Table[Spot]
		ID    expr.UUIDOf[ID]
		Path  Path
		Mail  expr.Text
		Attrs Pairs
		Mood  expr.Enum[mood]
	}
)

// TestOwnKinds: a kind that a program makes of Own has its operators in conditions, in results, and as a type argument; and the
// types of extensions are stored and read.
func TestOwnKinds(t *testing.T) {
	t.Parallel()
	P := model.Map("spot", func(t *spots) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("citext", t.Mail), model.Type("mood", t.Mood)}
	})
	dsn := pgtest.Database(t)
	conn, err := pgx.Connect(ctx, dsn)
	check(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "CREATE EXTENSION ltree; CREATE EXTENSION hstore; CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('sad', 'happy')")
	check(t, err)
	schema := model.MustSchema(P)
	eng, err := session.Open(ctx, dsn, schema, session.Options{MaxConns: 2})
	check(t, err)
	defer eng.Close()
	check(t, schema.CreateAll(ctx, eng))
	check(t, schema.Verify(ctx, eng))
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	value := "1"
	s.Add(&Spot{ID: ID{1}, Path: "Top.Science.Astronomy", Mail: "Ann@x.org", Attrs: &pgtype.Hstore{"a": &value, "b": nil}, Mood: "happy"})
	s.Add(&Spot{ID: ID{2}, Path: "Top.Hobbies", Mail: "bob@x.org", Mood: "sad"})
	check(t, s.Commit(ctx))
	for range 2 {
		row, err := query.Select3(P.Path.Sub(1), P.Attrs.Get("a"), P.Path.Sub(1).Under("Science")).Filter(P.Path.Under("Top.Science"), P.Attrs.HasKey("b"), P.Mail.Eq("ANN@X.ORG"), P.Mood.Eq("happy")).One(ctx, eng)
		check(t, err)
		if row.V1 != "Science.Astronomy" || row.V2 == nil || *row.V2 != "1" || row.V3 == nil || !*row.V3 {
			t.Errorf("the row is %v", row)
		}
		top := P.Path.Sub(-1).As("top")
		labels, err := query.Select(top).Filter(P.Path.Matches("Top.*"), P.ID.Ne(ID{3})).OrderBy(top).All(ctx, eng)
		check(t, err)
		if strings.Join(labels, " ") != "Astronomy Hobbies" {
			t.Errorf("the labels are %q", labels)
		}
	}
	spot, err := query.Select(P).Filter(P.ID.Eq(ID{1})).One(ctx, s)
	check(t, err)
	spot.Path, spot.Attrs = "Top", nil
	check(t, s.Commit(ctx))
	text, err := query.Select(P.Path.Const("Top").EqExpr(P.Path)).Filter(P.Attrs.IsNull(), P.ID.Eq(ID{1})).One(ctx, eng)
	check(t, err)
	if text == nil || !*text {
		t.Error("the change is not stored")
	}
}

// TestKindsDocument: the kind that docs/kinds.md shows is one that is tried here.
func TestKindsDocument(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../docs/kinds.md")
	check(t, err)
	source, err := os.ReadFile("ownkind_test.go")
	check(t, err)
	_, block, _ := strings.Cut(string(document), "```golang\n")
	block, _, ok := strings.Cut(block, "```")
	if !ok || !strings.Contains(string(source), block) {
		t.Errorf("the test does not have the kind of docs/kinds.md:\n%s", block)
	}
}
