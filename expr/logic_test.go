package expr_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
)

func TestLogic(t *testing.T) {
	c := table
	p, q, r := c.ID.Eq(1), c.Name.Eq("a"), c.Yes
	pq := args{int64(1), "a"}
	check(t, []golden{
		{"And", expr.And(p, q), "t.id = $1 AND t.name = $2", pq},
		{"And, method", p.And(q), "t.id = $1 AND t.name = $2", pq},
		{"And of three", expr.And(p, q, r), "t.id = $1 AND t.name = $2 AND t.yes", pq},
		{"And of none", expr.And(), "TRUE", nil},
		{"And of one", expr.And(p), "t.id = $1", args{int64(1)}},
		{"Or", expr.Or(p, q), "t.id = $1 OR t.name = $2", pq},
		{"Or, method", p.Or(q), "t.id = $1 OR t.name = $2", pq},
		{"Or of none", expr.Or(), "FALSE", nil},
		{"Or of one", expr.Or(r), "t.yes", nil},
		{"And of And", expr.And(p, expr.And(q, r)), "t.id = $1 AND t.name = $2 AND t.yes", pq},
		{"Or of Or", expr.Or(expr.Or(p, q), r), "t.id = $1 OR t.name = $2 OR t.yes", pq},
		{"And of Or", expr.And(expr.Or(p, q), r), "(t.id = $1 OR t.name = $2) AND t.yes", pq},
		{"Or of And", expr.Or(r, expr.And(p, q)), "t.yes OR t.id = $1 AND t.name = $2", pq},
		{"And of one Or", expr.And(expr.Or(p, q)), "t.id = $1 OR t.name = $2", pq},
		{"And of Or in one And", expr.And(expr.And(expr.Or(p, q)), r), "(t.id = $1 OR t.name = $2) AND t.yes", pq},
		{"And of nothing in And", expr.And(expr.And(), p), "TRUE AND t.id = $1", args{int64(1)}},
		{"And of nothing in Or", expr.Or(expr.Or(), p), "FALSE OR t.id = $1", args{int64(1)}},
		{"And, Or, And", p.And(q).Or(r).And(c.Maybe), "(t.id = $1 AND t.name = $2 OR t.yes) AND t.maybe", pq},
		{"True", expr.True(), "TRUE", nil},
		{"False", expr.False(), "FALSE", nil},
		{"a boolean column", expr.And(c.Yes, c.Maybe), "t.yes AND t.maybe", nil},
	})
}

// The same condition twice has one argument: PostgreSQL sees that the two are equal.
func TestSharedArgument(t *testing.T) {
	t.Parallel()
	p := table.ID.Eq(1)
	text, values, err := expr.Or(p, p).SQL()
	if err != nil || text != "t.id = $1 OR t.id = $1" || len(values) != 1 {
		t.Errorf("got %s %v %v", text, values, err)
	}
	text, values, err = expr.Or(p, p).ToSql()
	if err != nil || text != "t.id = ? OR t.id = ?" && text != "(t.id = ? OR t.id = ?)" || len(values) != 2 {
		t.Errorf("with question marks: got %s %v %v", text, values, err)
	}
}

