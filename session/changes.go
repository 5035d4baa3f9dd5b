package session

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// Change is a column of an object that differs from the object's row.
type Change struct {
	Column   string
	Old, New any // nil is NULL; see [Session.Changes]
	awaits   string
}

// SQL is the new value of a [Change] that the database has yet to compute: the expression that [Session.Set] gave, with its
// values written into it, for people to read.
type SQL string

// String returns the change with its values, for people: email: 'old@home.co' -> NULL.
func (c Change) String() string {
	now := c.awaits
	if now == "" {
		now = literal(c.New)
	}
	return c.Column + ": " + literal(c.Old) + " -> " + now
}

func literal(v any) string {
	w := sqlw.Get(sqlw.Inline)
	defer w.Release()
	w.Arg(nil, v)
	text, _, _ := w.Result()
	return text
}

// Changes returns what the next Flush writes of an object of the session: each column that differs from its row, in the
// table's order, with the value of the row and the object's; nothing when they are the same. The foreign key of a relationship that was
// set is among them; where it is to be a key that the database has yet to generate or compute, New is the object whose key it is. Of a
// column that Set gave an expression, New is its [SQL].
//
// Of a new object Old is always nil, and columns that are NULL, or that a default fills in, are left out. What OnUpdate
// adds is not known before the Flush. An object that is not in the session is [ErrNotInSession].
func (s *Session) Changes(obj any) ([]Change, error) {
	if err := s.enter(); err != nil {
		return nil, fault.During("Changes", err)
	}
	defer s.leave()
	e, err := s.objs.Known(obj)
	if err != nil {
		return nil, fault.During("Changes", err)
	}
	row, late := s.objs.Future(e)
	s.objs.PlaceIn(row, e)
	if e.State == track.Pending {
		return newColumns(e, row, late), nil
	}
	return changedColumns(e, row, late), nil
}

func changedColumns(e *track.Entry, row mem.Ptr, late map[int]*track.Entry) (cs []Change) {
	m, old := e.Mapping, track.CopyOf(e.Mapping, e.Row())
	for i := range m.Fields {
		f := &m.Fields[i]
		c := Change{Column: f.Column.Name, Old: f.Value(old), New: f.Value(row)}
		switch {
		case late[i] != nil:
			c.await(late[i])
		case e.WillCompute(i):
			c.compute(track.ValueOf(e.Assigned(), i))
		case f.Access.Equal(mem.Add(row, f.Offset), mem.Add(old, f.Offset)):
			continue
		}
		cs = append(cs, c)
	}
	return cs
}

func newColumns(e *track.Entry, row mem.Ptr, late map[int]*track.Entry) (cs []Change) {
	m := e.Mapping
	for i := range m.Fields {
		f := &m.Fields[i]
		c := Change{Column: f.Column.Name, New: f.Value(row)}
		switch {
		case late[i] != nil:
			c.await(late[i])
		case e.WillCompute(i):
			c.compute(track.ValueOf(e.Assigned(), i))
		case meta.IsNull(c.New), f.IsZero(row) && (f.Computed() || f.Default != nil):
			continue
		}
		cs = append(cs, c)
	}
	return cs
}

// compute says that the database computes the new value.
func (c *Change) compute(n ast.Node) {
	w := sqlw.Get(sqlw.Inline)
	defer w.Release()
	n.AppendSQL(w)
	c.awaits = w.String()
	c.New = SQL(c.awaits)
}

// await says that the new value is the key that parent is to get.
func (c *Change) await(parent *track.Entry) {
	c.New = reflect.NewAt(parent.Mapping.Type, parent.Object).Interface()
	c.awaits = parent.Describe()
}
