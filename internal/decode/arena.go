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

	free   []byte // what is left of the chunk
	chunk  int    // its size
	own    bool   // the values that are decoded are parts of an image: strings need no copy
	values [][]byte

	strings slab[string]
	int64s  slab[int64]
	times   slab[time.Time]
}

const (
	minChunk = 64
	maxChunk = 16 << 10
	maxSlab  = 128
)

// Own says whether the values that are decoded from now on are parts of an image, which strings may share.
func (a *Arena) Own(own bool) { a.own = own }

// text gives raw as a string: a copy, where it is not the arena's own.
func (a *Arena) text(raw []byte) string {
	if a.own {
		return mem.String(raw)
	}
	s := a.bytes(len(raw))
	copy(s, raw)
	return mem.String(s)
}

// bytes gives n bytes. What is longer than a quarter of a full chunk has an allocation of its own.
func (a *Arena) bytes(n int) []byte {
	if n > len(a.free) {
		if n > maxChunk/4 {
			return make([]byte, n)
		}
		a.chunk = min(max(minChunk, 2*a.chunk, n), maxChunk)
		a.free = make([]byte, a.chunk)
	}
	b := a.free[:n:n]
	a.free = a.free[n:]
	return b
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
