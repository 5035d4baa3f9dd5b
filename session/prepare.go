package session

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// preparation is the first phase of a flush: it finds what goes with deleted objects, decides what new objects are, gives
// columns their defaults and foreign keys their values. It may load; an error leaves every object as it was.
type preparation struct {
	objs     *objects
	load     listLoader
	journal  journal
	late     map[*entry][]link   // foreign keys that wait for a key of the database, by child
	parents  map[*entry][]*entry // new parents of a child
	post     []link              // between new rows, to be written once both are there
	releases []step              // foreign keys to be set to NULL before rows are deleted
	changes  []changes           // of the stores that have some, in order
}

// listLoader loads lists of objects that are to be deleted, for what goes with them.
type listLoader interface {
	LoadLists(ctx context.Context, r *meta.Relation, owners []*entry) error
}

// changes are the objects of a mapping that a flush inserts or updates.
type changes struct {
	store         *store
	fresh         []*entry // new
	before, after []*entry // changed; after: those that are to refer to new rows of their own table
}

// prepare prepares the flush of all objects.
func (p *preparation) prepare(ctx context.Context, o *objects, load listLoader) error {
	*p = preparation{objs: o, load: load, changes: p.changes[:0]}
	if err := p.decide(ctx); err != nil {
		p.journal.undo(o)
		return err
	}
	p.journal.done()
	p.drawKeys()
	p.collect()
	p.release()
	return nil
}

// decide finds out which objects the flush is about, and fails where it cannot be done.
func (p *preparation) decide(ctx context.Context) error {
	if p.objs.deleting {
		p.journal.begin(p.objs)
		if err := p.cascade(ctx); err != nil {
			return err
		}
		p.switchRows()
	}
	return p.findParents()
}

// findParents notes which new rows others are to refer to, and fails where a foreign key cannot be what it is to be.
func (p *preparation) findParents() error {
	for i := range p.objs.links {
		l := &p.objs.links[i]
		if l.child.goes() || postponed(l) {
			continue
		}
		if err := l.check(); err != nil {
			return err
		}
		if l.parent != nil && l.parent.state == pending {
			if p.parents == nil {
				p.parents = map[*entry][]*entry{}
			}
			p.parents[l.child] = append(p.parents[l.child], l.parent)
		}
	}
	return p.checkCircles()
}

// drawKeys copies the keys of parents into the foreign keys of their children, where they are known.
func (p *preparation) drawKeys() {
	for i := range p.objs.links {
		l := &p.objs.links[i]
		if l.child.goes() {
			continue
		}
		l.unassign()
		if postponed(l) {
			p.post = append(p.post, *l)
			(&link{relation: l.relation, child: l.child}).sync() // to NULL
			continue
		}
		if l.parent != nil && l.parent.state == pending {
			stamp(l.parent) // its key may be a default
		}
		if !l.sync() {
			if p.late == nil {
				p.late = map[*entry][]link{}
			}
			p.late[l.child] = append(p.late[l.child], *l)
		}
	}
}

// collect goes once through all objects and finds those that are to be written.
func (p *preparation) collect() {
	for _, st := range p.objs.order {
		c := changes{store: st}
		for _, e := range st.entries {
			p.sortIn(&c, e)
		}
		if c.fresh == nil && c.before == nil && c.after == nil {
			continue
		}
		stampAll(c.before, stampUpdate)
		stampAll(c.fresh, stamp)
		stampAll(c.after, stampUpdate)
		p.changes = append(p.changes, c)
	}
}

func (p *preparation) sortIn(c *changes, e *entry) {
	switch {
	case e.state == pending:
		c.fresh = append(c.fresh, e)
	case e.state != persistent:
	case p.parents != nil && p.refersToNew(e):
		if len(p.late[e]) > 0 || c.store.changes(e) {
			c.after = append(c.after, e)
		}
	case c.store.changes(e) || p.late != nil && len(p.late[e]) > 0:
		c.before = append(c.before, e)
	}
}

// refersToNew reports whether a row is to refer to a new row of its own table.
func (p *preparation) refersToNew(e *entry) bool {
	return slices.ContainsFunc(p.parents[e], func(parent *entry) bool { return parent.store() == e.store() })
}

func stampAll(entries []*entry, stamp func(*entry)) {
	for _, e := range entries {
		stamp(e)
	}
}

// stamp gives a new object the defaults of its columns, once.
func stamp(e *entry) {
	if e.defaulted {
		return
	}
	e.defaulted = true
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Default != nil && f.IsZero(e.Object) && !e.computes(i) {
			f.Set(e.Object, f.Default())
		}
	}
}

// stampUpdate gives a changed object new values of the columns that follow every change.
func stampUpdate(e *entry) {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.OnUpdate != nil && !e.computes(i) && f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(e.row(), f.Offset)) {
			f.Set(e.Object, f.OnUpdate())
		}
	}
}

// withDefaults gives new objects that nobody tracks the foreign keys of the objects that they refer to, and their defaults.
func withDefaults(entries []*entry) error {
	for _, e := range entries {
		if err := followRefs(e); err != nil {
			return fault.During("Insert of "+e.describe(), err)
		}
		stamp(e)
	}
	return nil
}

// followRefs copies the keys of the objects that an object was made to refer to into its foreign keys.
func followRefs(e *entry) error {
	for _, r := range e.Mapping.Relations {
		if r.Many {
			continue
		}
		ref := r.RefAt(e.Object)
		if !ref.Dirty || ref.Object == nil {
			continue
		}
		parent := &entry{Handle: meta.Handle{Object: ref.Object, Home: &meta.Home{Mapping: r.Target, Owner: e.Owner}}}
		if l := (link{r, e, parent}); !l.sync() {
			return fmt.Errorf("%s of it is %s, whose row is not there yet", r.Name, parent.describe())
		}
	}
	return nil
}

// withOnUpdate gives objects that nobody tracks new values of the columns that follow every change, and returns those columns
// beside the ones given, in the table's order.
func withOnUpdate(m *meta.Mapping, entries []*entry, columns []int) []int {
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.OnUpdate == nil || slices.Contains(columns, i) {
			continue
		}
		for _, e := range entries {
			f.Set(e.Object, f.OnUpdate())
		}
		columns = append(columns, i)
	}
	slices.Sort(columns)
	return columns
}
