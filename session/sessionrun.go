package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
)

// CupelRun runs one statement in the session, for package query: pending changes of the tables that it is about are
// flushed before, entities that it reads are tracked.
func (s *Session) CupelRun(ctx context.Context, req *run.Request) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	if err := s.knows(req.Slots); err != nil {
		return err
	}
	if !req.Options.NoFlush {
		if err := s.autoflush(ctx, req.Tables); err != nil {
			return err
		}
	}
	switch {
	case req.Bulk != nil:
		return s.runBulk(ctx, req)
	case req.Deletes != nil:
		return s.runDeleting(ctx, req)
	}
	return s.run(ctx, req)
}

// knows fails when an entity of the rows is not mapped in the engine's schema.
func (s *Session) knows(slots []run.Slot) error {
	for _, slot := range slots {
		if src, ok := slot.Entity.(*meta.Source); ok && s.store(src.Mapping) == nil {
			return fmt.Errorf("%w: %s", ErrNotMapped, src.Mapping.Type)
		}
	}
	return nil
}

func (s *Session) run(ctx context.Context, req *run.Request) error { return s.runEach(ctx, req, nil) }

// runEach is run; every object that is read is given to the sink, if there is one.
func (s *Session) runEach(ctx context.Context, req *run.Request, each *sink) error {
	return s.runKnown(ctx, s.engine.plans.statement(req.Text), req, each)
}

func (s *Session) runKnown(ctx context.Context, k *known, req *run.Request, each *sink) error {
	x := s.engine.execution(k, req)
	x.tracked = tracked{session: s, refresh: req.Options.Refresh, noLazy: req.Options.NoLazy, each: each}
	x.entities = &x.tracked
	if err := s.send(ctx, &x.stmt); err != nil {
		return s.failQuery(explainStatement(err))
	}
	req.Affected = x.stmt.Tag.RowsAffected()
	return nil
}

// autoflush flushes when something of the tables is pending.
func (s *Session) autoflush(ctx context.Context, about run.Tables) error {
	_, unknown := about.(run.Anything)
	if s.mistake == nil && !unknown && (about == nil || s.empty() || !s.touches(about.Reads())) {
		return nil
	}
	err := s.flush(ctx, false)
	if err == nil {
		return nil
	}
	return autoflushError(err)
}

// empty tells whether the session has no objects.
func (s *Session) empty() bool {
	for _, st := range s.order {
		if len(st.entries) > 0 {
			return false
		}
	}
	return true
}

// autoflushError says that a query triggered the flush.
func autoflushError(err error) error {
	if e := databaseError(err); e != nil {
		e.Autoflush = true
		return err
	}
	return fault.During("flush before a query", err)
}

func databaseError(err error) *DatabaseError {
	var (
		unique  *UniqueError
		foreign *ForeignKeyError
		null    *NotNullError
		check   *CheckError
		serial  *SerializationError
		lock    *LockError
		plain   *DatabaseError
	)
	switch {
	case errors.As(err, &unique):
		return &unique.DatabaseError
	case errors.As(err, &foreign):
		return &foreign.DatabaseError
	case errors.As(err, &null):
		return &null.DatabaseError
	case errors.As(err, &check):
		return &check.DatabaseError
	case errors.As(err, &serial):
		return &serial.DatabaseError
	case errors.As(err, &lock):
		return &lock.DatabaseError
	case errors.As(err, &plain):
		return plain
	}
	return nil
}

// touches tells whether a flush would write to one of the tables. A deletion may reach any, by cascades; a nil among the
// tables stands for those that raw SQL may read.
func (s *Session) touches(tables []*ast.Table) bool {
	if s.deleting {
		return true
	}
	if slices.Contains(tables, nil) {
		return len(s.links) > 0 || slices.ContainsFunc(s.order, (*store).hasChanges)
	}
	about := func(t *ast.Table) bool {
		return slices.ContainsFunc(tables, func(u *ast.Table) bool { return u.Real() == t })
	}
	for _, l := range s.links {
		if about(l.child.Mapping.Table) {
			return true
		}
	}
	for _, st := range s.order {
		if len(st.entries) > 0 && about(st.m.Table) && st.hasChanges() {
			return true
		}
	}
	return false
}

// hasChanges tells whether a flush would write something of this mapping.
func (st *store) hasChanges() bool {
	for _, e := range st.entries {
		switch e.state {
		case pending, doomed:
			return true
		case persistent:
			if e.changes() {
				return true
			}
		}
	}
	return false
}

// tracked gives the objects that a session has, and takes in new ones.
type tracked struct {
	session *Session
	refresh bool
	noLazy  bool
	each    *sink  // nil: there is none
	store   *store // of the entity read last
	cohorts []*cohort
	stores  []*store // cohorts[i] is of stores[i]
}

func (t *tracked) readEntity(pl *place, values [][]byte, a *decode.Arena) (mem.Ptr, error) {
	if t.store == nil || t.store.m != pl.mapping {
		t.store = t.session.store(pl.mapping)
	}
	before := len(t.store.entries)
	e, err := t.store.read(pl, values, a, t.refresh)
	if err != nil {
		return nil, err
	}
	if len(pl.mapping.Relations) > 0 {
		t.join(e)
	}
	if t.each != nil {
		err = t.each.give(e, len(t.store.entries) > before, pl, values, a)
	}
	return e.Object, err
}

// sink is given the objects of a statement of the session's own.
type sink struct {
	take func(k key, e *entry)
	keys *keyer  // which columns of the row k is; nil: k means nothing
	row  mem.Ptr // scratch
}

// give gives an object with the key that its row has: the object itself may have other values, unless it is new.
func (k *sink) give(e *entry, fresh bool, pl *place, values [][]byte, a *decode.Arena) error {
	switch {
	case k.keys == nil:
		k.take(key{}, e)
		return nil
	case fresh:
		k.take(k.keys.of(e.Object), e)
		return nil
	}
	if k.row == nil {
		k.row = pl.mapping.New(1)
	}
	if err := pl.object(k.row, values, a); err != nil {
		return err
	}
	k.take(k.keys.of(k.row), e)
	return nil
}

// join puts e into the cohort of what this query reads.
func (t *tracked) join(e *entry) {
	i := slices.Index(t.stores, e.store())
	if i < 0 {
		i = len(t.stores)
		t.stores = append(t.stores, e.store())
		t.cohorts = append(t.cohorts, &cohort{noLazy: t.noLazy})
	}
	if c := t.cohorts[i]; e.cohort != c {
		e.cohort = c
		if n := len(c.entries); n == cap(c.entries) {
			c.entries = slices.Grow(c.entries, max(1, n))
		}
		c.entries = append(c.entries, e)
	}
}
