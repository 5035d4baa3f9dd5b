package session

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
)

// Hooks are called with what a session does; nil ones are not. They may use the session, but their own flushes call no hooks. See
// also model.Validator and its kin, the methods of objects.
type Hooks struct {
	BeforeFlush func(ctx context.Context, s *Session) error // may add, change and delete; an error ends the flush before it begins
	AfterFlush  func(ctx context.Context, s *Session) error // in the transaction, when rows were written; an error fails the session. Commit flushes what it changes

	BeforeCommit  func(ctx context.Context, s *Session) error // before Commit flushes; an error ends it
	AfterCommit   func(ctx context.Context, s *Session)       // when a transaction is stored: not where there was none, nor of a part of the program's own
	AfterRollback func(ctx context.Context, s *Session)       // after Rollback, not after Close
}

// Invalid is an object that may not be stored as it is.
type Invalid struct {
	Object any // a pointer to it
	Name   string
	Err    error // of its Validate
}

// ValidationError is what the Validate methods of a flush's objects found. Nothing was written, and the session is as it was.
type ValidationError struct{ Invalid []Invalid }

// Error names the objects and what is wrong with each.
func (e *ValidationError) Error() string {
	var b strings.Builder
	for i, x := range e.Invalid {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(x.Name + ": " + x.Err.Error())
	}
	return "session: not valid: " + b.String()
}

// Unwrap returns the errors of the objects.
func (e *ValidationError) Unwrap() []error {
	errs := make([]error, len(e.Invalid))
	for i, x := range e.Invalid {
		errs[i] = x.Err
	}
	return errs
}

var errHookEndless = fmt.Errorf("session: hooks changed something after each of %d flushes of a Commit", mostFlushes)

var errHookRelates = errors.New("a method that is called before a flush writes set a relationship; Hooks.BeforeFlush may")

// validate asks the objects that a flush would write whether they may be stored.
func (s *Session) validate() error {
	var found []Invalid
	for _, st := range s.objs.Stores {
		h := st.Mapping.Hooks
		if h == nil || h.Validate == nil {
			continue
		}
		for _, e := range st.Entries {
			if e.State != track.Pending && !s.objs.Dirty(e) {
				continue
			}
			if err := h.Validate(e.Object); err != nil {
				found = append(found, Invalid{reflect.NewAt(st.Mapping.Type, e.Object).Interface(), e.Describe(), err})
			}
		}
	}
	if found == nil {
		return nil
	}
	return &ValidationError{found}
}

// before calls what is called before rows are written.
func (s *Session) before(ctx context.Context, f *flushing) error {
	if !s.anyHooks((*meta.Hooks).Before) {
		return nil
	}
	s.objs.Frozen = true
	err := f.prepared.Each(func(kind plan.StepKind, e *track.Entry) error {
		if h := e.Mapping.Hooks; h.Before() {
			return plan.Keeping(e, func() error {
				return told(ctx, e, "before its row is written", [...]hook{h.BeforeInsert, h.BeforeUpdate, h.BeforeDelete}[kind])
			})
		}
		return nil
	})
	if s.objs.Frozen = false; err == nil && s.objs.Thawed() {
		err = errHookRelates
	}
	if err == nil {
		f.prepared.Hooked()
	}
	return err
}

// after calls what is called when rows were written.
func (s *Session) after(ctx context.Context, f *flushing) error {
	for i := range f.plan.Steps {
		st := &f.plan.Steps[i]
		h := st.Store.Mapping.Hooks
		if !h.After() || st.Aside() {
			continue
		}
		for _, e := range st.Entries {
			if err := toldAfter(ctx, e, f.prepared.Does(st.Does(), e)); err != nil {
				return err
			}
		}
	}
	return f.prepared.EachReplaced(func(e *track.Entry) error { return toldAfter(ctx, e, plan.DeleteStep) })
}

func toldAfter(ctx context.Context, e *track.Entry, kind plan.StepKind) error {
	h := e.Mapping.Hooks
	if !h.After() {
		return nil
	}
	return told(ctx, e, "after its row was written", [...]hook{h.AfterInsert, h.AfterUpdate, h.AfterDelete}[kind])
}

type hook = func(ctx context.Context, obj mem.Ptr) error

func told(ctx context.Context, e *track.Entry, when string, call hook) error {
	if call == nil {
		return nil
	}
	if err := call(ctx, e.Object); err != nil {
		return fault.During(when, fmt.Errorf("%s: %w", e.Describe(), err))
	}
	return nil
}

// anyHooks reports whether a mapping of the session's objects has hooks of a kind.
func (s *Session) anyHooks(kind func(*meta.Hooks) bool) bool {
	for _, st := range s.objs.Stores {
		if kind(st.Mapping.Hooks) {
			return true
		}
	}
	return false
}

// hooks returns the hooks that are to be called; none within one of them.
func (s *Session) hooks() *Hooks {
	if s.inHook {
		return &noHooks
	}
	return &s.tx.core.options.Hooks
}

var noHooks Hooks

// lend calls a hook, which may use the session; nil: there is none.
func (s *Session) lend(ctx context.Context, call func(ctx context.Context, s *Session) error) error {
	if call == nil {
		return nil
	}
	s.inHook = true
	s.leave()
	defer func() { s.inHook = false }()
	err := call(ctx, s)
	if entered := s.enter(); entered != nil {
		s.busy.Store(true) // the caller leaves
		return errors.Join(err, entered)
	}
	return err
}

// tell is lend for hooks without an error.
func (s *Session) tell(ctx context.Context, call func(ctx context.Context, s *Session)) {
	if call != nil {
		_ = s.lend(ctx, func(ctx context.Context, s *Session) error { call(ctx, s); return nil })
	}
}
