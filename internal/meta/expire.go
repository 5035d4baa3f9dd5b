package meta

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// Expire forgets what was loaded, so that Get loads it again. What the program set and has not flushed stays, and so does
// everything where there is no session to load from.
func (r *Ref) Expire() {
	if !r.Dirty && r.Handle.attached() {
		r.Object, r.Loaded = nil, false
	}
}

// Expire forgets what was loaded, so that All loads it again. Changes that are not flushed stay, and so does everything
// where there is no session to load from.
func (l *List) Expire() {
	if l.Handle.attached() {
		l.Items, l.Loaded, l.index, l.shared = nil, false, nil, false
	}
}

// attached reports whether the object is in a session.
func (h *Handle) attached() bool { return h != nil && h.Loader != nil }

// Expire forgets what the field r of obj has loaded.
func (r *Relation) Expire(obj mem.Ptr) {
	if r.Many {
		r.ListAt(obj).Expire()
	} else {
		r.RefAt(obj).Expire()
	}
}

// Undo takes back a change about o that is not flushed. Where o had left the list, the list forgets what it has loaded,
// since nobody knows o's place in it.
func (l *List) Undo(o mem.Ptr) {
	if i := slices.Index(l.Added, o); i >= 0 {
		l.Added = slices.Delete(slices.Clone(l.Added), i, i+1)
		l.Items = slices.DeleteFunc(slices.Clone(l.Items), func(p mem.Ptr) bool { return p == o })
		l.index = nil
	}
	if i := slices.Index(l.Removed, o); i >= 0 {
		l.Removed = slices.Delete(slices.Clone(l.Removed), i, i+1)
		l.Expire()
	}
}

// Undo takes back what the program set and has not flushed: the reference is not loaded.
func (r *Ref) Undo() { r.Object, r.Loaded, r.Dirty = nil, false, false }
