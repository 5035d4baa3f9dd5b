package expr_test

import (
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I compare? Each operator takes a Go value, its Expr twin an expression.
func ExampleValue_Ge() {
	t := Items
	show(t.Size.Ge(3), t.Size.Le(7), t.Due.LtExpr(expr.CurrentDate()))
	show(t.Size.BetweenSymmetric(7, 3), t.Price.NotBetween("1", "2"))
	// Output:
	// item.size >= $1
	// item.size <= $1
	// item.due < CURRENT_DATE
	// item.size BETWEEN SYMMETRIC $1 AND $2
	// item.price NOT BETWEEN $1 AND $2
}

// How do I compare with an int, or a []int? They need not be of the column's type.
func ExampleIntOf_EqInt() {
	t, n := Items, 7
	show(t.Size.EqInt(n), t.Stars.NeInt(n), t.ID.InInts(1, 2, n), t.Size.NotInInts(n))
	// Output:
	// item.size = $1
	// item.stars <> $1
	// item.id IN ($1, $2, $3)
	// item.size NOT IN ($1)
}

// How do I compare with a pointer that may be nil?
func ExampleValue_Is() {
	t := Items
	var note *string
	show(t.Note.Is(note), t.Note.IsNot(note))
	note = new("gift")
	show(t.Note.Is(note), t.Note.IsNot(note), t.Note.IsNotDistinctFrom("gift"))
	// Output:
	// item.note IS NULL
	// item.note IS NOT NULL
	// item.note = $1
	// item.note IS DISTINCT FROM $1
	// item.note IS NOT DISTINCT FROM $1
}

// How do I mix a Go value with expressions? Const is a value of the column's kind.
func ExampleTextOf_Const() {
	t := Items
	show(t.Size.BetweenExpr(t.Size.Const(1), expr.As[expr.Int32](t.Stars)))
	show(t.ID.InExpr(t.BoxID, t.ID.Const(4)))
	// Output:
	// item.size BETWEEN $1::integer AND item.stars
	// item.id IN (item.box_id, $1::bigint)
}

// How do I use a truth value? It is a condition itself.
func ExampleBoolOf_IsTrue() {
	t := Items
	show(t.Paid.And(t.Checked), t.Paid.Not(), expr.Or(t.Paid, expr.False()), expr.And(t.Paid, expr.True()))
	show(t.Checked.IsTrue(), t.Checked.IsFalse(), t.Checked.IsNotTrue(), t.Checked.IsNotFalse())
	// Output:
	// item.paid AND item.checked
	// NOT item.paid
	// item.paid OR FALSE
	// item.paid AND TRUE
	// item.checked IS TRUE
	// item.checked IS FALSE
	// item.checked IS NOT TRUE
	// item.checked IS NOT FALSE
}

// How do I compare several columns as one? From left to right, which pages through rows by a key of several columns.
func ExampleTuple2() {
	t := Items
	at := expr.Tuple2(t.BoxID, t.ID)
	show(query.Select(t.Name).Filter(at.Gt(5, 1)))
	show(query.Select(t.Name).Filter(at.In(at.Row(5, 1), at.Row(6, 2))))
	show(query.Select(t.Name).Filter(expr.Tuple3(t.BoxID, t.Name, t.ID).Le(5, "a", 1)))
	// Output:
	// SELECT item.name FROM item WHERE (item.box_id, item.id) > ($1, $2)
	// SELECT item.name FROM item WHERE (item.box_id, item.id) IN (($1, $2), ($3, $4))
	// SELECT item.name FROM item WHERE (item.box_id, item.name, item.id) <= ($1, $2, $3)
}

// How do I compare with the elements of an array, or the rows of a query?
func ExampleAny() {
	t, a := Items, bank.Accounts
	show(t.Size.Const(5).EqExpr(expr.Any[int32](expr.Val([]int32{1, 5}))))
	show(t.Name.LikeExpr(t.Tags.Any()), t.Name.NotLikeExpr(t.Tags.All()))
	show(t.ID.GtExpr(expr.All[int64](t.Scores)))
	show(t.ID.EqExpr(expr.AnyOf(a.CustID, query.From(a))), t.ID.GtExpr(expr.AllOf(a.CustID, query.From(a))))
	// Output:
	// $1 = ANY($2::integer[])
	// item.name LIKE ANY(item.tags)
	// item.name NOT LIKE ALL(item.tags)
	// item.id > ALL(item.scores)
	// item.id = ANY (SELECT account.cust_id FROM account)
	// item.id > ALL (SELECT account.cust_id FROM account)
}

// How do I sort? NULLs come last with Asc and first with Desc, where nothing else is said.
func ExampleValue_Asc() {
	t := Items
	show(query.Select(t.ID).OrderBy(t.Note.Asc(), t.Size.Desc().NullsLast(), t.Name.NullsFirst()))
	// Output:
	// SELECT item.id FROM item ORDER BY item.note ASC, item.size DESC NULLS LAST, item.name NULLS FIRST
}

// How do I set a column? These are what Update's Set and Insert's Values take.
func ExampleValue_To() {
	t := Items
	var note *string
	show(query.Update(t).Set(t.Size.To(3), t.Stars.ToExpr(t.Stars.Plus(1)), t.Note.ToPtr(note), t.Price.ToDefault()).Filter(t.ID.Eq(1)))
	show(query.Insert(t).Values(t.ID.To(1), t.Name.To("a"), t.Note.ToNull()).OnConflict(t.ID).DoUpdate(t.Name.ToExcluded()))
	// Output:
	// UPDATE item SET size = $1, stars = item.stars + $2, note = NULL, price = DEFAULT WHERE item.id = $3
	// INSERT INTO item (id, name, note) VALUES ($1, $2, NULL) ON CONFLICT (id) DO UPDATE SET name = excluded.name
}

// How do I use a condition, or a query, in squirrel, or with another driver?
func ExampleValue_ToSql() {
	t := Items
	sql, args, err := t.Name.Eq("anvil").Or(t.Size.Gt(3)).ToSql()
	fmt.Println(sql, args, err)
	sql, args, err = t.Name.Eq("anvil").SQL()
	fmt.Println(sql, args, err)
	// Output:
	// (item.name = ? OR item.size > ?) [anvil 3] <nil>
	// item.name = $1 [anvil] <nil>
}
