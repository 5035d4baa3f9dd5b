package sqltype_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/cupel-go/cupel/internal/sqltype"
)

type (
	name  string
	cents int64
	id    [16]byte
)

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		goes any
		want string
	}{
		{true, "boolean"},
		{int8(0), "smallint"},
		{int16(0), "smallint"},
		{uint8(0), "smallint"},
		{int32(0), "integer"},
		{uint16(0), "integer"},
		{0, "bigint"},
		{int64(0), "bigint"},
		{uint32(0), "bigint"},
		{cents(0), "bigint"},
		{uint64(0), ""},
		{float32(0), "real"},
		{0.0, "double precision"},
		{"", "text"},
		{name(""), "text"},
		{time.Time{}, "timestamptz"},
		{time.Duration(0), "interval"},
		{[]byte{}, "bytea"},
		{json.RawMessage{}, "jsonb"},
		{[16]byte{}, "uuid"},
		{id{}, "uuid"},
		{[8]byte{}, ""},
		{[]string{}, "text[]"},
		{[][]int32{}, "integer[][]"},
		{[]time.Time{}, "timestamptz[]"},
		{[]struct{}{}, ""},
		{struct{}{}, ""},
		{map[string]int{}, ""},
		{new(int), ""},
	} {
		if got := sqltype.Of(reflect.TypeOf(c.goes)).String(); got != c.want {
			t.Errorf("%T is %q, want %q", c.goes, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sql   string
		name  string
		kind  sqltype.Kind
		sized bool
		dims  int
	}{
		{"", "", sqltype.None, false, 0},
		{"mood", "", sqltype.Other, false, 0},
		{"bigint", "bigint", sqltype.Int8, false, 0},
		{" BigInt ", "bigint", sqltype.Int8, false, 0},
		{"int8[]", "bigint", sqltype.Int8, false, 1},
		{"text[] []", "text", sqltype.Text, false, 2},
		{"varchar(20)", "varchar", sqltype.Text, true, 0},
		{"character varying (20)[]", "varchar", sqltype.Text, true, 1},
		{"timestamp(3) with time zone", "timestamptz", sqltype.Timestamptz, true, 0},
		{"timestamp (3) without time zone", "timestamp", sqltype.Timestamp, true, 0},
		{"numeric(5, 2)", "numeric", sqltype.Numeric, true, 0},
		{"bigserial", "bigint", sqltype.Int8, false, 0},
		{"Serial", "integer", sqltype.Int4, false, 0},
	} {
		got := sqltype.Parse(c.sql)
		if got.Name != c.name || got.Kind != c.kind || got.Sized != c.sized || got.Dims != c.dims {
			t.Errorf("%q is %s of kind %d, sized %v, %d dimensions", c.sql, got.Name, got.Kind, got.Sized, got.Dims)
		}
	}
}

func TestSpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sql, element, plain string }{
		{"bigint", "bigint", "bigint"},
		{"mood", "mood", "mood"},
		{`"Mood"`, `"Mood"`, `"Mood"`},
		{"varchar(20)", "varchar", "varchar(20)"},
		{"char", "bpchar", "char"},
		{"Character (3)", "bpchar", "Character (3)"},
		{"bit(3)", "varbit", "bit(3)"},
		{"timestamp(3) with time zone", "timestamp with time zone", "timestamp(3) with time zone"},
		{"SERIAL", "SERIAL", "integer"},
		{"smallserial", "smallserial", "smallint"},
	} {
		if e, p := sqltype.Element(c.sql), sqltype.Plain(c.sql); e != c.element || p != c.plain {
			t.Errorf("%s: element %q, plain %q, want %q, %q", c.sql, e, p, c.element, c.plain)
		}
	}
	if sqltype.Serial("integer") || !sqltype.Serial("BIGSERIAL") || !sqltype.Serial("serial4") {
		t.Error("serials are not told from integers")
	}
}

func TestEquality(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sql  string
		goes any
		want sqltype.Equality
	}{
		{"bigint", int64(0), sqltype.Exact},
		{"integer", int64(0), sqltype.Exact},
		{"serial", int32(0), sqltype.Exact},
		{"text", "", sqltype.Exact},
		{"varchar", name(""), sqltype.Exact},
		{"varchar(3)", "", sqltype.Rounded},
		{"boolean", true, sqltype.Exact},
		{"uuid", [16]byte{}, sqltype.Exact},
		{"bytea", []byte{}, sqltype.Exact},
		{"float8", 0.0, sqltype.Exact},
		{"real", float32(0), sqltype.Exact},
		{"real", 0.0, sqltype.Rounded},
		{"date", time.Time{}, sqltype.Rounded},
		{"timestamptz", time.Time{}, sqltype.Rounded},
		{"interval", time.Duration(0), sqltype.Rounded},
		{"timestamptz(0)", time.Time{}, sqltype.Wider},
		{"uuid", "", sqltype.Wider},
		{"bigint", "", sqltype.Wider},
		{"numeric", "", sqltype.Wider},
		{"char(3)", "", sqltype.Wider},
		{"bpchar", "", sqltype.Wider},
		{"citext", "", sqltype.Wider},
		{"jsonb", json.RawMessage{}, sqltype.Wider},
		{"mood", "", sqltype.Unknown},
		{"text[]", []string{}, sqltype.Unknown},
		{"", "", sqltype.Unknown},
	} {
		if got := sqltype.Parse(c.sql).Equality(reflect.TypeOf(c.goes)); got != c.want {
			t.Errorf("%T in %s: %d, want %d", c.goes, c.sql, got, c.want)
		}
	}
}

func TestSameFloat(t *testing.T) {
	t.Parallel()
	if nan := math.NaN(); !sqltype.SameFloat(nan, nan) || sqltype.SameFloat(nan, 1) || !sqltype.SameFloat(0, math.Copysign(0, -1)) || sqltype.SameFloat(1, 2) {
		t.Error("numbers are not compared as the server does")
	}
}
