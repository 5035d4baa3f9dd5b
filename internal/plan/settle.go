package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/track"
)

// Settle makes what a flush wrote part of what is known.
func (p *Plan) Settle(o *track.Objects) {
	for i := range p.Steps {
		st := &p.Steps[i]
		if st.Kind == UnlinkStep {
			settleUnlinked(o, st)
		}
		if !st.Store.Tracks() {
			continue
		}
		moves := o.Moves(st.Store.Mapping)
		for _, e := range st.Entries {
			settleEntry(moves, st.Kind, e)
			if st.ends {
				settleEntry(moves, DeleteStep, e)
			}
		}
		switch {
		case st.Kind == InsertStep:
			for _, e := range st.Entries {
				e.Flushed()
			}
		case st.Kind == DeleteStep || st.ends:
			moves.Gone(st.Entries)
		}
	}
	o.DiscardLinks(func(l *track.Link) bool { return l.Child.State == track.Deleted && l.Child.Mapping.Soft != nil })
	o.Flushed()
	p.expireViews(o)
	o.ForgetAssigned()
	o.Deleting = false
}

func settleEntry(moves *track.Moves, kind StepKind, e *track.Entry) {
	st := e.Store()
	st.Writes(e)
	if kind != DeleteStep && len(st.Mapping.Deferred) > 0 {
		forgetUnread(e)
	}
	switch kind {
	case InsertStep:
		e.State, e.Created = track.Persistent, e.Before == nil
		st.Index(e, st.Keys.Of(e.Object))
		e.Snapshot()
		moves.Around(e, nil, e.Object)
	case UpdateStep:
		stale := e.Stale() // only what was written is known to be as the row is
		e.Remember()
		e.Held, e.Whole = false, false
		moves.Around(e, e.Row(), e.Object) // keys have gone down when they were written
		if k, was := st.Keys.Of(e.Object), st.Key(e); k != was {
			st.Unindex(e, was)
			st.Index(e, k)
		}
		if e.Snapshot(); stale {
			e.Distrust()
		}
	case DeleteStep:
		if e.State = track.Deleted; st.Mapping.Soft == nil {
			st.Unindex(e, st.Key(e))
		} // a row that is kept may be read, and is one object
	}
}

// forgetUnread has an object know nothing of what the database may have changed in its row and did not give back.
func forgetUnread(e *track.Entry) {
	for _, c := range e.Mapping.Deferred {
		if f := &e.Mapping.Fields[c]; f.ReadBack {
			f.Clear(e.Object)
		}
	}
}

// expireViews has the view-only relationships be loaded again that show what was written.
func (p *Plan) expireViews(o *track.Objects) {
	for _, st := range o.Stores {
		for _, r := range st.Mapping.Relations {
			if r.ViewOnly && slices.ContainsFunc(p.Steps, func(s Step) bool { return r.Shows(s.Store.Mapping.Table) }) {
				st.Expire(r)
			}
		}
	}
}
