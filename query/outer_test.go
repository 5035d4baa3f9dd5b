package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// TestOuterNull: what would fail at the first row with NULL fails before it is sent.
func TestOuterNull(t *testing.T) {
	t.Parallel()
	c, a, x, w := customer, account, transfer, worker
	type row struct {
		Name  string
		Whole *Account
	}
	into := query.SelectAs(func(r *row) []query.Field {
		return []query.Field{query.Into(&r.Name, a.Name), query.Into(&r.Whole, a)}
	})
	for _, s := range []struct {
		name, says string
		q          statement
	}{
		{"left", "column account.name: an outer join may give NULL, which a string cannot hold", query.Select2(c.Name, a.Name).LeftJoin(a)},
		{"alone", "column account.no", query.Select(a.No).From(c).LeftJoin(a)},
		{"a label", "column account.no", query.Select2(c.ID, a.No.As("n")).LeftJoin(a)},
		{"beside an entity", "column account.no", query.Select3(c, a, a.No).LeftJoin(a)},
		{"right", "column customer.name", query.Select2(c.Name, a.Name).RightJoin(a)},
		{"right, of an earlier join", "column customer.name", query.Select2(c.Name, x.ID).Join(a).RightJoin(x, x.Source.EqExpr(a.No))},
		{"full", "column customer.name", query.Select2(c.Name, a.Name.OrNull()).FullJoin(a)},
		{"in parentheses", "column transfer.id", query.Select2(c.Name, x.ID).LeftJoin(query.Nested(a).Join(x, x.Source.EqExpr(a.No)))},
		{"in a struct", "column account.name", into.From(c).LeftJoin(a)},
		{"of a derived table", "column s.no: an outer join may give NULL in the statement behind it", query.Select(query.Col(query.Sub("s", query.Select2(c.Name, a.No.OrNull()).LeftJoin(a)), a.No))},
		{"in a derived table", "column account.no", query.Select(query.Col(query.Sub("s", query.Select2(c.Name, a.No).LeftJoin(a)), c.Name))},
	} {
		_, _, err := s.q.SQL()
		if !errors.Is(err, query.ErrOuterNull) || !strings.Contains(err.Error(), s.says) || !strings.Contains(err.Error(), "OrNull") {
			t.Errorf("%s: error is %v", s.name, err)
		}
	}
	for name, q := range map[string]statement{
		"OrNull":                        query.Select2(c.Name, a.Name.OrNull()).LeftJoin(a),
		"nullable":                      query.Select2(c.Name, a.CustID).LeftJoin(a),
		"an entity":                     query.Select2(c, a).LeftJoin(a),
		"Coalesce":                      query.Select2(c.Name, expr.Coalesce(a.Name, "-")).LeftJoin(a),
		"the other side":                query.Select2(a.Name, c.Name.OrNull()).From(a).LeftJoin(c),
		"an inner join within":          query.Select2(c.Name, a.Name).Join(a).LeftJoin(w, w.ID.EqExpr(c.ID)),
		"the table that leads outwards": query.Select2(x.ID, a.Name.OrNull()).RightJoin(query.Nested(x).LeftJoin(a, x.Source.EqExpr(a.No)), x.ID.Gt(0)).From(w),
		"of a derived table":            query.Select(query.Col(query.Sub("s", query.Select2(c.Name, a.No.OrNull()).LeftJoin(a)), a.No).OrNull()),
		"of a derived table, whole":     query.Select(query.Sub("s", query.Select2(c.Name, a.No.OrNull()).LeftJoin(a))),
		"EXISTS":                        query.Select(c.ID).Filter(expr.Exists(query.Select(a.No).From(w).LeftJoin(a, a.No.EqExpr(w.ID)))),
		"IN":                            query.Select(c.ID).Filter(c.ID.InRows(a.No, query.From(w).LeftJoin(a, a.No.EqExpr(w.ID)))),
	} {
		if _, _, err := q.SQL(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGroupNull: a key that not all sets of GROUP BY have is read into a type that holds NULL, or the query is not sent.
func TestGroupNull(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	n, upper := expr.CountAll(), expr.Upper(c.Name)
	for name, q := range map[string]statement{
		"ROLLUP":             query.Select2(c.Name, n).GroupBy(expr.Rollup(c.Name)),
		"CUBE":               query.Select2(c.Name, n).GroupBy(expr.Cube(c.ID, c.Name)),
		"GROUPING SETS":      query.Select2(c.Name, n).GroupBy(expr.GroupingSets(expr.Keys(c.ID, c.Name), expr.Keys(c.ID))),
		"an expression":      query.Select2(upper, n).GroupBy(expr.Rollup(upper)),
		"a label":            query.Select2(c.Name.As("name"), n).GroupBy(expr.Rollup(c.Name)),
		"within":             query.Select2(c.Name, n).GroupBy(c.ID, expr.Rollup(c.Name)),
		"in a derived table": query.Select(query.Col(query.Sub("s", query.Select2(c.Name, c.ID).GroupBy(expr.Rollup(c.Name), c.ID)), c.ID)),
	} {
		if _, _, err := q.SQL(); !errors.Is(err, query.ErrGroupNull) || !strings.Contains(err.Error(), "OrNull") {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	for name, q := range map[string]statement{
		"OrNull":            query.Select2(c.Name.OrNull(), n).GroupBy(expr.Rollup(c.Name)),
		"nullable":          query.Select2(a.CustID, n).GroupBy(expr.Rollup(a.CustID)),
		"Coalesce":          query.Select2(expr.Coalesce(c.Name, "all"), n).GroupBy(expr.Rollup(c.Name)),
		"in all sets":       query.Select2(c.ID, n).GroupBy(expr.GroupingSets(expr.Keys(c.ID, c.Name), expr.Keys(c.ID))),
		"a key by itself":   query.Select2(c.ID, n).GroupBy(c.ID, expr.Rollup(c.ID, c.Name)),
		"one set":           query.Select2(c.ID, n).GroupBy(expr.GroupingSets(expr.Keys(c.ID))),
		"which set it is":   query.Select(expr.GroupingOf(c.Name)).GroupBy(expr.Rollup(c.Name)),
		"whether there are": query.Select(c.ID).Filter(expr.Exists(query.Select(a.No).GroupBy(expr.Rollup(a.No)))),
	} {
		if _, _, err := q.SQL(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
