package wire

import (
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// customKey is where a connection keeps its Conn.
const customKey = "github.com/cupel-go/cupel"

// Conn is the wire side of a connection: its prepared statements and its buffers. Like the connection, it is for one
// goroutine at a time.
type Conn struct {
	conn       *pgx.Conn
	facts      *Facts
	generation uint32 // of the facts that the statements were prepared by
	known      *statements
	encoders   []params
	sends      []send
	led        int             // statements of the batch that were sent before those
	rows       Rows            // of the statement whose results are read
	kept       bool            // a reader has a row of the batch that it cannot take back
	tracer     pgx.QueryTracer // nil: none
	timed      bool

	// Isolation is the level of transactions that do not say theirs, as the program has found out; "": it has not.
	Isolation string
	// Places are those of the units of work that are on the connection at the same time: whether each is taken.
	Places []bool
}

// Of returns the wire side of conn, which goes by the facts of an engine. It lives as long as the connection does. In pgx's
// mode CacheStatement, its default, it prepares statements; in every other mode it sends their text each time, as proxies
// between the program and the server may need.
func Of(conn *pgx.Conn, facts *Facts) *Conn {
	data := conn.PgConn().CustomData()
	if c, ok := data[customKey].(*Conn); ok && c.conn == conn {
		if c.facts != facts { // of another engine, on a connection that both were lent
			c.facts, c.generation = facts, facts.generation.Load()
		}
		return c
	}
	config := conn.Config()
	c := &Conn{conn: conn, facts: facts, generation: facts.generation.Load(), tracer: config.Tracer}
	c.known = newStatements(config.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement, config.StatementCacheCapacity)
	data[customKey] = c
	return c
}

// Stmt is one statement of a batch.
type Stmt struct {
	SQL    string
	Args   []any
	Newest sqlw.Feature // of the server, that it needs
	Once   bool         // not worth knowing, and without arguments: DDL
	Moves  bool         // the server looks for names elsewhere after it, so what comes after it is described after it
	Acts   bool         // it may do something else than read and write rows, such as change settings of the connection
	Read   Reader       // is given the rows as they stream in; nil: they are discarded

	Tag   pgconn.CommandTag // set by Run, whatever came after it; "": the statement has not been completed, as far as is known
	Bytes int64             // set by Run, if the connection is Timed: of the values of its rows
	Took  time.Duration     // set by Run, if the connection is Timed: from the sending of the batch to the end of this statement's result, or its error
}

// Reader takes the rows of a statement. Where a batch is sent again ReadRows is called again, and begins anew; a reader that
// cannot says so by [Rows.Keep].
type Reader interface{ ReadRows(rows *Rows) error }

// ReadFunc is a function as a Reader.
type ReadFunc func(rows *Rows) error

// ReadRows calls f.
func (f ReadFunc) ReadRows(rows *Rows) error { return f(rows) }

// Chooser is a Reader that wants some columns as text, those of [Opaque] types that become a Go string. It is asked only
// where there are such columns, and does not change preferred.
type Chooser interface {
	Choose(types *pgtype.Map, fields []pgconn.FieldDescription, preferred []int16) []int16
}

// ErrStop is what a Read returns to read no further. It is no failure.
var ErrStop = errors.New("wire: stop reading")

// send is how a statement of a batch goes out.
type send struct {
	statement *statement // nil: it is not worth knowing
	formats   []int16    // of its columns
	old       bool       // its types were known before the batch
	prepares  bool       // it is prepared in this batch
}

// Timed says whether Run is to tell how long statements took, which costs a look at the clock for each, and what came back.
func (c *Conn) Timed(timed bool) { c.timed = timed }

func (c *Conn) now() time.Time {
	if c.timed {
		return time.Now()
	}
	return time.Time{}
}

// took notes how long a statement took.
func (c *Conn) took(s *Stmt, start time.Time) {
	if c.timed {
		s.Took = time.Since(start)
	}
}
