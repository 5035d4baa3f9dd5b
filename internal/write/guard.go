package write

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/wire"
)

// A guarded statement is an UPDATE that travels with the COMMIT: it must itself fail when it does not touch the rows that it
// should, since nobody can look before the COMMIT runs.
//
//	WITH changed AS (UPDATE … RETURNING 1)
//	SELECT CASE count(*) WHEN 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed
//
// The text that is no integer comes back in the error, so that no error of the program's own expressions, checks and triggers is
// taken for it, as a division by zero might be.
const (
	guardHead  = "WITH changed AS ("
	guardTail  = " RETURNING 1) SELECT CASE count(*) WHEN "
	guardEnd   = " THEN 1 ELSE ('" + guardFound + "' || count(*))::integer END FROM changed"
	guardFound = "cupel: rows found: "
)

// guard makes a statement guard itself.
func (w *work) guard(stmt *wire.Stmt) {
	want := "1"
	if w.expect != 1 {
		stmt.Args = append(stmt.Args, w.expect)
		want = "$" + strconv.Itoa(len(stmt.Args))
	}
	w.plain = stmt.SQL
	stmt.SQL = guardHead + stmt.SQL + guardTail + want + guardEnd
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
