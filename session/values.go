package session

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// storedObject gives the object as its row is: while a change of its key is not flushed, others refer to the key that the
// row has. Of a new one it is the object itself.
func storedObject(e *entry) mem.Ptr {
	if e.state != pending && e.dirty() {
		return e.row()
	}
	return e.Object
}

func currentObject(e *entry) mem.Ptr { return e.Object }

// loadedObject gives the object as its row is; of one that the same flush inserts, the object itself.
func loadedObject(e *entry) mem.Ptr {
	if row := e.row(); row != nil {
		return row
	}
	return e.Object
}

// arrayOf gives the values of a field of many objects as one array argument. A nullable field gives an array of
// pointers.
func arrayOf(f *meta.Field, entries []*entry, object func(*entry) mem.Ptr) any {
	if f.Slice != nil {
		return f.Slice(len(entries), func(i int) mem.Ptr { return mem.Add(object(entries[i]), f.Offset) })
	}
	s := reflect.MakeSlice(reflect.SliceOf(f.Type), len(entries), len(entries))
	for i, e := range entries {
		s.Index(i).Set(reflect.NewAt(f.Type, mem.Add(object(e), f.Offset)).Elem())
	}
	return s.Interface()
}

// rowKey gives the values of an object's primary key as its row has them.
func (e *entry) rowKey() []any {
	row, values := loadedObject(e), make([]any, len(e.Mapping.Key))
	for i, k := range e.Mapping.Key {
		values[i] = e.Mapping.Fields[k].Value(row)
	}
	return values
}
