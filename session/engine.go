package session

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/model"
)

// Options change how an engine works. The zero value is fine.
type Options struct {
	Logger         *slog.Logger  // statements at level Debug, connecting at Info; nil: no log
	LogArgs        bool          // log the arguments of statements too; default false
	ConnectTimeout time.Duration // for reaching the server; default 5 s
	MaxConns       int32         // of the pool; default pgxpool's: 4 or the number of CPUs
	Tx             pgx.TxOptions // of a session's transactions; default the server's
	// Configure changes the pool's configuration before it is made; nil: none.
	Configure func(*pgxpool.Config) error
}

// Engine is a pool of connections to a database and the schema of the objects in it. It is a query.Runner: what it reads
// is not tracked. It may be used by any number of goroutines.
type Engine struct {
	pool    *pgxpool.Pool
	schema  *model.Schema
	options Options
	log     logger

	beginSQL string

	plans planCache
	types sync.Map // *ast.Table → []string, the columns' types in the database
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
	conn.Release()
	e.log.connected(ctx, target)
	return e, nil
}

// NewEngine makes an engine of a pool that the program has. Close closes the pool.
func NewEngine(pool *pgxpool.Pool, schema *model.Schema, o Options) *Engine {
	return &Engine{pool: pool, schema: schema, options: o, log: logger{o.Logger, o.LogArgs}, beginSQL: beginSQL(o.Tx)}
}

// Close closes the pool and waits for connections that are in use.
func (e *Engine) Close() { e.pool.Close() }

// Pool gives the pool underneath, for what Cupel does not do.
func (e *Engine) Pool() *pgxpool.Pool { return e.pool }

// Schema gives the engine's schema.
func (e *Engine) Schema() *model.Schema { return e.schema }

// Session starts a unit of work. It takes a connection when it first needs one, and gives it back at Commit, Rollback
// and Close.
func (e *Engine) Session() *Session { return newSession(e) }

// once runs statements in one round trip on a connection of the pool, without a transaction of the session's.
func (e *Engine) once(ctx context.Context, stmts []*wire.Stmt) error {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return connectError(err)
	}
	defer conn.Release()
	return e.send(ctx, conn.Conn(), stmts)
}

// send runs statements in one round trip and logs them.
func (e *Engine) send(ctx context.Context, conn *pgx.Conn, stmts []*wire.Stmt) error {
	w := wire.Of(conn)
	if e.log.out != nil {
		w = w.Timed()
	}
	err := w.Run(ctx, stmts)
	if err != nil && conn.IsClosed() && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", ErrConnection, err)
	}
	e.log.statements(ctx, stmts, err)
	return err
}

func connectError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &StatementError{err: fmt.Errorf("no connection: %w", err)}
	}
	return &StatementError{err: fmt.Errorf("%w: %w", ErrConnection, err)}
}

// rollbackTimeout is how long a ROLLBACK may take that the program's context no longer covers.
func (e *Engine) rollbackTimeout() time.Duration { return max(e.options.ConnectTimeout, time.Second) }
