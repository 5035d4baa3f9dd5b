package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/internal/fault"
)

// TxOptions change how a session's transactions work, and how [Engine.InTx] tries again. The zero value is fine.
type TxOptions struct {
	Isolation   pgx.TxIsoLevel // default the engine's
	ReadOnly    bool           // the server refuses to write
	Deferrable  bool           // of a serializable read-only transaction: it waits until it can be no part of a conflict
	BeginAtOnce bool           // the first statement begins the transaction, also one that only reads; see Engine.Session
	Schema      string         // of tables whose mapping names none; see Engine.In; default the engine's
	NoLazy      bool           // relationships do not load by themselves; see Session.NoLazy

	// Retries is how often InTx tries again; default 5, negative: never.
	Retries int
	// Backoff returns how long InTx waits before it tries again, n counting from 1; default a random time of up to 5 ms, doubled each
	// time up to 1 s.
	Backoff func(n int) time.Duration
	// Idempotent says that doing the work twice is like doing it once, so that InTx tries again also where nobody knows whether a
	// commit took effect.
	Idempotent bool
}

// terms returns the terms of the session's transactions.
func (o TxOptions) terms(of Options) terms {
	tx := of.Tx
	tx.IsoLevel = cmp.Or(o.Isolation, tx.IsoLevel)
	if o.ReadOnly {
		tx.AccessMode = pgx.ReadOnly
	}
	if o.Deferrable {
		tx.DeferrableMode = pgx.Deferrable
	}
	return newTerms(tx, of.BeginAtOnce || o.BeginAtOnce)
}

const defaultRetries = 5

// InTx calls do with a session of its own, and commits it where do returns nil. Where do returns an error or panics, the transaction is
// rolled back, and the error returned, or the panic goes on.
//
//	err := eng.InTx(ctx, session.TxOptions{Isolation: pgx.Serializable}, func(s *session.Session) error {
//		from, err := session.Get(ctx, s, bank.Accounts, 1)
//		…
//	})
//
// After a serialization failure or deadlock, or where the connection was lost before the commit, nothing is stored: InTx waits a little and
// calls do again, with a fresh session; see [TxOptions]. It does not where the outcome is unknown ([ErrUnknownOutcome]), unless
// Idempotent says that it may, and never where do has committed by itself, or the context has ended. So do may be called several times: what
// it does outside of the session it may do again. Objects that do adds are new again when it is called again.
func (e *Engine) InTx(ctx context.Context, o TxOptions, do func(s *Session) error) error {
	retries := o.Retries
	if retries == 0 {
		retries = defaultRetries
	}
	for n := 1; ; n++ {
		again, err := e.attempt(ctx, o, do)
		if err == nil || !again || n > retries {
			if again && n > 1 {
				err = fmt.Errorf("session: given up after %d attempts: %w", n, err)
			}
			return err
		}
		if !wait(ctx, o.pause(n)) {
			return err
		}
	}
}

// attempt is one call of do; again, whether another one may succeed.
func (e *Engine) attempt(ctx context.Context, o TxOptions, do func(s *Session) error) (again bool, err error) {
	s := e.SessionWith(o)
	done := false
	defer func() {
		if !done || err != nil {
			_ = s.Rollback(ctx) // objects are as they were before; the first error tells more
		}
		if closed := s.Close(ctx); done && err == nil {
			err = closed
		}
	}()
	err = do(s)
	if err == nil {
		err = s.Commit(ctx)
	}
	done = true
	if err != nil {
		again = !s.kept && ctx.Err() == nil && (retryable(err, o.Idempotent) || s.failed != nil && retryable(s.failed, o.Idempotent))
	}
	return again, err
}

// retryable reports whether what failed with an error has stored nothing and may succeed when it is done again.
func retryable(err error, idempotent bool) bool {
	var serial *SerializationError
	switch {
	case errors.Is(err, fault.ErrCommitted), errors.Is(err, ErrUnknownOutcome) && !idempotent:
		return false
	case errors.Is(err, ErrUnknownOutcome):
		return true
	}
	return errors.As(err, &serial) || errors.Is(err, ErrConnection)
}

// pause returns how long to wait before the n-th time of trying again.
func (o TxOptions) pause(n int) time.Duration {
	if o.Backoff != nil {
		return o.Backoff(n)
	}
	most := min(5*time.Millisecond<<min(n-1, 10), time.Second)
	return rand.N(most) + 1
}

// wait waits, and reports false where the context ends.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
