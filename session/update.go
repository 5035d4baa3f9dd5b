package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/query"
)

// Mistakes in an Update.
var (
	errNothingNamed = errors.New("no column is named")
	errKeyColumn    = errors.New("it is of the primary key, which finds the row")
)

// BulkUpdate writes columns of rows that need not be loaded: each object has its row's key and the new values. All rows are one
// statement:
//
//	err := session.BulkUpdate(ctx, eng, bank.Accounts, accts, bank.Accounts.AcctName)
//	// UPDATE account SET acct_name = cupel.v1, acct_update_dt = cupel.v2 FROM unnest($1::text[], …) AS cupel (…)
//	// WHERE account.acct_no = cupel.v3
//
// model.OnUpdate and OnUpdateExpr apply to columns that are not named, and their values are in the objects afterwards. When a
// row is missing, or has another version than its object (model.Version), the error is [ErrStale]; the objects have their next versions
// afterwards, those without one are an error, and after an error they are as they were. Two objects with the same key are [ErrSameRow]. r is as for [BulkInsert]; objects that
// a Session has for the rows take the new values. No objects are no statement; no column is an error,
// and an empty list of columns that is not nil, as a program makes one of what a form has, is no statement.
func BulkUpdate[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs []*T, columns ...expr.Expression) error {
	src, err := sourceOf(table)
	if err != nil {
		return err
	}
	named, err := columnsOf(src.Mapping, columns)
	if i := slices.IndexFunc(named, func(c int) bool { return slices.Contains(src.Mapping.Kept, c) }); i >= 0 {
		err = fmt.Errorf("%w: %s", fault.ErrReadOnly, src.Mapping.Fields[named[i]].Column)
	}
	if err != nil {
		return fault.During("BulkUpdate of "+src.Table.String(), err)
	}
	if len(objs) == 0 || len(named) == 0 {
		return nil
	}
	written := ast.Written{Table: src.Table}
	for _, c := range named {
		written.Columns = append(written.Columns, src.Table.Columns[c])
	}
	return outside(ctx, r, written, func(o *outsideRunner) error {
		st, entries, err := track.Untracked(src.Mapping, objs)
		if err == nil {
			err = st.Distinct(entries)
		}
		if err != nil {
			return fault.During("BulkUpdate of "+src.Table.String(), err)
		}
		return o.update(ctx, st, entries, named)
	})
}

// columnsOf returns the positions of columns that may be updated, in the table's order. A list that is not nil may be empty: a program made it
// of what there was, and there was nothing.
func columnsOf(m *meta.Mapping, xs []expr.Expression) ([]int, error) {
	if xs == nil {
		return nil, errNothingNamed
	}
	columns := make([]int, len(xs))
	for i, x := range xs {
		c, ok := ast.Of(x).(*ast.Column)
		switch {
		case !ok || c.Table != m.Table:
			return nil, fmt.Errorf("%w: %s is not a column of table %s", fault.ErrNoColumn, describeNode(ast.Of(x)), m.Table)
		case slices.Contains(m.Key, c.Index):
			return nil, fmt.Errorf("column %s: %w", c, errKeyColumn)
		}
		columns[i] = c.Index
	}
	slices.Sort(columns)
	return slices.Compact(columns), nil
}

// update writes columns of objects that nobody tracks.
func (o *outsideRunner) update(ctx context.Context, st *track.Store, entries []*track.Entry, columns []int) error {
	if err := o.autoflush(ctx, withParents(st.Mapping.Table)); err != nil {
		return err
	}
	columns, err := plan.PrepareUpdate(st.Mapping, entries, columns)
	if err != nil {
		return fault.During("BulkUpdate of "+st.Mapping.Table.String(), err)
	}
	p := plan.Update(st, entries, columns)
	if err := o.write(ctx, &p); err != nil {
		plan.Restore(entries)
		return err
	}
	if o.session != nil {
		if tracked := o.session.objs.StoreOf(st.Mapping.Table); tracked != nil {
			tracked.Follow(entries, plan.InOrder(columns, p.Steps[0].Returned()))
		}
	}
	return nil
}
