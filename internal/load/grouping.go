package load

import (
	"slices"
	"sync"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// grouping puts the targets of a one-to-many under their owners. They come in any order; those of an owner keep theirs, and
// their list is a part of one slice that holds them all.
type grouping struct {
	owners  []*track.Entry
	places  []int32           // by the owner's position in its store: where it is in owners, and one
	byKey   map[track.Key]int // where the owner with a key is in owners, if not numbered
	store   *track.Store      // of the owners
	targets []mem.Ptr
	of      []int32 // of[i]: where the owner of targets[i] is in owners
	ends    []int32 // of each owner's list

	numbered  bool // owners are found by places
	strangers bool // some target has the key of no owner
}

// groupings are used again for their slices: of the lists only what each returns stays.
var groupings = sync.Pool{New: func() any { return &grouping{} }}

// newGrouping returns a grouping for owners, one at least; done gives it back.
func newGrouping(owners []*track.Entry, r *meta.Relation) *grouping {
	g := groupings.Get().(*grouping)
	g.owners, g.store, g.ends = owners, owners[0].Store(), zeros(g.ends, len(owners)+1)
	if g.numbered = refersToOwnKey(r) && g.store.Keys.PlainNumber(); g.numbered {
		g.places = zeros(g.places, len(g.store.Entries))
		for i, o := range owners {
			g.places[o.At] = int32(i + 1)
		}
		return g
	}
	local := track.KeyerOf(r.Owner, r.Local)
	g.byKey = make(map[track.Key]int, len(owners))
	for i, o := range owners {
		g.byKey[local.Of(track.StoredObject(o))] = i
	}
	return g
}

// zeros returns n zeros, in the memory of s if there is enough.
func zeros(s []int32, n int) []int32 {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// done ends the use of g.
func (g *grouping) done() {
	clear(g.targets)
	*g = grouping{places: g.places[:0], targets: g.targets[:0], of: g.of[:0], ends: g.ends[:0]}
	groupings.Put(g)
}

// add takes a target by the foreign key that its row has.
func (g *grouping) add(k track.Key, target *track.Entry) {
	i, ok := g.owner(k)
	if !ok { // keys that are equal to the database and not here
		g.strangers = true
		return
	}
	g.put(i, target.Object)
}

// reset forgets the targets.
func (g *grouping) reset() {
	clear(g.targets)
	g.targets, g.of, g.strangers = g.targets[:0], g.of[:0], false
	clear(g.ends)
}

// put takes a target by the position of its owner.
func (g *grouping) put(i int, target mem.Ptr) {
	if n := len(g.targets); n == cap(g.targets) {
		g.targets = append(make([]mem.Ptr, 0, max(16, 2*n)), g.targets...)
		g.of = append(make([]int32, 0, cap(g.targets)), g.of...)
	}
	g.targets, g.of = append(g.targets, target), append(g.of, int32(i))
	g.ends[i]++
}

func (g *grouping) owner(k track.Key) (int, bool) {
	if len(g.owners) == 1 { // the server has found them equal
		return 0, true
	}
	if !g.numbered {
		i, ok := g.byKey[k]
		return i, ok
	}
	o := g.store.Lookup(k)
	if o == nil || int(o.At) >= len(g.places) {
		return 0, false
	}
	i := g.places[o.At]
	return int(i) - 1, i > 0
}

// each calls f with every owner and its list.
func (g *grouping) each(f func(o *track.Entry, items []mem.Ptr)) {
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
