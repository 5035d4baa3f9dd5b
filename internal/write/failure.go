package write

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// Failure is why a plan was not written, or may not have been.
type Failure struct {
	SQL     string         // of the statement; "": it was none
	Entries []*track.Entry // what the statement was about
	Rule    bool           // Err is not what the server said, but what follows from it
	Err     error
}

// Error returns the cause's text.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// attempt is how a batch was sent.
type attempt struct {
	commit bool // what it did is committed with it
	lone   bool // it is a lone INSERT of one row, see batch.lone
	leads  int  // statements that went before, BEGIN above all
	ending bool // it was a transaction by itself, and its statement had been completed
}

// failure says what the error of a batch is about.
func (b *batch) failure(err error, how attempt) error {
	var we *wire.Error
	if !errors.As(err, &we) {
		return &Failure{Err: err}
	}
	i, commit := we.Index-how.leads, how.commit
	if i >= 0 && i < len(b.works) && b.works[i].plain != "" {
		we.SQL = b.works[i].plain
	}
	var re *wire.ReadError
	final := b.conn.Final()
	switch {
	case commit && final && b.conn.Closed() && wire.Doubtful(err, how.ending || i >= len(b.works)):
		return &Failure{SQL: we.SQL, Rule: true, Err: fmt.Errorf("%w: %w", fault.ErrUnknownOutcome, err)}
	case how.lone && errors.Is(err, errKeptOut):
		return committed(&Failure{SQL: we.SQL, Rule: true, Err: err})
	case commit && errors.As(err, &re) && b.conn.Idle():
		return &Failure{SQL: we.SQL, Rule: true, Err: fmt.Errorf("%w: %w", fault.ErrCommitted, err)}
	case i < 0 || i >= len(b.works):
		return &Failure{Err: err}
	}
	if rule := b.works[i].broken(err); rule != nil {
		return &Failure{SQL: we.SQL, Rule: true, Err: rule}
	}
	return &Failure{SQL: we.SQL, Entries: b.works[i].entries, Err: err}
}

// committed adds to a failure that the COMMIT took effect all the same.
func committed(err error) error {
	var f *Failure
	if !errors.As(err, &f) {
		return err
	}
	return &Failure{SQL: f.SQL, Rule: true, Err: fmt.Errorf("%w: %w", fault.ErrCommitted, f.Err)}
}

// miscounted returns the error of a statement that found another number of rows than there are objects.
func (w *work) miscounted(found int64) error {
	if w.inserts {
		return keptOut(w.entries, int(found))
	}
	objects := int64(len(w.entries))
	counted := fmt.Sprintf("%d of %d rows found: %s", found, objects, track.DescribeAll(w.entries))
	switch m := w.entries[0].Mapping; {
	case found >= objects || w.most > 0: // as many as there should be: one is gone, and one is there twice
		return fmt.Errorf("%w: %s", fault.ErrKeyNotUnique, counted)
	case m != nil && m.Version != nil:
		return fault.Stale("row of an object was written by somebody else since it was read, or is gone: %s", counted)
	}
	return fault.Stale("row of a changed object is gone: %s", counted)
}

// broken returns the error of a statement whose own guard failed it; nil: that was not why it failed.
func (w *work) broken(err error) error {
	var pg *pgconn.PgError
	if w.plain == "" || !errors.As(err, &pg) {
		return nil
	}
	n, ok := tripped(pg)
	switch {
	case !ok:
		return nil
	case !w.gives || !w.inserts:
		return w.miscounted(n)
	case n != int64(len(w.entries)):
		return keptOut(w.entries, int(n))
	case w.given != nil:
		return otherKeys(w.entries)
	}
	return outOfOrder(w.entries)
}
