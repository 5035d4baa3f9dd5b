package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/rows"
)

// store holds a session's objects of one mapping: the identity map.
type store struct {
	objs     *objects
	position int // of the mapping in the schema
	m        *meta.Mapping
	home     meta.Home     // of the objects in the session
	away     meta.Home     // of those that have left it
	row      *decode.Row   // how images of rows are to be read; nil: there is none yet
	restored *decode.Arena // of what is made from images; nil: nothing was
	keys     keyer
	numbers  identity           // by a lone integer key
	texts    map[string]*entry  // by any other key
	entries  []*entry           // all of them, in the order in which they came
	places   map[mem.Ptr]*entry // by address: the first placed of entries
	placed   int
	slab     rows.Slabs
	snaps    rows.Slabs
	spare    []entry
	used     int      // of spare
	written  []*entry // those whose rows this transaction wrote

	few struct { // memory for the first objects: most sessions have few
		spare   [1]entry
		entries [4]*entry
		slots   [minSlots]uint32
	}
}

func newStore(o *objects, m *meta.Mapping, position int) *store {
	st := &store{objs: o, m: m, position: position, keys: newKeyer(m, m.Key)}
	st.spare, st.entries, st.numbers.slots = st.few.spare[:], st.few.entries[:0], st.few.slots[:]
	st.home = meta.Home{Mapping: m, Loader: o, Owner: st}
	st.away = meta.Home{Mapping: m, Owner: st}
	return st
}

func (st *store) lookup(k key) *entry {
	if k.s == "" {
		return st.numbers.find(k.i, st.entries)
	}
	return st.texts[k.s]
}

// index makes e the entry of its key.
func (st *store) index(e *entry, k key) {
	if k.s == "" {
		e.number = k.i
		st.numbers.put(e, st.entries)
		return
	}
	if st.texts == nil {
		st.texts = map[string]*entry{}
	}
	st.texts[k.s] = e
}

// unindex takes e out of the identity map, unless another object has its key by now.
func (st *store) unindex(e *entry, k key) {
	if k.s == "" {
		st.numbers.remove(e, st.entries)
		return
	}
	if st.texts[k.s] == e {
		delete(st.texts, k.s)
	}
}

// key gives the key of e's row, under which the identity map has it.
func (st *store) key(e *entry) key {
	if st.keys.plainNumber() {
		return key{i: e.number}
	}
	return st.keys.of(e.row())
}

// new gives an entry for an object, tied to its relationships.
func (st *store) new(obj mem.Ptr, s state) *entry {
	if st.used == len(st.spare) {
		st.spare, st.used = make([]entry, min(max(1, len(st.entries)), rows.MaxSlab)), 0
	}
	e := &st.spare[st.used]
	st.used++
	e.Handle = meta.Handle{Object: obj, Home: &st.home}
	e.state = s
	st.append(e)
	st.tie(e)
	return e
}

func (st *store) append(e *entry) {
	if n := len(st.entries); n == cap(st.entries) {
		st.entries = slices.Grow(st.entries, max(1, n))
	}
	e.at = uint32(len(st.entries))
	st.entries = append(st.entries, e)
}

// tie makes the object's relationships know the session.
func (st *store) tie(e *entry) {
	for _, r := range st.m.Relations {
		if r.Many {
			r.ListAt(e.Object).Handle = &e.Handle
		} else {
			r.RefAt(e.Object).Handle = &e.Handle
		}
	}
}

// find gives the entry of an object, nil when it is not in the session.
func (st *store) find(obj mem.Ptr) *entry {
	if e := st.lookup(st.keys.of(obj)); e != nil && e.Object == obj {
		return e
	}
	if st.places == nil { // it is new, or its key was changed since it was read
		st.places = make(map[mem.Ptr]*entry, len(st.entries))
	}
	for _, e := range st.entries[st.placed:] {
		st.places[e.Object] = e
	}
	st.placed = len(st.entries)
	return st.places[obj]
}

// forget takes objects out of the session.
func (st *store) forget(es ...*entry) {
	if len(es) == 0 {
		return
	}
	for _, e := range es {
		if e.state != pending {
			st.unindex(e, st.key(e))
		}
		delete(st.places, e.Object)
		delete(st.objs.assigned, e)
		e.Home = &st.away
	}
	kept := make([]*entry, 0, len(st.entries))
	placed := 0
	for i, e := range st.entries {
		if e.Loader != nil {
			kept = append(kept, e)
			if i < st.placed {
				placed++
			}
		}
	}
	st.renumber(kept)
	st.placed = placed
}

