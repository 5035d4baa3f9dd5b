// Package arg passes the arguments of a statement to the encoder without boxing them: a value that is part of a node already
// goes as a pointer to it, which an interface takes without an allocation.
package arg

// Ref is an argument that lies elsewhere. It has one field, a pointer, so that an interface holds it without an allocation.
type Ref[V any] struct{ p *V }

// At returns *p as an argument. What p points to must not change while the argument is in use.
func At[V any](p *V) any { return Ref[V]{p} }

// Value returns the argument itself.
func (r Ref[V]) Value() V { return *r.p }

func (r Ref[V]) plain() any { return *r.p }

// Plain returns an argument as a Go value: of a [Ref] what it refers to, anything else as it is.
func Plain(a any) any {
	if r, ok := a.(interface{ plain() any }); ok {
		return r.plain()
	}
	return a
}

// Plains returns arguments as Go values, in a slice of its own; nil of none.
func Plains(args []any) []any {
	if len(args) == 0 {
		return nil
	}
	plain := make([]any, len(args))
	for i, a := range args {
		plain[i] = Plain(a)
	}
	return plain
}
