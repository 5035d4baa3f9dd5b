package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// source is the column of an object that another one gets its value from.
type source struct {
	e      *Entry
	column *ast.Column
}

func (s source) field() *meta.Field { return s.e.Mapping.Field(s.column) }

func (s source) value() any { return s.field().Value(s.e.Object) }

// isNew reports whether the column is of a new object and zero.
func (s source) isNew() bool {
	return !s.e.HasRow() && s.e.State != Deleted && s.field().IsZero(s.e.Object)
}

// known reports whether the column has its value: a generated one has after the INSERT, a default when it is stamped.
func (s source) known() bool {
	f := s.field()
	return s.e.State != Pending && s.e.State != Leaving ||
		!s.e.Computes(s.column.Index) && !(s.isNew() && (f.Computed() || f.Default != nil && !s.e.Defaulted))
}

// set reports whether the column has a value or will have one; a zero that the program may have left there is none.
func (s source) set() bool { return !s.known() || !s.isNew() }

// agrees reports whether two columns have, or will have, the same value.
func (s source) agrees(with source) bool {
	return s == with || s.known() && with.known() && s.key() == with.key()
}

// key returns the value so that equal ones are equal in Go, whatever the types of the fields.
func (s source) key() Key {
	k := KeyerOf(s.e.Mapping, []*ast.Column{s.column})
	return k.Of(s.e.Object)
}

// trace follows columns to where their values begin. What it has met farther away than the next object is not followed
// again: foreign keys that share columns lead to the same objects on many ways, and may lead back.
type trace struct{ met map[source]source }

// from returns where a column of the object will have its value from: the column itself, or the key of another object that it
// follows, which may follow another one in turn.
func (t *trace) from(e *Entry, c *ast.Column, depth int) source {
	const near = 1
	here := source{e, c}
	if depth > near {
		if s, ok := t.met[here]; ok {
			return s
		}
		if t.met == nil {
			t.met = map[source]source{}
		}
		t.met[here] = here // a circle ends where it began
	}
	s, by := t.followed(e, c, nil, depth)
	if by == nil {
		return here
	}
	if depth > near {
		t.met[here] = s
	}
	return s
}

// followed returns the source of a column that follows a relationship other than that of one link, and which it follows; nil: it
// follows none. A source that is set comes before one that is not.
func (t *trace) followed(e *Entry, c *ast.Column, but *Link, depth int) (found source, by *Link) {
	o := e.Store().Objects
	if len(o.Links) == 0 {
		return found, nil
	}
	for _, fk := range e.Mapping.Table.ForeignKeys {
		i := slices.Index(fk.Columns, c)
		if i < 0 || but != nil && &fk.Columns[0] == foreignKey(but.Relation) {
			continue
		}
		l := o.linkAbout(linkKey{e, &fk.Columns[0]})
		if l == nil || l.Parent == nil || l.Postponed() {
			continue
		}
		if found, by = t.from(l.Parent, fk.RefColumns[i], depth+1), l; found.set() {
			break
		}
	}
	return found, by
}

// sourceOf returns where a column of the object will have its value from.
func (e *Entry) sourceOf(c *ast.Column) source { return new(trace).from(e, c, 0) }

// followed returns the source of a column that follows a relationship other than that of one link; see trace.
func (e *Entry) followed(c *ast.Column, but *Link) (source, *Link) {
	return new(trace).followed(e, c, but, 0)
}

// Postponed reports whether a foreign key between two new rows is to be written once both are there; see model.PostUpdate.
func (l *Link) Postponed() bool {
	return l.Relation.PostUpdate && l.Child.State == Pending && l.Parent != nil && l.Parent.State == Pending
}

// sourceAt returns where a column of the foreign key will have its value from. Where the parent has not set what another foreign
// key has too, that one decides.
func (l *Link) sourceAt(column, ref *ast.Column) source {
	s := l.Parent.sourceOf(ref)
	if !s.set() {
		if other, by := l.Child.followed(column, l); by != nil && other.set() {
			return other
		}
	}
	return s
}

