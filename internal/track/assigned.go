package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Assigned is a column of an object whose value the next flush has the database compute.
type Assigned struct {
	Column int
	Value  ast.Node
}

// Assigned returns what the program has the database compute of the object.
func (e *Entry) Assigned() []Assigned {
	if o := e.Store().Objects; len(o.assigned) > 0 {
		return o.assigned[e]
	}
	return nil
}

// Computes reports whether the database is to compute a column of the object.
func (e *Entry) Computes(column int) bool { return ValueOf(e.Assigned(), column) != nil }

// WillCompute is Computes but for columns that a relationship gives their value: it wins.
func (e *Entry) WillCompute(column int) bool {
	return e.Computes(column) && !slices.ContainsFunc(e.Store().Objects.Links, func(l Link) bool {
		columns, _ := l.Relation.ForeignKey()
		return l.Child == e && slices.Contains(columns, e.Mapping.Fields[column].Column)
	})
}

// ToWrite returns the positions of the columns that an UPDATE sets to the object's own values, appended to buf.
func (e *Entry) ToWrite(buf []int) []int {
	buf = e.changed(buf)
	if e.Assigned() == nil {
		return buf
	}
	return slices.DeleteFunc(buf, e.Computes)
}

// ValueOf returns the expression of a column; nil when there is none.
func ValueOf(as []Assigned, column int) ast.Node {
	for _, a := range as {
		if a.Column == column {
			return a.Value
		}
	}
	return nil
}

// Unassign forgets expressions of columns that a relationship gives their value: it wins.
func (l *Link) Unassign() {
	if l.Child.Assigned() == nil {
		return
	}
	columns, _ := l.Relation.ForeignKey()
	l.Child.unassign(columns...)
}

// unassign forgets expressions of some columns.
func (e *Entry) unassign(columns ...*ast.Column) {
	as := slices.DeleteFunc(slices.Clone(e.Assigned()), func(a Assigned) bool {
		return slices.Contains(columns, e.Mapping.Fields[a.Column].Column)
	})
	if e.Store().Objects.assigned[e] = as; len(as) == 0 {
		delete(e.Store().Objects.assigned, e)
	}
}

// Unassign forgets what the database was to compute of the object.
func (e *Entry) Unassign() { delete(e.Store().Objects.assigned, e) }

// Assign remembers what the database is to compute of the object at the next flush.
func (e *Entry) Assign(as []Assigned) {
	o := e.Store().Objects
	if o.assigned == nil {
		o.assigned = map[*Entry][]Assigned{}
	}
	o.assigned[e] = as
}

// ForgetAssigned forgets what the database was to compute of all objects.
func (o *Objects) ForgetAssigned() { clear(o.assigned) }
