package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/rows"
)

// tracked gives the objects that a session has, and takes in new ones.
type tracked struct {
	objs    *objects
	refresh bool
	noLazy  bool
	each    *sink  // nil: there is none
	store   *store // of the entity read last
	cohorts []*cohort
	stores  []*store // cohorts[i] is of stores[i]
}

// ReadEntity returns the object for a row.
func (t *tracked) ReadEntity(r rows.Row) (mem.Ptr, error) {
	if t.store == nil || t.store.m != r.Mapping() {
		t.store = t.objs.store(r.Mapping())
	}
	before := len(t.store.entries)
	e, err := t.store.read(r, t.refresh)
	if err != nil {
		return nil, err
	}
	if len(t.store.m.Relations) > 0 {
		t.join(e)
	}
	if t.each != nil {
		err = t.each.give(e, len(t.store.entries) > before, r)
	}
	return e.Object, err
}

// sink is given the objects of a statement of the session's own.
type sink struct {
	take func(k key, e *entry)
	keys *keyer  // which columns of the row k is; nil: k means nothing
	row  mem.Ptr // scratch
}

// give gives an object with the key that its row has: the object itself may have other values, unless it is new.
func (k *sink) give(e *entry, fresh bool, r rows.Row) error {
	switch {
	case k.keys == nil:
		k.take(key{}, e)
		return nil
	case fresh:
		k.take(k.keys.of(e.Object), e)
		return nil
	}
	if k.row == nil {
		k.row = r.Mapping().New(1)
	}
	if err := r.Object(k.row); err != nil {
		return err
	}
	k.take(k.keys.of(k.row), e)
	return nil
}

// join puts e into the cohort of what this query reads.
func (t *tracked) join(e *entry) {
	i := slices.Index(t.stores, e.store())
	if i < 0 {
		i = len(t.stores)
		t.stores = append(t.stores, e.store())
		t.cohorts = append(t.cohorts, &cohort{noLazy: t.noLazy})
	}
	if c := t.cohorts[i]; e.cohort != c {
		e.cohort = c
		if n := len(c.entries); n == cap(c.entries) {
			c.entries = slices.Grow(c.entries, max(1, n))
		}
		c.entries = append(c.entries, e)
	}
}
