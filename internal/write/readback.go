package write

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/track"
)

// readBackMany takes what the database filled in into the objects.
func readBackMany(st *plan.Step, r *rows.Columns) error {
	n, err := 0, error(nil)
	if m := st.Store.Mapping; slices.Contains(st.Columns, m.Key[0]) {
		n, err = readByKey(st, r)
	} else {
		n, err = readInOrder(st, r)
	}
	if err == nil && n != len(st.Entries) {
		err = keptOut(st.Entries, n)
	}
	return err
}

var errKeptOut = errors.New("a trigger or rule kept")

// keptOut returns the error of rows that were not inserted.
func keptOut(entries []*track.Entry, n int) error {
	if len(entries) == 1 {
		return fmt.Errorf("the INSERT of %s made no row: %w it out", entries[0].Describe(), errKeptOut)
	}
	return fmt.Errorf("the INSERT of %d rows made %d: %w some out", len(entries), n, errKeptOut)
}

// outOfOrder returns the error of rows whose keys do not tell whose they are.
func outOfOrder(entries []*track.Entry) error {
	m := entries[0].Mapping
	return fmt.Errorf("%w: those generated for %s do not count up: say model.ServerDefault(t.%s, …) of the key, and each row is inserted by itself",
		fault.ErrKeyOrder, m.Table, m.Fields[m.Key[0]].Column.Field)
}

// otherKeys returns the error of rows that do not have the keys that they were given.
func otherKeys(entries []*track.Entry) error {
	return fmt.Errorf("%w: rows of %s have other ones than they were given", fault.ErrKeyOrder, entries[0].Mapping.Table)
}

// readInOrder takes rows with generated keys: those that count up belong to the objects in order.
func readInOrder(st *plan.Step, r *rows.Columns) (n int, err error) {
	keys := &st.Store.Keys
	var last int64
	for ; r.Next(); n++ {
		if n == len(st.Entries) {
			return n, fmt.Errorf("the INSERT of %d rows gave more back", n)
		}
		e := st.Entries[n]
		e.Stamped = true
		if err := r.Read(e.Object); err != nil {
			return n, err
		}
		k := keys.Of(e.Object).Number
		if n > 0 && k <= last {
			return n, outOfOrder(st.Entries)
		}
		last = k
	}
	return n, nil
}

// readByKey takes rows whose keys the program gave.
func readByKey(st *plan.Step, r *rows.Columns) (n int, err error) {
	m, byKey := st.Store.Mapping, byKeyOf(st)
	got := m.New(1)
	for ; r.Next(); n++ {
		if err := r.Read(got); err != nil {
			return n, err
		}
		if !copyBack(st, byKey, got, r.Columns) {
			return n, otherKeys(st.Entries)
		}
	}
	return n, nil
}

// byKey returns the step's objects by their keys.
func byKeyOf(st *plan.Step) map[track.Key]*track.Entry {
	m := make(map[track.Key]*track.Entry, len(st.Entries))
	for _, e := range st.Entries {
		m[st.Store.Keys.Of(e.Object)] = e
	}
	return m
}

// copyBack copies columns of a row that came back into the object with its key; false when there is none.
func copyBack(st *plan.Step, byKey map[track.Key]*track.Entry, row mem.Ptr, columns []int) bool {
	e := byKey[st.Store.Keys.Of(row)]
	if e == nil {
		return false
	}
	for _, c := range columns {
		f := &st.Store.Mapping.Fields[c]
		f.Access.Copy(mem.Add(e.Object, f.Offset), mem.Add(row, f.Offset))
	}
	return true
}

// readComputed takes what an UPDATE had the database compute into the objects, matched by key.
func readComputed(st *plan.Step, r *rows.Columns) error {
	m, byKey := st.Store.Mapping, byKeyOf(st)
	got := m.New(1)
	met := make(map[track.Key]bool, len(st.Entries))
	for r.Next() {
		if err := r.Read(got); err != nil {
			return err
		}
		k := st.Store.Keys.Of(got)
		if met[k] {
			return fmt.Errorf("%w: two rows have the key of one of %s", fault.ErrKeyNotUnique, track.DescribeAll(st.Entries))
		}
		met[k] = true
		if !copyBack(st, byKey, got, r.Columns[len(m.Key):]) {
			return otherKeys(st.Entries)
		}
	}
	return nil
}
