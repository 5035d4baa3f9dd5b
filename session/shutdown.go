package session

import (
	"context"
	"fmt"
	"time"
)

// patience is how long Close and Shutdown wait before the log says for what.
const patience = time.Second

// Close closes the pool and waits for the connections that are in use, however long that takes: a session that was left
// open holds its connection until it is closed. After a second the log says at level Warn how many are out. Shutdown has
// a limit.
func (e *Engine) Close() {
	_ = e.Shutdown(context.Background()) // which fails only when its context ends
}

// Shutdown closes the pool and waits for the connections that are in use until ctx ends. Then the error says how many are
// still out; they are closed when their sessions are, or their rows. From the beginning on no new work gets a connection.
func (e *Engine) Shutdown(ctx context.Context) error {
	e.core.closed.Store(true)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		e.pool.Close()
	}()
	slow := time.NewTimer(patience)
	defer slow.Stop()
	for {
		select {
		case <-closed:
			return nil
		case <-slow.C:
			e.core.log.waits(ctx, e.inUse())
		case <-ctx.Done():
			return fmt.Errorf("session: shutdown: connections still in use: %d: %w", e.inUse(), context.Cause(ctx))
		}
	}
}

// inUse returns how many connections are out.
func (e *Engine) inUse() int32 { return e.pool.Stat().AcquiredConns() }
