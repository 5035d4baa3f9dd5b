package relate

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// RefOf returns the many-to-one field r of obj.
func RefOf(r *meta.Relation, obj mem.Ptr) *Ref { return mem.As[Ref](mem.Add(obj, r.Offset)) }

// ListOf returns the list r of obj; that of a one-to-one is behind its Ref.
func ListOf(r *meta.Relation, obj mem.Ptr) *List {
	if r.Single {
		return RefOf(r, obj).asList()
	}
	return mem.As[List](mem.Add(obj, r.Offset))
}

// HandleOf returns what ties obj to its session, nil when it was never in one.
func HandleOf(r *meta.Relation, obj mem.Ptr) *Handle {
	if r.Many && !r.Single {
		return ListOf(r, obj).Handle
	}
	return *RefOf(r, obj).handle()
}

// Reset makes the field r of obj what it was before a session flushed it: not loaded, or, of an object that is new
// again, what the program gave it.
func Reset(r *meta.Relation, obj mem.Ptr, fresh bool) {
	if r.Many {
		l := ListOf(r, obj)
		l.Loaded, l.Added, l.Removed, l.index, l.replaced, l.order = false, nil, nil, nil, false, nil
		if fresh {
			l.Added, l.Handle = slices.Clone(l.Items), nil
		} else {
			l.Items = nil
		}
		return
	}
	ref := RefOf(r, obj)
	if fresh {
		ref.Dirty, ref.Handle = ref.Object != nil, nil
		return
	}
	ref.Object, ref.Loaded, ref.Dirty = nil, false, false
}

// Flushed makes the changes of the field r of obj part of what is known.
func Flushed(r *meta.Relation, obj mem.Ptr, epoch uint32) {
	if r.Many {
		l := ListOf(r, obj)
		l.Added, l.Removed, l.order = nil, nil, nil
		return
	}
	if ref := RefOf(r, obj); ref.Dirty {
		ref.Dirty, ref.Epoch = false, epoch
	}
}

// EpochOf returns when the field r of obj was loaded.
func EpochOf(r *meta.Relation, obj mem.Ptr) uint32 {
	if r.Many {
		return ListOf(r, obj).Epoch
	}
	return RefOf(r, obj).Epoch
}

// Expire forgets what the field r of obj has loaded.
func Expire(r *meta.Relation, obj mem.Ptr) {
	if r.Many {
		ListOf(r, obj).Expire()
	} else {
		RefOf(r, obj).Expire()
	}
}

// Return has a reference of an object that comes back into a session keep what was set, and what was loaded if that is here too: it is
// old, and loaded again when it is asked for.
func (r *Ref) Return(here bool) {
	if r.Epoch = 0; !r.Dirty && !here {
		r.Object, r.Loaded = nil, false
	}
}

// Return has a list of an object that comes back into a session keep its changes, and what was loaded if that is here too; see Ref.Return.
func (l *List) Return(here bool) {
	if l.Epoch = 0; !l.Loaded || !here {
		l.Items, l.Loaded, l.index, l.shared = nil, false, nil, false
	}
}

// Forget has a list know of no row, and keeps its changes; of an object that is to be new, what was set and added, in its order.
func (l *List) Forget(fresh bool) {
	f := List{one: l.one}
	if !fresh {
		f.Removed, f.replaced = l.Removed, l.replaced
	}
	left := make(map[mem.Ptr]bool, len(l.Added))
	for _, o := range l.Added {
		left[o] = true
	}
	for _, o := range slices.Concat(l.Items, l.Added) {
		if left[o] {
			delete(left, o)
			f.Items = append(f.Items, o)
		}
	}
	f.Added = slices.Clone(f.Items)
	*l = f
}

// Targets returns what the field r of obj has, as far as it is known.
func Targets(r *meta.Relation, obj mem.Ptr) []mem.Ptr {
	if r.Many {
		l := ListOf(r, obj)
		if l.Loaded {
			return l.Items
		}
		return l.Added
	}
	if ref := RefOf(r, obj); ref.Object != nil {
		return []mem.Ptr{ref.Object}
	}
	return nil
}
