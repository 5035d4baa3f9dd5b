package session

import (
	"context"
	"sync"

	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/write"
)

// flushing is what a flush works with. It is used again, by any session: most have none, or one.
type flushing struct {
	prepared plan.Preparation
	plan     plan.Plan
}

var flushes = sync.Pool{New: func() any { return &flushing{} }}

// done gives f back.
func (f *flushing) done() {
	f.prepared.Reset()
	f.plan = plan.Plan{}
	flushes.Put(f)
}

// flush writes what changed, and commits when commit says so, in four phases: prepare, which finds out what is to be
// written; plan, which orders it; write; and settle, which takes note of it. An error of the first leaves every object as
// it was.
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
	if err := s.lend(ctx, hooks.BeforeFlush); err != nil {
		return err
	}
	if err := s.validate(); err != nil {
		return err
	}
	f := flushes.Get().(*flushing)
	defer f.done()
	if err := f.prepared.Prepare(ctx, &s.objs, host{s}); err != nil {
		return err
	}
	if err := s.before(ctx, f); err != nil {
		f.prepared.Undo()
		s.tx.spoiled = true // the program's own code has seen half of it
		return s.fail(err)
	}
	var err error
	if f.plan, err = f.prepared.Plan(); err != nil {
		return err
	}
	if commit {
		s.tx.dropReleases()
	}
	writes := len(f.plan.Steps) > 0 || s.tx.begun
	if writes {
		if err := s.writeAll(ctx, f, commit, hooks); err != nil {
			f.prepared.Lower()
			return s.fail(err)
		}
		s.kept = s.kept || commit
	}
	f.plan.Settle(&s.objs) // also without steps: relationships may have been set to what they are
	if commit {
		final := s.tx.Final()
		s.tx.release()
		s.objs.Committed()
		if writes && final {
			s.tell(ctx, hooks.AfterCommit)
		}
	}
	return nil
}

// writeAll writes what was planned. Where something is to be told of it within the transaction, the COMMIT goes by itself after that.
func (s *Session) writeAll(ctx context.Context, f *flushing, commit bool, hooks *Hooks) error {
	tells := len(f.plan.Steps) > 0 && (hooks.AfterFlush != nil || s.anyHooks((*meta.Hooks).After))
	if err := s.write(ctx, &f.plan, commit && !tells); err != nil || !tells {
		return err
	}
	if err := s.after(ctx, f); err != nil {
		return err
	}
	if hooks.AfterFlush != nil {
		f.plan.Settle(&s.objs)
		f.plan = plan.Plan{}
		if err := s.lend(ctx, hooks.AfterFlush); err != nil {
			return err
		}
	}
	if !commit {
		return nil
	}
	return s.write(ctx, &plan.Plan{}, true)
}

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
