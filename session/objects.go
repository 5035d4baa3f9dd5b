package session

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// objects are the objects that a unit of work knows, with all that it knows of them: a store for each mapping, and the
// changes of relationships that are not flushed. It has no connection and sends nothing.
type objects struct {
	schema   schema
	lazy     lazyLoader
	epoch    uint32          // grows with every commit and rollback
	order    []*store        // of the mappings that it has met, those that others refer to first
	few      [4]*store       // memory for order
	links    []link          // changes of relationships that are not flushed yet
	linkAt   map[linkKey]int // position in links
	deleting bool            // an object is marked for deletion
	mistake  error           // a mistake in Add or Delete, for the next flush to report
	zeros    map[*meta.Mapping]mem.Ptr
	assigned map[*entry][]assigned // columns that the database is to compute
}

// schema is what objects must know of the schema that they belong to.
type schema interface {
	// Position returns the place of a mapping, those that others refer to first; false when it is not of the schema.
	Position(m *meta.Mapping) (int, bool)
	// MappingOf returns the mapping of a struct type, nil when it has none.
	MappingOf(t reflect.Type) *meta.Mapping
}

// lazyLoader loads a relationship that is asked for and not there.
type lazyLoader interface {
	LazyLoad(ctx context.Context, e *entry, r *meta.Relation) error
}

// init makes o ready, without any object.
func (o *objects) init(s schema, lazy lazyLoader) {
	o.schema, o.lazy, o.epoch = s, lazy, 1
	o.order = o.few[:0]
}

// Epoch grows with every commit and rollback, for the relationships of objects.
func (o *objects) Epoch() uint32 { return o.epoch }

// LoadRelation loads a relationship for an object and for all that one query read with it, in one statement at most. It
// is for package model.
func (o *objects) LoadRelation(ctx context.Context, h *meta.Handle, r *meta.Relation) error {
	return o.lazy.LazyLoad(ctx, entryOf(h), r)
}

// store returns the store of a mapping, nil when it is not in the schema.
func (o *objects) store(m *meta.Mapping) *store {
	for _, st := range o.order {
		if st.m == m {
			return st
		}
	}
	at, ok := o.schema.Position(m)
	if !ok {
		return nil
	}
	i := 0
	for i < len(o.order) && o.order[i].position < at {
		i++
	}
	st := newStore(o, m, at)
	o.order = slices.Insert(o.order, i, st)
	return st
}

// storeOf returns the store of a table's objects, nil when there are none.
func (o *objects) storeOf(t *ast.Table) *store {
	for _, st := range o.order { // a mapping that was not met yet has no objects
		if st.m.Table == t.Real() {
			return st
		}
	}
	return nil
}

// locate returns the store of an object's type.
func (o *objects) locate(obj any) (*store, mem.Ptr, error) {
	v := reflect.ValueOf(obj)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, nil, fmt.Errorf("%w: %T is not a pointer to a mapped struct, or it is nil", fault.ErrNotMapped, obj)
	}
	m := o.schema.MappingOf(v.Type().Elem())
	if m == nil {
		return nil, nil, fmt.Errorf("%w: %s", fault.ErrNotMapped, v.Type().Elem())
	}
	return o.store(m), v.UnsafePointer(), nil
}

// known returns the entry of an object that is here.
func (o *objects) known(obj any) (*entry, error) {
	st, p, err := o.locate(obj)
	if err != nil {
		return nil, err
	}
	e := st.find(p)
	if e == nil || e.state == deleted {
		return nil, fmt.Errorf("%w: %s", fault.ErrNotInSession, st.m.Describe(p))
	}
	return e, nil
}

// stored returns the entry of an object that is here and has a row.
func (o *objects) stored(obj any) (*entry, error) {
	e, err := o.known(obj)
	if err == nil && e.state == pending {
		return nil, fmt.Errorf("%w: %s", fault.ErrNotFlushed, e.describe())
	}
	return e, err
}

// blame records a mistake for the next flush to report.
func (o *objects) blame(err error) {
	if o.mistake == nil {
		o.mistake = err
	}
}

// failing reports whether a mistake was recorded.
func (o *objects) failing() bool { return o.mistake != nil }

// takeMistake returns the mistake that was recorded, once.
func (o *objects) takeMistake() error {
	err := o.mistake
	o.mistake = nil
	return err
}

