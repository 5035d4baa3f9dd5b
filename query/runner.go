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
	// CupelSchema returns the schema of tables whose mapping names none; "" where the server looks for them in its search_path.
	CupelSchema() string
}
