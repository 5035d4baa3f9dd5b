package ast_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

var (
	table = &ast.Table{Schema: "s", Name: "user"}
	alias = &ast.Table{Schema: "s", Name: "user", Alias: "U", Base: table}
	a     = &ast.Column{Table: table, Name: "a"}
	b     = &ast.Column{Table: table, Index: 1, Name: "B"}
	two   = &ast.Literal{Value: 2}
)

func render(n ast.Node) (string, []any, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Bare(func() { n.AppendSQL(w) })
	return w.Result()
}

func raw(text string, args ...any) *ast.Raw {
	return &ast.Raw{Build: func() (string, []any, error) { return text, args, nil }}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	eq := ast.Compare("=", a, two)
	for _, c := range []struct {
		node ast.Node
		want string
	}{
		{arith("^", a, arith("*", a, two)), "a ^ (a * $1)"},
		{arith("^", arith("^", a, a), a), "a ^ a ^ a"},
		{arith("-", a, operator("->", a, a)), "a - (a -> a)"},
		{operator("->", arith("-", a, a), a), "a - a -> a"},
		{&ast.Sign{Op: "-", X: &ast.Literal{Value: 1, Type: "bigint"}}, "-$1::bigint"},
		{&ast.Sign{Op: "+", X: arith("^", a, a)}, "+(a ^ a)"},
		{&ast.Call{Name: "now"}, "now()"},
		{&ast.Call{Name: "coalesce", Args: []ast.Node{a, two}}, "coalesce(a, $1)"},
		{
			&ast.Call{Name: "agg", Args: []ast.Node{a}, Distinct: true, OrderBy: []ast.Node{&ast.Order{X: b, Desc: true}}, Where: eq},
			`agg(DISTINCT a ORDER BY "B" DESC) FILTER (WHERE a = $1)`,
		},
		{&ast.Cast{X: arith("+", a, two), Type: "text"}, "CAST(a + $1 AS text)"},
		{&ast.Case{Whens: []ast.When{{Cond: eq, Then: a}, {Cond: &ast.Bool{}, Then: b}}}, `CASE WHEN a = $1 THEN a WHEN FALSE THEN "B" END`},
		{&ast.Case{Operand: a, Whens: []ast.When{{Cond: two, Then: b}}, Else: two}, `CASE a WHEN $1 THEN "B" ELSE $1 END`},
		{&ast.In{X: a, Query: raw("SELECT ?", 1)}, "a IN (SELECT $1)"},
		{&ast.In{X: a, Query: raw("SELECT 1"), Not: true}, "a NOT IN (SELECT 1)"},
		{&ast.Is{X: a, What: "TRUE"}, "a IS TRUE"},
		{&ast.Is{X: eq, What: "UNKNOWN", Not: true}, "a = $1 IS NOT UNKNOWN"},
		{&ast.Is{X: ast.Distinct(false, a, b), What: "NULL"}, `(a IS DISTINCT FROM "B") IS NULL`},
		{&ast.Not{X: &ast.Not{X: a}}, "NOT NOT a"},
		{&ast.Logic{Items: []ast.Node{&ast.Not{X: eq}, eq}}, "NOT a = $1 AND a = $1"},
		{&ast.Label{X: a, Name: "n"}, "a"},
		{&ast.Name{Text: "select"}, `"select"`},
		{&ast.Keyword{Text: "CURRENT_DATE"}, "CURRENT_DATE"},
		{&ast.Quoted{Text: ""}, "''"},
		{&ast.Quoted{Text: "it's"}, "'it''s'"},
		{&ast.Quoted{Text: `it's \`}, `E'it''s \\'`},
		{&ast.Quoted{Text: "$1 ?"}, "'$1 ?'"},
		{ast.Typed(two, "text"), "$1::text"},
		{ast.Typed(&ast.Literal{Value: 2, Type: "bigint"}, "text"), "$1::bigint"},
		{ast.Typed(two, ""), "$1"},
		{ast.Typed(a, "text"), "a"},
	} {
		got, _, err := render(c.node)
		if err != nil || got != c.want {
			t.Errorf("got %s, %v, want %s", got, err, c.want)
		}
	}
}

func TestNegate(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"=", "<>", "<", "<=", ">", ">="} {
		n := ast.Negate(ast.Negate(ast.Compare(op, a, b)))
		if want := "a " + op + ` "B"`; sql(t, n) != want {
			t.Errorf("the opposite of the opposite of %s is %s", want, sql(t, n))
		}
	}
	for _, c := range []struct {
		node ast.Node
		want string
	}{
		{operator("->", a, b), `NOT a -> "B"`},
		{operator("!~", a, b), `a ~ "B"`},
		{operator("!~*", a, b), `a ~* "B"`},
		{&ast.Is{X: a, What: "UNKNOWN"}, "a IS NOT UNKNOWN"},
		{&ast.In{X: a, Query: raw("SELECT 1")}, "a NOT IN (SELECT 1)"},
		{&ast.Logic{Or: true, Items: []ast.Node{&ast.Bool{Value: true}}}, "FALSE"},
		{&ast.Logic{}, "NOT TRUE"},
		{&ast.Call{Name: "f"}, "NOT f()"},
		{raw("a OR b"), "NOT (a OR b)"},
	} {
		if got := sql(t, ast.Negate(c.node)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	like := &ast.Like{X: a, Pattern: b}
	ast.Negate(like)
	if sql(t, like) != `a LIKE "B"` {
		t.Errorf("Negate changes its operand to %s", sql(t, like))
	}
}

func sql(t *testing.T, n ast.Node) string {
	t.Helper()
	text, _, err := render(n)
	if err != nil {
		t.Error(err)
	}
	return text
}

func TestRaw(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		args []any
		want string
	}{
		{"", nil, ""},
		{"?", []any{1}, "$1"},
		{"a??b", nil, "a?b"},
		{"???", []any{1}, "?$1"},
		{"?,?", []any{1, 1}, "$1,$2"},
		{"'?' ?", []any{1}, "'?' $1"},
		{"'it''s ?' ?", []any{1}, "'it''s ?' $1"},
		{`"a?""b?" ?`, []any{1}, `"a?""b?" $1`},
		{`'"' ? '"'`, []any{1}, `'"' $1 '"'`},
		{"'open ?", nil, "'open ?"},
		{"'", nil, "'"},
	} {
		got, args, err := render(raw(c.text, c.args...))
		if err != nil || got != c.want || !reflect.DeepEqual(args, c.args) {
			t.Errorf("%s gives %s %v %v, want %s", c.text, got, args, err, c.want)
		}
	}
	boom := errors.New("boom")
	if _, _, err := render(&ast.Raw{Build: func() (string, []any, error) { return "?", nil, boom }}); !errors.Is(err, boom) {
		t.Errorf("error is %v", err)
	}
	if _, _, err := render(&ast.Quoted{Text: "a\x00"}); err == nil {
		t.Error("a NUL in quotes gives no error")
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	table.Columns = []*ast.Column{a, b}
	aliased := &ast.Column{Table: alias, Index: 1, Name: "B"}
	for _, c := range []struct {
		table          *ast.Table
		from, ref, str string
	}{
		{table, `s."user"`, `s."user"`, "s.user"},
		{alias, `s."user" AS "U"`, `"U"`, "U"},
		{&ast.Table{Name: "t"}, "t", "t", "t"},
	} {
		from, ref := sqlw.Get(sqlw.Numbered), sqlw.Get(sqlw.Numbered)
		c.table.AppendFrom(from)
		c.table.AppendRef(ref)
		if from.String() != c.from || ref.String() != c.ref || c.table.String() != c.str {
			t.Errorf("got %s, %s, %s, want %s, %s, %s", from, ref, c.table, c.from, c.ref, c.str)
		}
		from.Release()
		ref.Release()
	}
	if alias.Real() != table || table.Real() != table || aliased.Real() != b || aliased.String() != "U.B" {
		t.Errorf("behind the alias are %s, %s, and %s", alias.Real(), aliased.Real(), aliased)
	}
}

// Walk meets every node once, parents first.
func TestWalk(t *testing.T) {
	t.Parallel()
	leaves := make([]ast.Node, 12)
	for i := range leaves {
		leaves[i] = &ast.Literal{Value: i}
	}
	n := &ast.Logic{Items: []ast.Node{
		ast.Compare("=", leaves[0], &ast.Sign{Op: "-", X: leaves[1]}),
		&ast.Not{X: &ast.Is{X: leaves[2], What: "NULL"}},
		&ast.Between{X: leaves[3], Lo: leaves[4], Hi: &ast.Cast{X: leaves[5], Type: "text"}},
		&ast.Like{X: leaves[6], Pattern: &ast.Label{X: leaves[7], Name: "n"}},
		&ast.In{X: leaves[8], List: []ast.Node{leaves[9]}, Array: leaves[10]},
		&ast.Call{Args: []ast.Node{&ast.Case{Operand: leaves[11]}}},
	}}
	met, found := 0, 0
	ast.Walk(n, func(m ast.Node) bool {
		met++
		if met == 1 && m != ast.Node(n) {
			t.Error("Walk does not begin with the node itself")
		}
		if l, ok := m.(*ast.Literal); ok {
			if l != leaves[found] {
				t.Errorf("leaf %d is met as %v", found, l.Value)
			}
			found++
		}
		return true
	})
	if found != len(leaves) || met != 24 {
		t.Errorf("Walk meets %d nodes and %d leaves", met, found)
	}
}

type operand struct {
	ast.Node
	prec sqlw.Prec
}

func (o operand) AppendSQL(w *sqlw.Writer) { w.Text("x") }
func (o operand) Prec() sqlw.Prec          { return o.prec }

func TestOperand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prec, least sqlw.Prec
		want        string
	}{
		{sqlw.PrecOr, sqlw.PrecOr, "x"},
		{sqlw.PrecOr, sqlw.PrecAnd, "(x)"},
		{sqlw.PrecAtom, sqlw.PrecCast, "x"},
		{sqlw.PrecNone, sqlw.PrecOr, "(x)"},
		{sqlw.PrecNone, sqlw.PrecNone, "x"},
	} {
		w := sqlw.Get(sqlw.Numbered)
		ast.Operand(w, operand{prec: c.prec}, c.least)
		if w.String() != c.want {
			t.Errorf("%d as an operand of %d is written %s, want %s", c.prec, c.least, w, c.want)
		}
		w.Release()
	}
}

func operator(op string, l, r ast.Node) *ast.Binary {
	return &ast.Binary{Op: op, Bind: sqlw.PrecOther, L: l, R: r}
}

func arith(op string, l, r ast.Node) *ast.Binary {
	bind := map[string]sqlw.Prec{"*": sqlw.PrecMul, "^": sqlw.PrecPow}[op]
	return &ast.Binary{Op: op, Bind: max(bind, sqlw.PrecAdd), L: l, R: r}
}
