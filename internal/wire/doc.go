// Package wire sends statements to PostgreSQL and reads their results, one round trip a batch.
//
// pgx's own batch spends a second round trip the first time that a connection meets a statement, to have it described
// before it is bound. Here the first execution of a statement binds its parameters as text, for the server to make out,
// and asks for its description in the same trip; from the second on, parameters and results are binary.
package wire
