package expr_test

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// How do I call a function that has no Go name? With the kind of its result.
func ExampleFunc() {
	t := Items
	show(expr.Func[expr.Text]("to_hex", t.ID).Like("f%"), expr.Func[expr.NullFloat]("stddev", t.Weight, expr.Distinct()))
	// Output:
	// to_hex(item.id) LIKE $1
	// stddev(DISTINCT item.weight)
}

// How do I use an operator that has no method?
func ExampleOp() {
	t := Items
	show(expr.Op[expr.Int32](t.Size, "&", expr.Val(3)), expr.Op[expr.Predicate](t.Name, "SIMILAR TO", expr.Val("(A|B)%")))
	// Output:
	// item.size & $1::integer
	// item.name SIMILAR TO $1::text
}

// How do I write a part of a statement as text? Expressions in it are written in their place.
func ExampleRaw() {
	t := Items
	show(expr.Raw[expr.Bool]("lower(?) = ?", t.Name, "anvil"))
	show(expr.Raw[expr.Bool]("lower(@col) = @word", expr.Named{"col": t.Name, "word": "anvil"}))
	show(expr.Sqlizer[expr.Int](sq.Expr("length(item.name) + ?", 1)).Gt(5))
	// Output:
	// lower(item.name) = $1
	// lower(item.name) = $1
	// (length(item.name) + $1) > $2
}

// How do I add a kind of my own? By a struct around Own, with the operators that it has; Path is one.
func ExampleOwn() {
	t := Items
	show(t.Path.Under("Top.Science"), expr.Func[Path]("subpath", t.Path, expr.Val(1)).Under("Top"))
	// Output:
	// item.path <@ $1::ltree
	// subpath(item.path, $1::integer) <@ $2::ltree
}

// How do I read what a row was, and what it is? From PostgreSQL 18 on.
func ExampleOld() {
	t := Items
	up := query.Update(t).Set(t.Price.ToExpr(t.Price.Times("1.1"))).Filter(t.ID.Eq(1))
	show(query.Returning2(up, expr.Old(t.Price), expr.New(t.Price)))
	// Output:
	// UPDATE item SET price = item.price * $1 WHERE item.id = $2 RETURNING old.price, new.price
}

// How do I read what a MERGE did with a row? From PostgreSQL 17 on.
func ExampleMergeAction() {
	t, other := Items, model.Alias(Items, "other")
	m := query.Merge(t).Using(other, t.ID.EqExpr(other.BoxID)).WhenMatched().Delete()
	show(query.Returning2(m, expr.MergeAction(), t.ID))
	// Output:
	// MERGE INTO item USING item AS other ON item.id = other.box_id WHEN MATCHED THEN DELETE RETURNING merge_action(), item.id
}
