package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/track"
)

// journal remembers what objects were before a preparation changed them, so that it can be undone.
type journal struct {
	on        bool
	links     []track.Link // the changes of relationships as they were
	saved     []savedEntry
	has       map[*track.Entry]bool
	withdrawn []*track.Entry // new objects that are to leave
	written   map[*track.Store]int
}

// savedEntry is what an object and its entry were.
type savedEntry struct {
	e      *track.Entry
	was    track.Entry
	values mem.Ptr // a copy of the object's columns
}

// begin has the journal remember from now on.
func (j *journal) begin(o *track.Objects) {
	*j = journal{on: true, links: slices.Clone(o.Links), has: map[*track.Entry]bool{}, written: map[*track.Store]int{}}
	for _, st := range o.Stores {
		j.written[st] = len(st.Written)
	}
}

// save remembers an object before its first change.
func (j *journal) save(e *track.Entry) {
	if !j.on || j.has[e] {
		return
	}
	j.has[e] = true
	j.saved = append(j.saved, savedEntry{e, *e, track.CopyOf(e.Mapping, e.Object)})
}

// undo makes everything as it was.
func (j *journal) undo(o *track.Objects) {
	if !j.on {
		return
	}
	for _, s := range slices.Backward(j.saved) {
		st := s.e.Store()
		if s.e.HasRow() {
			st.Unindex(s.e, st.Key(s.e))
		}
		*s.e = s.was
		track.CopyColumns(s.e.Mapping, s.e.Object, s.values)
	}
	for _, s := range j.saved {
		if st := s.e.Store(); s.e.HasRow() {
			st.Index(s.e, st.Key(s.e))
		}
	}
	o.KeepLinks(j.links)
	for st, n := range j.written {
		st.Written = st.Written[:n]
	}
}

// done lets new objects go that the preparation withdrew: it cannot fail any more.
func (j *journal) done(o *track.Objects) {
	if len(j.withdrawn) > 0 {
		o.Withdraw(j.withdrawn)
	}
	*j = journal{}
}

// Undo makes everything as it was before Prepare, but for defaults. It is too late for that once there is a plan.
func (p *Preparation) Undo() {
	p.Lower()
	p.journal.undo(p.objs)
	p.journal, p.changes, p.switched = journal{}, p.changes[:0], nil
}
