package session

import "reflect"

// InTransaction tells whether a transaction is open: from the first statement after the beginning, Commit or Rollback.
func (s *Session) InTransaction() bool { return s.begun }

// New gives the objects that the next Flush inserts, in no order that means anything.
func (s *Session) New() []any {
	return s.objects(func(e *entry) bool { return e.state == pending })
}

// Dirty gives the objects that the next Flush updates: their columns differ from their rows, or a relationship was given
// another object.
func (s *Session) Dirty() []any {
	linked := map[*entry]bool{}
	for _, l := range s.links {
		linked[l.child] = true
	}
	return s.objects(func(e *entry) bool {
		if e.state != persistent || !linked[e] {
			return e.state == persistent && e.changes()
		}
		row, late := s.future(e)
		return len(late) > 0 || e.assigned() != nil || !e.Mapping.Snapshots.Same(row, e.row())
	})
}

// Deleted gives the objects that the next Flush deletes. Those that go with them are found by the Flush.
func (s *Session) Deleted() []any {
	return s.objects(func(e *entry) bool { return e.state == doomed })
}

func (s *Session) objects(which func(*entry) bool) []any {
	var objs []any
	for _, st := range s.order {
		for _, e := range st.entries {
			if which(e) {
				objs = append(objs, reflect.NewAt(e.Mapping.Type, e.Object).Interface())
			}
		}
	}
	return objs
}
