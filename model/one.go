package model

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/relate"
)

// One is the many-to-one field of a struct: Account.Customer is a One[Customer]. Its zero value refers to nothing that
// is known yet. It belongs to the object that it is part of: do not copy it. Like the object, it is for one goroutine
// at a time.
type One[T any] struct {
	ref relate.Ref
	_   [0]*T
}

// Get returns the object referred to, nil when the foreign key is NULL. What is not loaded yet is loaded with one
// statement for all objects that came from the same query ("… WHERE customer.id = ANY($1)"), or with none where the
// session has it already. An object that is in no session cannot load: the error says so.
func (o *One[T]) Get(ctx context.Context) (*T, error) {
	p, err := o.ref.Get(ctx)
	return mem.As[T](p), err
}

// Set makes the object refer to t, nil for none. The other side's list follows at once when both are in a session, else
// when they come into one. The foreign key follows at the next flush, in all its columns: to set their fields as well, or to give
// them to Session.Set, has no effect. An object that is given to a session brings what it refers to;
// what refers to it must be given itself, or be in a list of it.
func (o *One[T]) Set(t *T) { o.ref.Set(mem.Of(t)) }

// Expire forgets what was loaded, so that Get looks again, by the foreign key as it is then. What was set and is not flushed
// stays, and so does everything when the object is in no session to load from.
func (o *One[T]) Expire() { o.ref.Expire() }

// Peek returns what is loaded or set, without going to the database; false when nothing is known.
func (o *One[T]) Peek() (*T, bool) {
	p, known := o.ref.Known()
	return mem.As[T](p), known
}

// IsZero reports whether nothing is loaded or set, so that `json:",omitzero"` leaves the field out.
func (o One[T]) IsZero() bool {
	_, known := o.ref.Known()
	return !known
}

// MarshalJSON returns the object when it is loaded, without its lists, else null. It never goes to the database.
//
// Where the foreign key is the other one's it writes that with what is below it, as the items of a [Many], without the reference back.
func (o One[T]) MarshalJSON() ([]byte, error) {
	p, _ := o.ref.Known()
	if p != nil && o.ref.Single() {
		b, err := marshalMany(o.ref.Owner(), []*T{mem.As[T](p)})
		return bytes.TrimSuffix(bytes.TrimPrefix(b, []byte("[")), []byte("]")), err
	}
	return marshalOne(mem.As[T](p))
}

// UnmarshalJSON reads an object, which the reference refers to then as if it had been set: it comes into a session with the object
// that has the reference. null leaves it as it is. Of an object in a session it is [ErrTracked].
func (o *One[T]) UnmarshalJSON(b []byte) error {
	var t *T
	switch err := json.Unmarshal(b, &t); {
	case err != nil || t == nil:
		return err
	case o.ref.Tracked():
		return fmt.Errorf("model: reference to %s: %w", reflect.TypeFor[T](), ErrTracked)
	}
	o.Set(t)
	return nil
}

func (o *One[T]) related() ([]mem.Ptr, bool) {
	p, _ := o.ref.Known()
	if p == nil {
		return nil, o.ref.Single()
	}
	return []mem.Ptr{p}, o.ref.Single()
}

func (*One[T]) target() reflect.Type { return reflect.TypeFor[T]() }

// String is for people: it never goes to the database and reveals no values.
func (o One[T]) String() string {
	switch p, known := o.ref.Known(); {
	case !known:
		return "(not loaded)"
	case p == nil:
		return "(none)"
	}
	return "(loaded)"
}
