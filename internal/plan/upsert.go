package plan

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// Conflict is what becomes of a new row that is there already.
type Conflict struct {
	On       []int // columns that are unique together
	Set      []int // columns that the row that is there takes from the new one; nil: all that are given, but for keys
	Filled   []int // columns that no object has a value of, but for the mapping's default
	Inserted map[*track.Entry]bool
}

// NotGiven notes the columns that the mapping's defaults will fill in in all objects.
func (c *Conflict) NotGiven(m *meta.Mapping, entries []*track.Entry) {
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Default != nil && !slices.ContainsFunc(entries, func(e *track.Entry) bool { return !f.IsZero(e.Object) }) {
			c.Filled = append(c.Filled, i)
		}
	}
}

// Upsert plans the INSERT of objects that nobody tracks, of which the rows may be there.
func Upsert(st *track.Store, entries []*track.Entry, c *Conflict) (Plan, error) {
	m := st.Mapping
	keys := track.KeyerOf(m, columnsAt(m, c.On))
	seen := make(map[track.Key]bool, len(entries))
	for _, e := range entries {
		if keys.Null(e.Object) {
			return Plan{}, fmt.Errorf("%s has NULL in the columns that are to find its row", e.Describe())
		}
		k := keys.Of(e.Object)
		if seen[k] {
			return Plan{}, fmt.Errorf("%w: %s has the values of another object in the columns that are to find its row", fault.ErrSameRow, e.Describe())
		}
		seen[k] = true
	}
	p := Insert(st, entries)
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.Conflict = c; slices.ContainsFunc(c.On, func(c int) bool { return !slices.Contains(s.Columns, c) }) {
			return Plan{}, fmt.Errorf("%s has no value in a column that is to find its row", s.Entries[0].Describe())
		}
	}
	c.Inserted = make(map[*track.Entry]bool, len(entries))
	return p, nil
}

func columnsAt(m *meta.Mapping, positions []int) []*ast.Column {
	columns := make([]*ast.Column, len(positions))
	for i, c := range positions {
		columns[i] = m.Fields[c].Column
	}
	return columns
}

// Taken returns the columns that a row that is there takes from the step's new one.
func (st *Step) Taken() []int {
	if st.Conflict.Set != nil {
		return st.Conflict.Set
	}
	m := st.Store.Mapping
	return slices.DeleteFunc(slices.Clone(st.Columns), func(c int) bool {
		return slices.Contains(st.Conflict.Filled, c) || slices.Contains(m.Key, c) || slices.Contains(st.Conflict.On, c) || slices.Contains(m.Kept, c)
	})
}

// ByConflict returns the step's objects by what finds their rows.
func (st *Step) ByConflict() (track.Keyer, map[track.Key]*track.Entry) {
	keys := track.KeyerOf(st.Store.Mapping, columnsAt(st.Store.Mapping, st.Conflict.On))
	m := make(map[track.Key]*track.Entry, len(st.Entries))
	for _, e := range st.Entries {
		m[keys.Of(e.Object)] = e
	}
	return keys, m
}
