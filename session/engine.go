package session

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/model"
)

// Options change how an engine works. The zero value is fine.
type Options struct {
	Logger         *slog.Logger  // statements at level Debug, one that failed with its error; connecting at Info, waiting in Close at Warn; nil: no log
	LogArgs        bool          // log the arguments of statements too; default false
	ConnectTimeout time.Duration // for reaching the server; default 5 s
	MaxConns       int32         // of the pool; default pgxpool's: 4 or the number of CPUs
	Tx             pgx.TxOptions // of a session's transactions; default the server's
	BeginAtOnce    bool          // a session begins its transaction with its first statement, also one that only reads; see Session
	Hooks          Hooks         // of all sessions
	// Configure changes the pool's configuration before it is made; nil: none.
	Configure func(*pgxpool.Config) error
}

// Engine is a pool of connections to a database and the schema of the objects in it. It is a query.Runner: what it reads
// is not tracked. It may be used by any number of goroutines.
type Engine struct {
	pool   *pgxpool.Pool
	schema *model.Schema
	core   *core
	in     string // the schema of tables whose mapping names none; "" where the server looks for them
}

// Open connects to the server and makes an engine. dsn is a URL or a keyword/value string as pgx and libpq take them.
// A server that cannot be reached is an error within the connect time-out. Close the engine at the end.
func Open(ctx context.Context, dsn string, schema *model.Schema, o Options) (*Engine, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("session: open: %w", hidePassword(err, dsn))
	}
	if o.ConnectTimeout <= 0 {
		o.ConnectTimeout = 5 * time.Second
	}
	if config.ConnConfig.ConnectTimeout == 0 || config.ConnConfig.ConnectTimeout > o.ConnectTimeout {
		config.ConnConfig.ConnectTimeout = o.ConnectTimeout
	}
	if o.MaxConns > 0 {
		config.MaxConns = o.MaxConns
	}
	if o.Configure != nil {
		if err := o.Configure(config); err != nil {
			return nil, fmt.Errorf("session: open: configure: %w", err)
		}
	}
	return open(ctx, config, schema, o)
}

func open(ctx context.Context, config *pgxpool.Config, schema *model.Schema, o Options) (*Engine, error) {
	if schema == nil {
		return nil, errors.New("session: open: no schema")
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("session: open: %w", err)
	}
	e := NewEngine(pool, schema, o)
	target := describe(config.ConnConfig)
	ctx, cancel := context.WithTimeout(ctx, o.ConnectTimeout)
	defer cancel()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("session: open %s: %w: %w", target, ErrConnection, err)
	}
	if err = readable(conn.Conn()); err == nil && e.core.terms.asks {
		w := wire.Of(conn.Conn(), &e.core.facts)
		err = w.Run(ctx, []*wire.Stmt{level(w)})
	}
	conn.Release()
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("session: open %s: %w", target, err)
	}
	e.core.log.connected(ctx, target)
	return e, nil
}

// NewEngine makes an engine of a pool that the program has. Close closes the pool.
func NewEngine(pool *pgxpool.Pool, schema *model.Schema, o Options) *Engine {
	e := &Engine{pool: pool, schema: schema, core: newCore(o)}
	config := pool.Config()
	//lint:ignore SA1019 programs still set it
	e.core.keeps = config.BeforeAcquire != nil || config.PrepareConn != nil || config.AfterRelease != nil
	return e
}

// Pool returns the pool underneath, for what Cupel does not do.
func (e *Engine) Pool() *pgxpool.Pool { return e.pool }

// Schema returns the engine's schema.
func (e *Engine) Schema() *model.Schema { return e.schema }

// Session starts a unit of work. It takes a connection when it first needs one, and gives it back at Commit, Rollback
// and Close.
//
// At READ COMMITTED, PostgreSQL's default, what only reads needs no transaction: a query of mapped columns with PostgreSQL's own functions
// goes without BEGIN, and the connection goes back to the pool with its last row. The first statement that writes, locks, is SQL text, or calls
// now() or a function that Cupel does not know, begins the transaction. What every statement sees is the same either way: at
// that level each sees what was committed when it began. [Options.BeginAtOnce] has the first statement begin it, so that tables that were read
// keep their definition until the end.
func (e *Engine) Session() *Session { return newSession(e, e.pool, nil, e.terms()) }

// SessionWith is Session with options of its own.
//
//	s := eng.SessionWith(session.TxOptions{Isolation: pgx.RepeatableRead, ReadOnly: true})
func (e *Engine) SessionWith(o TxOptions) *Session {
	if o.Schema != "" {
		e = e.In(o.Schema)
	}
	s := newSession(e, e.pool, nil, o.terms(e.core.options).in(e.in))
	s.noLazy = o.NoLazy
	return s
}

// SessionOn starts a unit of work on a connection that the program has from pgx, which Close does not close. Where a transaction is open
// on it, the session's is a savepoint in that one: Commit keeps what it did for the program to commit, Rollback takes it back. So code can share a
// transaction with other code, and a test can roll back what was committed in it:
//
//	tx, err := eng.Pool().Begin(ctx)
//	defer tx.Rollback(ctx)
//	s := eng.SessionOn(tx.Conn())
//
// Like the connection, it is for one goroutine at a time; while it is used nobody else may use the connection.
func (e *Engine) SessionOn(conn *pgx.Conn) *Session {
	return newSession(e, nil, lent{conn}, e.terms())
}

// connectError returns the error of a connection that the pool did not give.
func (c *core) connectError(err error) error {
	if c.closed.Load() {
		return &StatementError{err: fmt.Errorf("%w: %w", ErrClosed, err)}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &StatementError{err: fmt.Errorf("no connection: %w", err)}
	}
	return &StatementError{err: fmt.Errorf("%w: %w", ErrConnection, err)}
}
