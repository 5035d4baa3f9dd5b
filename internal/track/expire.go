package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Expire makes an object that has a row stale, and discards what is not flushed of it.
func (o *Objects) Expire(obj any) error {
	e, err := o.Stored(obj)
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(append(o.Around([]*Entry{e}, func(c *meta.Cascade) bool { return c.Refresh }), e), func(e *Entry) bool { return !e.HasRow() })
	o.DiscardLinks(func(l *Link) bool { return slices.Contains(all, l.Child) })
	for _, e := range all {
		e.expire()
	}
	return nil
}

// Around returns what objects have by relationships with a cascade, and what that has, without loading.
func (o *Objects) Around(es []*Entry, by func(*meta.Cascade) bool) (found []*Entry) {
	if !slices.ContainsFunc(o.Stores, func(st *Store) bool {
		return slices.ContainsFunc(st.Mapping.Relations, func(r *meta.Relation) bool { return by(&r.Cascade) })
	}) {
		return nil
	}
	met := setOf(es)
	all := slices.Clone(es)
	for i := 0; i < len(all); i++ {
		for _, r := range all[i].Mapping.Relations {
			if !by(&r.Cascade) {
				continue
			}
			for _, p := range relate.Targets(r, all[i].Object) {
				if e := o.Store(r.Target).Find(p); e != nil && !met[e] {
					met[e] = true
					all = append(all, e)
				}
			}
		}
	}
	return all[len(es):]
}

// isAbout reports whether the foreign key has one of some columns.
func (l *Link) isAbout(columns []int) bool {
	fk, _ := l.Relation.ForeignKey()
	return hasOf(fk, columns)
}

func hasOf(cs []*ast.Column, columns []int) bool {
	return slices.ContainsFunc(cs, func(c *ast.Column) bool { return slices.Contains(columns, c.Index) })
}

// forgetChanges voids what is not flushed of some columns, but for the object's values.
func (e *Entry) forgetChanges(columns []int) {
	o := e.Store().Objects
	o.DiscardLinks(func(l *Link) bool { return l.Child == e && l.isAbout(columns) })
	if as := e.Assigned(); as != nil {
		e.Assign(slices.DeleteFunc(slices.Clone(as), func(a Assigned) bool { return slices.Contains(columns, a.Column) }))
	}
}

// ExpireColumns discards what is not flushed of some columns, and makes the object stale.
func (e *Entry) ExpireColumns(columns []int) {
	e.forgetChanges(columns)
	e.takeOver(columns, e.Row())
	for _, r := range e.Mapping.Relations {
		if !r.Many && hasOf(r.Local, columns) {
			relate.Expire(r, e.Object)
		}
	}
	e.Distrust()
}

func (e *Entry) takeOver(columns []int, row mem.Ptr) {
	for _, c := range columns {
		f := &e.Mapping.Fields[c]
		f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset))
	}
}

// RefreshColumns gives an object columns of its row, whatever was changed of them.
func (e *Entry) RefreshColumns(columns []int, row mem.Ptr) {
	e.forgetChanges(columns)
	st := e.Store()
	st.Writes(e)
	e.Remember()
	was, now := CopyOf(e.Mapping, e.Row()), CopyOf(e.Mapping, e.Row())
	for _, c := range columns {
		f := &e.Mapping.Fields[c]
		f.Access.Copy(mem.Add(now, f.Offset), mem.Add(row, f.Offset))
	}
	st.Objects.Moves(e.Mapping).Row(e, was, now)
	e.takeOver(columns, row)
	e.rowIs(now)
}

// ExpireAll makes all objects that have rows stale.
func (o *Objects) ExpireAll() {
	o.DiscardLinks(func(l *Link) bool { return l.Child.HasRow() })
	for e := range o.All() {
		if e.HasRow() {
			e.expire()
		}
	}
}
