package eval

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// untyped is the kind of a value that takes the other operand's type.
const untyped = sqltype.None

// kindOf returns the kind of an operand, which is what must be known of its type to compute and to compare as PostgreSQL does.
func kindOf(n ast.Node) sqltype.Kind {
	switch x := n.(type) {
	case *ast.Column:
		return sqltype.Parse(x.Type).Kind
	case *ast.Literal:
		return sqltype.Parse(x.Type).Kind
	case *ast.Keyword:
		return untyped
	case *ast.Sign:
		return kindOf(x.X)
	case *ast.Binary:
		return kindOfBoth(kindOf(x.L), kindOf(x.R))
	}
	return sqltype.Other
}

// kindOfBoth returns the kind of an operator's result, for operands that go together.
func kindOfBoth(l, r sqltype.Kind) sqltype.Kind {
	switch {
	case l == untyped:
		return r
	case r == untyped || l == r:
		return l
	case l.Integer() && r.Integer(), l.Float() && r.Float():
		return max(l, r)
	}
	return sqltype.Other
}

// as returns a value as one of kind k: what the server makes of it when it stores it or compares it with others of the kind.
func as(k sqltype.Kind, v any) any {
	switch x := v.(type) {
	case float64:
		if k == sqltype.Float4 {
			return float64(float32(x))
		}
	case time.Time:
		switch k {
		case sqltype.Date: // the day and the wall clock are those of the value's own zone
			return time.Date(x.Year(), x.Month(), x.Day(), 0, 0, 0, 0, time.UTC)
		case sqltype.Timestamp:
			return time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), x.Second(), x.Nanosecond(), time.UTC)
		}
	}
	return v
}
