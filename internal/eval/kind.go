package eval

import (
	"reflect"
	"strings"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
)

// kind is what the evaluator must know of an operand's SQL type to compute and to compare as PostgreSQL does.
type kind uint8

const (
	otherKind   kind = iota // nothing but that equal values are equal in Go
	untypedKind             // a value that takes the other operand's type
	int2Kind
	int4Kind
	int8Kind
	float4Kind
	float8Kind
	textKind
	dateKind
	timestampKind
	timestamptzKind
	opaqueKind // Go values of it do not tell what the database holds or finds equal: numeric rounds, char(n) ignores blanks
)

func (k kind) integer() bool { return k >= int2Kind && k <= int8Kind }
func (k kind) float() bool   { return k == float4Kind || k == float8Kind }
func (k kind) time() bool    { return k >= dateKind && k <= timestamptzKind }

var kindOfType = map[string]kind{
	"smallint": int2Kind, "int2": int2Kind, "smallserial": int2Kind,
	"integer": int4Kind, "int": int4Kind, "int4": int4Kind, "serial": int4Kind,
	"bigint": int8Kind, "int8": int8Kind, "bigserial": int8Kind,
	"real": float4Kind, "float4": float4Kind, "double precision": float8Kind, "float8": float8Kind,
	"text": textKind, "varchar": textKind, "character varying": textKind,
	"date": dateKind, "timestamp": timestampKind, "timestamp without time zone": timestampKind,
	"timestamptz": timestamptzKind, "timestamp with time zone": timestamptzKind,
	"numeric": opaqueKind, "decimal": opaqueKind, "money": opaqueKind, "float": opaqueKind,
	"char": opaqueKind, "character": opaqueKind, "bpchar": opaqueKind, "citext": opaqueKind,
	"json": opaqueKind, "jsonb": opaqueKind, "xml": opaqueKind, "inet": opaqueKind, "cidr": opaqueKind, "macaddr": opaqueKind,
	"time": opaqueKind, "timetz": opaqueKind,
}

// kindOfSQL returns the kind of an SQL type; one with a precision, which rounds, is opaque.
func kindOfSQL(sqlType string) kind {
	base, rest, sized := strings.Cut(strings.ToLower(strings.TrimSpace(sqlType)), "(")
	if _, after, _ := strings.Cut(rest, ")"); sized {
		base = strings.TrimSpace(base) + after
	}
	k := kindOfType[base]
	if sized && k != textKind {
		return opaqueKind
	}
	return k
}

// kindOf returns the kind of an operand.
func kindOf(n ast.Node) kind {
	switch x := n.(type) {
	case *ast.Column:
		return kindOfColumn(x)
	case *ast.Literal:
		if x.Type != "" {
			return kindOfSQL(x.Type)
		}
		return untypedKind
	case *ast.Keyword:
		return untypedKind
	case *ast.Sign:
		return kindOf(x.X)
	case *ast.Binary:
		return kindOfBoth(kindOf(x.L), kindOf(x.R))
	}
	return otherKind
}

// kindOfColumn returns a column's kind. Text in Go may be a uuid, whose case does not matter.
func kindOfColumn(c *ast.Column) kind {
	if c.Type == "uuid" && c.GoType.Kind() == reflect.String {
		return opaqueKind
	}
	return kindOfSQL(c.Type)
}

// kindOfBoth returns the kind of an operator's result, for operands that go together.
func kindOfBoth(l, r kind) kind {
	switch {
	case l == untypedKind:
		return r
	case r == untypedKind || l == r:
		return l
	case l.integer() && r.integer(), l.float() && r.float():
		return max(l, r)
	}
	return otherKind
}

// as returns a value as one of kind k: what the server makes of it when it stores it or compares it with others of the kind.
func (k kind) as(v any) any {
	switch x := v.(type) {
	case float64:
		if k == float4Kind {
			return float64(float32(x))
		}
	case time.Time:
		switch k {
		case dateKind: // the day and the wall clock are those of the value's own zone
			return time.Date(x.Year(), x.Month(), x.Day(), 0, 0, 0, 0, time.UTC)
		case timestampKind:
			return time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), x.Second(), x.Nanosecond(), time.UTC)
		}
	}
	return v
}
