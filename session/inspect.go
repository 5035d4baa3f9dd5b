package session

import (
	"fmt"
	"reflect"
	"slices"
)

// InTransaction tells whether a transaction is open: from the first statement after the beginning, Commit or Rollback.
func (s *Session) InTransaction() bool { return s.begun }

// New gives the objects that the next Flush inserts, in no order that means anything.
func (s *Session) New() []any {
	return s.objects(func(e *entry) bool { return e.state == pending })
}

// Dirty gives the objects that the next Flush updates: their columns differ from their rows, or a relationship was
// changed.
func (s *Session) Dirty() []any {
	linked := map[*entry]bool{}
	for _, l := range s.links {
		linked[l.child] = true
	}
	return s.objects(func(e *entry) bool { return e.state == persistent && (linked[e] || e.changes()) })
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

// Modified names the columns of an object of the session that differ from its row or that Set was called for, in the
// table's order; none for an object that is as its row. Of a new object it names all that the INSERT will name.
func (s *Session) Modified(obj any) ([]string, error) {
	st, p, err := s.locate(obj)
	if err != nil {
		return nil, fmt.Errorf("session: Modified: %w", err)
	}
	e := st.find(p)
	if e == nil || e.state == deleted {
		return nil, fmt.Errorf("session: Modified: %w: %T", ErrNotInSession, obj)
	}
	var columns []int
	if e.state == pending {
		columns = insertColumns(nil, e, nil)
	} else {
		columns = e.toWrite(nil)
	}
	for _, a := range e.assigned() {
		columns = append(columns, a.column)
	}
	slices.Sort(columns)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = e.Mapping.Fields[c].Column.Name
	}
	return names, nil
}
