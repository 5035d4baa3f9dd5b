package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// runBulk runs an UPDATE or DELETE of many rows and keeps the session's objects in step.
func (s *Session) runBulk(ctx context.Context, req *run.Request) error {
	if req.Bulk.Sync == query.SyncEvaluate {
		if err := s.checkEvaluable(req.Bulk); err != nil {
			return err
		}
	}
	if err := checkFetchable(req.Bulk); err != nil {
		return err
	}
	st := s.objs.StoreOf(req.Bulk.Table)
	if st == nil || len(st.Entries) == 0 || req.Bulk.Sync == query.SyncNone {
		return s.run(ctx, req)
	}
	if req.Bulk.Sync == query.SyncEvaluate {
		return s.runEvaluated(ctx, req, st)
	}
	return s.runFetched(ctx, req, st)
}

// checkFetchable fails when the rows that come back cannot be matched to objects.
func checkFetchable(b *run.Bulk) error {
	if b.Sync != query.SyncFetch {
		return nil
	}
	for _, a := range b.Set {
		if slices.Contains(b.Table.PrimaryKey, a.Column) {
			return fmt.Errorf("%w: %s; use SyncEvaluate or SyncNone", ErrKeyFetch, a.Column)
		}
	}
	return nil
}

// runFetched has the statement return the rows that it touched: of a DELETE their keys, of an UPDATE all
// columns, deferred ones where it sets them.
func (s *Session) runFetched(ctx context.Context, req *run.Request, st *track.Store) error {
	deleting := req.Bulk.Set == nil
	columns := st.Mapping.Key
	if !deleting {
		columns = st.Mapping.Read
		for _, a := range req.Bulk.Set {
			if a.Column.Deferred {
				columns = append(slices.Clip(columns), a.Column.Index)
			}
		}
	}
	var touched []*track.Entry
	stmt := &wire.Stmt{SQL: s.returning(req, columns), Args: req.Args, Newest: req.Newest}
	stmt.Read = &rows.Columns{Mapping: st.Mapping, Columns: columns, Take: func(r *rows.Columns) error {
		touched = touched[:0]
		obj := st.Mapping.New(1)
		for r.Next() {
			if err := r.Read(obj); err != nil {
				return err
			}
			if e := st.Lookup(st.Keys.Of(obj)); e != nil {
				touched = append(touched, e)
				if !deleting {
					e.KeepDeferred(obj, columns)
					st.Overwrite(e, obj)
				}
			}
		}
		return nil
	}}
	s.tx.changesUnseen()
	if err := s.tx.Send(ctx, stmt); err != nil {
		return s.failQuery(explainStatement(err))
	}
	req.Affected = stmt.Tag.RowsAffected()
	if deleting {
		st.Gone(touched)
	}
	return nil
}

// returning returns the statement's text with RETURNING.
func (s *Session) returning(req *run.Request, columns []int) string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Text(string(req.Text))
	w.Text(" RETURNING ")
	for i, c := range columns {
		if i > 0 {
			w.Text(", ")
		}
		req.Bulk.Table.Columns[c].AppendSQL(w)
	}
	return s.tx.Intern(w.Bytes())
}

// runDeleting runs a DELETE that returns the objects of its rows, which leave the session.
func (s *Session) runDeleting(ctx context.Context, req *run.Request) error {
	var deleted []*track.Entry
	err := s.runEach(ctx, req, &track.Sink{Take: func(_ track.Key, e *track.Entry) {
		if e.Mapping.Table == req.Deletes.Real() {
			deleted = append(deleted, e)
		}
	}})
	if st := s.objs.StoreOf(req.Deletes); err == nil && st != nil {
		st.Gone(deleted)
	}
	return err
}

// checkEvaluable fails when memory cannot decide what the statement touches, whether there are objects or not.
func (s *Session) checkEvaluable(b *run.Bulk) error {
	ev := eval.New(b.Table, nil)
	for _, n := range b.Where {
		if err := ev.Check(n); err != nil {
			return err
		}
	}
	if st := s.objs.StoreOf(b.Table); st != nil && b.Set != nil && st.Mapping.Version != nil && !st.Mapping.Version.Own() {
		return fmt.Errorf("%w: the version of %s, which the database makes; use SyncFetch", ErrCannotEvaluate, b.Table)
	}
	for _, a := range b.Set {
		if err := ev.CheckAssignment(a); err != nil {
			return err
		}
	}
	return nil
}

// runEvaluated finds the objects that the statement touches by evaluating its condition on them.
func (s *Session) runEvaluated(ctx context.Context, req *run.Request, st *track.Store) error {
	ev := eval.New(req.Bulk.Table, st.Mapping)
	var matched, unknown []*track.Entry
	for _, e := range st.Entries {
		if e.State != track.Persistent && e.State != track.Deleted || e.Stale() { // what a stale object says is not what its row says
			continue
		}
		if e.Partial || e.State == track.Deleted { // nor what one says of whose columns some were not read, or whose row is kept as deleted
			unknown = append(unknown, e)
			continue
		}
		switch yes, known := ev.Matches(req.Bulk.Where, e.Object); {
		case !known:
			unknown = append(unknown, e)
		case yes:
			matched = append(matched, e)
		}
	}
	if err := s.run(ctx, req); err != nil {
		return err
	}
	for _, e := range unknown { // the server has computed what memory could not: the row is not what the object says
		e.Distrust()
	}
	if req.Bulk.Set == nil {
		st.Gone(matched)
		return nil
	}
	return assignEvaluated(st, ev, req.Bulk.Set, matched)
}

// assignEvaluated sets the matched objects to the values that the UPDATE set; each expression sees the values of before.
func assignEvaluated(st *track.Store, ev *eval.Evaluator, set []run.Assignment, matched []*track.Entry) error {
	made := slices.ContainsFunc(st.Mapping.Fields, func(f meta.Field) bool { return f.ReadBack }) // by the database, of what was set
	for _, e := range matched {
		row := st.Mapping.New(1)
		track.CopyColumns(st.Mapping, row, e.Object)
		known, err := ev.Assign(set, row, e.Object)
		if err != nil {
			return err
		}
		if known {
			st.Overwrite(e, row)
		}
		if !known || made {
			e.Distrust()
		}
	}
	return nil
}
