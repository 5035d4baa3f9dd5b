package session

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// grouping puts the targets of a one-to-many under their owners. They come in any order; those of an owner keep theirs, and
// their list is a part of one slice that holds them all.
type grouping struct {
	owners  []*entry
	places  []int32     // by the owner's position in its store: where it is in owners, and one; nil: by key
	byKey   map[key]int // where the owner with a key is in owners
	store   *store      // of the owners
	targets []mem.Ptr
	of      []int32 // of[i]: where the owner of targets[i] is in owners
	ends    []int32 // of each owner's list
}

func newGrouping(owners []*entry, r *meta.Relation) *grouping {
	g := &grouping{owners: owners, store: owners[0].store(), ends: make([]int32, len(owners)+1)}
	if refersToOwnKey(r) && g.store.keys.plainNumber() {
		g.places = make([]int32, len(g.store.entries))
		for i, o := range owners {
			g.places[o.at] = int32(i + 1)
		}
		return g
	}
	local := keyerOf(r.Owner, r.Local)
	g.byKey = make(map[key]int, len(owners))
	for i, o := range owners {
		g.byKey[local.of(storedObject(o))] = i
	}
	return g
}

// add takes a target by the foreign key that its row has.
func (g *grouping) add(k key, target *entry) {
	i, ok := g.owner(k)
	if !ok { // keys that are equal to the database and not here
		return
	}
	if n := len(g.targets); n == cap(g.targets) {
		g.targets = append(make([]mem.Ptr, 0, max(16, 2*n)), g.targets...)
		g.of = append(make([]int32, 0, cap(g.targets)), g.of...)
	}
	g.targets, g.of = append(g.targets, target.Object), append(g.of, int32(i))
	g.ends[i]++
}

func (g *grouping) owner(k key) (int, bool) {
	if g.places == nil {
		i, ok := g.byKey[k]
		return i, ok
	}
	o := g.store.lookup(k)
	if o == nil || int(o.at) >= len(g.places) {
		return 0, false
	}
	i := g.places[o.at]
	return int(i) - 1, i > 0
}

// each calls f with every owner and its list.
func (g *grouping) each(f func(o *entry, items []mem.Ptr)) {
	from := int32(0)
	for i, n := range g.ends { // from counts to beginnings
		g.ends[i] = from
		from += n
	}
	all := make([]mem.Ptr, len(g.targets))
	for i, t := range g.targets {
		o := g.of[i]
		all[g.ends[o]] = t
		g.ends[o]++
	}
	from = 0
	for i, o := range g.owners {
		to := g.ends[i]
		f(o, all[from:to:to])
		from = to
	}
}
