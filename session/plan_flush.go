package session

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

type relation = meta.Relation

type stepKind uint8

const (
	insertStep stepKind = iota
	updateStep
	deleteStep
)

func (k stepKind) String() string { return [...]string{"INSERT", "UPDATE", "DELETE"}[k] }

// step writes some objects of one mapping with one kind of statement.
type step struct {
	kind    stepKind
	store   *store
	entries []*entry
	columns []int  // of the statement
	links   []link // foreign keys to be filled in when their parents have keys
	post    bool   // an UPDATE of a foreign key only, of rows that are inserted or deleted in this flush; see model.PostUpdate

	assigned []assigned // columns that the database computes for the only object
}

// plan is what a flush will do, in order. Making it sends nothing.
type plan struct{ steps []step }

// String prints the plan: a line a step.
func (p *plan) String() string {
	var b strings.Builder
	for _, st := range p.steps {
		fmt.Fprintf(&b, "%s %s: %s\n", st.kind, st.store.m.Table, describeAll(st.entries))
	}
	return b.String()
}

// fillIn fills in the foreign keys of the step's objects; false when an earlier step's INSERT has yet to generate one.
func (st *step) fillIn() bool {
	complete := true
	for i := range st.links {
		l := &st.links[i]
		if st.post && !l.child.hasKey(l.child.Mapping.Table.PrimaryKey) || !l.sync() {
			complete = false
		}
	}
	return complete
}

// pendingLinks are the changes of relationships that order a flush.
type pendingLinks struct {
	late    map[*entry][]link   // foreign keys that wait for a key of the database, by child
	parents map[*entry][]*entry // new parents of a child
	post    []link              // between new rows, to be written once both are there
}

// plan works out what a flush will do: mapping by mapping, those that others refer to first: changed rows, new rows,
// and changed rows that refer to those; at last the deleted rows, the other way round.
func (s *Session) plan() (*plan, error) {
	var ls pendingLinks
	if len(s.links) > 0 {
		ls = pendingLinks{late: map[*entry][]link{}, parents: map[*entry][]*entry{}}
	}
	for i := range s.links {
		l := &s.links[i]
		if l.child.state == doomed || l.child.state == deleted {
			continue
		}
		l.unassign()
		if l.postponed() {
			ls.post = append(ls.post, *l)
			(&link{relation: l.relation, child: l.child}).sync() // to NULL
			continue
		}
		if err := l.check(); err != nil {
			return nil, err
		}
		if !l.sync() {
			ls.late[l.child] = append(ls.late[l.child], *l)
		}
		if l.parent != nil && l.parent.state == pending {
			ls.parents[l.child] = append(ls.parents[l.child], l.parent)
		}
	}
	s.flushing = plan{}
	p := &s.flushing
	for _, st := range s.order {
		c := st.findChanges(ls)
		st.planUpdates(p, c.before, ls)
		if err := st.planInserts(p, c.fresh, ls); err != nil {
			return nil, err
		}
		st.planUpdates(p, c.after, ls)
	}
	if err := p.sort(ls.parents); err != nil {
		return nil, err
	}
	p.planPostponed(ls.post)
	s.planReleases(p)
	if s.deleting {
		for _, st := range slices.Backward(s.order) {
			st.planDeletes(p)
		}
	}
	return p, nil
}

// changes are the objects of a mapping that a flush inserts or updates.
type changes struct {
	fresh         []*entry // new
	before, after []*entry // changed; after: those that are to refer to new rows of their own table
}

// findChanges goes once through the objects of a mapping.
func (st *store) findChanges(ls pendingLinks) (c changes) {
	linked := ls.parents != nil
	for _, e := range st.entries {
		switch {
		case e.state == pending:
			c.fresh = append(c.fresh, e)
		case e.state != persistent:
		case linked && refersToNew(e, ls.parents):
			if len(ls.late[e]) > 0 || st.changes(e) {
				c.after = append(c.after, e)
			}
		case st.changes(e) || linked && len(ls.late[e]) > 0:
			c.before = append(c.before, e)
		}
	}
	return c
}

// planInserts plans the pending objects: those of the same shape in one step, in the order in which they were added; a
// row that refers to another new row of its table after that one.
func (st *store) planInserts(p *plan, fresh []*entry, ls pendingLinks) error {
	if len(fresh) == 0 {
		return nil
	}
	levels, err := levelsOf(fresh, ls.parents)
	if err != nil {
		return err
	}
	for _, level := range levels {
		for _, e := range level {
			stamp(e)
		}
		st.group(p, insertStep, level, ls.late, func(buf []int, e *entry) []int { return insertColumns(buf, e, ls.late[e]) })
	}
	return nil
}

