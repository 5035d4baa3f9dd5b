package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/cupel-go/cupel/internal/mem"
)

// ErrCircular is the error of JSON for objects that refer to each other in a circle: a worker who is his own boss's boss.
var ErrCircular = errors.New("objects refer to each other in a circle, which JSON cannot show")

// relationField is a *One or a *Many: what JSON must know of it.
type relationField interface {
	related() (objs []mem.Ptr, many bool)
	target() reflect.Type // the struct of objs
}

// relationFields calls f with the relationship fields of the struct v and their positions.
func relationFields(v reflect.Value, f func(i int, r relationField)) {
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		if r, ok := v.Field(i).Addr().Interface().(relationField); ok {
			f(i, r)
		}
	}
}

// marshalOne writes the object that a One refers to, without its lists: JSON runs down from parents to children, and up
// from a child to its parents, but not up and down again, which would never end.
func marshalOne[T any](t *T) ([]byte, error) {
	if t == nil {
		return []byte("null"), nil
	}
	if circular(mem.Of(t), mem.Of(t), reflect.TypeFor[T](), false) {
		return nil, fmt.Errorf("model: JSON of %s: %w", reflect.TypeFor[T](), ErrCircular)
	}
	c := *t
	v := reflect.ValueOf(&c).Elem()
	relationFields(v, func(i int, r relationField) {
		if _, many := r.related(); many {
			v.Field(i).SetZero()
		}
	})
	return json.Marshal(&c)
}

// marshalMany writes the objects of owner's list, each without its reference back to owner.
func marshalMany[T any](owner mem.Ptr, items []*T) ([]byte, error) {
	copies := make([]T, len(items))
	for n, t := range items {
		if circular(mem.Of(t), mem.Of(t), reflect.TypeFor[T](), true) {
			return nil, fmt.Errorf("model: JSON of a list of %s: %w", reflect.TypeFor[T](), ErrCircular)
		}
		copies[n] = *t
		v := reflect.ValueOf(&copies[n]).Elem()
		relationFields(v, func(i int, r relationField) {
			objs, many := r.related()
			if !many && owner != nil && len(objs) == 1 && objs[0] == owner {
				v.Field(i).SetZero()
			}
		})
	}
	return json.Marshal(copies)
}

// circular reports whether the fields of one kind lead from the object at, of struct type t, back to start.
func circular(start, at mem.Ptr, t reflect.Type, many bool) bool {
	seen := map[mem.Ptr]bool{}
	var visit func(p mem.Ptr, t reflect.Type) bool
	visit = func(p mem.Ptr, t reflect.Type) (found bool) {
		if seen[p] {
			return p == start
		}
		seen[p] = true
		relationFields(reflect.NewAt(t, p).Elem(), func(_ int, r relationField) {
			objs, m := r.related()
			if m != many {
				return
			}
			for _, o := range objs {
				found = found || visit(o, r.target())
			}
		})
		return found
	}
	return visit(at, t)
}

// first is where a struct has its first relationship; none has no offset of one.
type first struct {
	at       uintptr
	many, ok bool
}

var firsts sync.Map // reflect.Type → first

// firstRelation returns where a struct has its first relationship, and whether that is a list.
func firstRelation(t reflect.Type) (at uintptr, many, ok bool) {
	known, found := firsts.Load(t)
	if !found {
		f := first{}
		relationFields(reflect.New(t).Elem(), func(i int, r relationField) {
			if !f.ok {
				_, many := r.related()
				f = first{t.Field(i).Offset, many, true}
			}
		})
		known, _ = firsts.LoadOrStore(t, f)
	}
	f, _ := known.(first)
	return f.at, f.many, f.ok
}
