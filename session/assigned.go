package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// assigned is a column of an object whose value the next flush has the database compute.
type assigned struct {
	column int
	value  ast.Node
}

// assigned gives what the program has the database compute of the object.
func (e *entry) assigned() []assigned {
	if o := e.store().objs; len(o.assigned) > 0 {
		return o.assigned[e]
	}
	return nil
}

// computes tells whether the database is to compute a column of the object.
func (e *entry) computes(column int) bool { return valueOf(e.assigned(), column) != nil }

// toWrite gives the positions of the columns that an UPDATE sets to the object's own values, appended to buf.
func (e *entry) toWrite(buf []int) []int {
	buf = e.changed(buf)
	if e.assigned() == nil {
		return buf
	}
	return slices.DeleteFunc(buf, e.computes)
}

// valueOf gives the expression of a column; nil when there is none.
func valueOf(as []assigned, column int) ast.Node {
	for _, a := range as {
		if a.column == column {
			return a.value
		}
	}
	return nil
}

// unassign forgets expressions of columns that a relationship gives their value: it wins.
func (l *link) unassign() {
	as := l.child.assigned()
	if as == nil {
		return
	}
	columns, _ := l.relation.ForeignKey()
	as = slices.DeleteFunc(slices.Clone(as), func(a assigned) bool {
		return slices.Contains(columns, l.child.Mapping.Fields[a.column].Column)
	})
	if l.child.store().objs.assigned[l.child] = as; len(as) == 0 {
		delete(l.child.store().objs.assigned, l.child)
	}
}

// unassign forgets what the database was to compute of the object.
func (e *entry) unassign() { delete(e.store().objs.assigned, e) }

// assign remembers what the database is to compute of the object at the next flush.
func (e *entry) assign(as []assigned) {
	o := e.store().objs
	if o.assigned == nil {
		o.assigned = map[*entry][]assigned{}
	}
	o.assigned[e] = as
}

// forgetAssigned forgets what the database was to compute of all objects.
func (o *objects) forgetAssigned() { clear(o.assigned) }
