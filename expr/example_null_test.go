package expr_test

import (
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I take a value in the place of NULL, or NULL in the place of a value?
func ExampleNullIf() {
	t := Items
	show(expr.Coalesce(t.Note, "none"), expr.CoalesceExpr(t.Note, t.Name))
	show(expr.NullIf(t.Size, 0), expr.NullIfExpr(t.Size, expr.As[expr.Int32](t.Stars)))
	// Output:
	// coalesce(item.note, $1)
	// coalesce(item.note, item.name)
	// nullif(item.size, $1)
	// nullif(item.size, item.stars)
}

// How do I write NULL as a value? Of the type that its Go type has.
func ExampleNullable() {
	var note *string
	show(expr.Nullable(note), expr.Val("gift"))
	// Output:
	// $1::text
	// $1::text
}

// How do I select a column of a table that an outer join may not find? As the kind that may be NULL.
func ExampleValue_OrNull() {
	t := Items
	var size expr.NullInt32 = t.Size.OrNull() // read into a *int32
	show(size)
	// Output:
	// item.size
}

// How do I get the greatest of a row's values? Max is the greatest of many rows'.
func ExampleGreatest() {
	t := Items
	show(expr.Greatest(t.Size, t.Size.Const(3)), expr.Least(t.Name, expr.CoalesceExpr(t.Note, t.Name)))
	// Output:
	// greatest(item.size, $1::integer)
	// least(item.name, coalesce(item.note, item.name))
}

// How do I choose by the value of one expression?
func ExampleCaseOn() {
	t := Items
	show(expr.CaseOn[expr.Text](t.Size).When(1, "one").When(2, "two").Else("many"))
	show(expr.Case[expr.NullInt32]().WhenExpr(t.Paid, t.Size).When(t.Checked, 0).End())
	// Output:
	// CASE item.size WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END
	// CASE WHEN item.paid THEN item.size WHEN item.checked THEN $1::integer END
}

// Which kind has an expression that the compiler knows less of than I do? As gives it another kind, without SQL.
func ExampleAs() {
	t := Items
	show(expr.As[expr.Int](t.Size).EqExpr(t.ID)) // an Int32 beside an Int
	// Output:
	// item.size = item.id
}

// How do I convert in SQL?
func ExampleCast() {
	t := Items
	show(expr.CastTo[expr.Text](t.ID).Like("1%"), expr.Cast[expr.Decimal](t.Size, "numeric(10, 2)"))
	// Output:
	// CAST(item.id AS text) LIKE $1
	// CAST(item.size AS numeric(10, 2))
}

// Which kinds are there for columns? Each has the operators of its type; Null before the name is for a column that may be NULL.
func ExampleCol() {
	t := Items
	show(t.Point.IsNotNull(), t.Code.Eq([16]byte{15: 1}), t.Owner.EqExpr(t.Code), t.Data.Ne([]byte("x")), t.State.In("fine", "so so"))
	show(t.Ratio.Gt(0.5), t.Weight.Le(2), t.Blobs.Has([]byte("x")), t.States.Contains("fine"), t.Gaps.At(1).Gt(3))
	fmt.Println(expr.Const[expr.Null[float64]](1.5))
	// Output:
	// item.point IS NOT NULL
	// item.code = $1
	// item.owner = item.code
	// item.data <> $1
	// item.state IN ($1, $2)
	// item.ratio > $1
	// item.weight <= $1
	// $1 = ANY(item.blobs)
	// item.states @> $1
	// item.gaps[$1] > $2
	// $1::double precision
}

// How do I filter only where the user has asked for it? A condition that is not set vanishes.
func ExampleOptional() {
	t := Items
	var form struct{ Name, Note *string }
	form.Name = new("anvil")
	show(query.Select(t.ID).Filter(expr.Optional(form.Name, t.Name.Eq), expr.Optional(form.Note, t.Note.Eq), expr.If(false, t.Paid)))
	// Output:
	// SELECT item.id FROM item WHERE item.name = $1
}
