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
// One statement of many objects also counts the keys, whenever it is sent: a row that is there twice would make up for one that is gone.
//
//	WITH changed AS (UPDATE … RETURNING t.id AS k1)
//	SELECT CASE WHEN count(*) = $3 AND count(DISTINCT k1) = $3 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed
//
//	WITH changed AS (DELETE … RETURNING t.id AS k1)
//	SELECT CASE WHEN count(*) = count(DISTINCT k1) THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed
//
// The text that is no integer comes back in the error, so that no error of the program's own expressions, checks and triggers is
// taken for it, as a division by zero might be.
const (
	guardHead  = "WITH changed AS ("
	guardTail  = " RETURNING 1) SELECT CASE count(*) WHEN 1"
	guardRows  = " RETURNING 1) SELECT CASE count(*) WHEN $"
	guardMost  = " RETURNING 1) SELECT CASE WHEN count(*) <= 1"
	guardMany  = ") SELECT CASE WHEN count(*) = "
	guardEnd   = " THEN 1 ELSE ('" + guardFound + "' || count(*))::integer END FROM changed"
	guardFound = "cupel: rows found: "
)

// An UPDATE that gives rows back is guarded as an INSERT is:
//
//	WITH added AS (UPDATE … RETURNING rev) SELECT * FROM added WHERE (
//	SELECT CASE WHEN count(*) = 1 THEN true ELSE ('cupel: rows found: ' || count(*))::integer = 0 END FROM added)
//
//	… CASE WHEN count(*) = $5 AND count(DISTINCT k1) = count(*) THEN … FROM (SELECT added.id AS k1 FROM added) AS cupel)
//
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
	case w.plain != "": // it does already
	case w.gives && len(w.entries) == 1:
		w.plain = stmt.SQL
		stmt.SQL = addedHead + stmt.SQL + addedTail + "1" + addedElse + counted + addedFrom + "added)"
	case w.gives:
		w.plain = stmt.SQL
		stmt.Args = append(stmt.Args, len(w.entries))
		stmt.SQL = addedHead + stmt.SQL + addedTail + "$" + strconv.Itoa(len(stmt.Args)) + w.order()
	case w.keys != nil:
		w.plain = stmt.SQL
		returned, distinct := countedKeys(w.keys)
		stmt.SQL = guardHead + stmt.SQL + returned + guardMany
		if w.expect >= 0 {
			stmt.Args = append(stmt.Args, w.expect)
			n := "$" + strconv.Itoa(len(stmt.Args))
			stmt.SQL += n + " AND " + distinct + " = " + n + guardEnd
		} else {
			stmt.SQL += distinct + guardEnd
		}
	case w.most > 0:
		w.plain = stmt.SQL
		stmt.SQL = guardHead + stmt.SQL + guardMost + guardEnd
	case w.expect > 1: // an INSERT that gives nothing back
		w.plain = stmt.SQL
		stmt.Args = append(stmt.Args, w.expect)
		stmt.SQL = guardHead + stmt.SQL + guardRows + strconv.Itoa(len(stmt.Args)) + guardEnd
	case w.expect >= 0:
		w.plain = stmt.SQL
		stmt.SQL = guardHead + stmt.SQL + guardTail + guardEnd
	}
}

// countedKeys returns " RETURNING t.a AS k1, t.b AS k2" and "count(DISTINCT (k1, k2))".
func countedKeys(key []*ast.Column) (returned, distinct string) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	for i, c := range key {
		name := "k" + strconv.Itoa(i+1)
		if i == 0 {
			w.Text(" RETURNING ")
			distinct = name
		} else {
			w.Text(", ")
			distinct += ", " + name
		}
		qualified(w, c)
		w.Text(" AS " + name)
	}
	if len(key) > 1 {
		distinct = "(" + distinct + ")"
	}
	return w.String(), "count(DISTINCT " + distinct + ")"
}

// order returns the end of the condition of many rows.
func (w *work) order() string {
	switch {
	case w.back != nil:
		_, distinct := countedKeys(w.back)
		return " AND " + distinct + " = count(*)" + addedElse + counted + addedFrom + "(SELECT " + addedColumns(w.back) + " FROM added) AS cupel)"
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

// addedColumns returns "added.a AS k1, added.b AS k2".
func addedColumns(columns []*ast.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = addedColumn(c) + " AS k" + strconv.Itoa(i+1)
	}
	return strings.Join(names, ", ")
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
