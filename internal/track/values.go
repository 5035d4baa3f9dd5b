package track

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// StoredObject returns the object as its row is: while a change of its key is not flushed, others refer to the key that the
// row has. Of a new one it is the object itself.
func StoredObject(e *Entry) mem.Ptr {
	if e.State != Pending && e.Dirty() {
		return e.Row()
	}
	return e.Object
}

// Keeps reports whether the object has a row, with the same values of some columns.
func (e *Entry) Keeps(columns *Keyer) bool {
	return e.HasRow() && columns.Of(e.Object) == columns.Of(e.Row())
}

func CurrentObject(e *Entry) mem.Ptr { return e.Object }

// LoadedObject returns the object as its row is; of one that the same flush inserts, the object itself.
func LoadedObject(e *Entry) mem.Ptr {
	if row := e.Row(); row != nil {
		return row
	}
	return e.Object
}

// ArrayOf returns the values of a field of many objects as one array argument. A nullable field gives an array of
// pointers.
func ArrayOf(f *meta.Field, entries []*Entry, object func(*Entry) mem.Ptr) any {
	if f.Slice != nil {
		return f.Slice(len(entries), func(i int) mem.Ptr { return mem.Add(object(entries[i]), f.Offset) })
	}
	s := reflect.MakeSlice(reflect.SliceOf(f.Type), len(entries), len(entries))
	for i, e := range entries {
		s.Index(i).Set(reflect.NewAt(f.Type, mem.Add(object(e), f.Offset)).Elem())
	}
	return s.Interface()
}

// RowKey returns the values of an object's primary key as its row has them.
func (e *Entry) RowKey() []any {
	row, values := LoadedObject(e), make([]any, len(e.Mapping.Key))
	for i, k := range e.Mapping.Key {
		values[i] = e.Mapping.Fields[k].Value(row)
	}
	return values
}
