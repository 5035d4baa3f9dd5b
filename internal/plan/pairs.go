package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// checkPairs fails where a row of a link table cannot be what it is to be.
func (p *Preparation) checkPairs() error {
	for _, pair := range p.objs.Pairs {
		if !pair.In || !pair.Changes() {
			continue
		}
		if err := pair.Check(); err != nil {
			return err
		}
	}
	return nil
}

// unlinks returns the steps that delete the link rows of deleted rows, and of those that new objects have taken over.
func (p *Preparation) unlinks() (steps []Step) {
	if !p.objs.Deleting {
		return nil
	}
	for _, st := range p.objs.Stores {
		if len(st.Mapping.Ends) == 0 || st.Mapping.Soft != nil {
			continue
		}
		var switched []*track.Entry
		for _, x := range p.switched {
			if x.old.Store() == st {
				switched = append(switched, x.old)
			}
		}
		gone := byKey(st, slices.Concat(doomedOf(st), switched))
		for _, end := range st.Mapping.Ends {
			owners := gone
			if end.Passive() {
				owners = switched
			}
			if len(owners) > 0 {
				steps = append(steps, Step{Kind: UnlinkStep, Store: track.LinkStore(end.Ref.Owner), Entries: owners, end: end.Ref})
			}
		}
	}
	return steps
}

// Unlinks returns the reference of link rows by which an UnlinkStep finds them.
func (st *Step) Unlinks() *meta.Relation { return st.end }

// pairs returns the steps that delete and insert rows of link tables; those of one table in one.
func (p *Preparation) pairs() (out, in []Step) {
	if len(p.objs.Pairs) == 0 {
		return nil, nil
	}
	stores := map[*meta.Mapping]*track.Store{}
	for _, pair := range p.objs.Pairs {
		if !pair.Changes() {
			continue
		}
		rows := pair.Relation.Link.Rows
		st := stores[rows]
		if st == nil {
			st = track.LinkStore(rows)
			stores[rows] = st
		}
		if pair.Out {
			e, _ := pair.Row(st, true)
			at := stepAbout(&out, Step{Kind: DeleteStep, Store: st}, func(s *Step) bool { return s.Store == st && s.Entries[0].Lost == e.Lost })
			at.Entries = append(at.Entries, e)
		}
		if pair.In {
			e, links := pair.Row(st, false)
			at := stepAbout(&in, Step{Kind: InsertStep, Store: st, Columns: all(rows)}, func(s *Step) bool { return s.Store == st })
			at.Entries, at.links = append(at.Entries, e), append(at.links, links...)
		}
	}
	for i := range out {
		out[i].Entries = byKey(out[i].Store, out[i].Entries)
	}
	return out, in
}

// stepAbout returns the step that is about the same, a new one where there is none.
func stepAbout(steps *[]Step, fresh Step, same func(*Step) bool) *Step {
	for i := range *steps {
		if same(&(*steps)[i]) {
			return &(*steps)[i]
		}
	}
	*steps = append(*steps, fresh)
	return &(*steps)[len(*steps)-1]
}

// all returns the positions of a mapping's columns.
func all(m *meta.Mapping) []int {
	columns := make([]int, len(m.Fields))
	for i := range columns {
		columns[i] = i
	}
	return columns
}

// settleUnlinked takes objects whose link rows were deleted out of the lists that they are in.
func settleUnlinked(o *track.Objects, st *Step) {
	gone := make(map[mem.Ptr]bool, len(st.Entries))
	for _, e := range st.Entries {
		gone[e.Object] = true
	}
	o.LeaveLists(st.end.Target, gone)
}
