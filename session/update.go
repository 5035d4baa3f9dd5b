package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/query"
)

// Mistakes in an Update.
var (
	errNothingNamed = errors.New("no column is named")
	errKeyColumn    = errors.New("it is of the primary key, which finds the row")
	errTwice        = errors.New("is given twice")
)

// Update writes columns of rows that need not be loaded: each object has its row's key and the new values. All rows are one
// statement:
//
//	err := session.Update(ctx, eng, bank.Accounts, accts, bank.Accounts.AcctName)
//	// UPDATE account SET acct_name = cupel.v1, acct_update_dt = cupel.v2 FROM unnest($1::text[], …) AS cupel (…)
//	// WHERE account.acct_no = cupel.v3
//
// model.OnUpdate and OnUpdateExpr apply to columns that are not named, and their values are in the objects afterwards. When a
// row is missing the error is [ErrStale]; two objects with the same key are an error too. r is as for [Insert]; objects that
// a Session has for the rows take the new values. No objects are no statement; no column is an error.
func Update[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs []*T, columns ...expr.Expression) error {
	src, err := sourceOf(table)
	if err != nil {
		return err
	}
	named, err := columnsOf(src.Mapping, columns)
	if err != nil {
		return fault.During("Update of "+src.Table.String(), err)
	}
	if len(objs) == 0 {
		return nil
	}
	return outside(ctx, r, func(s *Session, commit bool) error {
		st, entries, err := strangers(s, src.Mapping, objs)
		if err == nil {
			err = st.distinct(entries)
		}
		if err != nil {
			return fault.During("Update of "+src.Table.String(), err)
		}
		return st.update(ctx, entries, named, commit)
	})
}

// columnsOf gives the positions of columns that may be updated, in the table's order.
func columnsOf(m *meta.Mapping, xs []expr.Expression) ([]int, error) {
	if len(xs) == 0 {
		return nil, errNothingNamed
	}
	columns := make([]int, len(xs))
	for i, x := range xs {
		c, ok := ast.Of(x).(*ast.Column)
		switch {
		case !ok || c.Table != m.Table:
			return nil, fmt.Errorf("%w: %s is none of table %s", fault.ErrNoColumn, describeNode(ast.Of(x)), m.Table)
		case slices.Contains(m.Key, c.Index):
			return nil, fmt.Errorf("column %s: %w", c, errKeyColumn)
		}
		columns[i] = c.Index
	}
	slices.Sort(columns)
	return slices.Compact(columns), nil
}

// distinct fails when two objects have the same key.
func (st *store) distinct(entries []*entry) error {
	seen := make(map[key]bool, len(entries))
	for _, e := range entries {
		k := st.keys.of(e.Object)
		if seen[k] {
			return fmt.Errorf("%s %w", e.describe(), errTwice)
		}
		seen[k] = true
	}
	return nil
}

// update writes columns of objects outside the identity map.
func (st *store) update(ctx context.Context, entries []*entry, columns []int, commit bool) error {
	s := st.session
	if err := s.autoflush(ctx, withParents(st.m.Table)); err != nil {
		return err
	}
	for i := range st.m.Fields {
		f := &st.m.Fields[i]
		if f.OnUpdate == nil || slices.Contains(columns, i) {
			continue
		}
		for _, e := range entries {
			f.Set(e.Object, f.OnUpdate())
		}
		columns = append(columns, i)
	}
	slices.Sort(columns)
	p := &plan{steps: []step{{kind: updateStep, store: st, entries: entries, columns: columns}}}
	if err := s.execute(ctx, p, commit); err != nil {
		return s.fail(err)
	}
	if tracked := s.storeOf(st.m.Table); tracked != nil {
		tracked.follow(entries, inOrder(columns, p.steps[0].computed()))
	}
	return nil
}

// follow gives the session's objects what was written to their rows. A stale object stays stale.
func (st *store) follow(entries []*entry, columns []int) {
	for _, from := range entries {
		e := st.lookup(st.keys.of(from.Object))
		if e == nil || e.state != persistent {
			continue
		}
		row, stale := st.m.New(1), e.stale()
		copyColumns(st.m, row, e.Object)
		for _, c := range columns {
			f := &st.m.Fields[c]
			f.Access.Copy(mem.Add(row, f.Offset), mem.Add(from.Object, f.Offset))
		}
		if st.overwrite(e, row); stale {
			e.distrust()
		}
	}
}
