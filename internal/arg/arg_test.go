package arg_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/cupel-go/cupel/internal/arg"
)

type code string

// same tests that an argument that lies elsewhere is, as a Go value, what a conversion to any makes of it.
func same[V any](t *testing.T, v V) {
	t.Helper()
	if got, want := arg.Plain(arg.At(&v)), any(v); !reflect.DeepEqual(got, want) || reflect.TypeOf(got) != reflect.TypeOf(want) {
		t.Errorf("%T: %#v, want %#v", v, got, want)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	one := 1
	same(t, "text")
	same(t, code("red"))
	same(t, 1<<40)
	same(t, 1.5)
	same(t, time.Now())
	same(t, []int64{1, 2})
	same(t, [16]byte{1})
	same(t, &one)
	same(t, (*int)(nil))
	same[any](t, nil)
	same[any](t, 5)
	same[error](t, nil)
	if got := arg.Plain(&one); got != any(&one) {
		t.Errorf("a pointer of the caller's became %v", got)
	}
}

func TestPlains(t *testing.T) {
	t.Parallel()
	s := "x"
	args := []any{arg.At(&s), 2, nil}
	if got := arg.Plains(args); !reflect.DeepEqual(got, []any{"x", 2, nil}) {
		t.Errorf("%v", got)
	}
	if _, still := args[0].(arg.Ref[string]); !still {
		t.Errorf("the arguments were changed: %v", args)
	}
	if arg.Plains(nil) != nil {
		t.Error("no arguments are not nil")
	}
}

// TestNothingIsBoxed: an argument takes no allocation, whatever its type.
func TestNothingIsBoxed(t *testing.T) {
	node := struct {
		text string
		n    int64
		at   time.Time
	}{"a", 1 << 40, time.Now()}
	args := make([]any, 0, 3)
	if n := testing.AllocsPerRun(100, func() {
		args = append(args[:0], arg.At(&node.text), arg.At(&node.n), arg.At(&node.at))
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