// sources appends where the columns of the foreign key will have their values from.
func (l *Link) sources(to []source) []source {
	columns, refs := l.Relation.ForeignKey()
	for i, c := range columns {
		to = append(to, l.sourceAt(c, refs[i]))
	}
	return to
}

// fewColumns is as many as a foreign key usually has, at most.
const fewColumns = 4

// Await returns the new objects whose keys the foreign key has to wait for.
func (l *Link) Await() (waits []*Entry) {
	if l.Parent == nil {
		return nil
	}
	var few [fewColumns]source
	for _, s := range l.sources(few[:0]) {
		if !s.known() {
			waits = append(waits, s.e)
		}
	}
	return waits
}

// KeyMoves reports whether the parent has a row whose key the flush changes.
func (l *Link) KeyMoves() bool {
	_, refs := l.Relation.ForeignKey()
	return l.Parent.State == Persistent && l.Parent.changes() && differ(l.Parent.Mapping, refs, l.Parent.Row(), l.Parent.Object)
}

// Sync copies the parent's key into the child's foreign key; false when the parent has no key yet.
func (l *Link) Sync() bool {
	if l.Parent == nil {
		for _, c := range l.cleared() {
			l.Child.Mapping.Field(c).Clear(l.Child.Object)
		}
		return true
	}
	var few [fewColumns]source
	from := l.sources(few[:0])
	for _, s := range from {
		if !s.known() {
			return false
		}
	}
	l.draw(l.Child.Object, from)
	return true
}

// draw gives a copy of the child, or the child itself, the columns of the foreign key whose values are known.
func (l *Link) draw(obj mem.Ptr, from []source) {
	columns, _ := l.Relation.ForeignKey()
	for i, c := range columns {
		if from[i].known() {
			setValue(l.Child.Mapping.Field(c), obj, from[i].value())
		}
	}
}

// cleared returns the columns that are set to NULL where there is no parent. One column is enough, so those stay that are not
// nullable or that other foreign keys have too, unless there are no others.
func (l *Link) cleared() []*ast.Column {
	columns, _ := l.Relation.ForeignKey()
	free := slices.DeleteFunc(slices.Clone(columns), func(c *ast.Column) bool {
		_, by := l.Child.followed(c, l)
		return by != nil
	})
	for _, better := range []func(c *ast.Column) bool{func(c *ast.Column) bool { return c.Nullable }, l.alone} {
		if some := filter(free, better); len(some) > 0 {
			free = some
		}
	}
	return free
}

// alone reports whether no other foreign key has a column of this one.
func (l *Link) alone(c *ast.Column) bool {
	for _, fk := range l.Child.Mapping.Table.ForeignKeys {
		if &fk.Columns[0] != foreignKey(l.Relation) && slices.Contains(fk.Columns, c) {
			return false
		}
	}
	return true
}

func filter(columns []*ast.Column, which func(c *ast.Column) bool) (some []*ast.Column) {
	for _, c := range columns {
		if which(c) {
			some = append(some, c)
		}
	}
	return some
}

// Check fails when the foreign key is to become NULL and cannot, or when another one gives one of its columns another value.
func (l *Link) Check() error {
	if l.Parent == nil {
		for _, c := range l.cleared() {
			if !c.Nullable {
				return fmt.Errorf("%w: %s of %s", fault.ErrNullForeignKey, c.Name, l.Child.Describe())
			}
		}
		return nil
	}
	columns, refs := l.Relation.ForeignKey()
	for i, c := range columns {
		other, by := l.Child.followed(c, l)
		if by == nil {
			continue
		}
		if s := l.Parent.sourceOf(refs[i]); s.set() && other.set() && !s.agrees(other) {
			return fmt.Errorf("%w: %s of %s: %s is %s, %s is %s", fault.ErrSharedColumn, c.Name, l.Child.Describe(),
				l.Relation, l.Parent.Describe(), by.Relation, by.Parent.Describe())
		}
	}
	return nil
}

// setValue stores v, nil for NULL, in a field. A field that cannot hold NULL gets its zero value.
func setValue(f *meta.Field, obj mem.Ptr, v any) {
	if v == nil {
		f.Clear(obj)
		return
	}
	f.Set(obj, v)
}
