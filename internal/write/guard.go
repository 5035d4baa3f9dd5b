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

// An INSERT that gives rows back and that the COMMIT travels with must fail when a trigger kept a row out, since its object would
// have nothing of what the database was to fill in.
//
//	WITH added AS (INSERT … RETURNING id) SELECT * FROM added WHERE (
//	SELECT CASE WHEN count(*) = 1 THEN true ELSE ('cupel: rows found: ' || count(*))::integer = 0 END FROM added)
//
// One of many rows must also fail when the keys that the database generates do not count up, since then nobody can tell which row
// is whose.
//
//	… CASE WHEN count(*) = $3 AND bool_and(coalesce(key > before, true)) THEN …
//	FROM (SELECT added.id, lag(added.id) OVER () FROM added) AS cupel (key, before))
//
// Keys that the program gave must be there:
//
//	… FROM added JOIN unnest($1::uuid[]) AS cupel (k1) ON added.id = cupel.k1)
//
// The condition is computed once, also where no row comes back, and passes over the keys in the order in which they come back.
const (
	addedHead  = "WITH added AS ("
	addedTail  = ") SELECT * FROM added WHERE (SELECT CASE WHEN count(*) = "
	addedOrder = " AND bool_and(coalesce(key > before, true))"
	addedElse  = " THEN true ELSE ('" + guardFound + "' || "
	addedFrom  = ")::integer = 0 END FROM "
	counted    = "count(*)"
)

// guard makes a statement guard itself, if there is something to guard.
func (w *work) guard(stmt *wire.Stmt) {
	switch {
	case w.gives && len(w.entries) == 1:
		w.plain = stmt.SQL
		stmt.SQL = addedHead + stmt.SQL + addedTail + "1" + addedElse + counted + addedFrom + "added)"
	case w.gives:
		w.plain = stmt.SQL
		stmt.Args = append(stmt.Args, len(w.entries))
		stmt.SQL = addedHead + stmt.SQL + addedTail + "$" + strconv.Itoa(len(stmt.Args)) + w.order()
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

// order returns the end of the condition of many rows.
func (w *work) order() string {
	switch {
	case w.given != nil:
		return addedElse + "(SELECT count(*) FROM added)" + addedFrom + "added JOIN " + sameKeys(w.given) + ")"
	case w.key == nil:
		return addedElse + counted + addedFrom + "added)"
	}
	key := addedColumn(w.key)
	return addedOrder + addedElse + counted + addedFrom + "(SELECT " + key + ", lag(" + key + ") OVER () FROM added) AS cupel (key, before))"
}

// sameKeys returns "unnest($1::uuid[], …) AS cupel (k1, …) ON added.id = cupel.k1 AND …".
func sameKeys(keys []givenKey) string {
	var arrays, names, equal strings.Builder
	for i, k := range keys {
		name := "k" + strconv.Itoa(i+1)
		if i > 0 {
			arrays.WriteString(", ")
			names.WriteString(", ")
			equal.WriteString(" AND ")
		}
		arrays.WriteString(k.array)
		names.WriteString(name)
		equal.WriteString(addedColumn(k.column) + " = cupel." + name)
	}
	return "unnest(" + arrays.String() + ") AS cupel (" + names.String() + ") ON " + equal.String()
}

// addedColumn returns a column of what an INSERT gives back, in quotes where it needs them.
func addedColumn(c *ast.Column) string {
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
