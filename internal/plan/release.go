package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// release sets the postponed foreign keys of deleted rows NULL where what they refer to is deleted too, or may be where only the
// server knows.
func (p *Preparation) release() {
	if !p.objs.Deleting {
		return
	}
	for _, st := range p.objs.Stores {
		for _, r := range st.Mapping.Relations {
			if r.PostUpdate && !(r.Many && r.Inverse != nil) { // once for the two sides
				p.releaseKeys(r)
			}
		}
	}
}

func (p *Preparation) releaseKeys(r *meta.Relation) {
	columns, refs := r.ForeignKey()
	child, parent := p.objs.Store(r.Child()), p.objs.Store(r.Parent())
	at, from := track.KeyerOf(parent.Mapping, refs), track.KeyerOf(child.Mapping, columns)
	exact, gone := r.Exact(), map[track.Key]bool{}
	for _, e := range parent.Entries {
		if e.State == track.Doomed && parent.Mapping.Soft == nil {
			gone[at.Of(e.Row())] = true
		}
	}
	held := Step{Kind: UpdateStep, Store: child, Columns: positions(columns), post: true}
	for _, e := range child.Entries {
		if e.State == track.Doomed && child.Mapping.Soft == nil && (gone[from.Of(e.Row())] || !exact && len(gone) > 0) && !hasNull(child.Mapping, columns, e.Row()) {
			p.journal.save(e)
			(&track.Link{Relation: r, Child: e}).Sync() // to NULL
			held.Entries, e.Held = append(held.Entries, e), true
		}
	}
	if len(held.Entries) > 0 {
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
