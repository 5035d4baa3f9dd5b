package session

import (
	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// store holds a session's objects of one mapping: the identity map.
type store struct {
	session  *Session
	position int // of the mapping in the schema
	m        *meta.Mapping
	keys     keyer
	ints     map[int64]*entry   // by a lone integer key
	strs     map[string]*entry  // by any other key
	entries  []*entry           // all of them, in the order in which they came
	places   map[mem.Ptr]*entry // by address: the first placed of entries
	placed   int
	objects  slabs
	snaps    slabs
	spare    []entry
	written  []*entry // those whose rows this transaction wrote
}

func newStore(s *Session, m *meta.Mapping, position int) *store {
	return &store{session: s, m: m, position: position, keys: newKeyer(m, m.Key)}
}

func (st *store) lookup(k key) *entry {
	if k.s == "" {
		return st.ints[k.i]
	}
	return st.strs[k.s]
}

func (st *store) index(e *entry, k key) {
	e.key = k
	switch {
	case k.s != "":
		if st.strs == nil {
			st.strs = map[string]*entry{}
		}
		st.strs[k.s] = e
	default:
		if st.ints == nil {
			st.ints = map[int64]*entry{}
		}
		st.ints[k.i] = e
	}
}

// unindex takes e out of the identity map, unless another object has its key by now.
func (st *store) unindex(e *entry) {
	if st.lookup(e.key) != e {
		return
	}
	if e.key.s == "" {
		delete(st.ints, e.key.i)
	} else {
		delete(st.strs, e.key.s)
	}
}

// new gives an entry for an object, tied to its relationships.
func (st *store) new(obj mem.Ptr, s state) *entry {
	if len(st.spare) == 0 {
		st.spare = make([]entry, min(max(1, len(st.entries)), maxSlab))
	}
	e := &st.spare[0]
	st.spare = st.spare[1:]
	e.Handle = meta.Handle{Object: obj, Mapping: st.m, Loader: st.session}
	e.store, e.state = st, s
	st.entries = append(st.entries, e)
	st.tie(e)
	return e
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
			st.unindex(e)
		}
		delete(st.places, e.Object)
		delete(st.session.assigned, e)
		e.Loader = nil
	}
	kept := st.entries[:0]
	for i, e := range st.entries {
		if i == st.placed {
			st.placed = len(kept)
		}
		if e.Loader != nil {
			kept = append(kept, e)
		}
	}
	st.placed = min(st.placed, len(kept))
	clear(st.entries[len(kept):])
	st.entries = kept
}

// read takes an entity off the wire: the object that the session has for its key, refreshed when it is stale, or a new
// one.
func (st *store) read(pl *place, values [][]byte, a *decode.Arena, refresh bool) (*entry, error) {
	obj := st.objects.next(st.m)
	if err := pl.object(obj, values, a); err != nil {
		st.objects.back(obj)
		return nil, err
	}
	k := st.keys.of(obj)
	if e := st.lookup(k); e != nil {
		e.keepDeferred(obj, nil)
		switch {
		case e.state == persistent && refresh:
			copyColumns(st.m, e.Object, obj)
			e.snapshot()
			delete(st.session.assigned, e)
		case e.state == persistent && e.stale():
			e.merge(obj)
		}
		st.m.Assign(obj, st.zero())
		st.objects.back(obj)
		return e, nil
	}
	e := st.new(obj, persistent)
	st.index(e, k)
	e.snapshot()
	return e, nil
}

// zero gives an object that is never used.
func (st *store) zero() mem.Ptr {
	if st.session.zeros == nil {
		st.session.zeros = map[*meta.Mapping]mem.Ptr{}
	}
	z := st.session.zeros[st.m]
	if z == nil {
		z = st.m.New(1)
		st.session.zeros[st.m] = z
	}
	return z
}
