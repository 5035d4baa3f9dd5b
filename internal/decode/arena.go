package decode

import (
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// Arena holds what the values of one result point to: the bytes of its strings and the targets of its pointers, many to
// an allocation. A value that is kept keeps its chunk: at most maxChunk bytes, or maxSlab pointers' targets. Its zero
// value with Types set is ready. It is for one goroutine.
type Arena struct {
	Types *pgtype.Map // of the connection that the result comes from

	free  []byte // what is left of the chunk
	chunk int    // its size

	strings slab[string]
	int64s  slab[int64]
	times   slab[time.Time]
}

const (
	minChunk = 64
	maxChunk = 16 << 10
	maxSlab  = 128
)

// text gives a copy of raw as a string. What is longer than a quarter of a full chunk has an allocation of its own.
func (a *Arena) text(raw []byte) string {
	n := len(raw)
	if n > len(a.free) {
		if n > maxChunk/4 {
			return string(raw)
		}
		a.chunk = min(max(minChunk, 2*a.chunk, n), maxChunk)
		a.free = make([]byte, a.chunk)
	}
	s := a.free[:n:n]
	copy(s, raw)
	a.free = a.free[n:]
	return mem.String(s)
}

// slab gives new values of a type, many to an allocation.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) next() mem.Ptr {
	if len(s.free) == 0 {
		s.size = min(max(1, 2*s.size), maxSlab)
		s.free = make([]T, s.size)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return mem.Of(p)
}

// fresh gives the function that makes new values of type t.
func fresh(t reflect.Type) func(a *Arena) mem.Ptr {
	switch t {
	case reflect.TypeFor[string]():
		return func(a *Arena) mem.Ptr { return a.strings.next() }
	case reflect.TypeFor[int64]():
		return func(a *Arena) mem.Ptr { return a.int64s.next() }
	case timeType:
		return func(a *Arena) mem.Ptr { return a.times.next() }
	}
	return func(*Arena) mem.Ptr { return reflect.New(t).UnsafePointer() }
}
