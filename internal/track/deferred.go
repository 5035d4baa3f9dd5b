package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// TakeColumns gives an object columns of its row; one that the program has changed stays changed.
func (e *Entry) TakeColumns(columns []int, row mem.Ptr) {
	known := e.Row()
	if st := e.Store(); st != nil && known != nil {
		e.keepState() // what is read of them since a savepoint is not to be known after going back
	}
	e.image = "" // known is to hold more than it
	for _, c := range columns {
		f := &e.Mapping.Fields[c]
		at, from := mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset)
		if known == nil {
			f.Access.Copy(at, from)
			continue
		}
		loaded := mem.Add(known, f.Offset)
		if f.Access.Equal(at, loaded) {
			f.Access.Copy(at, from)
		}
		f.Access.Copy(loaded, from)
	}
}

// KeepDeferred gives a row that was read without its deferred columns, but for those among read, what was known of them.
func (e *Entry) KeepDeferred(row mem.Ptr, read []int) {
	for _, c := range e.Mapping.Deferred {
		if !slices.Contains(read, c) {
			e.keepColumn(row, c)
		}
	}
}

// keepUnread gives a row that was read without some columns what was known of them.
func (e *Entry) keepUnread(row mem.Ptr, unread []int) {
	for _, c := range unread {
		e.keepColumn(row, c)
	}
}

func (e *Entry) keepColumn(row mem.Ptr, column int) {
	f := &e.Mapping.Fields[column]
	f.Access.Copy(mem.Add(row, f.Offset), mem.Add(e.Row(), f.Offset))
}
