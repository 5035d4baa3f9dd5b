package write

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
)

// A guarded statement is an UPDATE or a DELETE that travels with the COMMIT: it must itself fail when it does not touch the rows
// that it should, since nobody can look before the COMMIT runs. A DELETE may find fewer rows than there are objects, which are
// gone then as they should be; more, where tables inherit and parent and child have the same key, would not be known to anybody.
//
//	WITH changed AS (UPDATE … RETURNING 1)
//	SELECT CASE count(*) WHEN 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed
//
//	WITH changed AS (DELETE … RETURNING 1)
//	SELECT CASE WHEN count(*) <= 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed
//
// The text that is no integer comes back in the error, so that no error of the program's own expressions, checks and triggers is
// taken for it, as a division by zero might be.
const (
	guardHead  = "WITH changed AS ("
	guardTail  = " RETURNING 1) SELECT CASE count(*) WHEN "
	guardMost  = " RETURNING 1) SELECT CASE WHEN count(*) <= "
	guardEnd   = " THEN 1 ELSE ('" + guardFound + "' || count(*))::integer END FROM changed"
	guardFound = "cupel: rows found: "
)

// An INSERT of many rows that the COMMIT travels with must fail when the keys that the database generates do not count up, since
// then nobody can tell which row is whose, and when a row was kept out.
//
//	WITH added AS (INSERT … RETURNING id, …) SELECT * FROM added WHERE (
//	SELECT CASE WHEN count(*) = $3 AND bool_and(coalesce(key > before, true)) THEN true
//	ELSE ('cupel: rows found: ' || count(*))::integer = 0 END
//	FROM (SELECT added.id, lag(added.id) OVER () FROM added) AS cupel (key, before))
//
// The condition is computed once, and passes over the keys in the order in which they come back.
const (
	keysHead = "WITH added AS ("
	keysTail = ") SELECT * FROM added WHERE (SELECT CASE WHEN count(*) = "
	keysEnd  = " AND bool_and(coalesce(key > before, true)) THEN true ELSE ('" + guardFound + "' || count(*))::integer = 0 END" +
		" FROM (SELECT "
)

// guard makes a statement guard itself, if there is something to guard.
func (w *work) guard(stmt *wire.Stmt) {
	switch {
	case w.key != nil:
		w.plain = stmt.SQL
		stmt.Args = append(stmt.Args, len(w.entries))
		key := keyOf(w.key)
		stmt.SQL = keysHead + stmt.SQL + keysTail + "$" + strconv.Itoa(len(stmt.Args)) + keysEnd +
			key + ", lag(" + key + ") OVER () FROM added) AS cupel (key, before))"
	case w.most > 0:
		w.guardCount(stmt, guardMost, w.most)
	case w.expect >= 0:
		w.guardCount(stmt, guardTail, w.expect)
	}
}

// guardCount makes a statement count its rows.
func (w *work) guardCount(stmt *wire.Stmt, tail string, n int64) {
	w.plain = stmt.SQL
	number := "1"
	if n != 1 {
		stmt.Args = append(stmt.Args, n)
		number = "$" + strconv.Itoa(len(stmt.Args))
	}
	stmt.SQL = guardHead + stmt.SQL + tail + number + guardEnd
}

// keyOf returns a column of what an INSERT gives back, in quotes where it needs them.
func keyOf(c *ast.Column) string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Text("added.")
	w.Ident(c.Name)
	return string(w.Bytes())
}

// tripped reports whether an error is a guard's own, and how many rows the statement found.
func tripped(err *pgconn.PgError) (rows int64, ok bool) {
	if err.Code != "22P02" { // invalid_text_representation
		return 0, false
	}
	_, found, ok := strings.Cut(err.Message, `"`+guardFound)
	if !ok {
		return 0, false
	}
	n, _ := fmt.Sscanf(found, "%d", &rows)
	return rows, n == 1
}
