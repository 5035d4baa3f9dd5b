package query_test

import (
	"context"
	"errors"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func TestSetRow(t *testing.T) {
	c, a, x := customer, account, transfer
	both := expr.Tuple2(a.Name, a.CustID)
	newest := query.From(c).Filter(c.Name.EqExpr(a.Name)).OrderBy(c.ID.Desc()).Limit(1)
	set := both.ToRow(expr.Tuple2(c.Name, c.ID), newest)
	const row = "(name, cust_id) = (SELECT customer.name, customer.id \nFROM customer \nWHERE customer.name = account.name ORDER BY customer.id DESC \n LIMIT $1)"
	check(t, []golden{
		{"two", query.Update(a).Set(set).Filter(a.No.Eq(1)), "UPDATE account SET " + row + " WHERE account.no = $2", args{int64(1), int64(1)}},
		{
			"between others", query.Update(a).Set(a.No.To(5), set).Filter(a.No.Eq(4)),
			"UPDATE account SET no = $1, (name, cust_id) = (SELECT customer.name, customer.id \nFROM customer \nWHERE customer.name = account.name ORDER BY customer.id DESC \n LIMIT $2) WHERE account.no = $3",
			args{int64(5), int64(1), int64(4)},
		},
		{"first", query.Update(a).Set(set, a.No.To(5)).Filter(a.No.Eq(4)), "UPDATE account SET " + row + ", no = $2 WHERE account.no = $3", args{int64(1), int64(5), int64(4)}},
		{
			"three, of a whole statement", query.Update(x).Set(expr.Tuple3(x.ID, x.Source, x.Target).ToRow(expr.Tuple3(x.ID, x.Source, x.Target), query.Raw[int]("SELECT ?::bigint, 1, 2", 3))).Filter(x.ID.Eq(9)),
			"UPDATE transfer SET (id, source, target) = (SELECT $1::bigint, 1, 2) WHERE transfer.id = $2",
			args{3, int64(9)},
		},
		{
			"in ON CONFLICT", query.Insert(a).Values(a.No.To(1), a.Name.To("x")).OnConflict(a.No).
				DoUpdate(both.ToRow(expr.Tuple2(expr.Coalesce(expr.Max(c.Name), "y"), expr.Max(c.ID)), query.From(c))),
			"INSERT INTO account (no, name) VALUES ($1, $2) ON CONFLICT (no) DO UPDATE SET (name, cust_id) = (SELECT coalesce(max(customer.name), $3), max(customer.id) \nFROM customer)",
			args{int64(1), "x", "y"},
		},
		{
			"in MERGE", query.Merge(a).Using(x, x.Source.EqExpr(a.No)).WhenMatched().Update(both.ToRow(expr.Tuple2(c.Name, c.ID), query.From(c).Filter(c.ID.EqExpr(x.Target)))),
			"MERGE INTO account USING transfer ON transfer.source = account.no WHEN MATCHED THEN UPDATE SET (name, cust_id) = (SELECT customer.name, customer.id \nFROM customer \nWHERE customer.id = transfer.target)", nil,
		},
	})
}

func TestSetRowErrors(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	both, from := expr.Tuple2(a.Name, a.No), expr.Tuple2(c.Name, c.ID)
	set := both.ToRow(from, query.From(c).Limit(1))
	u := query.Update(a).Filter(a.No.Eq(1))
	failing(t, []mistaken{
		{"twice", u.Set(set, a.No.To(1)), nil, "account.no is set twice"},
		{"twice in itself", u.Set(expr.Tuple2(a.No, a.No).ToRow(expr.Tuple2(c.ID, c.ID), query.From(c))), nil, "account.no is set twice"},
		{"another's column", u.Set(expr.Tuple2(a.No, c.ID).ToRow(expr.Tuple2(c.ID, c.ID), query.From(c))), nil, "customer.id in an Update of account"},
		{"an expression", u.Set(expr.Tuple2(a.No, a.No.Plus(1)).ToRow(expr.Tuple2(c.ID, c.ID), query.From(c))), nil, "columns, not expressions"},
		{"nil", u.Set(both.ToRow(from, nil)), nil, "nil in place of"},
		{"a zero pair", u.Set(both.ToRow(expr.Pair[string, int64]{}, query.From(c))), expr.ErrUnmapped, ""},
		{"inserted", query.Insert(a).Values(set), nil, "columns, not expressions"},
		{"inserted by a query", query.Insert(a).FromRows(query.From(c), set), nil, "columns, not expressions"},
		{"inserted by a Merge", query.Merge(a).Using(c, c.ID.EqExpr(a.No)).WhenNotMatched().Insert(set), nil, "columns, not expressions"},
	})
}

// The objects of a session have what the row has.
func TestSetRowTracked(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), scene(t)
	a, c := account, customer
	s := eng.Session()
	defer func() { ok(t, s.Close(ctx)) }()
	one, err := query.Select(a).Filter(a.No.Eq(3)).One(ctx, s)
	ok(t, err)
	u := query.Update(a).Set(expr.Tuple2(a.Name, a.CustID).ToRow(expr.Tuple2(c.Name, c.ID), query.From(c).Filter(c.ID.Eq(2)))).Filter(a.No.Eq(3))
	if _, err := u.Sync(query.SyncEvaluate).Exec(ctx, s); !errors.Is(err, session.ErrCannotEvaluate) {
		t.Errorf("evaluated: %v", err)
	}
	n, err := u.Exec(ctx, s)
	ok(t, err)
	if n != 1 || one.Name != "bob" || one.CustID == nil || *one.CustID != 2 {
		t.Errorf("%d rows, the object is %+v", n, *one)
	}
	s.Set(one, expr.Tuple2(a.Name, a.No).ToRow(expr.Tuple2(c.Name, c.ID), query.From(c)))
	if err := s.Flush(ctx); err == nil {
		t.Error("Set of several columns is no error")
	}
}
