// Package plan works out what a flush does, in two phases.
//
// The first is Prepare: it finds what goes with deleted objects, lets new objects take over rows, stamps defaults and draws
// foreign keys. It may load lists; where it cannot be done it leaves every object as it was. The second is Plan: a value that
// prints, made by reading only. Package write writes it; Settle takes note that it was written. Nothing here knows SQL.
package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// Plan works out what a flush will do: mapping by mapping, those that others refer to first: changed rows, new rows,
// and changed rows that refer to those; at last the deleted rows, the other way round; but a row that lets go of a unique value before
// the one that gets it. It reads only, but that new objects leave
// which go with deleted ones. The error is of rows that exchange unique values, and everything is as it was before Prepare.
func (p *Preparation) Plan() (Plan, error) {
	pl := Plan{}
	for i := range p.changes {
		c := &p.changes[i]
		p.planUpdates(&pl, c.store, c.before)
		p.planInserts(&pl, c)
		p.planUpdates(&pl, c.store, c.after)
	}
	pl.sort(p.parents)
	there := len(pl.Steps) // by then all rows are that link rows refer to
	pl.addPostponed(p.post)
	pl.Steps = append(pl.Steps, p.releases...)
	if p.objs.Deleting {
		pl.Steps = append(pl.Steps, p.deletes()...)
	}
	moved, err := p.makeWay(&pl)
	if err != nil {
		p.Undo()
		return Plan{}, err
	}
	if moved {
		there = len(pl.Steps)
	}
	p.addPairs(&pl, there)
	p.journal.done(p.objs)
	return pl, nil
}

// addPairs adds the steps about link rows: those that delete some at the front, since nothing refers to them, and those that insert some
// where all is there that they refer to.
func (p *Preparation) addPairs(pl *Plan, there int) {
	out, in := p.pairs()
	pl.Steps = slices.Insert(pl.Steps, there, in...)
	if unlinks := p.unlinks(); len(unlinks)+len(out) > 0 {
		pl.Steps = slices.Concat(unlinks, out, pl.Steps)
	}
}

// planInserts plans new objects: those of the same shape in one step, in the order in which they were added; a row that
// refers to another new row of its table after that one.
func (p *Preparation) planInserts(pl *Plan, c *changes) {
	for _, level := range p.levels(c.fresh) {
		pl.group(c.store, InsertStep, level, p.late, func(buf []int, e *track.Entry) []int { return insertColumns(buf, e, p.late[e]) })
	}
}

// planUpdates plans changed objects, in the order of their keys: those with the same changed columns in one step, but for keys of a
// table that refers to itself.
func (p *Preparation) planUpdates(pl *Plan, st *track.Store, changed []*track.Entry) {
	columns := func(buf []int, e *track.Entry) []int { return updateColumns(buf, e, p.late[e]) }
	movers, others := keyMovers(st, byKey(st, changed))
	for i := range movers {
		pl.group(st, UpdateStep, movers[i:i+1], p.late, columns)
	}
	pl.group(st, UpdateStep, others, p.late, columns)
}

// insertColumns returns the columns that an INSERT of e names, appended to columns: not those that the database is to
// fill in.
func insertColumns(columns []int, e *track.Entry, late []track.Link) []int {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Computed() && f.IsZero(e.Object) && !fills(late, f) || e.Computes(i) || f.Unwritten {
			continue
		}
		columns = append(columns, i)
	}
	return columns
}

func fills(late []track.Link, f *meta.Field) bool {
	return slices.ContainsFunc(late, func(l track.Link) bool {
		columns, _ := l.Relation.ForeignKey()
		return slices.Contains(columns, f.Column)
	})
}

// updateColumns returns the columns that an UPDATE of e sets, appended to columns.
func updateColumns(columns []int, e *track.Entry, late []track.Link) []int {
	columns = e.ToWrite(columns)
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

// levels puts new objects of one mapping that refer to each other into levels: the first refer to none. There are no
// circles.
func (p *Preparation) levels(fresh []*track.Entry) [][]*track.Entry {
	if len(p.parents) == 0 || len(fresh) == 0 {
		return [][]*track.Entry{fresh}
	}
	depth := map[*track.Entry]int{}
	var depthOf func(e *track.Entry) int
	depthOf = func(e *track.Entry) int {
		if d, ok := depth[e]; ok {
			return d
		}
		d := 0
		for _, parent := range p.parents[e] {
			if parent.Store() == e.Store() {
				d = max(d, depthOf(parent)+1)
			}
		}
		depth[e] = d
		return d
	}
	var levels [][]*track.Entry
	for _, e := range fresh {
		d := depthOf(e)
		for len(levels) <= d {
			levels = append(levels, nil)
		}
		levels[d] = append(levels[d], e)
	}
	return levels
}

// addPostponed adds the UPDATEs of postponed foreign keys, those of the same columns in one step.
func (p *Plan) addPostponed(links []track.Link) {
	first := len(p.Steps)
	for _, l := range links {
		columns, _ := l.Relation.ForeignKey()
		cs := positions(columns)
		i := slices.IndexFunc(p.Steps[first:], func(st Step) bool {
			return st.Store == l.Child.Store() && slices.Equal(st.Columns, cs)
		})
		if i < 0 {
			i = len(p.Steps) - first
			p.Steps = append(p.Steps, Step{Kind: UpdateStep, Store: l.Child.Store(), Columns: cs, post: true})
		}
		st := &p.Steps[first+i]
		st.Entries, st.links = append(st.Entries, l.Child), append(st.links, l)
	}
}

// group adds steps of objects with the same columns.
func (p *Plan) group(st *track.Store, kind StepKind, entries []*track.Entry, late map[*track.Entry][]track.Link, columns func([]int, *track.Entry) []int) {
	first := len(p.Steps)
	var cs []int
next:
	for _, e := range entries {
		cs = columns(cs[:0], e)
		as := e.Assigned()
		for i := first; i < len(p.Steps) && as == nil; i++ {
			if sp := &p.Steps[i]; sp.assigned == nil && slices.Equal(sp.Columns, cs) {
				sp.Entries = append(sp.Entries, e)
				sp.links = append(sp.links, late[e]...)
				continue next
			}
		}
		p.Steps = append(p.Steps, Step{Kind: kind, Store: st, Entries: []*track.Entry{e}, Columns: slices.Clone(cs), links: late[e], assigned: as})
	}
}

// Insert plans the INSERT of new objects that nobody tracks.
func Insert(st *track.Store, entries []*track.Entry) Plan {
	p := Plan{}
	p.group(st, InsertStep, entries, nil, func(buf []int, e *track.Entry) []int { return insertColumns(buf, e, nil) })
	return p
}

// Update plans the UPDATE of columns of objects that nobody tracks.
func Update(st *track.Store, entries []*track.Entry, columns []int) Plan {
	return Plan{Steps: []Step{{Kind: UpdateStep, Store: st, Entries: byKey(st, entries), Columns: columns}}}
}
