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

	// While the garbage collector runs, each store of a pointer costs some ten times as much: so what changes with every
	// value is a position, not a slice.
	chunk []byte
	used  int // of chunk

	values [][]byte // scratch of Restore

	strings slab[string]
	int64s  slab[int64]
	times   slab[time.Time]
}

// types returns the connection's types; pgtype's own where a row is decoded that came long ago.
func (a *Arena) types() *pgtype.Map {
	if a.Types == nil {
		a.Types = pgtype.NewMap()
	}
	return a.Types
}

const (
	minChunk = 64
	maxChunk = 16 << 10
	maxSlab  = 128
)

// text returns a copy of raw as a string.
func (a *Arena) text(raw []byte) string {
	s := a.bytes(len(raw))
	copy(s, raw)
	return mem.String(s)
}

// textOf returns raw as a string: the part of image, if there is one, that begins at from.
func (a *Arena) textOf(raw []byte, image string, from int) string {
	if image != "" {
		return image[from : from+len(raw)]
	}
	return a.text(raw)
}

// bytes returns n bytes. What is longer than a quarter of a full chunk has an allocation of its own.
func (a *Arena) bytes(n int) []byte {
	if n > len(a.chunk)-a.used {
		if n > maxChunk/4 {
			return make([]byte, n)
		}
		a.chunk, a.used = make([]byte, min(max(minChunk, 2*len(a.chunk), n), maxChunk)), 0
	}
	from := a.used
	a.used += n
	return a.chunk[from:a.used:a.used]
}

// slab returns new values of a type, many to an allocation.
type slab[T any] struct {
	all  []T
	used int
}

func (s *slab[T]) next() mem.Ptr {
	if s.used == len(s.all) {
		s.all, s.used = make([]T, min(max(1, 2*s.used), maxSlab)), 0
	}
	s.used++
	return mem.Of(&s.all[s.used-1])
}

// fresh returns the function that makes new values of type t.
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
