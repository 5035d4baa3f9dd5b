package model

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/relate"
)

// Many is the one-to-many or many-to-many field of a struct: Customer.Accounts is a Many[Account], Product.Tags a Many[Tag]. Its zero value is a list that is not
// loaded; of an object that was never stored, an empty one. It belongs to the object that it is part of: do not copy
// it. Like the object, it is for one goroutine at a time.
type Many[T any] struct {
	list relate.List
	_    [0]*T
}

// All returns the objects of the list; the slice is the caller's to read, not to change. What is not loaded yet is loaded
// with one statement for all objects that came from the same query ("… WHERE account.cust_id = ANY($1)"). An object
// that is in no session cannot load: the error says so.
func (m *Many[T]) All(ctx context.Context) ([]*T, error) {
	ps, err := m.list.All(ctx)
	return mem.Pointers[T](ps), err
}

// Add puts objects into the list, nil and those that are there already left out. The other side (Account.Customer)
// follows at once when the owner is in a session, else when it comes into one; new objects come into the session with
// it. The foreign key follows at the next flush. Where the owner is in no session, it is the owner that must be given to one: a
// session that is given an item only has no way to the owner, and says so at the next flush.
func (m *Many[T]) Add(ts ...*T) {
	ps := pointers(ts)
	m.list.Add(ps)
	if at, many, ok := firstRelation(reflect.TypeFor[T]()); ok && m.list.Untracked() {
		m.list.Tie(ps, at, many)
	}
}

// Remove takes objects out of the list. Their foreign key becomes NULL at the next flush, or they are deleted where the
// relationship says model.DeleteOrphans; of a many-to-many the row of the pair is deleted. What is not in the list, or is another one's, stays as
// it is. Where the owner is in a session, they must be in it too: what is known to have a row, and is not, is session.ErrNotInSession at the next flush.
func (m *Many[T]) Remove(ts ...*T) { m.list.Remove(pointers(ts)) }

// Replace makes ts all that there is in the list, in this order, nil and repetitions left out: what else was in it is removed, as by
// Remove, and what was not is added. What the list has is loaded first, if it is not; an error of that leaves it as it was.
func (m *Many[T]) Replace(ctx context.Context, ts ...*T) error {
	have, err := m.list.All(ctx)
	if err != nil {
		return err
	}
	ps := pointers(ts)
	m.list.Remove(slices.DeleteFunc(slices.Clone(have), func(p mem.Ptr) bool { return slices.Contains(ps, p) }))
	m.Add(ts...)
	m.list.Arrange(ps)
	return nil
}

// Insert puts ts into the list so that the first of them is at position at, counted from 0 without those of them that the list has: these move.
// nil and repetitions are left out; beyond an end is at the end. What the list has is loaded first, if it is not. Where the mapping keeps the order, see
// [Position], the flush writes it; else it lasts until the list is loaded again.
func (m *Many[T]) Insert(ctx context.Context, at int, ts ...*T) error {
	have, err := m.list.All(ctx)
	if err != nil {
		return err
	}
	ps := pointers(ts)
	rest := slices.DeleteFunc(slices.Clone(have), func(p mem.Ptr) bool { return slices.Contains(ps, p) })
	at = min(max(at, 0), len(rest))
	m.Add(ts...)
	m.list.Arrange(slices.Concat(rest[:at], ps, rest[at:]))
	return nil
}

// Expire forgets what was loaded, so that All loads it again. What was added and removed and is not flushed stays. A list
// that can load from nowhere, because its owner is in no session, stays as it is.
func (m *Many[T]) Expire() { m.list.Expire() }

// Peek returns what is in the list without going to the database; false when the list is not loaded, so that there may be
// more.
func (m *Many[T]) Peek() ([]*T, bool) {
	if m.list.Loaded {
		return mem.Pointers[T](m.list.Share()), true
	}
	if items := m.list.Share(); m.list.Untracked() && len(items) > 0 { // of an object that was never stored
		return mem.Pointers[T](items), false
	}
	return mem.Pointers[T](m.list.Added), false
}

// IsZero reports whether nothing is loaded or added, so that `json:",omitzero"` leaves the field out.
func (m Many[T]) IsZero() bool { return !m.list.Loaded && len(m.list.Items) == 0 }

// MarshalJSON returns the list when it is loaded, else null; what refers back to the list's owner is left out of its
// objects. It never goes to the database.
func (m Many[T]) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	var owner mem.Ptr
	if m.list.Handle != nil {
		owner = m.list.Handle.Object
	}
	return marshalMany(owner, mem.Pointers[T](m.list.Items))
}

// UnmarshalJSON reads an array of objects, which the list has then as if they had been added: an object in no session can be read
// from what it was written as, and its list comes with it into a session. null leaves the list as it is; a null
// among the objects is an error. Of an object in a session it is [ErrTracked].
func (m *Many[T]) UnmarshalJSON(b []byte) error {
	var ts []*T
	switch err := json.Unmarshal(b, &ts); {
	case err != nil || ts == nil:
		return err
	case m.list.Tracked():
		return fmt.Errorf("model: list of %s: %w", reflect.TypeFor[T](), ErrTracked)
	case slices.Contains(ts, nil):
		return fmt.Errorf("model: list of %s: element %d is null, which is no object", reflect.TypeFor[T](), slices.Index(ts, nil)+1)
	}
	m.list.Give(pointers(ts))
	return nil
}

func (m *Many[T]) related() ([]mem.Ptr, bool) { return m.list.Items, true }

func (*Many[T]) target() reflect.Type { return reflect.TypeFor[T]() }

// String is for people: it never goes to the database and reveals no values.
func (m Many[T]) String() string {
	if !m.list.Loaded {
		return "(not loaded)"
	}
	return "(" + strconv.Itoa(len(m.list.Items)) + ")"
}

func pointers[T any](ts []*T) []mem.Ptr {
	ps := make([]mem.Ptr, len(ts))
	for i, t := range ts {
		ps[i] = mem.Of(t)
	}
	return ps
}
