package track

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Future returns a copy of the object with the foreign keys that its relationships are to get, and by column the objects
// whose keys are not known yet.
func (o *Objects) Future(e *Entry) (row mem.Ptr, late map[int]*Entry) {
	row, late = CopyOf(e.Mapping, e.Object), map[int]*Entry{}
	for _, l := range o.Links {
		if l.Child != e {
			continue
		}
		columns, refs := l.Relation.ForeignKey()
		for i, c := range columns {
			switch f := e.Mapping.Field(c); {
			case l.Parent == nil:
				f.Clear(row)
			case !l.Parent.HasKey(refs[i : i+1]):
				late[c.Index] = l.Parent
			default:
				setValue(f, row, l.Parent.Mapping.Field(refs[i]).Value(l.Parent.Object))
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
