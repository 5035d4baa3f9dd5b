package session

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// future gives a copy of the object with the foreign keys that its relationships are to get, and by column the objects
// whose keys are not known yet.
func (o *objects) future(e *entry) (row mem.Ptr, late map[int]*entry) {
	row, late = copyOf(e.Mapping, e.Object), map[int]*entry{}
	for _, l := range o.links {
		if l.child != e {
			continue
		}
		columns, refs := l.relation.ForeignKey()
		for i, c := range columns {
			switch f := e.Mapping.Field(c); {
			case l.parent == nil:
				f.Clear(row)
			case !l.parent.hasKey(refs[i : i+1]):
				late[c.Index] = l.parent
			default:
				setValue(f, row, l.parent.Mapping.Field(refs[i]).Value(l.parent.Object))
			}
		}
	}
	return row, late
}

// copyOf gives a copy of an object's columns with all that they point to.
func copyOf(m *meta.Mapping, obj mem.Ptr) mem.Ptr {
	c := m.New(1)
	copyColumns(m, c, obj)
	return c
}
