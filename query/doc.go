// Package query has SELECT, INSERT, UPDATE, DELETE and MERGE as values.
//
//	c, a := bank.Customers, bank.Accounts
//	q := query.Select2(c.LastName, a.AcctName).Join(a).Filter(c.LastName.Like("P%")).OrderBy(a.AcctName)
//	fmt.Println(q)             // the SQL
//	rows, err := q.All(ctx, s) // []query.Row2[string, string]
//
// A statement is immutable: each method returns a new one and leaves its receiver as it was, so q.Filter(…) whose result is not used
// does nothing, and statements can be kept in
// package variables, branched and used by any number of goroutines. Building one never fails; a mistake that the
// compiler cannot see is reported when the statement is rendered or run.
//
// What is selected decides the type of a row: an expression becomes its Go value, a mapped table a pointer to its struct,
// two to sixteen of them a [Row2] to [Row16]. Statements run through a [Runner]: a session.Session, where objects are
// tracked, or a session.Engine, where they are not.
//
// FROM is inferred: it has the tables that are selected or filtered by. Join finds its ON in the foreign keys. Tables
// that nothing connects are an error, not a cartesian product; CrossJoin asks for one.
package query
