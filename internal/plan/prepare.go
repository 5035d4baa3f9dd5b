package plan

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// Preparation is the first phase of a flush: it finds what goes with deleted objects, decides what new objects are, gives
// columns their defaults and foreign keys their values. It may load; an error, also one of Plan, leaves every object as it was, but for
// defaults.
type Preparation struct {
	objs       *track.Objects
	load       ListLoader
	journal    journal
	late       map[*track.Entry][]track.Link   // foreign keys that wait for a key of the database, by child
	parents    map[*track.Entry][]*track.Entry // new parents of a child
	post       []track.Link                    // between new rows, to be written once both are there
	releases   []Step                          // foreign keys to be set to NULL before rows are deleted
	switched   []switched                      // objects whose rows new ones take over
	unassigned []unassigned                    // of objects whose rows are kept as deleted
	changes    []changes                       // of the stores that have some, in order
	stamped    map[*track.Entry]stamped        // changed objects that have hooks
}

// ListLoader loads lists of objects that are to be deleted, for what goes with them, and what ordered lists have.
type ListLoader interface {
	LoadLists(ctx context.Context, r *meta.Relation, owners []*track.Entry) error
	// LastPlaces returns the greatest position in the ordered list of each owner, nil where it has no rows.
	LastPlaces(ctx context.Context, r *meta.Relation, owners []*track.Entry) ([]*int64, error)
}

// changes are the objects of a mapping that a flush inserts or updates.
type changes struct {
	store         *track.Store
	fresh         []*track.Entry // new
	before, after []*track.Entry // changed; after: those that are to refer to new rows of their own table
}

// Prepare prepares the flush of all objects. p is new, or Reset.
func (p *Preparation) Prepare(ctx context.Context, o *track.Objects, load ListLoader) error {
	p.objs, p.load = o, load
	if err := p.decide(ctx); err != nil {
		o.TakeBackPlaces()
		p.journal.undo(o)
		return err
	}
	p.drawKeys()
	p.collect()
	p.raise()
	p.keepSoftly()
	p.release()
	return nil
}

// Reset forgets all but the memory that the next Prepare can use.
func (p *Preparation) Reset() {
	clear(p.changes[:cap(p.changes)])
	*p = Preparation{changes: p.changes[:0]}
}

// decide finds out which objects the flush is about, and fails where it cannot be done.
func (p *Preparation) decide(ctx context.Context) error {
	if err := p.loadReplaced(ctx); err != nil {
		return err
	}
	if err := p.objs.CheckTies(); err != nil {
		return err
	}
	if err := p.objs.CheckAbsent(); err != nil {
		return err
	}
	if err := p.checkKept(); err != nil {
		return err
	}
	if p.objs.Deleting {
		p.journal.begin(p.objs)
		if err := p.cascade(ctx); err != nil {
			return err
		}
		p.switchRows()
	}
	if err := p.checkPairs(); err != nil {
		return err
	}
	if err := p.place(ctx); err != nil {
		return err
	}
	return p.findParents()
}

// findParents notes which new rows others are to refer to, and fails where a foreign key cannot be what it is to be.
func (p *Preparation) findParents() error {
	for i := range p.objs.Links {
		l := &p.objs.Links[i]
		if l.Child.Goes() || l.Postponed() {
			continue
		}
		if err := l.Check(); err != nil {
			return err
		}
		switch {
		case l.Parent == nil || l.Parent.Goes():
		case l.Parent.State == track.Pending:
			p.awaits(l.Child, l.Parent)
		default: // its key may be that of a new row
			p.awaits(l.Child, l.Await()...)
			if l.KeyMoves() && l.Child != l.Parent && l.Child.Store() == l.Parent.Store() {
				p.awaits(l.Child, l.Parent)
			}
		}
	}
	return p.checkCircles()
}

// awaits notes that a row must be written after others.
func (p *Preparation) awaits(child *track.Entry, parents ...*track.Entry) {
	if len(parents) == 0 {
		return
	}
	if p.parents == nil {
		p.parents = map[*track.Entry][]*track.Entry{}
	}
	p.parents[child] = append(p.parents[child], parents...)
}

// drawKeys copies the keys of parents into the foreign keys of their children, where they are known.
func (p *Preparation) drawKeys() {
	p.stampParents()
	for i := range p.objs.Links {
		l := &p.objs.Links[i]
		if !follows(l) {
			continue
		}
		l.Unassign()
		if l.Postponed() {
			p.post = append(p.post, *l)
			(&track.Link{Relation: l.Relation, Child: l.Child}).Sync() // to NULL
			continue
		}
		if !l.Sync() {
			if p.late == nil {
				p.late = map[*track.Entry][]track.Link{}
			}
			p.late[l.Child] = append(p.late[l.Child], *l)
		}
	}
}

