package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/entity"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Store holds a session's objects of one mapping: the identity map.
type Store struct {
	Objects  *Objects
	position int // of the mapping in the schema
	Mapping  *meta.Mapping
	home     relate.Home   // of the objects in the session
	away     relate.Home   // of those that have left it
	row      *decode.Row   // how images of rows are to be read; nil: there is none yet
	restored *decode.Arena // of what is made from images; nil: nothing was
	Keys     Keyer
	numbers  identity           // by a lone integer key
	texts    map[string]*Entry  // by any other key
	Entries  []*Entry           // all of them, in the order in which they came
	places   map[mem.Ptr]*Entry // by address: the first placed of entries
	placed   int
	slab     entity.Slabs
	Snaps    entity.Slabs
	spare    []Entry
	used     int      // of spare
	Written  []*Entry // those whose rows this transaction wrote

	few struct { // memory for the first objects: most sessions have few
		spare   [1]Entry
		entries [4]*Entry
		slots   [minSlots]uint32
	}
}

func newStore(o *Objects, m *meta.Mapping, position int) *Store {
	st := &Store{Objects: o, Mapping: m, position: position, Keys: newKeyer(m, m.Key)}
	st.spare, st.Entries, st.numbers.slots = st.few.spare[:], st.few.entries[:0], st.few.slots[:]
	st.home = relate.Home{Mapping: m, Loader: o, Owner: st}
	st.away = relate.Home{Mapping: m, Owner: st}
	return st
}

func (st *Store) Lookup(k Key) *Entry {
	switch {
	case k.Text == "":
		return st.numbers.find(k.Number, st.Entries)
	case k == null:
		return nil
	}
	return st.texts[k.Text]
}

// Index makes e the entry of its key. One whose key is NULL is found by no key.
func (st *Store) Index(e *Entry, k Key) {
	switch {
	case k.Text == "":
		e.number = k.Number
		st.numbers.put(e, st.Entries)
		return
	case k == null:
		return
	}
	if st.texts == nil {
		st.texts = map[string]*Entry{}
	}
	st.texts[k.Text] = e
}

// Unindex takes e out of the identity map, unless another object has its key by now.
func (st *Store) Unindex(e *Entry, k Key) {
	switch {
	case k.Text == "":
		st.numbers.remove(e, st.Entries)
	case k != null && st.texts[k.Text] == e:
		delete(st.texts, k.Text)
	}
}

// Key returns the key of e's row, under which the identity map has it.
func (st *Store) Key(e *Entry) Key {
	if st.Keys.PlainNumber() {
		return Key{Number: e.number}
	}
	return st.Keys.Of(e.Row())
}

// new returns an entry for an object, tied to its relationships.
func (st *Store) new(obj mem.Ptr, s State) *Entry {
	if st.used == len(st.spare) {
		st.spare, st.used = make([]Entry, min(max(1, len(st.Entries)), entity.MaxSlab)), 0
	}
	e := &st.spare[st.used]
	st.used++
	e.Handle = relate.Handle{Object: obj, Home: &st.home}
	e.State = s
	st.append(e)
	st.tie(e)
	return e
}

func (st *Store) append(e *Entry) {
	if n := len(st.Entries); n == cap(st.Entries) {
		st.Entries = slices.Grow(st.Entries, max(1, n))
	}
	e.At = uint32(len(st.Entries))
	st.Entries = append(st.Entries, e)
}

// tie makes the object's relationships know the session.
func (st *Store) tie(e *Entry) {
	for _, r := range st.Mapping.Relations {
		relate.Attach(r, e.Object, &e.Handle)
	}
}

// Find returns the entry of an object, nil when it is not in the session.
func (st *Store) Find(obj mem.Ptr) *Entry {
	if e := st.Lookup(st.Keys.Of(obj)); e != nil && e.Object == obj {
		return e
	}
	if st.places == nil { // it is new, or its key was changed since it was read
		st.places = make(map[mem.Ptr]*Entry, len(st.Entries))
	}
	for _, e := range st.Entries[st.placed:] {
		st.places[e.Object] = e
	}
	st.placed = len(st.Entries)
	return st.places[obj]
}

