package relate

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Nobody can go from a list to the object that it is a field of, so an item of a list that is in no session remembers the list: a
// session that is given the item, and not the owner, can say what is missing.

// Tie has items of the list, which is of an object in no session, remember it. at is where items have a relationship, many
// whether it is a list.
func (l *List) Tie(items []mem.Ptr, at uintptr, many bool) {
	h := &Handle{Home: &Home{tied: l}}
	for _, o := range items {
		if o == nil {
			continue
		}
		field := mem.As[Ref](mem.Add(o, at)).handle()
		if many {
			field = &mem.As[List](mem.Add(o, at)).Handle
		}
		if *field == nil || (*field).Home.tied != nil {
			*field = h
		}
	}
}

// TiedTo returns the list that an object remembers, nil when there is none.
func TiedTo(m *meta.Mapping, obj mem.Ptr) *List {
	for _, r := range m.Relations {
		if h := HandleOf(r, obj); h != nil && h.Home.tied != nil {
			return h.tied
		}
	}
	return nil
}

// Holds reports whether an object is in the list, and the list's owner in no session.
func (l *List) Holds(obj mem.Ptr) bool {
	return l.Handle.untracked() && (slices.Contains(l.Items, obj) || slices.Contains(l.Added, obj))
}
