package pgtest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoRestart: Restart cannot restart a server that was named, or that Docker or embedded-postgres runs.
var ErrNoRestart = errors.New("pgtest: only a server that was started with local binaries can be restarted")

// Restart shuts the server down, as an administrator would, which ends all connections (57P01) and loses nothing that was
// committed, and starts it again with the same DSN and data. It returns when the server answers again.
func (s *Server) Restart(ctx context.Context) error {
	if s.restart == nil {
		return ErrNoRestart
	}
	before, err := s.started(ctx)
	if err == nil {
		err = s.restart()
	}
	for err == nil {
		select {
		case <-ctx.Done():
			err = ctx.Err()
		case <-time.After(pause):
			if now, err := s.started(ctx); err == nil && !now.Equal(before) {
				return nil
			}
		}
	}
	return fmt.Errorf("pgtest: restart: %w", err)
}

// started returns when the server was started.
func (s *Server) started(ctx context.Context) (at time.Time, err error) {
	conn, err := pgx.Connect(ctx, s.DSN)
	if err != nil {
		return at, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, "SELECT pg_postmaster_start_time()").Scan(&at)
	return at, err
}
