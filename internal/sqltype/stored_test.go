package sqltype_test

import (
	"slices"
	"testing"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// TestStoredIsParsed: what a catalog says of a type is what its name in SQL says.
func TestStoredIsParsed(t *testing.T) {
	t.Parallel()
	for _, r := range sqltype.Rows() {
		if r.Name == "char" { // which is bpchar with a size
			continue
		}
		for _, array := range []bool{false, true} {
			want := r.Name
			if array {
				want += "[]"
			}
			if got := sqltype.Stored(r.OID, r.Name, array); got.String() != want {
				t.Errorf("%s, array %v: is %q", r.Name, array, got)
			}
		}
	}
	for _, name := range []string{"text", "char", ""} { // "char" with quotes is a type of one byte, with the OID 18
		if got := sqltype.Stored(18, name, false); got.Kind != sqltype.Other {
			t.Errorf("%q with the OID 18 is %q", name, got)
		}
	}
}

func TestHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stored, mapped string
		want           bool
	}{
		{"bigint", "bigint", true},
		{"bigint", "smallint", true},
		{"integer", "bigint", false},
		{"double precision", "real", true},
		{"real", "double precision", false},
		{"numeric", "bigint", false},
		{"bigint", "numeric", false},
		{"double precision", "bigint", false},
		{"varchar(5)", "text", true},
		{"text", "varchar(5)", true},
		{"char(5)", "text", false}, // blanks at the end come back, and do not count
		{"citext", "text", false},
		{"text", "citext", false},
		{"timestamp", "timestamptz", false},
		{"timestamptz", "timestamp", false},
		{"date", "timestamptz", false},
		{"timestamptz(0)", "timestamptz", true},
		{"json", "jsonb", false},
		{"uuid", "text", false},
		{"text[]", "text", false},
		{"text", "text[]", false},
		{"varchar[]", "text[]", true},
		{"mood", "mood", false},
		{"text", "mood", false},
	} {
		if got := sqltype.Parse(c.stored).Holds(sqltype.Parse(c.mapped)); got != c.want {
			t.Errorf("%s holds %s: %v", c.stored, c.mapped, got)
		}
	}
}

func TestNarrower(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stored, mapped string
		want           bool
	}{
		{"varchar(5)", "varchar(5)", false},
		{"varchar(5)", "varchar(6)", true},
		{"varchar(6)", "varchar(5)", false},
		{"varchar(5)", "varchar", false},
		{"varchar", "varchar(5)", false},
		{"numeric(10,2)", "numeric(10, 2)", false},
		{"numeric(12,2)", "numeric(10, 2)", false},
		{"numeric(8,2)", "numeric(10, 2)", true},
		{"numeric(12,4)", "numeric(10, 2)", false},
		{"numeric(11,4)", "numeric(10, 2)", true}, // a digit less before the point
		{"numeric(10)", "numeric(10, 2)", true},
		{"numeric(10,2)", "numeric(8)", false},
		{"timestamp(0) without time zone", "timestamp(3)", true},
	} {
		got := sqltype.Parse(c.stored).Narrower(sqltype.Modifiers(c.stored), sqltype.Modifiers(c.mapped))
		if got != c.want {
			t.Errorf("%s is narrower than %s: %v", c.stored, c.mapped, got)
		}
	}
	for _, odd := range []string{"x", "geometry(Point,4326)", "x()", ""} {
		if got := sqltype.Modifiers(odd); !slices.Equal(got, nil) {
			t.Errorf("%q has the modifiers %v", odd, got)
		}
	}
}
