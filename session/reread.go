package session

import (
	"context"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/query"
)

// Refresh reads the rows of objects of the session again, those of a mapping with one statement, and overwrites what the
// objects have, unflushed changes included; their relationships are loaded again when they are asked for. A row that is
// gone is [query.ErrNoRows].
//
//	SELECT … FROM account WHERE account.acct_no = $1
func (s *Session) Refresh(ctx context.Context, objs ...any) error {
	return s.reread(ctx, "Refresh", false, objs)
}

// Lock is [Session.Refresh] that also locks the rows until the transaction ends, in the order of their keys: what the
// objects have afterwards nobody else can change. Lock before changing, since unflushed changes are overwritten.
//
//	SELECT … FROM account WHERE account.acct_no = ANY($1) ORDER BY account.acct_no FOR UPDATE
//
// For other locks, and for not waiting, see query.Query.ForUpdate.
func (s *Session) Lock(ctx context.Context, objs ...any) error {
	return s.reread(ctx, "Lock", true, objs)
}

func (s *Session) reread(ctx context.Context, what string, lock bool, objs []any) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	wanted, seen := map[*store][]*entry{}, map[*entry]bool{}
	for _, o := range objs {
		e, err := s.stored(o)
		if err != nil {
			return fault.During(what, err)
		}
		if !seen[e] {
			seen[e] = true
			wanted[e.store()] = append(wanted[e.store()], e)
		}
	}
	for _, st := range s.order {
		if len(wanted[st]) == 0 {
			continue
		}
		if err := st.reread(ctx, wanted[st], lock); err != nil {
			return fault.During(what, err)
		}
	}
	return nil
}

// reread reads the rows of objects of one mapping, and expires the relationships of those whose rows are there.
func (st *store) reread(ctx context.Context, es []*entry, lock bool) error {
	cohorts := make([]*cohort, len(es))
	for i, e := range es {
		cohorts[i] = e.cohort
	}
	read, err := st.readAgain(ctx, es, lock)
	if err != nil {
		if e := databaseError(err); e != nil {
			e.Object = describeAll(es)
		}
		return err
	}
	st.session.discardLinks(func(l *link) bool { return read[l.child] }, nil)
	var missing []*entry
	for i, e := range es {
		e.cohort = cohorts[i] // they load together with what they came with
		if read[e] {
			e.expireRelations()
		} else {
			missing = append(missing, e)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s: %w", describeAll(missing), query.ErrNoRows)
	}
	return nil
}

// readAgain overwrites objects with their rows, and gives those whose rows are there.
func (st *store) readAgain(ctx context.Context, es []*entry, lock bool) (map[*entry]bool, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	appendEntity(w, st.m)
	appendRowKeys(w, es)
	if lock {
		appendLock(w, es)
	}
	if err := w.Err(); err != nil {
		return nil, err
	}
	read := make(map[*entry]bool, len(es))
	err := st.session.runEach(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Options: run.Options{Refresh: true}, Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: st.m, Table: st.m.Table}}},
		Rows:  &lastObject{},
	}, &sink{take: func(_ key, e *entry) { read[e] = true }})
	return read, err
}

// appendEntity writes "SELECT … FROM t WHERE ".
func appendEntity(w *sqlw.Writer, m *meta.Mapping) {
	w.Text("SELECT ")
	for i, c := range m.Table.Items() {
		separate(w, i)
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	m.Table.AppendFrom(w)
	w.Text(" \nWHERE ")
}

// appendKeyValues writes "a = $1 AND b = $2".
func appendKeyValues(w *sqlw.Writer, m *meta.Mapping, values []any) {
	for i, k := range m.Key {
		if i > 0 {
			w.Text(" AND ")
		}
		m.Fields[k].Column.AppendSQL(w)
		w.Text(" = ")
		w.Arg(nil, values[i])
	}
}

// appendRowKeys writes the condition that finds the rows of objects of one mapping.
func appendRowKeys(w *sqlw.Writer, es []*entry) {
	m := es[0].Mapping
	if len(es) > 1 && len(m.Key) == 1 {
		f := &m.Fields[m.Key[0]]
		f.Column.AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, arrayOf(f, es, loadedObject))
		w.Byte(')')
		return
	}
	for i, e := range es {
		if i > 0 {
			w.Text(" OR ")
		}
		appendKeyValues(w, m, e.rowKey())
	}
}

// appendLock writes "FOR UPDATE"; of several rows in the order of their keys, so that two who lock the same rows do not
// wait for each other.
func appendLock(w *sqlw.Writer, es []*entry) {
	m := es[0].Mapping
	if len(es) > 1 {
		w.Text(" ORDER BY ")
		for i, k := range m.Key {
			separate(w, i)
			m.Fields[k].Column.AppendSQL(w)
		}
	}
	w.Text(" FOR UPDATE")
}

// rowKey gives the values of an object's primary key as its row has them.
func (e *entry) rowKey() []any {
	row, values := loadedObject(e), make([]any, len(e.Mapping.Key))
	for i, k := range e.Mapping.Key {
		values[i] = e.Mapping.Fields[k].Value(row)
	}
	return values
}
