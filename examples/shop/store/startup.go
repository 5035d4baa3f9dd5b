package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

//go:embed migrations/*.sql
var files embed.FS

// startLock is the number of the advisory lock that whoever prepares the database has. Any number will do that nobody else uses.
const startLock = 20261126

// Migration is a file of SQL that was run.
type Migration struct {
	Name      string
	AppliedAt time.Time
}

type migrations struct {
	model.Table[Migration]
	Name      expr.Text
	AppliedAt expr.Time
}

var (
	// Migrations is the table of the files that were run.
	Migrations = model.Map("schema_migration", func(t *migrations) model.Spec {
		return model.Spec{model.PrimaryKey(t.Name), model.Default(t.AppliedAt, time.Now)}
	})
	history = model.MustSchema(Migrations)
)

// Prepare brings the database to what the program expects: it runs the migrations that were not run yet, creates the tables
// that no migration makes, and compares all of them with the mappings. Several programs that start at once do it one after another.
//
// It takes two connections: one holds the lock until all is done, since CreateAll has a transaction of its own.
func Prepare(ctx context.Context, eng *session.Engine) error {
	return eng.InTx(ctx, session.TxOptions{}, func(lock *session.Session) error {
		if err := lock.AdvisoryLock(ctx, startLock); err != nil {
			return err
		}
		if err := migrate(ctx, eng, files); err != nil {
			return err
		}
		if err := Schema.CreateAll(ctx, eng); err != nil {
			return err
		}
		return Schema.Verify(ctx, eng)
	})
}

// migrate runs the files migrations/*.sql that were not run yet, in the order of their names.
func migrate(ctx context.Context, eng *session.Engine, files fs.FS) error {
	if err := history.CreateAll(ctx, eng); err != nil {
		return err
	}
	done, err := query.Select(Migrations.Name).All(ctx, eng)
	if err != nil {
		return err
	}
	names, err := fs.Glob(files, "migrations/*.sql") // sorted
	if err != nil {
		return err
	}
	for _, name := range names {
		if slices.Contains(done, path.Base(name)) {
			continue
		}
		if err := apply(ctx, eng, files, name); err != nil {
			return fmt.Errorf("migration %s: %w", path.Base(name), err)
		}
	}
	return nil
}

// apply runs a file and notes that, in one transaction. A file has several statements, which pgx sends as they are.
func apply(ctx context.Context, eng *session.Engine, files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, eng.Pool(), func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, string(text)); err != nil {
			return err
		}
		_, err := query.InsertObjects(Migrations, &Migration{Name: path.Base(name)}).Exec(ctx, session.Wrap(tx.Conn()))
		return err
	})
}