// elsewhere reports whether an object belongs to another session: its relationships know.
func (o *objects) elsewhere(m *meta.Mapping, obj mem.Ptr) bool {
	for _, r := range m.Relations {
		h := r.HandleOf(obj)
		if h != nil && h.Object == obj && h.Loader != nil && h.Loader != meta.Loader(o) {
			return true
		}
	}
	return false
}

// add takes in an object, whose row the next flush inserts if it is new.
func (o *objects) add(obj any) error {
	st, p, err := o.locate(obj)
	if err != nil {
		return err
	}
	if o.elsewhere(st.m, p) {
		return fmt.Errorf("%w: %s", fault.ErrOtherSession, st.m.Describe(p))
	}
	o.addTo(st, p)
	return nil
}

func (o *objects) addTo(st *store, obj mem.Ptr) *entry {
	if e := st.find(obj); e != nil {
		e.keep()
		if e.state == deleted {
			e.renew()
			o.adopt(e)
		}
		return e
	}
	e := st.new(obj, pending)
	o.adopt(e)
	return e
}

// delete marks an object for deletion.
func (o *objects) delete(obj any) error {
	st, p, err := o.locate(obj)
	if err != nil {
		return err
	}
	e := st.find(p)
	if e == nil {
		return fmt.Errorf("%w: %s", fault.ErrNotInSession, st.m.Describe(p))
	}
	o.doom(e)
	return nil
}

func (o *objects) doom(e *entry) {
	switch e.state {
	case pending:
		o.unlink(e)
		e.withdraw()
	case persistent:
		e.state = doomed
		o.deleting = true
	}
}

// expunge lets go of objects; those that are not here are left alone.
func (o *objects) expunge(objs []any) {
	leaving := map[*store][]*entry{}
	for _, obj := range objs {
		if st, p, err := o.locate(obj); err == nil {
			if e := st.find(p); e != nil {
				o.unlink(e)
				leaving[st] = append(leaving[st], e)
			}
		}
	}
	for st, es := range leaving {
		st.forget(es...)
	}
}

// detach lets go of all objects at once: their relationships cannot load any more.
func (o *objects) detach() {
	for _, st := range o.order {
		st.home.Loader = nil
	}
}

// expire makes an object that has a row stale, and discards what is not flushed of it.
func (o *objects) expire(obj any) error {
	e, err := o.stored(obj)
	if err != nil {
		return err
	}
	o.discardLinks(func(l *link) bool { return l.child == e }, nil)
	e.expire()
	return nil
}

// expireAll makes all objects that have rows stale.
func (o *objects) expireAll() {
	o.discardLinks(func(l *link) bool { return l.child.hasRow() }, nil)
	for e := range o.all() {
		if e.hasRow() {
			e.expire()
		}
	}
}

// all iterates over all entries, store by store.
func (o *objects) all() func(yield func(*entry) bool) {
	return func(yield func(*entry) bool) {
		for _, st := range o.order {
			for _, e := range st.entries {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// empty reports whether there are no objects.
func (o *objects) empty() bool {
	for _, st := range o.order {
		if len(st.entries) > 0 {
			return false
		}
	}
	return true
}

// count returns the number of objects.
func (o *objects) count() int {
	n := 0
	for e := range o.all() {
		if e.state != deleted {
			n++
		}
	}
	return n
}

// touches reports whether a flush would write to one of the tables. A deletion may reach any, by cascades; a nil among the
// tables stands for those that raw SQL may read.
func (o *objects) touches(tables []*ast.Table) bool {
	if o.deleting {
		return true
	}
	if slices.Contains(tables, nil) {
		return len(o.links) > 0 || slices.ContainsFunc(o.order, (*store).hasChanges)
	}
	about := func(t *ast.Table) bool {
		return slices.ContainsFunc(tables, func(u *ast.Table) bool { return u.Real() == t })
	}
	for _, l := range o.links {
		if about(l.child.Mapping.Table) {
			return true
		}
	}
	for _, st := range o.order {
		if len(st.entries) > 0 && about(st.m.Table) && st.hasChanges() {
			return true
		}
	}
	return false
}

// dirty reports whether the next flush updates an object's row: columns differ from it, or a relationship was given another
// object.
func (o *objects) dirty(e *entry) bool {
	if e.state != persistent {
		return false
	}
	if !slices.ContainsFunc(o.links, func(l link) bool { return l.child == e }) {
		return e.changes()
	}
	row, late := o.future(e)
	return len(late) > 0 || e.assigned() != nil || !e.Mapping.Snapshots.Same(row, e.row())
}
