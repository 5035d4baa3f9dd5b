package expr_test

import (
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I combine conditions? Parentheses come by themselves.
func ExampleAnd() {
	c := bank.Customers
	named := expr.And(c.FirstName.Eq("Bob"), c.LastName.Eq("Builder"))
	fmt.Println(named)
	fmt.Println(expr.And(expr.Or(c.ID.Lt(10), c.ID.Gt(90)), c.Email.IsNotNull()))
	fmt.Println(named.Or(c.ID.Eq(7))) // the same with methods
	// Output:
	// customer.first_name = $1 AND customer.last_name = $2
	// (customer.id < $1 OR customer.id > $2) AND customer.email IS NOT NULL
	// customer.first_name = $1 AND customer.last_name = $2 OR customer.id = $3
}

// How do I collect conditions that the user may or may not have given? Or of none is FALSE, And of none TRUE.
func ExampleOr() {
	c := bank.Customers
	var wanted []expr.Condition
	for _, name := range []string{"Pl", "Dr"} {
		wanted = append(wanted, c.LastName.HasPrefix(name))
	}
	fmt.Println(expr.Or(wanted...))
	fmt.Println(expr.Or())
	// Output:
	// customer.last_name LIKE $1 OR customer.last_name LIKE $2
	// FALSE
}

// How do I negate a condition? Where PostgreSQL has the opposite operator, Not takes it.
func ExampleNot() {
	c := bank.Customers
	fmt.Println(expr.Not(c.LastName.Like("Pl%")))
	fmt.Println(expr.Not(c.Email.IsNull()))
	fmt.Println(expr.Not(expr.And(c.ID.Gt(3), c.Email.IsNull())))
	// Output:
	// customer.last_name NOT LIKE $1
	// customer.email IS NOT NULL
	// NOT (customer.id > $1 AND customer.email IS NULL)
}

// How do I compare with NULL? Ne leaves out the rows where the column is NULL, IsDistinctFrom does not.
func ExampleValue_IsNull() {
	c := bank.Customers
	fmt.Println(c.Email.IsNull())
	fmt.Println(c.Email.IsNotNull())
	fmt.Println(c.Email.Ne("a@b.c"))
	fmt.Println(c.Email.IsDistinctFrom("a@b.c"))
	// Output:
	// customer.email IS NULL
	// customer.email IS NOT NULL
	// customer.email <> $1
	// customer.email IS DISTINCT FROM $1
}

// How do I filter by the values of a slice? An empty one finds nothing; a long one goes as a single array.
func ExampleValue_In() {
	c := bank.Customers
	names := []string{"Driver", "Plumber"}
	fmt.Println(c.LastName.In(names...))
	fmt.Println(c.LastName.NotIn(names...))
	fmt.Println(c.LastName.In())
	fmt.Println(c.ID.In(make([]int64, 1000)...))
	// Output:
	// customer.last_name IN ($1, $2)
	// customer.last_name NOT IN ($1, $2)
	// FALSE
	// customer.id = ANY($1)
}

// How do I search for a text that a user typed? Contains, HasPrefix and HasSuffix take % and _ as they are; the pattern
// of Like and ILike is the program's.
func ExampleTextOf_Contains() {
	a := bank.Accounts
	input := "100%"
	text, args, err := a.AcctName.Contains(input).SQL()
	fmt.Println(text, args, err)
	text, args, err = a.AcctName.Like("%" + input + "%").SQL() // finds "1000" too
	fmt.Println(text, args, err)
	// Output:
	// account.acct_name LIKE $1 [%100\%%] <nil>
	// account.acct_name LIKE $1 [%100%%] <nil>
}

// How do I name an expression and sort by it? The label is a Go value: what is selected, compared and sorted by is the
// same.
func ExampleValue_As() {
	c := bank.Customers
	length := expr.Length(c.LastName).As("length")
	q := query.Select2(c.LastName, length).Filter(length.Gt(3)).OrderBy(length.Desc(), c.LastName)
	fmt.Println(strings.ReplaceAll(q.String(), " \n", "\n"))
	// Output:
	// SELECT customer.last_name, length(customer.last_name) AS length
	// FROM customer
	// WHERE length(customer.last_name) > $1 ORDER BY length DESC, customer.last_name
}

// How do I write CASE? The kind that is named says what it is: a Text, or a NullText where no branch may hold.
func ExampleCase() {
	a := bank.Accounts
	kind := expr.Case[expr.Text]().
		When(a.AcctName.HasSuffix("Cash Account"), "cash").
		When(a.AcctName.HasSuffix("Credit Account"), "credit").
		Else("other")
	fmt.Println(kind)
	fmt.Println(kind.HasPrefix("c"))
	some := expr.Case[expr.NullText]().When(a.AcctName.HasSuffix("Cash Account"), "cash")
	fmt.Println(some.End())
	// Output:
	// CASE WHEN account.acct_name LIKE $1 THEN $2 WHEN account.acct_name LIKE $3 THEN $4 ELSE $5 END
	// CASE WHEN account.acct_name LIKE $1 THEN $2 WHEN account.acct_name LIKE $3 THEN $4 ELSE $5 END LIKE $6
	// CASE WHEN account.acct_name LIKE $1 THEN $2 END
}

// How do I give NULL another value? A NullText is read as *string, its Coalesce as string.
func ExampleCoalesce() {
	c := bank.Customers
	fmt.Println(expr.Coalesce(c.Email, "none"))
	fmt.Println(expr.CoalesceExpr(c.Email, c.Mobile, c.LastName))
	// Output:
	// coalesce(customer.email, $1)
	// coalesce(customer.email, customer.mobile, customer.last_name)
}

// How do I use a condition of squirrel?
func ExampleWhere() {
	c := bank.Customers
	old := sq.Or{sq.Eq{"customer.id": []int{1, 2}}, sq.Expr("customer.email ~ ?", "bank$")}
	fmt.Println(expr.And(c.LastName.Like("Pl%"), expr.Where(old)))
	// Output:
	// customer.last_name LIKE $1 AND ((customer.id IN ($2,$3) OR customer.email ~ $4))
}

// How do I put a condition into a statement of squirrel? Every expression is a squirrel.Sqlizer.
func ExamplePredicate_squirrel() {
	c := bank.Customers
	old := sq.Select("id").From("customer").Where(sq.Gt{"id": 3}).PlaceholderFormat(sq.Dollar)
	text, args, err := old.Where(expr.Or(c.LastName.HasPrefix("Pl"), c.Email.IsNull())).ToSql()
	fmt.Println(text, args, err)
	// Output:
	// SELECT id FROM customer WHERE id > $1 AND (customer.last_name LIKE $2 OR customer.email IS NULL) [3 Pl%] <nil>
}
