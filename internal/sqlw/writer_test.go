package sqlw_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/internal/sqlw"
)

func TestArg(t *testing.T) {
	t.Parallel()
	a, b := new(any), new(any)
	for _, c := range []struct {
		mode sqlw.Mode
		want string
		args []any
	}{
		{sqlw.Numbered, "$1 $2 $1 $3 $4", []any{1, 2, 3, 3}},
		{sqlw.Question, "? ? ? ? ?", []any{1, 2, 1, 3, 3}},
		{sqlw.Inline, "1 2 1 3 3", nil},
	} {
		w := sqlw.Get(c.mode)
		for i, x := range []struct {
			key   *any
			value any
		}{{a, 1}, {b, 2}, {a, 1}, {nil, 3}, {nil, 3}} {
			if i > 0 {
				w.Byte(' ')
			}
			w.Arg(x.key, x.value)
		}
		text, args, err := w.Result()
		if text != c.want || !reflect.DeepEqual(args, c.args) || err != nil || w.Mode() != c.mode {
			t.Errorf("mode %d gives %s %v %v, want %s %v", c.mode, text, args, err, c.want, c.args)
		}
		w.Release()
		if w = sqlw.Get(sqlw.Numbered); w.Len() != 0 || w.Args() != nil || w.Err() != nil {
			t.Errorf("a new writer is not empty: %s %v %v", w, w.Args(), w.Err())
		}
		w.Release()
	}
}

// The same key has the same number however many there are, and so has the one that shares its argument.
func TestManyArgs(t *testing.T) {
	t.Parallel()
	const n = 200
	w := sqlw.Get(sqlw.Numbered)
	keys := make([]any, n)
	other := new(any)
	w.Same(other, &keys[n-1])
	for range 2 {
		for i := range keys {
			if i%10 == 0 {
				w.Arg(nil, "new")
			}
			w.Arg(&keys[i], i)
		}
	}
	w.Arg(other, "not sent")
	last := w.Values()[n+n/10-1]
	if got := len(w.Values()); got != n+2*n/10 || last != n-1 {
		t.Errorf("%d arguments, the last of the first round is %v", got, last)
	}
	if want := "$220"; !strings.HasSuffix(w.String(), want) {
		t.Errorf("the shared argument is not %s", want)
	}
	w.Release()
	if w = sqlw.Get(sqlw.Numbered); w.Len() != 0 {
		t.Error("a new writer is not empty")
	}
	w.Arg(&keys[0], 0)
	if w.String() != "$1" {
		t.Errorf("a new writer begins with %s", w)
	}
	w.Release()
}

func TestFail(t *testing.T) {
	t.Parallel()
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	first := errors.New("first")
	w.Text("SELECT ")
	w.Arg(nil, 1)
	w.Fail(first)
	w.Fail(errors.New("second"))
	if text, args, err := w.Result(); text != "" || args != nil || !errors.Is(err, first) {
		t.Errorf("got %q %v %v", text, args, err)
	}
}

// What Result gave stays as it is when its writer is used again.
func TestResultStays(t *testing.T) {
	t.Parallel()
	w := sqlw.Get(sqlw.Numbered)
	w.Text("first ")
	w.Arg(nil, "a")
	text, args, _ := w.Result()
	w.Release()
	for range 10 {
		w := sqlw.Get(sqlw.Numbered)
		w.Text("second")
		w.Arg(nil, "b")
		w.Release()
	}
	if text != "first $1" || args[0] != "a" {
		t.Errorf("it became %s %v", text, args)
	}
}

func TestBare(t *testing.T) {
	t.Parallel()
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Bare(func() {
		w.Bare(func() {})
		if !w.IsBare() {
			t.Error("it is not bare inside Bare")
		}
	})
	if w.IsBare() {
		t.Error("it is bare after Bare")
	}
}

type stringer struct{}

func (stringer) String() string { return "it's" }

func TestInline(t *testing.T) {
	t.Parallel()
	type color string
	one, text := 1, "a'b"
	var nobody *stringer
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, "NULL"},
		{"", "''"},
		{"a'b\\c", `E'a''b\\c'`},
		{color("red"), "'red'"},
		{true, "true"},
		{-5, "-5"},
		{int8(-5), "-5"},
		{uint64(math.MaxUint64), "18446744073709551615"},
		{int64(math.MinInt64), "-9223372036854775808"},
		{1.5, "1.5"},
		{float32(0.5), "0.5"},
		{math.NaN(), "'NaN'"},
		{math.Inf(1), "'Inf'"},
		{math.Inf(-1), "'-Inf'"},
		{[]byte{0, 255}, `E'\\x00ff'`},
		{time.Date(2026, 1, 2, 3, 4, 5, 678900, time.UTC), "'2026-01-02 03:04:05.000678Z'"},
		{time.Minute, "'1m0s'"},
		{&one, "1"},
		{&text, "'a''b'"},
		{(*int)(nil), "NULL"},
		{nobody, "NULL"},
		{stringer{}, "'it''s'"},
		{[]string{"a", "b'c"}, "ARRAY['a', 'b''c']"},
		{[]int64(nil), "NULL"},
		{[]int64{}, "ARRAY[]"},
		{make([]int64, 21), "ARRAY[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 1 more]"},
		{struct{ A string }{"it's"}, "'{it''s}'"},
	} {
		w := sqlw.Get(sqlw.Inline)
		w.Arg(nil, c.value)
		if w.String() != c.want || w.Err() != nil {
			t.Errorf("%#v is written %s, want %s", c.value, w, c.want)
		}
		w.Release()
	}
}
