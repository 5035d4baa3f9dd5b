package track

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Future returns a copy of the object with the foreign keys that its relationships are to get, and by column the objects
// whose keys are not known yet.
func (o *Objects) Future(e *Entry) (row mem.Ptr, late map[int]*Entry) {
	row, late = CopyOf(e.Mapping, e.Object), map[int]*Entry{}
	for i := range o.Links {
		l := &o.Links[i]
		if l.Child != e {
			continue
		}
		if l.Parent == nil {
			for _, c := range l.cleared() {
				e.Mapping.Field(c).Clear(row)
			}
			continue
		}
		from := l.sources(nil)
		l.draw(row, from)
		columns, _ := l.Relation.ForeignKey()
		for i, s := range from {
			if !s.known() || s.e.Computes(s.column.Index) {
				late[columns[i].Index] = s.e
			}
		}
	}
	return row, late
}

// CopyOf returns a copy of an object's columns with all that they point to.
func CopyOf(m *meta.Mapping, obj mem.Ptr) mem.Ptr {
	c := m.New(1)
	CopyColumns(m, c, obj)
	return c
}