func TestNot(t *testing.T) {
	c := table
	one := args{int64(1)}
	p, q := c.ID.Eq(1), c.Name.Eq("a")
	check(t, []golden{
		{"Eq", c.ID.Eq(1).Not(), "t.id <> $1", one},
		{"Ne", c.ID.Ne(1).Not(), "t.id = $1", one},
		{"Lt", c.ID.Lt(1).Not(), "t.id >= $1", one},
		{"Le", c.ID.Le(1).Not(), "t.id > $1", one},
		{"Gt", c.ID.Gt(1).Not(), "t.id <= $1", one},
		{"Ge", c.ID.Ge(1).Not(), "t.id < $1", one},
		{"EqExpr", c.ID.EqExpr(c.Score).Not(), "t.id <> t.score", nil},
		{"Not Not", c.ID.Lt(1).Not().Not(), "t.id < $1", one},
		{"IsNull", c.Nick.IsNull().Not(), "t.nick IS NOT NULL", nil},
		{"IsNotNull", c.Nick.IsNotNull().Not(), "t.nick IS NULL", nil},
		{"IsDistinctFrom", c.ID.IsDistinctFrom(1).Not(), "t.id IS NOT DISTINCT FROM $1", one},
		{"IsNotDistinctFrom", c.ID.IsNotDistinctFrom(1).Not(), "t.id IS DISTINCT FROM $1", one},
		{"Between", c.ID.Between(1, 2).Not(), "t.id NOT BETWEEN $1 AND $2", args{int64(1), int64(2)}},
		{"NotBetween", c.ID.NotBetween(1, 2).Not(), "t.id BETWEEN $1 AND $2", args{int64(1), int64(2)}},
		{"In", c.ID.In(1).Not(), "t.id NOT IN ($1)", one},
		{"NotIn", c.ID.NotIn(1).Not(), "t.id IN ($1)", one},
		{"In of none", c.ID.In().Not(), "TRUE", nil},
		{"NotIn of none", c.ID.NotIn().Not(), "FALSE", nil},
		{"In of 17", c.ID.In(many(17)...).Not(), "t.id <> ALL($1)", args{many(17)}},
		{"NotIn of 17", c.ID.NotIn(many(17)...).Not(), "t.id = ANY($1)", args{many(17)}},
		{"Like", c.Name.Like("a").Not(), "t.name NOT LIKE $1", args{"a"}},
		{"NotLike", c.Name.NotLike("a").Not(), "t.name LIKE $1", args{"a"}},
		{"ILike", c.Name.ILike("a").Not(), "t.name NOT ILIKE $1", args{"a"}},
		{"NotILike", c.Name.NotILike("a").Not(), "t.name ILIKE $1", args{"a"}},
		{"LikeEscape", c.Name.LikeEscape("a", "/").Not(), "t.name NOT LIKE $1 ESCAPE '/'", args{"a"}},
		{"HasPrefix", c.Name.HasPrefix("a").Not(), "t.name NOT LIKE $1", args{"a%"}},
		{"Match", c.Name.Match("a").Not(), "t.name !~ $1", args{"a"}},
		{"Match, twice", c.Name.Match("a").Not().Not(), "t.name ~ $1", args{"a"}},
		{"IMatch", c.Name.IMatch("a").Not(), "t.name !~* $1", args{"a"}},
		{"IMatch, twice", c.Name.IMatch("a").Not().Not(), "t.name ~* $1", args{"a"}},
		{"True", expr.True().Not(), "FALSE", nil},
		{"False", expr.False().Not(), "TRUE", nil},
		{"a column", expr.Not(c.Yes), "NOT t.yes", nil},
		{"a column, twice", expr.Not(expr.Not(c.Yes)), "t.yes", nil},
		{"And", p.And(q).Not(), "NOT (t.id = $1 AND t.name = $2)", args{int64(1), "a"}},
		{"Or", p.Or(q).Not(), "NOT (t.id = $1 OR t.name = $2)", args{int64(1), "a"}},
		{"And of one", expr.And(p).Not(), "t.id <> $1", one},
		{"And of none", expr.And().Not(), "NOT TRUE", nil},
		{"Or of none", expr.Or().Not(), "NOT FALSE", nil},
		{"in And", expr.And(expr.Not(c.Yes), p.Not()), "NOT t.yes AND t.id <> $1", one},
		{"of a comparison of conditions", p.Eq(true).Not(), "(t.id = $1) <> $2", args{int64(1), true}},
		{"of a raw condition", expr.Not(expr.Raw[expr.Bool]("t.yes OR t.maybe")), "NOT (t.yes OR t.maybe)", nil},
		{"of a labeled condition", expr.Not(p.As("p")), "NOT t.id = $1", one},
		{"compared", expr.Not(c.Yes).EqExpr(c.Maybe), "(NOT t.yes) = t.maybe", nil},
	})
}
