package expr_test

import (
	"fmt"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
)

// How do I collect what belongs together into one row? An array has the operators of arrays, and its elements those of their kind.
func ExampleArrayAgg() {
	c := bank.Customers
	names := expr.ArrayAgg(c.LastName, expr.OrderBy(c.ID))
	fmt.Println(names)
	fmt.Println(names.At(1).Like("Pl%"))
	fmt.Println(names.Contains("Doctor"))
	// Output:
	// array_agg(customer.last_name ORDER BY customer.id)
	// (array_agg(customer.last_name ORDER BY customer.id))[$1] LIKE $2
	// array_agg(customer.last_name ORDER BY customer.id) @> $1
}

// How do I give a row as JSON?
func ExampleJSONObject() {
	c := bank.Customers
	fmt.Println(expr.JSONObject(expr.Key("id", c.ID), expr.Key("name", c.LastName)))
	fmt.Println(expr.JSONAgg(expr.RowToJSON(c), expr.OrderBy(c.ID)))
	// Output:
	// jsonb_build_object($1::text, customer.id, $2::text, customer.last_name)
	// jsonb_agg(to_jsonb(customer) ORDER BY customer.id)
}

// How do I search for words?
func ExampleToTSVector() {
	c := bank.Customers
	words := expr.ToTSVector("english", c.LastName)
	fmt.Println(words.Matches(expr.WebSearch("english", "cats -dogs")))
	// Output:
	// to_tsvector('english', customer.last_name) @@ websearch_to_tsquery('english', $1)
}
