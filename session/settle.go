package session

// settle makes what a flush wrote part of what is known.
func (p *plan) settle(o *objects) {
	for i := range p.steps {
		for _, e := range p.steps[i].entries {
			settleEntry(o, p.steps[i].kind, e)
		}
	}
	for _, l := range o.links {
		for _, e := range []*entry{l.child, l.parent} {
			if e != nil {
				settleRelations(o, e)
			}
		}
	}
	o.keepLinks(o.links[:0])
	o.forgetAssigned()
	o.deleting = false
}

func settleRelations(o *objects, e *entry) {
	for _, r := range e.Mapping.Relations {
		r.Flushed(e.Object, o.Epoch())
	}
}

func settleEntry(o *objects, kind stepKind, e *entry) {
	st := e.store()
	st.written = append(st.written, e)
	switch kind {
	case insertStep:
		e.state, e.created = persistent, e.before == nil
		st.index(e, st.keys.of(e.Object))
		e.snapshot()
		settleRelations(o, e)
	case updateStep:
		stale := e.stale() // only what was written is known to be as the row is
		e.remember()
		if k, was := st.keys.of(e.Object), st.key(e); k != was {
			st.unindex(e, was)
			st.index(e, k)
		}
		if e.snapshot(); stale {
			e.distrust()
		}
	case deleteStep:
		st.unindex(e, st.key(e))
		e.state = deleted
	}
}
