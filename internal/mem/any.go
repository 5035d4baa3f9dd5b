package mem

import (
	"reflect"
	"time"
)

// words is an interface without methods as Go lays it out: the type, and a pointer to the value, or the value itself where
// that is a pointer. The type is a number here, as it is for the collector, which does not follow it: the types of the
// program's source are not on the heap.
type words struct {
	typ  uintptr
	data Ptr
}

// Any returns *p as an interface. Where T's values lie behind an interface's pointer, it points to p itself instead of to a
// copy. What p points to must never change again.
//
// Why it is sound: a conversion to an interface allocates memory, copies the value there and lets nobody write to it.
// Memory that nobody writes to is as good, and the interface keeps it alive as it keeps any value alive: the pointer may
// point into the middle of an object. The word for the type is taken from an interface that Go itself made of a T. What Go
// might put into the interface's word itself, which is a pointer or what consists of one, is not among the types
// of inPlace.
func Any[T any](p *T) any {
	if !inPlace(reflect.TypeFor[T]()) {
		return *p
	}
	var made any
	sample := any(*p) // stays on the stack
	(*words)(Ptr(&made)).typ = (*words)(Ptr(&sample)).typ
	(*words)(Ptr(&made)).data = Ptr(p)
	return made
}

// inPlace reports whether values of a type are surely not pointers to Go: then an interface has a pointer to them.
func inPlace(t reflect.Type) bool {
	switch k := t.Kind(); k {
	case reflect.String, reflect.Slice:
		return true
	case reflect.Struct:
		return t == timeType
	case reflect.Array:
		return t == uuidType
	default:
		return k >= reflect.Bool && k <= reflect.Complex128
	}
}

var (
	timeType = reflect.TypeFor[time.Time]()
	uuidType = reflect.TypeFor[[16]byte]()
)
