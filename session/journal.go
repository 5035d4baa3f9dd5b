package session

import (
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// journal remembers what objects were before a preparation changed them, so that it can be undone.
type journal struct {
	on        bool
	links     []link // the changes of relationships as they were
	saved     []savedEntry
	has       map[*entry]bool
	withdrawn []*entry // new objects that are to leave
	written   map[*store]int
}

// savedEntry is what an object and its entry were.
type savedEntry struct {
	e      *entry
	was    entry
	values mem.Ptr // a copy of the object's columns
	linked []assigned
}

// begin has the journal remember from now on.
func (j *journal) begin(o *objects) {
	*j = journal{on: true, links: slices.Clone(o.links), has: map[*entry]bool{}, written: map[*store]int{}}
	for _, st := range o.order {
		j.written[st] = len(st.written)
	}
}

// save remembers an object before its first change.
func (j *journal) save(e *entry) {
	if !j.on || j.has[e] {
		return
	}
	j.has[e] = true
	j.saved = append(j.saved, savedEntry{e, *e, copyOf(e.Mapping, e.Object), e.assigned()})
}

// undo makes everything as it was.
func (j *journal) undo(o *objects) {
	if !j.on {
		return
	}
	for _, s := range slices.Backward(j.saved) {
		st := s.e.store()
		if s.e.hasRow() {
			st.unindex(s.e, st.key(s.e))
		}
		*s.e = s.was
		copyColumns(s.e.Mapping, s.e.Object, s.values)
	}
	for _, s := range j.saved {
		if st := s.e.store(); s.e.hasRow() {
			st.index(s.e, st.key(s.e))
		}
	}
	o.keepLinks(j.links)
	for st, n := range j.written {
		st.written = st.written[:n]
	}
}

// done lets new objects go that the preparation withdrew: it cannot fail any more.
func (j *journal) done() {
	for _, e := range j.withdrawn {
		e.state = pending
		e.withdraw()
	}
}
