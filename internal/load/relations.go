// Package load reads what objects lack: relationships, for all objects that were read together in one statement, rows that are
// to be read again, and columns that were left out.
package load

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// Host is where statements that load run.
type Host interface {
	// Flush flushes pending changes of the tables that a statement is about.
	Flush(ctx context.Context, about run.Tables) error
	// Run runs a statement and passes the objects that it reads to the sink.
	Run(ctx context.Context, req *run.Request, each *track.Sink) error
	// CupelSchema returns the schema of tables whose mapping names none; "" where the server looks for them.
	CupelSchema() string
}

// Relations loads relationships of objects.
type Relations struct {
	Host    Host
	Objects *track.Objects
	All     bool // also what the filters of mappings hide
}

// writer returns an empty writer of a statement that the host runs.
func (l Relations) writer() *sqlw.Writer {
	w := sqlw.Get(sqlw.Numbered)
	w.In(l.Host.CupelSchema())
	return w
}

// Load loads a relationship for an object and for all that one query read with it, in one statement at most.
func (l Relations) Load(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	if !r.Many {
		return l.cohortRefs(ctx, e, r)
	}
	if err := l.Host.Flush(ctx, about(r)); err != nil {
		return err
	}
	return l.cohortLists(ctx, e, r)
}

// Known fills a relationship where that takes no statement.
func (l Relations) Known(e *track.Entry, r *meta.Relation) error {
	if !r.Many && !(e.HasRow() && e.Stale()) {
		local := track.KeyerOf(r.Owner, r.Local)
		if l.fillRef(e, r, &local, track.TargetKeys(r)) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s of %s", fault.ErrLazy, r.Name, e.Describe())
}

// together returns the objects for which a relationship is to be loaded with e: those of its cohort that lack it.
func (l Relations) together(e *track.Entry, lacks func(*track.Entry) bool) []*track.Entry {
	if e.Cohort == nil {
		return []*track.Entry{e}
	}
	var es []*track.Entry
	for _, o := range e.Cohort.Entries {
		if o == e || o.Loader != nil && o.State != track.Pending && o.State != track.Deleted && lacks(o) {
			es = append(es, o)
		}
	}
	return es
}
