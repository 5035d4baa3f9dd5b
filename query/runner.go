package query

import (
	"context"

	"github.com/cupel-go/cupel/internal/run"
)

// Runner runs statements: a *session.Session, a *session.Engine, or what session.Wrap makes of a pgx connection or
// transaction.
type Runner interface {
	// CupelRun runs one statement, for the other packages of this module.
	CupelRun(ctx context.Context, r *run.Request) error
}