// forget takes objects out of the session.
func (st *Store) forget(es ...*Entry) {
	if len(es) == 0 {
		return
	}
	for _, e := range es {
		if e.State != Pending {
			st.Unindex(e, st.Key(e))
		}
		delete(st.places, e.Object)
		delete(st.Objects.assigned, e)
		e.Home = &st.away
	}
	kept := make([]*Entry, 0, len(st.Entries))
	placed := 0
	for i, e := range st.Entries {
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
func (st *Store) renumber(kept []*Entry) {
	for i, e := range kept {
		e.At = uint32(i)
	}
	for i, at := range st.numbers.slots {
		if at != 0 {
			st.numbers.slots[i] = st.Entries[at-1].At + 1
		}
	}
	st.Entries = kept
}

// read takes an entity off the wire: the object that the session has for its key, refreshed when it is stale, or a new
// one. Where the key is a plain number it is looked at first, and a row that is known already is not decoded.
func (st *Store) read(r entity.Row, refresh bool) (*Entry, error) {
	k, early := st.keyOf(r)
	if early {
		if e := st.Lookup(k); e != nil {
			return st.again(e, r, refresh)
		}
	}
	obj, image, err := st.decode(r)
	if err != nil {
		return nil, err
	}
	if !early {
		k = st.Keys.Of(obj)
		if e := st.Lookup(k); e != nil {
			e.take(obj, image, refresh, &r.Place.Part)
			st.unused(obj)
			return e, nil
		}
	}
	e := st.new(obj, Persistent)
	st.Index(e, k)
	e.isRow(image)
	e.Partial = r.Place.Partial
	return e, nil
}

// again takes the row of an object that the session has.
func (st *Store) again(e *Entry, r entity.Row, refresh bool) (*Entry, error) {
	if !e.wants(refresh) {
		return e, nil
	}
	obj, image, err := st.decode(r)
	if err != nil {
		return nil, err
	}
	e.take(obj, image, refresh, &r.Place.Part)
	st.unused(obj)
	return e, nil
}

// decode decodes a row into a new object, and returns the row's image where rows are kept as images.
func (st *Store) decode(r entity.Row) (obj mem.Ptr, image string, err error) {
	obj = st.slab.Object(st.Mapping)
	if !r.Place.Partial && st.images(r.Shape()) {
		image, err = r.ObjectAndImage(obj)
	} else {
		err = r.Object(obj)
	}
	if err != nil {
		st.unused(obj)
	}
	return obj, image, err
}

// keyOf returns the key of a row before it is decoded; false where it is no plain number.
func (st *Store) keyOf(r entity.Row) (Key, bool) {
	if !st.Keys.PlainNumber() {
		return Key{}, false
	}
	n, ok := r.Number()
	return Key{Number: n}, ok
}

// images reports whether rows that are read by r are kept as images.
func (st *Store) images(r *decode.Row) bool {
	if st.row == nil && r.Exact() && len(st.Mapping.Deferred) == 0 { // an image tells nothing of columns that are not read
		st.row = r
	}
	return st.row == r
}

// unused takes back the object that was made last.
func (st *Store) unused(obj mem.Ptr) {
	st.Mapping.Assign(obj, st.zero())
	st.slab.Back()
}

// zero is an object that is never used.
func (st *Store) zero() mem.Ptr {
	if st.Objects.zeros == nil {
		st.Objects.zeros = map[*meta.Mapping]mem.Ptr{}
	}
	z := st.Objects.zeros[st.Mapping]
	if z == nil {
		z = st.Mapping.New(1)
		st.Objects.zeros[st.Mapping] = z
	}
	return z
}

// hasChanges reports whether a flush would write something of this mapping.
func (st *Store) hasChanges() bool {
	for _, e := range st.Entries {
		switch e.State {
		case Pending, Doomed:
			return true
		case Persistent:
			if e.changes() {
				return true
			}
		}
	}
	return false
}

// Overwrite gives an object the values of its row, and remembers those that it had before the transaction.
func (st *Store) Overwrite(e *Entry, row mem.Ptr) {
	if !e.rowStays() {
		return
	}
	st.Writes(e)
	e.Remember()
	was := st.Key(e)
	st.Objects.Moves(st.Mapping).Row(e, e.Row(), row)
	CopyColumns(st.Mapping, e.Object, row)
	e.Snapshot()
	if k := st.Keys.Of(e.Object); k != was {
		st.Unindex(e, was)
		st.Index(e, k)
	}
}

// Gone takes objects whose rows were deleted out of the session, to come back if the transaction is rolled back.
func (st *Store) Gone(es []*Entry) {
	st.Objects.Moves(st.Mapping).Gone(es)
	for _, e := range es {
		if e.State == Persistent || e.State == Doomed {
			st.Writes(e)
			st.Unindex(e, st.Key(e))
			e.State = Deleted
		}
	}
}
