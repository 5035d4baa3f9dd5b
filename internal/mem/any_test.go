package mem_test

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
)

type (
	code   string
	amount int64
	on     bool
	ids    []int64
	key    [16]byte
	inner  struct{ p *int }
)

// sameAs tests that Any gives what a conversion gives.
func sameAs[T any](t *testing.T, v T) {
	t.Helper()
	got, want := mem.Any(&v), any(v)
	if reflect.TypeOf(got) != reflect.TypeOf(want) || !reflect.DeepEqual(got, want) || fmt.Sprintf("%T %#v", got, got) != fmt.Sprintf("%T %#v", want, want) {
		t.Errorf("%T: got %#v, want %#v", v, got, want)
	}
	if want == nil {
		return
	}
	if x, ok := got.(T); !ok || !reflect.DeepEqual(x, v) {
		t.Errorf("%T: it is read as %#v, %v", v, x, ok)
	}
	if reflect.TypeFor[T]().Comparable() && got != want {
		t.Errorf("%T: %#v is not equal to itself", v, v)
	}
}

func TestAny(t *testing.T) {
	t.Parallel()
	one := 1
	sameAs(t, true)
	sameAs(t, on(true))
	sameAs(t, 1)
	sameAs(t, int8(-1))
	sameAs(t, int16(-300))
	sameAs(t, int32(1<<20))
	sameAs(t, int64(1<<40))
	sameAs(t, uint64(1<<63))
	sameAs(t, uintptr(7))
	sameAs(t, amount(12))
	sameAs(t, float32(1.5))
	sameAs(t, 1e300)
	sameAs(t, complex(1, 2))
	sameAs(t, "")
	sameAs(t, "text")
	sameAs(t, code("red"))
	sameAs(t, time.Duration(3))
	sameAs(t, time.Now())
	sameAs(t, [16]byte{1, 2})
	sameAs(t, key{3})
	sameAs(t, []byte("ab"))
	sameAs(t, []string(nil))
	sameAs(t, ids{1, 2})
	// What an interface holds itself, or what cannot be told: a plain conversion.
	sameAs(t, &one)
	sameAs(t, (*int)(nil))
	sameAs(t, inner{&one})
	sameAs(t, [1]*int{&one})
	sameAs(t, struct{}{})
	sameAs(t, struct{ A, B int }{1, 2})
	sameAs(t, map[string]int{"a": 1})
	sameAs[any](t, 5)
	sameAs[any](t, nil)
	sameAs[error](t, nil)
	sameAs[fmt.Stringer](t, time.Minute)
}

// TestAnySwitch: a type switch finds the type, and not the one behind a name.
func TestAnySwitch(t *testing.T) {
	t.Parallel()
	name := func(v any) string {
		switch v.(type) {
		case string:
			return "string"
		case code:
			return "code"
		case int64:
			return "int64"
		case fmt.Stringer:
			return "Stringer"
		}
		return "?"
	}
	s, c, n, at := "a", code("a"), int64(1), time.Now()
	got := []string{name(mem.Any(&s)), name(mem.Any(&c)), name(mem.Any(&n)), name(mem.Any(&at))}
	if want := []string{"string", "code", "int64", "Stringer"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestAnyLives: the interface alone keeps the memory, and what that refers to, alive.
func TestAnyLives(t *testing.T) {
	t.Parallel()
	type node struct {
		_      [4]int64
		text   string
		number int64
	}
	const n = 1000
	kept := make([]any, 0, 2*n)
	for i := range n {
		x := &node{text: strings.Repeat("x", i), number: int64(i)}
		kept = append(kept, mem.Any(&x.text), mem.Any(&x.number))
	}
	for range 3 {
		runtime.GC()
		_ = make([]byte, 1<<20)
	}
	for i := range n {
		if kept[2*i] != strings.Repeat("x", i) || kept[2*i+1] != int64(i) {
			t.Fatalf("%d became %v, %v", i, kept[2*i], kept[2*i+1])
		}
	}
}

// TestAnyAllocates: not for the types that statements have as values.
func TestAnyAllocates(t *testing.T) {
	x := struct {
		s  string
		n  int64
		at time.Time
		id [16]byte
		c  code
	}{s: "text", n: 1 << 40, at: time.Now(), id: [16]byte{1}, c: "red"}
	var kept [5]any
	allocs := testing.AllocsPerRun(10, func() {
		kept = [5]any{mem.Any(&x.s), mem.Any(&x.n), mem.Any(&x.at), mem.Any(&x.id), mem.Any(&x.c)}
	})
	if allocs != 0 || kept[0] != "text" {
		t.Errorf("%v allocates %.0f times", kept, allocs)
	}
}
