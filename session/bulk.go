package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
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
	st := s.objs.storeOf(req.Bulk.Table)
	if st == nil || len(st.entries) == 0 || req.Bulk.Sync == query.SyncNone {
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
func (s *Session) runFetched(ctx context.Context, req *run.Request, st *store) error {
	deleting := req.Bulk.Set == nil
	columns := st.m.Key
	if !deleting {
		columns = st.m.Read
		for _, a := range req.Bulk.Set {
			if a.Column.Deferred {
				columns = append(slices.Clip(columns), a.Column.Index)
			}
		}
	}
	var touched []*entry
	stmt := &wire.Stmt{SQL: s.returning(req, columns), Args: req.Args}
	stmt.Read = wire.ReadFunc(func(in *wire.Rows) error {
		r := rows.NewColumnReader(st.m, columns, in)
		obj := st.m.New(1)
		for in.Next() {
			if err := r.Read(obj, in); err != nil {
				return err
			}
			if e := st.lookup(st.keys.of(obj)); e != nil {
				touched = append(touched, e)
				if !deleting {
					e.keepDeferred(obj, columns)
					st.overwrite(e, obj)
				}
			}
		}
		return nil
	})
	if err := s.tx.Send(ctx, stmt); err != nil {
		return s.failQuery(explainStatement(err))
	}
	req.Affected = stmt.Tag.RowsAffected()
	if deleting {
		st.gone(touched)
	}
	return nil
}

// returning gives the statement's text with RETURNING.
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

// runDeleting runs a DELETE that gives the objects of its rows, which leave the session.
func (s *Session) runDeleting(ctx context.Context, req *run.Request) error {
	var deleted []*entry
	err := s.runEach(ctx, req, &sink{take: func(_ key, e *entry) {
		if e.Mapping.Table == req.Deletes.Real() {
			deleted = append(deleted, e)
		}
	}})
	if st := s.objs.storeOf(req.Deletes); err == nil && st != nil {
		st.gone(deleted)
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
	for _, a := range b.Set {
		if err := ev.CheckAssignment(a); err != nil {
			return err
		}
	}
	return nil
}

// runEvaluated finds the objects that the statement touches by evaluating its condition on them.
func (s *Session) runEvaluated(ctx context.Context, req *run.Request, st *store) error {
	ev := eval.New(req.Bulk.Table, st.m)
	var matched, unknown []*entry
	for _, e := range st.entries {
		if e.state != persistent {
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
		e.distrust()
	}
	if req.Bulk.Set == nil {
		st.gone(matched)
		return nil
	}
	return assignEvaluated(st, ev, req.Bulk.Set, matched)
}

// assignEvaluated sets the matched objects to the values that the UPDATE set; each expression sees the values of before. A
// stale object stays stale: its values were not those of its row, so neither are the computed ones.
func assignEvaluated(st *store, ev *eval.Evaluator, set []run.Assignment, matched []*entry) error {
	for _, e := range matched {
		row := st.m.New(1)
		copyColumns(st.m, row, e.Object)
		stale := e.stale()
		known, err := ev.Assign(set, row, e.Object)
		if err != nil {
			return err
		}
		if known {
			st.overwrite(e, row)
		}
		if stale || !known {
			e.distrust()
		}
	}
	return nil
}
