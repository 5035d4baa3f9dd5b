package uow_test

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// errorKind says which error of Cupel's stands for an exception of SQLAlchemy's own; those of the database are known by
// their SQLSTATE.
type errorKind struct {
	class, message string // the class's last part; what the message contains
	matches        func(error) bool
}

func is(targets ...error) func(error) bool {
	return func(err error) bool {
		for _, target := range targets {
			if errors.Is(err, target) {
				return true
			}
		}
		return false
	}
}

// circular is the error of new rows that refer to each other in a circle.
func circular(err error) bool {
	return errors.Is(err, session.ErrCircle)
}

// errBoom is what a scenario's own code fails with.
var errBoom = errors.New("boom")

// ownRule reports whether an error is not the database's.
func ownRule(err error) bool { return database(err) == nil }

var errorKinds = []errorKind{
	{"InvalidRequestError", "is already attached to session", ownRule},
	{"InvalidRequestError", "Can't attach instance", is(session.ErrAttach)},
	{"UnmappedInstanceError", "is not mapped", is(session.ErrNotMapped)},
	{"StaleDataError", "", is(session.ErrStale)},
	{"ObjectDeletedError", "", is(query.ErrNoRows)},
	{"InvalidRequestError", "Could not refresh", is(query.ErrNoRows)},
	{"InvalidRequestError", "is not persistent within", is(session.ErrNotInSession, session.ErrNotFlushed)},
	{"InvalidRequestError", "is not persisted", is(session.ErrNotInSession)},
	{"InvalidRequestError", "is not available due to lazy=", is(session.ErrLazy)},
	{"InvalidRequestError", "Could not evaluate", is(session.ErrCannotEvaluate)},
	{"InvalidRequestError", "Can't use yield_per", is(query.ErrLoad)},
	{"DetachedInstanceError", "", is(model.ErrDetached)},
	{"CircularDependencyError", "", circular},
	{"AssertionError", "Dependency rule tried to blank-out primary key", is(session.ErrNullForeignKey)},
	{"NoResultFound", "", is(query.ErrNoRows)},
	{"MultipleResultsFound", "", is(query.ErrManyRows)},
	{"ValueError", "boom", func(err error) bool {
		return err.Error() == "boom" || errors.Is(err, errBoom) && !errors.Is(err, session.ErrFailed)
	}},
	{"PendingRollbackError", "", is(session.ErrFailed)},
}

// sameKind reports whether err is Cupel's for the exception f.
func sameKind(f *failure, err error) bool {
	if err == nil {
		return false
	}
	if f.SQLState != "" {
		return sameState(f, err)
	}
	for _, k := range errorKinds {
		if strings.HasSuffix(f.Class, "."+k.class) && strings.Contains(f.Message, k.message) {
			return k.matches(err)
		}
	}
	return false
}

// sameState compares errors of the database: the SQLSTATE, the Go type that belongs to it, and whether a flush before a
// query had it.
func sameState(f *failure, err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != f.SQLState {
		return false
	}
	base := database(err)
	return base != nil && base.Autoflush == strings.Contains(f.Message, "Query-invoked autoflush")
}

// database returns what Cupel's error of the type that belongs to its SQLSTATE tells; nil when it has another type.
func database(err error) *session.DatabaseError {
	var (
		unique  *session.UniqueError
		foreign *session.ForeignKeyError
		null    *session.NotNullError
		check   *session.CheckError
		lock    *session.LockError
		plain   *session.DatabaseError
	)
	switch {
	case errors.As(err, &unique) && unique.Code == "23505":
		return &unique.DatabaseError
	case errors.As(err, &foreign) && foreign.Code == "23503":
		return &foreign.DatabaseError
	case errors.As(err, &null) && null.Code == "23502":
		return &null.DatabaseError
	case errors.As(err, &check) && check.Code == "23514":
		return &check.DatabaseError
	case errors.As(err, &lock) && lock.Code == "55P03":
		return &lock.DatabaseError
	case errors.As(err, &plain):
		return plain
	}
	return nil
}

// className returns the name of SQLAlchemy's class for an error.
func className(err error) string {
	if errors.Is(err, session.ErrFailed) { // it also holds the error that was first
		return "PendingRollbackError"
	}
	if base := database(err); base != nil && strings.HasPrefix(base.Code, "23") {
		return "IntegrityError"
	}
	for _, k := range errorKinds {
		if k.matches(err) && k.message == "" {
			return k.class
		}
	}
	return err.Error()
}
