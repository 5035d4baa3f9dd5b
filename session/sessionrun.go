package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/decode"
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
	if req.Bulk != nil {
		return s.runBulk(ctx, req)
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

func (s *Session) run(ctx context.Context, req *run.Request) error {
	x := s.engine.execution(req)
	x.tracked = tracked{session: s, refresh: req.Options.Refresh}
	x.entities = &x.tracked
	if err := s.send(ctx, &x.stmt); err != nil {
		return s.failQuery(explainStatement(err))
	}
	req.Affected = x.stmt.Tag.RowsAffected()
	return nil
}

// autoflush flushes when something of the tables is pending.
func (s *Session) autoflush(ctx context.Context, about run.Tables) error {
	if s.mistake == nil && (about == nil || len(s.order) == 0 || !s.touches(about.Reads())) {
		return nil
	}
	err := s.flush(ctx, false)
	if err == nil {
		return nil
	}
	return autoflushError(err)
}

// autoflushError says that a query triggered the flush.
func autoflushError(err error) error {
	if e := databaseError(err); e != nil {
		e.Autoflush = true
		return err
	}
	return fmt.Errorf("session: flush before a query: %w", err)
}

func databaseError(err error) *DatabaseError {
	var (
		unique  *UniqueError
		foreign *ForeignKeyError
		null    *NotNullError
		check   *CheckError
		serial  *SerializationError
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
	case errors.As(err, &plain):
		return plain
	}
	return nil
}

// touches tells whether a flush would write to one of the tables.
func (s *Session) touches(tables []*ast.Table) bool {
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
	store   *store // of the entity read last
	cohorts []*cohort
	stores  []*store // cohorts[i] is of stores[i]
}

func (t *tracked) readEntity(pl *place, values [][]byte, a *decode.Arena) (mem.Ptr, error) {
	if t.store == nil || t.store.m != pl.mapping {
		t.store = t.session.store(pl.mapping)
	}
	e, err := t.store.read(pl, values, a, t.refresh)
	if err != nil {
		return nil, err
	}
	if len(pl.mapping.Relations) > 0 {
		t.join(e)
	}
	return e.Object, nil
}

// join puts e into the cohort of what this query reads.
func (t *tracked) join(e *entry) {
	i := slices.Index(t.stores, e.store)
	if i < 0 {
		i = len(t.stores)
		t.stores = append(t.stores, e.store)
		t.cohorts = append(t.cohorts, &cohort{})
	}
	if c := t.cohorts[i]; e.cohort != c {
		e.cohort = c
		c.entries = append(c.entries, e)
	}
}
