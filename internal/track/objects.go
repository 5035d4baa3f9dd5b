// Package track holds the objects of a unit of work: which there are (the identity map), what each is to the database (its
// state, and the row that it was read from), and what was done to them and their relationships and is not flushed. It has no
// connection, no SQL and no context: all of it can be tested without a database.
//
// A unit of work has one Objects, with a Store for each mapping, with an Entry for each object.
package track

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Objects are the objects that a unit of work knows, with all that it knows of them: a store for each mapping, and the
// changes of relationships that are not flushed. It has no connection and sends nothing.
type Objects struct {
	schema   Schema
	lazy     LazyLoader
	epoch    uint32          // grows with every commit, rollback and savepoint
	current  uint32          // what has an earlier epoch is stale
	layers   []layer         // savepoints, the innermost last
	Stores   []*Store        // of the mappings that it has met, those that others refer to first
	few      [4]*Store       // memory for order
	Links    []Link          // changes of relationships that are not flushed yet
	linkAt   map[linkKey]int // position in links
	Pairs    []*Pair         // changes of many-to-many relationships that are not flushed yet
	pairAt   map[pairKey]*Pair
	replaced []Replaced // one-to-ones that were set without being loaded
	absent   []absent   // what relationships were given that do not bring it with them
	arranged []arranged // ordered lists that were put into another order
	placed   []placed   // what the flush that is being prepared gave objects as their places
	Frozen   bool       // no relationship may be set now
	thawed   bool       // one was, all the same
	Deleting bool       // an object is marked for deletion
	moves    []*Moves   // what follows when rows of a mapping change
	ties     []tie      // new objects that are in lists of objects that were in no session
	mistake  error      // a mistake in Add or Delete, for the next flush to report
	zeros    map[*meta.Mapping]mem.Ptr
	assigned map[*Entry][]Assigned // columns that the database is to compute

	imposed   []imposed          // foreign keys of new objects that the program did not give them
	referring map[linkKey]*Entry // objects whose rows refer to one whose key is about to change

	Database any        // what is equal for sessions on the same database only
	Schema   string     // where tables are whose mapping names none
	asked    sync.Mutex // for what objects that have left are asked
}

// Schema is what objects must know of the schema that they belong to.
type Schema interface {
	// Position returns the place of a mapping, those that others refer to first; false when it is not of the schema.
	Position(m *meta.Mapping) (int, bool)
	// MappingOf returns the mapping of a struct type, nil when it has none.
	MappingOf(t reflect.Type) *meta.Mapping
}

// LazyLoader loads a relationship that is asked for and not there.
type LazyLoader interface {
	LazyLoad(ctx context.Context, e *Entry, r *meta.Relation) error
}

// Init makes o ready, without any object.
func (o *Objects) Init(s Schema, lazy LazyLoader) {
	o.schema, o.lazy, o.epoch, o.current = s, lazy, 1, 1
	o.Stores = o.few[:0]
}

// Epoch grows with every commit, rollback and savepoint: what is read now has it.
func (o *Objects) Epoch() uint32 { return o.epoch }

// Current reports whether what was read in an epoch still holds.
func (o *Objects) Current(epoch uint32) bool { return epoch >= o.current }

// LoadRelation loads a relationship for an object and for all that one query read with it, in one statement at most. It
// is for package model.
func (o *Objects) LoadRelation(ctx context.Context, h *relate.Handle, r *meta.Relation) error {
	return o.lazy.LazyLoad(ctx, entryOf(h), r)
}

// Store returns the store of a mapping, nil when it is not in the schema.
func (o *Objects) Store(m *meta.Mapping) *Store {
	for _, st := range o.Stores {
		if st.Mapping == m {
			return st
		}
	}
	at, ok := o.schema.Position(m)
	if !ok {
		return nil
	}
	i := 0
	for i < len(o.Stores) && o.Stores[i].position < at {
		i++
	}
	st := newStore(o, m, at)
	o.Stores = slices.Insert(o.Stores, i, st)
	return st
}

// StoreOf returns the store of a table's objects, nil when there are none.
func (o *Objects) StoreOf(t *ast.Table) *Store {
	for _, st := range o.Stores { // a mapping that was not met yet has no objects
		if st.Mapping.Table == t.Real() {
			return st
		}
	}
	return nil
}

// locate returns the store of an object's type.
func (o *Objects) locate(obj any) (*Store, mem.Ptr, error) {
	v := reflect.ValueOf(obj)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, nil, fmt.Errorf("%w: %T is not a pointer to a mapped struct, or it is nil", fault.ErrNotMapped, obj)
	}
	m := o.schema.MappingOf(v.Type().Elem())
	if m == nil {
		return nil, nil, fmt.Errorf("%w: %s", fault.ErrNotMapped, v.Type().Elem())
	}
	return o.Store(m), v.UnsafePointer(), nil
}

// Known returns the entry of an object that is here.
func (o *Objects) Known(obj any) (*Entry, error) {
	st, p, err := o.locate(obj)
	if err != nil {
		return nil, err
	}
	e := st.Find(p)
	if e == nil || e.State == Deleted {
		return nil, fmt.Errorf("%w: %s", fault.ErrNotInSession, st.Mapping.Describe(p))
	}
	return e, nil
}

// Stored returns the entry of an object that is here and has a row.
func (o *Objects) Stored(obj any) (*Entry, error) {
	e, err := o.Known(obj)
	if err == nil && e.State == Pending {
		return nil, fmt.Errorf("%w: %s", fault.ErrNotFlushed, e.Describe())
	}
	return e, err
}

// elsewhere reports whether an object belongs to another session: its relationships know.
func (o *Objects) elsewhere(m *meta.Mapping, obj mem.Ptr) bool {
	for _, r := range m.Relations {
		h := relate.HandleOf(r, obj)
		if h != nil && h.Object == obj && h.Loader != nil && h.Loader != relate.Loader(o) {
			return true
		}
	}
	return false
}

// Add takes in an object, whose row the next flush inserts if it is new: not if the object knows that it has one.
func (o *Objects) Add(obj any) error {
	st, p, err := o.locate(obj)
	if err != nil {
		return err
	}
	_, err = o.takeIn(st, p)
	return err
}

// Delete marks an object for deletion.
func (o *Objects) Delete(obj any) error {
	st, p, err := o.locate(obj)
	if err != nil {
		return err
	}
	e := st.Find(p)
	if e == nil {
		return fmt.Errorf("%w: %s", fault.ErrNotInSession, st.Mapping.Describe(p))
	}
	o.doom(e)
	return nil
}

func (o *Objects) doom(e *Entry) {
	switch e.State {
	case Pending:
		o.Withdraw(o.members(e))
	case Persistent:
		e.State = Doomed
		o.Deleting = true
	}
}

// Detach lets go of all objects at once, and of what was not committed of them: their relationships cannot load any more.
func (o *Objects) Detach() {
	for _, st := range o.Stores {
		st.home.Loader = nil
		for _, e := range st.Written {
			e.undone()
		}
	}
}

// All iterates over all entries, store by store.
func (o *Objects) All() func(yield func(*Entry) bool) {
	return func(yield func(*Entry) bool) {
		for _, st := range o.Stores {
			for _, e := range st.Entries {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// Empty reports whether there are no objects.
func (o *Objects) Empty() bool {
	for _, st := range o.Stores {
		if len(st.Entries) > 0 {
			return false
		}
	}
	return true
}

// Len returns the number of objects.
func (o *Objects) Len() int {
	n := 0
	for e := range o.All() {
		if e.State != Deleted {
			n++
		}
	}
	return n
}
