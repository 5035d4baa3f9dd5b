// Package wire sends statements to PostgreSQL and reads their results, one round trip a batch.
//
// What types a statement's parameters and columns have is a fact of the server, the same for all connections of an engine,
// so it is asked for once: the first time that an engine meets a statement, in a trip before the one that runs it. From
// then on any connection, a new one too, prepares the statement in the trip that first runs it there. Parameters and
// results have one format each, in the first execution as in the hundredth, in every mode of pgx.
package wire
