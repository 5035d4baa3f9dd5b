package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/load"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/query"
)

// CupelSchema returns the schema of tables whose mapping names none, for the other packages of this module.
func (s *Session) CupelSchema() string { return s.tx.terms.schema }

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
	err := s.runAs(ctx, req)
	if err == nil && req.Writes && !s.objs.Empty() && (req.Bulk == nil || req.Bulk.Sync != query.SyncNone) {
		s.outdate(req)
	}
	return err
}

// outdate has objects and lists be read again that a statement may have changed without telling so.
func (s *Session) outdate(req *run.Request) {
	w, ok := req.Tables.(run.Writer)
	if !ok {
		return
	}
	written := w.Written()
	s.objs.Outdate(written)
	for _, w := range written {
		told := w.Named && (req.Bulk != nil || slices.ContainsFunc(req.Slots, func(slot run.Slot) bool {
			return slot.Entity != nil && slot.Entity.CupelTable().Real() == w.Table.Real()
		}))
		if st := s.objs.StoreOf(w.Table); st != nil && w.Old && !told {
			st.Distrust()
		}
	}
}

// runAs runs a statement as what it is.
func (s *Session) runAs(ctx context.Context, req *run.Request) error {
	switch {
	case len(req.Loads) > 0 && req.Deletes != nil:
		return fmt.Errorf("%w: of rows that are deleted", fault.ErrLoad)
	case req.Bulk != nil:
		return s.runBulk(ctx, req)
	case req.Deletes != nil:
		return s.runDeleting(ctx, req)
	case len(req.Loads) > 0:
		return s.runLoading(ctx, req)
	}
	return s.run(ctx, req)
}

// runLoading runs a statement and loads relationships of the objects that it reads.
func (s *Session) runLoading(ctx context.Context, req *run.Request) error {
	if err := loadable(req); err != nil {
		return err
	}
	var read load.Eager
	if err := s.runEach(ctx, req, read.Sink()); err != nil {
		return err
	}
	return read.Load(ctx, s.relations(), req.Loads)
}

// loadable fails where relationships are to be loaded of objects that nobody tracks, or that the statement does not read.
func loadable(req *run.Request) error {
	if req.Options.NoTracking {
		return fmt.Errorf("%w: with NoTracking", fault.ErrLoad)
	}
	var owners []*meta.Mapping
	for _, slot := range req.Slots {
		if src, ok := slot.Entity.(*meta.Source); ok {
			owners = append(owners, src.Mapping)
		}
	}
	return load.Check(owners, req.Loads)
}

// knows fails when an entity of the rows is not mapped in the engine's schema.
func (s *Session) knows(slots []run.Slot) error {
	for _, slot := range slots {
		if src, ok := slot.Entity.(*meta.Source); ok && s.objs.Store(src.Mapping) == nil {
			return fmt.Errorf("%w: %s", ErrNotMapped, src.Mapping.Type)
		}
	}
	return nil
}

func (s *Session) run(ctx context.Context, req *run.Request) error { return s.runEach(ctx, req, nil) }

// runEach is run; every object that is read is given to the sink, if there is one.
func (s *Session) runEach(ctx context.Context, req *run.Request, each *track.Sink) error {
	return s.runKnown(ctx, s.tx.core.known.Statement(req.Text), req, each)
}

func (s *Session) runKnown(ctx context.Context, k *rows.Known, req *run.Request, each *track.Sink) error {
	if !req.Plain {
		s.tx.changesUnseen()
	}
	if req.Options.NoTracking {
		x := s.tx.core.execution(req)
		err := s.tx.Run(ctx, x.Alone[0])
		if x.done(req); err != nil {
			return s.failQuery(explainStatement(err))
		}
		return nil
	}
	x := trackedExecutions.Get().(*trackedExecution)
	x.entities = track.Reader{Objects: &s.objs, Refresh: req.Options.Refresh, NoLazy: req.Options.NoLazy, Each: each}
	x.Start(&s.tx.core.known, k, req, &x.entities)
	err := s.tx.Run(ctx, &x.Stmt)
	if x.done(req); err != nil {
		return s.failQuery(explainStatement(err))
	}
	return nil
}

// autoflush flushes when something of the tables is pending.
func (s *Session) autoflush(ctx context.Context, about run.Tables) error {
	if s.borrows {
		return nil
	}
	_, unknown := about.(run.Anything)
	if !s.mistaken() && !unknown && (about == nil || s.objs.Empty() || !s.objs.Touches(about.Reads())) {
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
	return fault.During("flush before a query", err)
}

func databaseError(err error) (e *DatabaseError) {
	errors.As(err, &e)
	return e
}

// Flush flushes pending changes of the tables that a statement is about.
func (h host) Flush(ctx context.Context, about run.Tables) error { return h.autoflush(ctx, about) }

// Run runs a statement and passes the objects that it reads to the sink.
func (h host) Run(ctx context.Context, req *run.Request, each *track.Sink) error {
	return h.runEach(ctx, req, each)
}

// LoadLists loads lists of objects that are to be deleted, whole: what refers to a row hinders its deletion, hidden or not.
func (h host) LoadLists(ctx context.Context, r *meta.Relation, owners []*track.Entry) error {
	all := h.relations()
	all.All = true
	return h.fail(all.Lists(ctx, owners, r))
}

// LastPlaces returns the greatest position in the ordered list of each owner.
func (h host) LastPlaces(ctx context.Context, r *meta.Relation, owners []*track.Entry) ([]*int64, error) {
	last, err := h.relations().LastPlaces(ctx, r, owners)
	return last, h.fail(err)
}

// host is a session as the loading of relationships sees it.
type host struct{ *Session }

func (s *Session) relations() load.Relations { return load.Relations{Host: host{s}, Objects: &s.objs} }

// LazyLoad loads a relationship that is asked for.
func (h host) LazyLoad(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	if err := h.ready(); err != nil {
		return err
	}
	defer h.leave()
	load := h.relations()
	if h.noLazy || r.NoLazy || e.Cohort != nil && e.Cohort.NoLazy {
		return load.Known(e, r)
	}
	if err := load.Load(ctx, e, r); err != nil {
		return fault.During("load "+r.Name+" of "+e.Describe(), err)
	}
	return nil
}
