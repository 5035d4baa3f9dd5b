package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/entity"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// core is what statements need wherever they run, on an engine's pool or on a connection of the program's own.
type core struct {
	options  Options
	log      logger
	terms    terms // of sessions that say no others
	keeps    bool  // a session keeps its connection: the pool does something to those that it gives out
	known    rows.Cache
	facts    wire.Facts
	gets     sync.Map // *meta.Mapping → *getStatement
	filtered sync.Map // the same of mappings with filters
	closed   atomic.Bool
}

func newCore(o Options) *core {
	return &core{options: o, log: logger{o.Logger, o.LogArgs}, terms: newTerms(o.Tx, o.BeginAtOnce)}
}

// send runs statements in one round trip and logs them.
func (c *core) send(ctx context.Context, conn *pgx.Conn, stmts []*wire.Stmt) error {
	if err := readable(conn); err != nil && stmts[0].SQL != rollbackSQL {
		return &wire.Error{SQL: stmts[0].SQL, Unsent: true, Err: err}
	}
	w, watch := wire.Of(conn, &c.facts), watching(ctx)
	w.Timed(c.log.out != nil || watch != nil)
	var start time.Time
	if watch != nil {
		start = time.Now()
	}
	err := w.Run(ctx, stmts)
	if watch != nil {
		watch.trip(stmts, time.Since(start), err)
	}
	if err != nil {
		c.pastBegin(stmts, err)
	}
	for _, s := range stmts {
		if s.Acts && alters(s) {
			w.Isolation = ""
		}
	}
	if err != nil && conn.IsClosed() && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", ErrConnection, err)
	}
	c.log.statements(ctx, stmts, err)
	return err
}

// readable fails where text does not travel in the encoding of Go's strings. The server reports the connection's encoding when
// it is changed, so to look at it takes no trip.
func readable(conn *pgx.Conn) error {
	switch encoding := conn.PgConn().ParameterStatus("client_encoding"); encoding {
	case "UTF8", "": // some that stand between the program and the server do not tell
		return nil
	default:
		return fmt.Errorf("%w, not %s", ErrEncoding, encoding)
	}
}

// pastBegin has an error that came instead of an answer, such as a context's end, name the statement after BEGIN: the server
// answers when it has something to say, so BEGIN may long be done.
func (c *core) pastBegin(stmts []*wire.Stmt, err error) {
	var pg *pgconn.PgError
	e := asWireError(err)
	if e != nil && e.Index == 0 && len(stmts) > 1 && strings.HasPrefix(stmts[0].SQL, "BEGIN") && !errors.As(err, &pg) {
		e.Index = 1
		if strings.HasPrefix(stmts[1].SQL, enterSQL) && len(stmts) > 2 {
			e.Index = 2
		}
		e.SQL = stmts[e.Index].SQL
	}
}

// once runs a statement on a connection of the pool, without a transaction around it.
func (c *core) once(ctx context.Context, pool *pgxpool.Pool, stmts []*wire.Stmt, writes bool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return c.connectError(err)
	}
	defer conn.Release()
	return c.alone(ctx, conn.Conn(), stmts, writes)
}

// alone runs a statement, which the server commits by itself where no transaction is open.
func (c *core) alone(ctx context.Context, conn *pgx.Conn, stmts []*wire.Stmt, writes bool) error {
	commits := writes && conn.PgConn().TxStatus() == 'I'
	err := c.send(ctx, conn, stmts)
	if err == nil || !commits {
		return explainStatement(err)
	}
	var re *wire.ReadError
	switch {
	case conn.IsClosed() && wire.Doubtful(err, stmts[0].Tag.String() != ""):
		err = fmt.Errorf("%w: %w", ErrUnknownOutcome, err)
	case errors.As(err, &re) && !stmts[0].Tag.Select(): // a whole statement may be a SELECT
		err = fmt.Errorf("%w: %w", ErrCommitted, err)
	}
	return explainStatement(err)
}

// abandon rolls back what a connection has open, if it still can.
func (c *core) abandon(conn *pgx.Conn) {
	if conn.IsClosed() || conn.PgConn().TxStatus() == 'I' {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), c.rollbackTimeout())
	defer cancel()
	_ = c.send(ctx, conn, []*wire.Stmt{{SQL: rollbackSQL}})
}

// rollbackTimeout returns how long a ROLLBACK may take that the program's context no longer covers.
func (c *core) rollbackTimeout() time.Duration { return max(c.options.ConnectTimeout, time.Second) }

// execution is one run of a request outside any session. Its memory serves the next one.
type execution struct {
	rows.Execution
	entities entity.Untracked
}

var executions = sync.Pool{New: func() any { return &execution{} }}

// execution makes the execution of a request outside any session; done ends it.
func (c *core) execution(req *run.Request) *execution {
	x := executions.Get().(*execution)
	x.Start(&c.known, c.known.Statement(req.Text), req, &x.entities)
	return x
}

// done tells the request how many rows it was about, and lets go of the execution, which nobody else has any more.
func (x *execution) done(req *run.Request) {
	req.Affected = x.Stmt.Tag.RowsAffected()
	*x = execution{}
	executions.Put(x)
}

// trackedExecution is one run of a request in a session. Its memory serves the next one.
type trackedExecution struct {
	rows.Execution
	entities track.Reader
}

var trackedExecutions = sync.Pool{New: func() any { return &trackedExecution{} }}

func (x *trackedExecution) done(req *run.Request) {
	req.Affected = x.Stmt.Tag.RowsAffected()
	*x = trackedExecution{}
	trackedExecutions.Put(x)
}
