// Package expr has typed columns and what is built from them: comparisons, conditions, functions, sort keys.
//
// A column is a value of a kind: [Int], [Text], [Time] and so on, or [NullInt], [NullText] … where the column may be
// NULL. The kind decides which operators it has (no LIKE on a number), which Go type an operand has (a string for
// Text and NullText alike) and which Go type a selected value has (string for Text, *string for NullText). Columns are
// fields of a table struct, which package model maps; package query puts expressions into statements.
//
//	c := bank.Customers
//	c.LastName.Like("pl%")                          // customer.last_name LIKE $1
//	c.Email.IsNotNull()                             // customer.email IS NOT NULL
//	expr.Or(c.ID.Lt(10), c.LastName.In("A", "B"))   // customer.id < $1 OR customer.last_name IN ($2, $3)
//	expr.Count(c.ID).As("count")                    // count(customer.id) AS count
//
// Operators come in a value form and an expression form: Eq takes a Go value and renders an argument, EqExpr takes
// another expression. Values are always arguments, never part of the SQL text.
//
// Expressions are immutable and may be shared between statements and goroutines. Building one never fails and never
// panics: a mistake that the compiler cannot see (a column of a struct that was never mapped) is the error of the
// statement that renders it. Comparison with NULL follows SQL: "x = NULL" is never true; use IsNull.
package expr