// renumber makes kept, some of the entries in order, all of them. The others are out of the identity map.
func (st *store) renumber(kept []*entry) {
	for i, e := range kept {
		e.at = uint32(i)
	}
	for i, at := range st.numbers.slots {
		if at != 0 {
			st.numbers.slots[i] = st.entries[at-1].at + 1
		}
	}
	st.entries = kept
}

// read takes an entity off the wire: the object that the session has for its key, refreshed when it is stale, or a new
// one. Where the key is a plain number it is looked at first, and a row that is known already is not decoded.
func (st *store) read(r rows.Row, refresh bool) (*entry, error) {
	k, early := st.keyOf(r)
	if early {
		if e := st.lookup(k); e != nil {
			return st.again(e, r, refresh)
		}
	}
	obj, image, err := st.decode(r)
	if err != nil {
		return nil, err
	}
	if !early {
		k = st.keys.of(obj)
		if e := st.lookup(k); e != nil {
			e.take(obj, image, refresh)
			st.unused(obj)
			return e, nil
		}
	}
	e := st.new(obj, persistent)
	st.index(e, k)
	e.isRow(image)
	return e, nil
}

// again takes the row of an object that the session has.
func (st *store) again(e *entry, r rows.Row, refresh bool) (*entry, error) {
	if !e.wants(refresh) {
		return e, nil
	}
	obj, image, err := st.decode(r)
	if err != nil {
		return nil, err
	}
	e.take(obj, image, refresh)
	st.unused(obj)
	return e, nil
}

// decode decodes a row into a new object, and gives the row's image where rows are kept as images.
func (st *store) decode(r rows.Row) (obj mem.Ptr, image string, err error) {
	obj = st.slab.Object(st.m)
	if st.images(r.Shape()) {
		image, err = r.ObjectAndImage(obj)
	} else {
		err = r.Object(obj)
	}
	if err != nil {
		st.unused(obj)
	}
	return obj, image, err
}

// keyOf gives the key of a row before it is decoded; false where it is no plain number.
func (st *store) keyOf(r rows.Row) (key, bool) {
	if !st.keys.plainNumber() {
		return key{}, false
	}
	n, ok := r.Number()
	return key{i: n}, ok
}

// images tells whether rows that are read by r are kept as images.
func (st *store) images(r *decode.Row) bool {
	if st.row == nil && r.Exact() && len(st.m.Deferred) == 0 { // an image tells nothing of columns that are not read
		st.row = r
	}
	return st.row == r
}

// unused takes back the object that was made last.
func (st *store) unused(obj mem.Ptr) {
	st.m.Assign(obj, st.zero())
	st.slab.Back()
}

// zero gives an object that is never used.
func (st *store) zero() mem.Ptr {
	if st.objs.zeros == nil {
		st.objs.zeros = map[*meta.Mapping]mem.Ptr{}
	}
	z := st.objs.zeros[st.m]
	if z == nil {
		z = st.m.New(1)
		st.objs.zeros[st.m] = z
	}
	return z
}

// hasChanges tells whether a flush would write something of this mapping.
func (st *store) hasChanges() bool {
	for _, e := range st.entries {
		switch e.state {
		case pending, doomed:
			return true
		case persistent:
			if e.changes() {
				return true
			}
		}
	}
	return false
}

// overwrite gives an object the values of its row, and remembers those that it had before the transaction.
func (st *store) overwrite(e *entry, row mem.Ptr) {
	if !e.hasRow() {
		return
	}
	e.remember()
	was := st.key(e)
	copyColumns(st.m, e.Object, row)
	e.snapshot()
	if k := st.keys.of(e.Object); k != was {
		st.unindex(e, was)
		st.index(e, k)
	}
	st.written = append(st.written, e)
}

// gone takes objects whose rows were deleted out of the session, to come back if the transaction is rolled back.
func (st *store) gone(es []*entry) {
	for _, e := range es {
		if e.state == persistent || e.state == doomed {
			st.unindex(e, st.key(e))
			e.state = deleted
			st.written = append(st.written, e)
		}
	}
}
