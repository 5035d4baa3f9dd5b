package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// postponed tells whether a foreign key between two new rows is to be written once both are there; see model.PostUpdate.
func (l *link) postponed() bool {
	return l.relation.PostUpdate && l.child.state == pending && l.parent != nil && l.parent.state == pending
}

// planPostponed plans the UPDATEs of postponed foreign keys, those of the same columns in one step.
func (p *plan) planPostponed(links []link) {
	first := len(p.steps)
	for _, l := range links {
		columns, _ := l.relation.ForeignKey()
		cs := positions(columns)
		i := slices.IndexFunc(p.steps[first:], func(st step) bool {
			return st.store == l.child.store() && slices.Equal(st.columns, cs)
		})
		if i < 0 {
			i = len(p.steps) - first
			p.steps = append(p.steps, step{kind: updateStep, store: l.child.store(), columns: cs, post: true})
		}
		st := &p.steps[first+i]
		st.entries, st.links = append(st.entries, l.child), append(st.links, l)
	}
}

func positions(columns []*ast.Column) []int {
	ps := make([]int, len(columns))
	for i, c := range columns {
		ps[i] = c.Index
	}
	slices.Sort(ps)
	return ps
}

// planReleases plans to set the postponed foreign keys of deleted rows NULL where what they refer to is deleted too.
func (s *Session) planReleases(p *plan) {
	if !s.deleting {
		return
	}
	for _, st := range s.order {
		for _, r := range st.m.Relations {
			if r.PostUpdate && !(r.Many && r.Inverse != nil) { // once for the two sides
				s.planRelease(p, r)
			}
		}
	}
}

func (s *Session) planRelease(p *plan, r *relation) {
	columns, refs := r.ForeignKey()
	child, parent := s.store(r.Child()), s.store(r.Parent())
	at, from := keyerOf(parent.m, refs), keyerOf(child.m, columns)
	gone := map[key]bool{}
	for _, e := range parent.entries {
		if e.state == doomed {
			gone[at.of(e.row())] = true
		}
	}
	held := step{kind: updateStep, store: child, columns: positions(columns), post: true}
	for _, e := range child.entries {
		if e.state == doomed && gone[from.of(e.row())] && !hasNull(child.m, columns, e.row()) {
			(&link{relation: r, child: e}).sync() // to NULL
			held.entries = append(held.entries, e)
		}
	}
	if len(held.entries) > 0 {
		p.steps = append(p.steps, held)
	}
}

// hasNull tells whether one of an object's columns is NULL.
func hasNull(m *meta.Mapping, columns []*ast.Column, obj mem.Ptr) bool {
	return slices.ContainsFunc(columns, func(c *ast.Column) bool { return meta.IsNull(m.Field(c).Value(obj)) })
}
