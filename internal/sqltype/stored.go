package sqltype

import (
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Stored returns the type of a column as a catalog has it: its OID and its name, of the elements where it is an array. Its
// Kind is Other where the table does not have it.
func Stored(oid uint32, name string, array bool) Type {
	t := Type{Info: other}
	for i := range table {
		if r := &table[i]; r.OID == oid && oid != 0 || r.OID == 0 && r.Name == name {
			t.Info = r
			break
		}
	}
	if array {
		t.Dims = 1
	}
	return t
}

// Holds reports whether a column of type t takes every value of type u and gives it back as it was, and whether both find
// the same values equal. Nothing holds a type that the table does not have; sizes do not count.
func (t Type) Holds(u Type) bool {
	switch {
	case (t.Dims > 0) != (u.Dims > 0), t.Kind <= Other:
		return false
	case t.Kind.Integer() && u.Kind.Integer(), t.Kind.Float() && u.Kind.Float():
		return t.Kind >= u.Kind
	}
	return t.Kind == u.Kind && t.Wider == u.Wider
}

// Modifiers returns the numbers in parentheses of a type's SQL text: 10 and 2 of "numeric(10, 2)".
func Modifiers(sql string) (ns []int) {
	_, rest, ok := strings.Cut(sql, "(")
	if !ok {
		return nil
	}
	inside, _, _ := strings.Cut(rest, ")")
	for part := range strings.SplitSeq(inside, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil
		}
		ns = append(ns, n)
	}
	return ns
}

// Narrower reports whether a size or precision leaves no room for values of another one, of types of the same kind; without
// one of the two nothing is said. Of a numeric the digits before and behind the point count.
func (t Type) Narrower(mods, than []int) bool {
	if len(mods) == 0 || len(than) == 0 {
		return false
	}
	if t.Kind != Numeric {
		return mods[0] < than[0]
	}
	scale, wanted := append(mods, 0)[1], append(than, 0)[1]
	return scale < wanted || mods[0]-scale < than[0]-wanted
}

// Fits reports whether there is room for a value in a column of type t with these modifiers, which the server refuses otherwise: a text of more
// characters, but for blanks at its end, or a number of more digits before the point. What is neither fits.
func (t Type) Fits(v any, modifiers []int) bool {
	x := reflect.ValueOf(v)
	for x.Kind() == reflect.Pointer && !x.IsNil() {
		x = x.Elem()
	}
	switch {
	case !x.IsValid() || x.Kind() == reflect.Pointer || t.Dims > 0 || len(modifiers) == 0:
		return true
	case t.Kind == Text && x.Kind() == reflect.String:
		return utf8.RuneCountInString(strings.TrimRight(x.String(), " ")) <= modifiers[0]
	case t.Kind != Numeric:
		return true
	}
	n, ok := new(big.Rat).SetString(fmt.Sprint(x.Interface()))
	if !ok {
		return true
	}
	scale := append(modifiers, 0)[1]
	unit := new(big.Rat).SetFrac(big.NewInt(1), big.NewInt(2)) // from half a unit of the last digit on it is rounded up
	limit := power(modifiers[0] - scale)
	return n.Abs(n).Cmp(limit.Sub(limit, unit.Mul(unit, power(-scale)))) < 0
}

// power returns 10 to the nth.
func power(n int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		p.Inv(p)
	}
	return p
}
