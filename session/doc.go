// Package session runs statements on PostgreSQL and keeps objects and rows in step.
//
// An [Engine] is a pool of connections and a schema; it is made once and used by any number of goroutines. A [Session]
// is a unit of work on it, for one goroutine at a time: it tracks the objects that queries return and that are added,
// finds out what changed, and writes that in an order that the foreign keys allow, in few round trips.
//
//	eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{Logger: slog.Default()})
//	defer eng.Close()
//
//	s := eng.Session()
//	defer s.Close(ctx)
//	s.Add(&bank.Customer{FirstName: "Dummy", LastName: "Joker"})
//	err = s.Commit(ctx) // INSERT … RETURNING id: a lone statement is a transaction by itself
//
//	acct, err := query.Select(bank.Accounts).Filter(bank.Accounts.AcctNo.Eq(9999)).First(ctx, s)
//	acct.AcctName = "Crypto"
//	err = s.Commit(ctx) // UPDATE of that column and of those with OnUpdate
//
// A transaction begins with the first statement that does something else than read, see [Engine.Session], and ends with Commit,
// Rollback or Close. [Engine.InTx] makes one of a function, and tries it again where it met another; [Session.Nested] is a part of
// one that can be taken back. Within a session a row is one object: a query that meets it again returns the same pointer. What differs from the row as it was loaded is written by
// the next Flush; Commit, and a query on a table with changes, flush by themselves. So does any query while a deletion waits,
// one with raw SQL beside mapped tables, and a whole statement that is raw SQL. After Commit and Rollback objects
// keep their values but are stale: the next query that returns their row refreshes them. [Session.Expire] makes objects
// stale, [Session.Refresh] reads them again, [Session.Lock] does so under a lock.
//
// Errors of the database are typed ([UniqueError], [ForeignKeyError] …) and unwrap to *pgconn.PgError. They name
// statement, table, column and object, and never hold values other than keys. After a statement has failed, a session
// refuses work with [ErrFailed] until Rollback.
package session
