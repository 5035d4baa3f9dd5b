package track

import (
	"slices"

	"github.com/cupel-go/cupel/internal/entity"
	"github.com/cupel-go/cupel/internal/mem"
)

// Reader gives the objects that a session has, and takes in new ones.
type Reader struct {
	Objects *Objects
	Refresh bool
	NoLazy  bool
	Each    *Sink  // nil: there is none
	store   *Store // of the entity read last
	cohorts []*Cohort
	stores  []*Store // cohorts[i] is of stores[i]
}

// ReadEntity returns the object for a row.
func (t *Reader) ReadEntity(r entity.Row) (mem.Ptr, error) {
	if t.store == nil || t.store.Mapping != r.Mapping() {
		t.store = t.Objects.Store(r.Mapping())
	}
	before := len(t.store.Entries)
	e, err := t.store.read(r, t.Refresh)
	if err != nil {
		return nil, err
	}
	if len(t.store.Entries) > before {
		t.store.Mapping.HasRead(e.Object)
	}
	if len(t.store.Mapping.Relations) > 0 {
		t.join(e)
	}
	if t.Each != nil {
		err = t.Each.give(e, len(t.store.Entries) > before, r)
	}
	return e.Object, err
}

// Sink is given the objects of a statement of the session's own.
type Sink struct {
	Take func(k Key, e *Entry)
	Keys *Keyer  // which columns of the row k is; nil: k means nothing
	row  mem.Ptr // scratch
}

// give returns an object with the key that its row has: the object itself may have other values, unless it is new.
func (k *Sink) give(e *Entry, fresh bool, r entity.Row) error {
	switch {
	case k.Keys == nil:
		k.Take(Key{}, e)
		return nil
	case fresh:
		k.Take(k.Keys.Of(e.Object), e)
		return nil
	}
	if k.row == nil {
		k.row = r.Mapping().New(1)
	}
	if err := r.Object(k.row); err != nil {
		return err
	}
	k.Take(k.Keys.Of(k.row), e)
	return nil
}

// join puts e into the cohort of what this query reads.
func (t *Reader) join(e *Entry) {
	i := slices.Index(t.stores, e.Store())
	if i < 0 {
		i = len(t.stores)
		t.stores = append(t.stores, e.Store())
		t.cohorts = append(t.cohorts, &Cohort{NoLazy: t.NoLazy})
	}
	if c := t.cohorts[i]; e.Cohort != c {
		e.Cohort = c
		if n := len(c.Entries); n == cap(c.Entries) {
			c.Entries = slices.Grow(c.Entries, max(1, n))
		}
		c.Entries = append(c.Entries, e)
	}
}
