package track

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// layer is what objects were at a savepoint, of those that have been written since. When it is made, everything is flushed.
type layer struct {
	epoch   uint32 // of what was read before; what was read since has a later one
	imposed int    // how many there were
	kept    map[*Entry]kept
	linked  bool // rows of link tables were written
}

// kept is what an object was before it was written.
type kept struct {
	was Entry
	row mem.Ptr // a copy of its row; nil: it had none
}

// Save begins a layer: a savepoint to which Return goes back.
func (o *Objects) Save() {
	o.layers = append(o.layers, layer{epoch: o.epoch, imposed: len(o.imposed)})
	o.epoch++
}

// Unsave ends the last n layers, keeping what was done.
func (o *Objects) Unsave(n int) {
	for range n {
		last := len(o.layers) - 1
		inner := o.layers[last]
		o.layers = o.layers[:last]
		if last == 0 {
			return
		}
		outer := &o.layers[last-1]
		outer.linked = outer.linked || inner.linked
		for e, k := range inner.kept {
			if _, has := outer.kept[e]; !has { // it was the same at the outer one
				outer.put(e, k)
			}
		}
	}
}

func (l *layer) put(e *Entry, k kept) {
	if l.kept == nil {
		l.kept = map[*Entry]kept{}
	}
	l.kept[e] = k
}

// Writes notes that an object's row is about to be written, or to be known otherwise than by reading it.
func (st *Store) Writes(e *Entry) {
	st.Written = append(st.Written, e)
	e.keepState()
}

// keepState remembers what an object is, for the innermost savepoint to go back to.
func (e *Entry) keepState() {
	layers := e.Store().Objects.layers
	if len(layers) == 0 {
		return
	}
	l := &layers[len(layers)-1]
	if _, has := l.kept[e]; has {
		return
	}
	k := kept{was: *e}
	if row := e.Row(); row != nil {
		k.row = CopyOf(e.Mapping, row)
	}
	l.put(e, k)
}

// Return gives every object the state and the values that it had when the last of n layers was made, and ends them. all says that
// other rows may have changed since than those of the objects that were written.
func (o *Objects) Return(n int, all bool) {
	o.Unsave(n - 1)
	last := len(o.layers) - 1
	l := o.layers[last]
	o.layers = o.layers[:last]
	l.linked = l.linked || len(o.Pairs) > 0
	touched := l.touched(o.Links)
	for _, x := range o.replaced {
		touched[x.Relation.Target] = true
	}
	for _, x := range o.arranged {
		touched[x.relation.Target] = true
	}
	for _, x := range o.absent {
		touched[x.relation.Target] = true
	}
	o.discardChanges()
	for e, k := range l.kept {
		if e.Loader == nil {
			e.returnAway(k)
		}
	}
	for _, st := range o.Stores {
		st.returnTo(&l, touched)
	}
	o.unimposeFrom(l.imposed)
	if o.epoch++; all {
		o.current = o.epoch
	}
}

// touched returns the mappings of which objects were written, or their relationships set.
func (l *layer) touched(links []Link) map[*meta.Mapping]bool {
	ms := map[*meta.Mapping]bool{}
	for e := range l.kept {
		ms[e.Mapping] = true
	}
	for i := range links {
		ms[links[i].Child.Mapping] = true
	}
	return ms
}

// returnTo gives the store's objects what they were at a savepoint.
func (st *Store) returnTo(l *layer, touched map[*meta.Mapping]bool) {
	var fresh, back []*Entry
	for _, e := range st.Entries {
		k, written := l.kept[e]
		isFresh := e.State == Pending && !written || written && k.was.State == Pending
		for _, r := range e.Mapping.Relations {
			if isFresh || touched[r.Owner] || touched[r.Target] || r.Link != nil && l.linked || relate.EpochOf(r, e.Object) > l.epoch {
				relate.Reset(r, e.Object, isFresh)
			}
		}
		switch {
		case isFresh:
			e.Unstamp()
			if e.State != Pending {
				st.Unindex(e, st.Key(e))
				e.State = Pending
			}
			fresh = append(fresh, e)
		case written:
			if e.HasRow() {
				st.Unindex(e, st.Key(e))
			}
			e.restoreState(k)
			back = append(back, e)
		default:
			if e.keep(); e.HasRow() && e.Dirty() {
				CopyColumns(st.Mapping, e.Object, e.Row())
			}
			if e.Epoch > l.epoch {
				e.Distrust()
			}
		}
	}
	st.forget(fresh...)
	for _, e := range back { // after those that go: one of them may have had its key
		if e.rowStays() {
			st.Index(e, st.Keys.Of(e.Object)) // that of the row at the savepoint: it may have been changed since
		}
	}
	if len(back) > 0 {
		st.forgetSecond()
	}
}

// forgetSecond lets go of objects for whose rows there is another object: they were read when the rows of those were others, or gone.
func (st *Store) forgetSecond() {
	var second []*Entry
	for _, e := range st.Entries {
		if e.HasRow() && !st.Keys.Null(e.Object) && st.Lookup(st.Keys.Of(e.Object)) != e {
			second = append(second, e)
		}
	}
	st.forget(second...)
}

// restoreState makes an object what it was.
func (e *Entry) restoreState(k kept) {
	e.restore(k)
	CopyColumns(e.Mapping, e.Object, k.row)
	e.rowIs(e.Object)
}

// restore makes an entry what it was, but for where it is and what it knows of the row.
func (e *Entry) restore(k kept) {
	was := k.was
	was.Handle, was.Cohort, was.number, was.At, was.image, was.Loaded = e.Handle, e.Cohort, e.number, e.At, e.image, e.Loaded
	*e = was
	e.keep()
}

// returnAway is restoreState of an object that has left the session since, which keeps its values: Add takes it back with the row that it has.
func (e *Entry) returnAway(k kept) {
	if e.restore(k); k.row == nil {
		e.State = Pending
		return
	}
	e.rowIs(k.row)
	e.takeOver(e.Mapping.Kept, k.row)
}
