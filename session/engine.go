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
	Logger         *slog.Logger  // statements at level Debug, connecting at Info; nil: no log
	LogArgs        bool          // log the arguments of statements too; default false
	ConnectTimeout time.Duration // for reaching the server; default 5 s
	MaxConns       int32         // of the pool; default pgxpool's: 4 or the number of CPUs
	Tx             pgx.TxOptions // of a session's transactions; default the server's
	BeginAtOnce    bool          // a session begins its transaction with its first statement, also one that only reads; see Session
	// Configure changes the pool's configuration before it is made; nil: none.
	Configure func(*pgxpool.Config) error
}

// Engine is a pool of connections to a database and the schema of the objects in it. It is a query.Runner: what it reads
// is not tracked. It may be used by any number of goroutines.
type Engine struct {
	pool   *pgxpool.Pool
	schema *model.Schema
	core   core
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
	e.core.keeps = config.BeforeAcquire != nil || config.PrepareConn != nil || config.AfterRelease != nil
	return e
}

// Pool returns the pool underneath, for what Cupel does not do.
func (e *Engine) Pool() *pgxpool.Pool { return e.pool }

// Schema returns the engine's schema.
func (e *Engine) Schema() *model.Schema { return e.schema }

// Session starts a unit of work. It takes a connection when it first needs one, and gives it back at Commit, Rollback
// and Close.
func (e *Engine) Session() *Session { return newSession(e) }

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
