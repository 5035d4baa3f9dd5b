package relate

import (
	"context"
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// List is the state of a one-to-many or many-to-many field.
type List struct {
	Items          []mem.Ptr // loaded items with the changes since; when not loaded, nothing
	Added, Removed []mem.Ptr // changes since the last flush
	Handle         *Handle
	Epoch          uint32 // of the session when it was loaded
	Loaded         bool

	one      bool // it is behind a Ref
	replaced bool // it was set to Added when it was not loaded, so what was there leaves it

	shared bool             // Items was handed out: a change must not write into it
	index  map[mem.Ptr]bool // of Items and Added, when they are many; nil: not made
	order  *[]mem.Ptr       // of an ordered list: the order that it was put into since the last flush; nil: it was not
}

// current reports whether what is known still holds; see Ref.
func (l *List) current() bool {
	return l.Loaded && (l.Handle == nil || l.Handle.Loader == nil || l.Handle.Loader.Current(l.Epoch))
}

// All returns the items, loading them when that has not happened.
func (l *List) All(ctx context.Context) ([]mem.Ptr, error) {
	if !l.current() {
		if l.Handle.free() {
			return l.Share(), nil
		}
		rel, err := relationOf(l.Handle, l.field())
		if err != nil {
			return nil, err
		}
		if err := l.Handle.Loader.LoadRelation(ctx, l.Handle, rel); err != nil {
			return nil, err
		}
	}
	return l.Share(), nil
}

// Untracked reports whether the list is of an object that was never in a session.
func (l *List) Untracked() bool { return l.Handle.untracked() }

// Share returns the items to be kept by somebody else.
func (l *List) Share() []mem.Ptr {
	l.shared = true
	return l.Items
}

// has reports whether o is among the items or the added ones.
func (l *List) has(o mem.Ptr) bool {
	const few = 32
	if len(l.Items)+len(l.Added) <= few {
		return slices.Contains(l.Items, o) || slices.Contains(l.Added, o)
	}
	if l.index == nil {
		l.index = make(map[mem.Ptr]bool, 2*len(l.Items))
		for _, p := range slices.Concat(l.Items, l.Added) {
			l.index[p] = true
		}
	}
	return l.index[o]
}

// Has reports whether o is known to be in the list, and not since the last flush.
func (l *List) Has(o mem.Ptr) bool {
	return l.Surely() && slices.Contains(l.Items, o) && !slices.Contains(l.Added, o)
}

// Add puts objects into the list. The session, if there is one, keeps the other side in step.
func (l *List) Add(objs []mem.Ptr) {
	added := make([]mem.Ptr, 0, len(objs))
	for _, o := range objs {
		if l.Put(o) {
			added = append(added, o)
		}
	}
	l.tell(added, nil)
}

// Remove takes objects out of the list. The session, if there is one, keeps the other side in step.
func (l *List) Remove(objs []mem.Ptr) {
	removed := make([]mem.Ptr, 0, len(objs))
	for _, o := range objs {
		if l.Take(o) {
			removed = append(removed, o)
		}
	}
	l.tell(nil, removed)
}

func (l *List) tell(added, removed []mem.Ptr) {
	if rel, err := relationOf(l.Handle, l.field()); err == nil {
		l.Handle.Loader.ListChanged(l.Handle, rel, added, removed)
	}
}

// Surely reports whether the list knows what is in it. One that is not loaded, or was before the last commit, knows only its
// changes.
func (l *List) Surely() bool {
	return l.Handle.free() || l.current() || l.Handle.Loader == nil && l.Loaded
}

// Put adds o without telling the session; false when o is there already or nil.
func (l *List) Put(o mem.Ptr) bool {
	in := o != nil && l.has(o)
	if o == nil || in && (l.Surely() || slices.Contains(l.Added, o)) {
		return false
	}
	if l.index != nil {
		l.index[o] = true
	}
	if (l.Loaded || l.Handle.free()) && !in {
		if l.shared {
			l.Items, l.shared = slices.Clip(l.Items), false
		}
		l.Items = append(l.Items, o)
	}
	if i := slices.Index(l.Removed, o); i >= 0 {
		l.Removed = slices.Delete(slices.Clone(l.Removed), i, i+1)
		if l.Surely() {
			l.Rearranged() // it is back, at the end
			return true
		}
	}
	l.Added = append(l.Added, o)
	return true
}

// Take removes o without telling the session; false when o is known not to be there.
func (l *List) Take(o mem.Ptr) bool {
	l.index = nil
	i := slices.Index(l.Items, o)
	j := slices.Index(l.Added, o)
	if i < 0 && j < 0 && l.Surely() || o == nil || slices.Contains(l.Removed, o) {
		return false
	}
	if i >= 0 {
		l.Items = slices.Delete(slices.Clone(l.Items), i, i+1)
	}
	if j >= 0 {
		l.Added = slices.Delete(slices.Clone(l.Added), j, j+1)
		if l.Surely() {
			return true // it never was there
		}
	}
	l.Removed = append(l.Removed, o)
	return true
}

// Fill stores what was loaded, and keeps changes that were made before.
func (l *List) Fill(items []mem.Ptr, epoch uint32) {
	l.Loaded, l.Epoch, l.index, l.shared = true, epoch, nil, true
	if len(l.Removed) > 0 {
		items = slices.DeleteFunc(slices.Clone(items), func(o mem.Ptr) bool { return slices.Contains(l.Removed, o) })
	}
	l.Items = items
	for _, o := range l.Added {
		if !slices.Contains(l.Items, o) {
			l.Items = append(slices.Clip(l.Items), o)
		}
	}
	l.rearrange()
	l.settleReplaced()
}

// Expire forgets what was loaded, so that All loads it again. Changes that are not flushed stay, and so does everything
// where there is no session to load from.
func (l *List) Expire() {
	if l.Handle.attached() {
		l.Items, l.Loaded, l.index, l.shared = nil, false, nil, false
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

// Arrange puts the items in an order, if these are all of them. The session, if there is one, is told where the order is kept.
func (l *List) Arrange(order []mem.Ptr) {
	if !l.Surely() {
		return
	}
	at := make(map[mem.Ptr]bool, len(order))
	items := make([]mem.Ptr, 0, len(order))
	for _, o := range order {
		if o != nil && !at[o] {
			at[o] = true
			items = append(items, o)
		}
	}
	if len(items) == len(l.Items) && !slices.ContainsFunc(l.Items, func(o mem.Ptr) bool { return !at[o] }) {
		moved := !slices.Equal(l.Items, items)
		if l.Items, l.shared = items, false; moved {
			l.Rearranged()
		}
	}
}

// Drop takes out objects whose rows are deleted: there is nothing to be flushed of them.
func (l *List) Drop(gone map[mem.Ptr]bool) {
	in := func(o mem.Ptr) bool { return gone[o] }
	if slices.ContainsFunc(l.Items, in) {
		l.Items, l.index, l.shared = slices.DeleteFunc(slices.Clone(l.Items), in), nil, false
	}
}

// Give makes the list that of an object that is in no session: these items are all there is.
func (l *List) Give(items []mem.Ptr) {
	*l = List{Handle: l.Handle, Loaded: true, one: l.one}
	for _, o := range items {
		l.Put(o)
	}
}

// Given returns what the list has to be copied to another object's: all items where whole, else those that were added.
func (l *List) Given() (items []mem.Ptr, whole bool) {
	if l.Loaded || l.Handle.free() && len(l.Items) > 0 {
		return l.Items, true
	}
	return l.Added, l.replaced
}

// Tracked reports whether the list is of an object that is in a session.
func (l *List) Tracked() bool { return l.Handle.attached() }
