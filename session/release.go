package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// postponed reports whether a foreign key between two new rows is to be written once both are there; see model.PostUpdate.
func postponed(l *link) bool {
	return l.relation.PostUpdate && l.child.state == pending && l.parent != nil && l.parent.state == pending
}

// release sets the postponed foreign keys of deleted rows NULL where what they refer to is deleted too.
func (p *preparation) release() {
	if !p.objs.deleting {
		return
	}
	for _, st := range p.objs.order {
		for _, r := range st.m.Relations {
			if r.PostUpdate && !(r.Many && r.Inverse != nil) { // once for the two sides
				p.releaseKeys(r)
			}
		}
	}
}

func (p *preparation) releaseKeys(r *meta.Relation) {
	columns, refs := r.ForeignKey()
	child, parent := p.objs.store(r.Child()), p.objs.store(r.Parent())
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
		p.releases = append(p.releases, held)
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

// hasNull reports whether one of an object's columns is NULL.
func hasNull(m *meta.Mapping, columns []*ast.Column, obj mem.Ptr) bool {
	return slices.ContainsFunc(columns, func(c *ast.Column) bool { return meta.IsNull(m.Field(c).Value(obj)) })
}
