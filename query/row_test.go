package query_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/cupel-go/cupel/query"
)

// named has a String method of its own.
type named struct{ Name string }

func (n *named) String() string { return "[" + n.Name + "]" }

func ptr[T any](v T) *T { return &v }

func TestRowString(t *testing.T) {
	t.Parallel()
	type color string
	at := time.Date(2026, 1, 2, 3, 4, 5, 678000000, time.UTC)
	for _, c := range []struct {
		row  fmt.Stringer
		want string
	}{
		{query.Row2[string, int64]{V1: "Plumber", V2: 3}, "('Plumber', 3)"},
		{query.Row2[string, *string]{V1: "O'Hara"}, "('O''Hara', NULL)"},
		{query.Row2[*string, *int64]{V1: ptr("a'b"), V2: ptr(int64(7))}, "('a''b', 7)"},
		{query.Row2[bool, *bool]{V1: true, V2: ptr(false)}, "(true, false)"},
		{query.Row2[color, *color]{V1: "red", V2: ptr(color("it's"))}, "('red', 'it''s')"},
		{query.Row2[time.Time, *time.Time]{V1: at}, "('2026-01-02 03:04:05.678', NULL)"},
		{query.Row2[[]byte, *[]byte]{V1: []byte{0, 255}, V2: ptr([]byte{1})}, `('\x00ff', '\x01')`},
		{query.Row2[[]string, []*int64]{V1: []string{"a", "b'"}, V2: []*int64{ptr(int64(1)), nil}}, "(ARRAY['a', 'b'''], ARRAY[1, NULL])"},
		{query.Row2[[]int64, *[]string]{V1: []int64{}}, "(ARRAY[], NULL)"},
		{query.Row2[*[]string, []string]{V1: &[]string{"a"}}, "(ARRAY['a'], NULL)"},
		{query.Row2[*named, *named]{V1: &named{"a"}}, "([a], NULL)"},
		{query.Row2[*Customer, float64]{V1: &Customer{ID: 1, Name: "a"}, V2: 1.5}, "(&{ID:1 Name:a Email:<nil> VIP:false}, 1.5)"},
		{query.Row3[int, int, int]{V1: 1, V2: 2, V3: 3}, "(1, 2, 3)"},
		{query.Row4[int, int, int, string]{V1: 1, V2: 2, V3: 3, V4: ""}, "(1, 2, 3, '')"},
		{query.Row5[int, int, int, int, string]{V1: 1, V2: 2, V3: 3, V4: 4, V5: "e"}, "(1, 2, 3, 4, 'e')"},
		{query.Row6[int, int, int, int, int, string]{V1: 1, V2: 2, V3: 3, V4: 4, V5: 5, V6: "f"}, "(1, 2, 3, 4, 5, 'f')"},
		{query.Row7[int, int, int, int, int, int, *int]{V1: 1, V2: 2, V3: 3, V4: 4, V5: 5, V6: 6}, "(1, 2, 3, 4, 5, 6, NULL)"},
		{query.Row8[int, int, int, int, int, int, int, any]{V1: 1, V2: 2, V3: 3, V4: 4, V5: 5, V6: 6, V7: 7}, "(1, 2, 3, 4, 5, 6, 7, NULL)"},
	} {
		if got := c.row.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got := fmt.Sprint(c.row); got != c.want {
			t.Errorf("printed %s, want %s", got, c.want)
		}
	}
}

func TestRowValues(t *testing.T) {
	t.Parallel()
	a, b := query.Row2[int, string]{1, "b"}.Values()
	_, _, c := query.Row3[int, int, string]{1, 2, "c"}.Values()
	_, _, _, d := query.Row4[int, int, int, string]{1, 2, 3, "d"}.Values()
	_, _, _, _, e := query.Row5[int, int, int, int, string]{1, 2, 3, 4, "e"}.Values()
	_, _, _, _, _, f := query.Row6[int, int, int, int, int, string]{1, 2, 3, 4, 5, "f"}.Values()
	_, _, _, _, _, _, g := query.Row7[int, int, int, int, int, int, string]{1, 2, 3, 4, 5, 6, "g"}.Values()
	v1, v2, v3, v4, v5, v6, v7, h := query.Row8[int, int, int, int, int, int, int, string]{1, 2, 3, 4, 5, 6, 7, "h"}.Values()
	if a != 1 || b+c+d+e+f+g+h != "bcdefgh" || fmt.Sprint(v1, v2, v3, v4, v5, v6, v7) != "1 2 3 4 5 6 7" {
		t.Errorf("got %d %s and %d %d %d %d %d %d %d", a, b+c+d+e+f+g+h, v1, v2, v3, v4, v5, v6, v7)
	}
}
