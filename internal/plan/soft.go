package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/track"
)

// keepSoftly gives the objects whose rows are kept as deleted what says so. Whatever else of them has changed is not written.
func (p *Preparation) keepSoftly() {
	if !p.objs.Deleting {
		return
	}
	for _, st := range p.objs.Stores {
		m := st.Mapping
		if m.Soft == nil {
			continue
		}
		for _, e := range st.Entries {
			if e.State != track.Doomed {
				continue
			}
			p.journal.save(e)
			track.CopyColumns(m, e.Object, e.Row())
			if as := e.Assigned(); as != nil {
				p.unassigned = append(p.unassigned, unassigned{e, as})
				e.Unassign()
			}
			stampUpdate(e)
			m.Fields[m.Soft.Column].Set(e.Object, m.Soft.Value())
			if m.Version.Own() {
				m.Raise(e.Object, e.Row())
			}
		}
	}
}

// takeBackSoftly undoes keepSoftly, after an error.
func (p *Preparation) takeBackSoftly() {
	if p.objs == nil || !p.objs.Deleting {
		return
	}
	for _, st := range p.objs.Stores {
		for _, e := range st.Entries {
			if st.Mapping.Soft != nil && e.State == track.Doomed {
				track.CopyColumns(st.Mapping, e.Object, e.Row())
			}
		}
	}
	for _, x := range p.unassigned {
		x.e.Assign(x.as)
	}
	p.unassigned = nil
}

// unassigned is what the database was to compute of an object whose row is kept as deleted instead.
type unassigned struct {
	e  *track.Entry
	as []track.Assigned
}

// softDeletes adds the UPDATEs that keep rows as deleted.
func (p *Preparation) softDeletes(steps []Step, st *track.Store, gone []*track.Entry) []Step {
	pl := Plan{}
	pl.group(st, UpdateStep, gone, nil, func(buf []int, e *track.Entry) []int { return updateColumns(buf, e, nil) })
	for i := range pl.Steps {
		pl.Steps[i].ends = true
	}
	return slices.Concat(steps, pl.Steps)
}
