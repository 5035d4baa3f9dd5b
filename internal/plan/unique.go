package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// conflict is a value of unique columns that one row has and another one is to get in the same flush, so that the first must be
// written before.
type conflict struct {
	has, gets *track.Entry
	columns   []*ast.Column
	vacated   bool // the first lets go of it by NULL
}

// conflicts finds the unique values that move from row to row. Only steps that change such columns, and deletions beside new rows, are
// looked at.
func (p *Preparation) conflicts(steps []Step) (found []conflict) {
	for i := range steps {
		st := steps[i].Store
		if i > 0 && slices.ContainsFunc(steps[:i], func(s Step) bool { return s.Store == st }) {
			continue // it was looked at
		}
		for n := range 1 + len(st.Mapping.Indexes) {
			if columns := uniqueColumns(st.Mapping, n); columns != nil && releases(steps, st, columns) && takes(steps, st, columns) {
				found = p.conflictsOf(found, steps, st, columns)
			}
		}
	}
	return found
}

// uniqueColumns returns the primary key, of 0, or the columns of an index: those of which no two rows may have the same values at any
// time; nil where they may.
func uniqueColumns(m *meta.Mapping, n int) []*ast.Column {
	if n == 0 {
		return m.Table.PrimaryKey
	}
	if ix := &m.Indexes[n-1]; ix.Unique && !ix.Deferrable {
		return ix.Columns
	}
	return nil
}

// releases reports whether a row of a store may let go of a value of the columns.
func releases(steps []Step, st *track.Store, columns []*ast.Column) bool {
	return slices.ContainsFunc(steps, func(s Step) bool {
		return s.Store == st && s.lets(columns)
	})
}

// lets reports whether the step's rows let go of their values of unique columns. Those that are kept as deleted do where the index is of
// those only that are not, which nobody knows; they keep their keys.
func (st *Step) lets(columns []*ast.Column) bool {
	return st.Kind == DeleteStep || st.Kind == UpdateStep && (st.changes(columns) || st.ends && !st.Store.Mapping.IsKey(columns))
}

// takes reports whether a row of a store may get a value of the columns.
func takes(steps []Step, st *track.Store, columns []*ast.Column) bool {
	return slices.ContainsFunc(steps, func(s Step) bool {
		return s.Store == st && (s.Kind == InsertStep && s.names(columns) || s.Kind == UpdateStep && s.changes(columns))
	})
}

// changes reports whether the step sets one of the columns.
func (st *Step) changes(columns []*ast.Column) bool {
	return slices.ContainsFunc(columns, func(c *ast.Column) bool {
		return slices.Contains(st.Columns, c.Index) || track.ValueOf(st.assigned, c.Index) != nil
	})
}

// names reports whether the step gives all of the columns their values.
func (st *Step) names(columns []*ast.Column) bool {
	return !slices.ContainsFunc(columns, func(c *ast.Column) bool { return !slices.Contains(st.Columns, c.Index) })
}

func (p *Preparation) conflictsOf(found []conflict, steps []Step, st *track.Store, columns []*ast.Column) []conflict {
	keys := track.KeyerOf(st.Mapping, columns)
	has := map[track.Key]*track.Entry{}
	for i := range steps {
		s := &steps[i]
		if s.Store != st || !s.lets(columns) {
			continue
		}
		for _, e := range s.Entries {
			if row := e.Row(); row != nil && !keys.Null(row) {
				has[keys.Of(row)] = e
			}
		}
	}
	for i := range steps {
		s := &steps[i]
		if s.Store != st || s.Kind == DeleteStep || s.Kind == InsertStep && !s.names(columns) || !s.changes(columns) {
			continue
		}
		for _, e := range s.Entries {
			if !p.knows(s, e, columns) || keys.Null(e.Object) {
				continue
			}
			if before := has[keys.Of(e.Object)]; before != nil && before != e {
				found = append(found, conflict{has: before, gets: e, columns: columns})
			}
		}
	}
	return found
}

// knows reports whether the values that an object's columns will have are in the object already.
func (p *Preparation) knows(st *Step, e *track.Entry, columns []*ast.Column) bool {
	return !slices.ContainsFunc(columns, func(c *ast.Column) bool {
		return st.Expression(c.Index) != nil && !slices.Contains(st.Columns, c.Index) || fills(p.late[e], &st.Store.Mapping.Fields[c.Index])
	})
}