// follows reports whether the foreign key of a change is to be what it says: both objects stay.
func follows(l *track.Link) bool {
	return !l.Child.Goes() && (l.Parent == nil || l.Parent.State != track.Leaving)
}

// stampParents gives new objects that others refer to their defaults: their keys may be among them.
func (p *Preparation) stampParents() {
	for i := range p.objs.Links {
		if l := &p.objs.Links[i]; l.Parent != nil && l.Parent.State == track.Pending && !l.Child.Goes() {
			stamp(l.Parent)
		}
	}
}

// collect goes once through all objects and finds those that are to be written.
func (p *Preparation) collect() {
	for _, st := range p.objs.Stores {
		c := changes{store: st}
		for _, e := range st.Entries {
			p.sortIn(&c, e)
		}
		if c.fresh == nil && c.before == nil && c.after == nil {
			continue
		}
		p.stampUpdates(st, c.before)
		stampAll(c.fresh, stamp)
		p.stampUpdates(st, c.after)
		p.changes = append(p.changes, c)
	}
}

func (p *Preparation) sortIn(c *changes, e *track.Entry) {
	switch {
	case e.State == track.Pending:
		c.fresh = append(c.fresh, e)
	case e.State != track.Persistent:
	case p.parents != nil && p.refersToNew(e):
		if len(p.late[e]) > 0 || c.store.Changes(e) {
			c.after = append(c.after, e)
		}
	case c.store.Changes(e) || p.late != nil && len(p.late[e]) > 0:
		c.before = append(c.before, e)
	}
}

// refersToNew reports whether a row is to refer to a new row of its own table.
func (p *Preparation) refersToNew(e *track.Entry) bool {
	return slices.ContainsFunc(p.parents[e], func(parent *track.Entry) bool { return parent.Store() == e.Store() })
}

func stampAll(entries []*track.Entry, stamp func(*track.Entry)) {
	for _, e := range entries {
		stamp(e)
	}
}

// stamp gives a new object the defaults of its columns, once.
func stamp(e *track.Entry) {
	if e.Defaulted {
		return
	}
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Default != nil && f.IsZero(e.Object) && !e.Computes(i) {
			f.Set(e.Object, f.Default())
		}
	}
	e.Defaulted = true // not before: a function may panic, and the program go on
}

// stampUpdate gives a changed object new values of the columns that follow every change.
func stampUpdate(e *track.Entry) {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.OnUpdate != nil && !e.Computes(i) && f.Access.Equal(mem.Add(e.Object, f.Offset), mem.Add(e.Row(), f.Offset)) {
			f.Set(e.Object, f.OnUpdate())
		}
	}
}

// PrepareInsert gives new objects that nobody tracks the foreign keys of the objects that they refer to, and their defaults.
func PrepareInsert(entries []*track.Entry) error {
	for _, e := range entries {
		if err := followRefs(e); err != nil {
			return fault.During("BulkInsert of "+e.Describe(), err)
		}
		stamp(e)
	}
	return nil
}

// followRefs copies the keys of the objects that an object was made to refer to into its foreign keys.
func followRefs(e *track.Entry) error {
	for _, r := range e.Mapping.Relations {
		if r.Many {
			continue
		}
		ref := relate.RefOf(r, e.Object)
		if !ref.Dirty || ref.Object == nil {
			continue
		}
		parent := &track.Entry{Handle: relate.Handle{Object: ref.Object, Home: &relate.Home{Mapping: r.Target, Owner: e.Owner}}}
		if l := (track.Link{Relation: r, Child: e, Parent: parent}); !l.Sync() {
			return fmt.Errorf("%s of it is %s, whose row is not there yet", r.Name, parent.Describe())
		}
	}
	return nil
}

// PrepareUpdate gives objects that nobody tracks new values of the columns that follow every change, and returns those columns
// beside the ones given, in the table's order.
func PrepareUpdate(m *meta.Mapping, entries []*track.Entry, columns []int) ([]int, error) {
	if err := rememberVersions(m, entries); err != nil {
		return nil, err
	}
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
	columns = raiseVersions(m, entries, columns)
	slices.Sort(columns)
	return columns, nil
}