// stamp gives a new object the defaults of its columns.
func stamp(e *entry) {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Default != nil && f.IsZero(e.Object) && !e.computes(i) {
			f.Set(e.Object, f.Default())
		}
	}
}

// insertColumns gives the columns that an INSERT of e names, appended to columns: not those that the database is to
// fill in.
func insertColumns(columns []int, e *entry, late []link) []int {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Computed() && f.IsZero(e.Object) && !fills(late, f) || e.computes(i) {
			continue
		}
		columns = append(columns, i)
	}
	return columns
}

func fills(late []link, f *meta.Field) bool {
	return slices.ContainsFunc(late, func(l link) bool {
		columns, _ := l.relation.ForeignKey()
		return slices.Contains(columns, f.Column)
	})
}

// levelsOf puts new objects of one mapping that refer to each other into levels: the first refer to none.
func levelsOf(fresh []*entry, parents map[*entry][]*entry) ([][]*entry, error) {
	if len(parents) == 0 {
		return [][]*entry{fresh}, nil
	}
	depth := map[*entry]int{}
	var depthOf func(e *entry, above []*entry) (int, error)
	depthOf = func(e *entry, above []*entry) (int, error) {
		if d, ok := depth[e]; ok {
			return d, nil
		}
		if slices.Contains(above, e) {
			return 0, fmt.Errorf("%w: %s", ErrCircle, describeAll(append(above, e)))
		}
		d := 0
		for _, parent := range parents[e] {
			if parent.store() != e.store() {
				continue
			}
			pd, err := depthOf(parent, append(above, e))
			if err != nil {
				return 0, err
			}
			d = max(d, pd+1)
		}
		depth[e] = d
		return d, nil
	}
	var levels [][]*entry
	for _, e := range fresh {
		d, err := depthOf(e, nil)
		if err != nil {
			return nil, err
		}
		for len(levels) <= d {
			levels = append(levels, nil)
		}
		levels[d] = append(levels[d], e)
	}
	return levels, nil
}

// planUpdates plans changed objects: those with the same changed columns in one step.
func (st *store) planUpdates(p *plan, changed []*entry, ls pendingLinks) {
	for _, e := range changed {
		stampUpdate(e)
	}
	st.group(p, updateStep, changed, ls.late, func(buf []int, e *entry) []int { return updateColumns(buf, e, ls.late[e]) })
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

// updateColumns gives the columns that an UPDATE of e sets, appended to columns.
func updateColumns(columns []int, e *entry, late []link) []int {
	columns = e.toWrite(columns)
	if len(late) == 0 {
		return columns
	}
	for i := range e.Mapping.Fields {
		if fills(late, &e.Mapping.Fields[i]) && !slices.Contains(columns, i) {
			columns = append(columns, i)
		}
	}
	slices.Sort(columns)
	return columns
}

// refersToNew tells whether a row is to refer to a new row of its own table.
func refersToNew(e *entry, parents map[*entry][]*entry) bool {
	return slices.ContainsFunc(parents[e], func(p *entry) bool { return p.store() == e.store() })
}

func (st *store) planDeletes(p *plan) {
	var gone []*entry
	for _, e := range st.entries {
		if e.state == doomed {
			gone = append(gone, e)
		}
	}
	if len(gone) > 0 {
		p.steps = append(p.steps, step{kind: deleteStep, store: st, entries: gone})
	}
}

// group makes steps of objects with the same columns.
func (st *store) group(p *plan, kind stepKind, entries []*entry, late map[*entry][]link, columns func([]int, *entry) []int) {
	first := len(p.steps)
	var cs []int
next:
	for _, e := range entries {
		cs = columns(cs[:0], e)
		as := e.assigned()
		for i := first; i < len(p.steps) && as == nil; i++ {
			if sp := &p.steps[i]; sp.assigned == nil && slices.Equal(sp.columns, cs) {
				sp.entries = append(sp.entries, e)
				sp.links = append(sp.links, late[e]...)
				continue next
			}
		}
		p.steps = append(p.steps, step{kind: kind, store: st, entries: []*entry{e}, columns: slices.Clone(cs), links: late[e], assigned: as})
	}
}
