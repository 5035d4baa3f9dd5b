// Package mem reaches struct fields by their offset. It is the only package of the project that imports unsafe.
//
// Why it is sound: a Ptr is made from a live Go pointer (Of) and only ever moved inside the object that it came from
// (Add, with an offset that reflect gave for a field of that object's type), so it always points into memory that the
// collector knows, and it keeps that memory alive as any unsafe.Pointer does. As is called with the type that the field
// or object has, or with one of the same kind and layout (a named string as a string), as the mapping has checked once.
// No uintptr is ever turned back into a pointer.
package mem

import "unsafe"

// Ptr points to an object or a field whose type the holder knows.
type Ptr = unsafe.Pointer

// Of returns p without its type.
func Of[T any](p *T) Ptr { return Ptr(p) }

// As returns p as a pointer to T. nil stays nil.
func As[T any](p Ptr) *T { return (*T)(p) }

// Add returns the address off bytes into the object at p.
func Add(p Ptr, off uintptr) Ptr { return unsafe.Add(p, off) }

// Offset returns where a field, or a field of a field, is in the object that it belongs to.
func Offset[T, F any](obj *T, field *F) uintptr { return uintptr(Ptr(field)) - uintptr(Ptr(obj)) }

// Within returns where p is in the object of n bytes at obj; false when it is not in it.
func Within(obj Ptr, n uintptr, p Ptr) (uintptr, bool) {
	off := uintptr(p) - uintptr(obj) // which wraps where p lies before
	return off, off < n
}

// Same reports whether the n bytes at p and at q are equal. Both objects have at least that many.
func Same(p, q Ptr, n uintptr) bool {
	return string(unsafe.Slice((*byte)(p), n)) == string(unsafe.Slice((*byte)(q), n))
}

// Slice returns ps as values of the pointer type R, sharing memory.
func Slice[R any](ps []Ptr) []R { return unsafe.Slice((*R)(Ptr(unsafe.SliceData(ps))), len(ps)) }

// Pointers returns ps as pointers to T, sharing memory.
func Pointers[T any](ps []Ptr) []*T {
	if len(ps) == 0 {
		return nil
	}
	return unsafe.Slice((**T)(Ptr(unsafe.SliceData(ps))), len(ps))
}

// Bytes returns s as bytes without copying it. Nobody may write to them.
func Bytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// String returns b as a string without copying it. b must not change again.
func String(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}
