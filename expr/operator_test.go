package expr_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/expr"
)

// TestWordOperators: operators that are words, or are named by their schema, with parentheses where PostgreSQL binds otherwise.
func TestWordOperators(t *testing.T) {
	c := table
	similar := func(x, y expr.Expression) expr.Predicate { return expr.Op[expr.Predicate](x, "SIMILAR TO", y) }
	zone := func(x, y expr.Expression) expr.Time { return expr.Op[expr.Time](x, "AT TIME ZONE", y) }
	distinct := func(x, y expr.Expression) expr.Predicate { return expr.Op[expr.Predicate](x, "IS DISTINCT FROM", y) }
	same := func(x, y expr.Expression) expr.Predicate {
		return expr.Op[expr.Predicate](x, "OPERATOR(pg_catalog.=)", y)
	}
	either, utc := expr.Val("(a|b)%"), expr.Val("UTC")
	at, until := expr.Tuple2(c.At, c.Until), expr.Tuple2(c.Until, c.At)
	overlaps := expr.Op[expr.Predicate](at, "OVERLAPS", until)
	check(t, []golden{
		{"SIMILAR TO", similar(c.Name, either), "t.name SIMILAR TO $1::text", args{"(a|b)%"}},
		{"in small letters", expr.Op[expr.Predicate](c.Name, " similar  to ", c.Nick), "t.name SIMILAR TO t.nick", nil},
		{"NOT SIMILAR TO", expr.Op[expr.Predicate](c.Name, "NOT SIMILAR TO", c.Nick), "t.name NOT SIMILAR TO t.nick", nil},
		{"NOT ILIKE", expr.Op[expr.Predicate](c.Name, "NOT ILIKE", c.Nick), "t.name NOT ILIKE t.nick", nil},
		{"SIMILAR TO of ||", similar(expr.Op[expr.Text](c.Name, "||", c.Nick), c.Name), "t.name || t.nick SIMILAR TO t.name", nil},
		{"SIMILAR TO of SIMILAR TO", similar(expr.Cast[expr.Text](similar(c.Name, c.Nick), "text"), c.Nick), "CAST(t.name SIMILAR TO t.nick AS text) SIMILAR TO t.nick", nil},
		{"= of SIMILAR TO", expr.Op[expr.Predicate](similar(c.Name, c.Nick), "=", c.Yes), "t.name SIMILAR TO t.nick = t.yes", nil},
		{"SIMILAR TO of a comparison", expr.Op[expr.Predicate](c.Yes, "=", expr.Op[expr.Predicate](c.ID, "<", c.Mid)), "t.yes = (t.id < t.mid)", nil},
		{"NOT", expr.Not(similar(c.Name, c.Nick)), "NOT t.name SIMILAR TO t.nick", nil},
		{"AND", expr.And(similar(c.Name, c.Nick), c.Yes.IsTrue()), "t.name SIMILAR TO t.nick AND t.yes IS TRUE", nil},
		{"AT TIME ZONE", zone(c.At, utc), "t.at AT TIME ZONE $1::text", args{"UTC"}},
		{"AT TIME ZONE twice", zone(zone(c.At, utc), c.Name), "t.at AT TIME ZONE $1::text AT TIME ZONE t.name", args{"UTC"}},
		{"AT TIME ZONE of a sum", zone(expr.Op[expr.Time](c.At, "+", c.Took), c.Name), "(t.at + t.took) AT TIME ZONE t.name", nil},
		{"a sum of AT TIME ZONE", expr.Op[expr.Time](zone(c.At, c.Name), "+", c.Took), "t.at AT TIME ZONE t.name + t.took", nil},
		{"IS DISTINCT FROM", distinct(c.Nick, c.Name), "t.nick IS DISTINCT FROM t.name", nil},
		{"IS DISTINCT FROM of itself", distinct(distinct(c.Nick, c.Name), c.Yes), "(t.nick IS DISTINCT FROM t.name) IS DISTINCT FROM t.yes", nil},
		{"IS DISTINCT FROM of a comparison", distinct(c.ID.Lt(1), c.Yes), "t.id < $1 IS DISTINCT FROM t.yes", args{int64(1)}},
		{"IS NOT DISTINCT FROM", expr.Op[expr.Predicate](c.Nick, "IS NOT DISTINCT FROM", c.Name), "t.nick IS NOT DISTINCT FROM t.name", nil},
		{"OVERLAPS", overlaps, "(t.at, t.until) OVERLAPS (t.until, t.at)", nil},
		{"NOT OVERLAPS", expr.Not(overlaps), "NOT (t.at, t.until) OVERLAPS (t.until, t.at)", nil},
		{"OVERLAPS AND", expr.And(overlaps, overlaps), "(t.at, t.until) OVERLAPS (t.until, t.at) AND (t.at, t.until) OVERLAPS (t.until, t.at)", nil},
		{"= of OVERLAPS", expr.Op[expr.Predicate](overlaps, "=", c.Yes), "((t.at, t.until) OVERLAPS (t.until, t.at)) = t.yes", nil},
		{"OPERATOR", same(c.ID, c.Mid), "t.id OPERATOR(pg_catalog.=) t.mid", nil},
		{"OPERATOR of a sum", same(expr.Op[expr.Int](c.ID, "+", c.Mid), c.Mid), "t.id + t.mid OPERATOR(pg_catalog.=) t.mid", nil},
		{"OPERATOR binds as others", expr.Op[expr.Int](expr.Op[expr.Int](c.ID, "OPERATOR(pg_catalog.*)", c.Mid), "+", c.Mid), "(t.id OPERATOR(pg_catalog.*) t.mid) + t.mid", nil},
	})
}

// TestNoOperators: what is no operator does not come into a statement.
func TestNoOperators(t *testing.T) {
	for _, op := range []string{
		"", " ", "SIMILAR", "TO", "OR", "AND", "COLLATE", "= 1 OR 1 =", "--", "/*", "LIKE --", "SIMILAR TO '' OR", "SIMILAR\x00TO", "IS", "IN",
		"OPERATOR(=)", "OPERATOR(.=)", "OPERATOR(s.)", "OPERATOR(s.=", "OPERATOR(s.=) OR", "OPERATOR(s.=) = 1)", "OPERATOR(s.--)", "OPERATOR(s.=)(", "OPERATOR(1.=)",
		`OPERATOR("s".=)`, "operator (s.=)",
	} {
		if sql, _, err := expr.Op[expr.Predicate](table.Name, op, table.Nick).SQL(); !errors.Is(err, expr.ErrText) {
			t.Errorf("%q: %q, error %v", op, sql, err)
		}
	}
}
