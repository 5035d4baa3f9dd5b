package session

import (
	"context"
	"errors"
	"sync"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/write"
)

// flushing is what a flush works with. It is used again, by any session: most have none, or one.
type flushing struct {
	prepared plan.Preparation
	plan     plan.Plan
	phase    phase
}

// phase is where code of the program's own is called within a flush.
type phase uint8

const (
	elsewhere phase = iota
	preparing       // a Default or OnUpdate
	telling         // a method that is called before rows are written
	writing         // one that is called after it, or Hooks.AfterFlush
)

var errFlushPanicked = errors.New("the program's own code panicked in the middle of a flush")

var flushes = sync.Pool{New: func() any { return &flushing{} }}

// done gives f back.
func (f *flushing) done() {
	f.prepared.Reset()
	f.plan = plan.Plan{}
	f.phase = elsewhere
	flushes.Put(f)
}

// end gives f back. Where the program's own code panicked, it does before what would have been done about an error.
func (s *Session) end(f *flushing) {
	switch f.phase {
	case preparing:
		f.prepared.Undo()
	case telling:
		s.objs.Frozen = false
		s.objs.Thawed()
		_ = s.halfSeen(f, errFlushPanicked)
	case writing:
		f.prepared.Lower()
		_ = s.fail(errFlushPanicked)
	}
	f.done()
}

// halfSeen makes everything as it was before a flush, of which the program's own code has seen half.
func (s *Session) halfSeen(f *flushing, err error) error {
	f.prepared.Undo()
	s.tx.spoiled = true
	return s.fail(err)
}

// flush writes what changed, and commits when commit says so. What hooks change after rows were written is written before the COMMIT.
func (s *Session) flush(ctx context.Context, commit bool) error {
	if err := s.takeMistake(); err != nil {
		return err
	}
	hooks := s.hooks()
	if commit {
		if err := s.lend(ctx, hooks.BeforeCommit); err != nil {
			return err
		}
	}
	for range mostFlushes {
		if more, err := s.flushOnce(ctx, commit, hooks); err != nil || !more {
			return err
		}
	}
	return s.fail(errHookEndless)
}

// mostFlushes is how often a Commit flushes where hooks make changes each time.
const mostFlushes = 100

// flushOnce flushes in four phases: prepare, which finds out what is to be written; plan, which orders it; write; and settle, which
// takes note of it. An error of the first leaves every object as it was. More says that hooks have left something to write, so that
// nothing is committed.
func (s *Session) flushOnce(ctx context.Context, commit bool, hooks *Hooks) (more bool, err error) {
	if err := s.lend(ctx, hooks.BeforeFlush); err != nil {
		return false, err
	}
	if err := s.takeMistake(); err != nil { // of a hook
		return false, err
	}
	if err := s.validate(); err != nil {
		return false, err
	}
	f := flushes.Get().(*flushing)
	defer s.end(f)
	more, err = s.flushAs(ctx, f, commit, hooks)
	f.phase = elsewhere
	return more, err
}

// flushAs is the four phases of flush.
func (s *Session) flushAs(ctx context.Context, f *flushing, commit bool, hooks *Hooks) (more bool, err error) {
	f.phase = preparing
	if err := f.prepared.Prepare(ctx, &s.objs, host{s}); err != nil {
		return false, err
	}
	f.phase = telling
	if err := s.before(ctx, f); err != nil {
		return false, s.halfSeen(f, err)
	}
	if f.plan, err = f.prepared.Plan(); err != nil {
		return false, err
	}
	if commit {
		s.tx.dropReleases()
	}
	writes := len(f.plan.Steps) > 0 || s.tx.begun
	if writes {
		f.phase = writing
		if more, err = s.writeAll(ctx, f, commit, hooks); err != nil {
			f.prepared.Lower()
			return false, s.fail(err)
		}
		if more {
			return true, nil
		}
		s.kept = s.kept || commit
	} else {
		f.plan.Settle(&s.objs) // relationships may have been set to what they are
	}
	f.phase = elsewhere
	if commit {
		final := s.tx.Final()
		s.tx.release()
		s.objs.Committed()
		if writes && final {
			s.tell(ctx, hooks.AfterCommit)
		}
	}
	return false, nil
}

// writeAll writes what was planned and settles it. Where something is to be told of it within the transaction, the COMMIT goes by
// itself after that, or waits for what was changed when it was told.
func (s *Session) writeAll(ctx context.Context, f *flushing, commit bool, hooks *Hooks) (more bool, err error) {
	tells := len(f.plan.Steps) > 0 && (hooks.AfterFlush != nil || s.anyHooks((*meta.Hooks).After))
	if err := s.write(ctx, &f.plan, commit && !tells); err != nil {
		return false, err
	}
	f.plan.Settle(&s.objs) // what hooks change from here on is a change
	if !tells {
		return false, nil
	}
	if err := s.after(ctx, f); err != nil {
		return false, err
	}
	if err := s.lend(ctx, hooks.AfterFlush); err != nil {
		return false, err
	}
	switch {
	case !commit:
		return false, nil
	case s.mistaken() || s.objs.Touches(everything):
		return true, nil
	}
	return false, s.write(ctx, &plan.Plan{}, true)
}

// everything stands for all tables.
var everything = []*ast.Table{nil}

// write writes a plan.
func (s *Session) write(ctx context.Context, p *plan.Plan, commit bool) error {
	return explainFailure(write.Plan(ctx, &s.tx, p, commit))
}

func (s *Session) rollback(ctx context.Context) error {
	err := s.tx.undo(ctx)
	s.tx.release()
	s.failed = nil
	s.misuse.Store(nil)
	s.objs.RolledBack()
	s.tell(ctx, s.hooks().AfterRollback)
	return err
}
