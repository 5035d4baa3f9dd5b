package relate

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// The order of a list is a change like what was added and removed: it survives that the list is loaded again, until it is flushed.

// Rearranged notes that the items of a list were put into another order, where the relationship keeps the order of its lists. Of an
// object that was never in a session the items are all there is.
func (l *List) Rearranged() {
	h := l.Handle
	if h == nil || h.Object == nil {
		return
	}
	r := h.relationAt(l.field())
	if r == nil || r.Position == nil {
		return
	}
	order := slices.Clone(l.Items)
	if l.order = &order; h.Loader != nil {
		h.Loader.ListArranged(h, r)
	}
}

// Arranged reports whether the list was put into an order that is not flushed.
func (l *List) Arranged() bool { return l.order != nil }

// Changed reports whether something of the list is not flushed.
func (l *List) Changed() bool { return len(l.Added)+len(l.Removed) > 0 || l.order != nil }

// rearrange puts items that were loaded into the order that the list was put into before; what that has not comes last.
func (l *List) rearrange() {
	if l.order == nil {
		return
	}
	place := make(map[mem.Ptr]int, len(*l.order))
	for i, o := range *l.order {
		place[o] = i + 1
	}
	at := func(o mem.Ptr) int {
		if i := place[o]; i > 0 {
			return i
		}
		return len(place) + 1
	}
	l.Items = slices.Clone(l.Items)
	slices.SortStableFunc(l.Items, func(a, b mem.Ptr) int { return at(a) - at(b) })
}
