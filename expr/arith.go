package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Numeric is a number of whatever kind: an [IntOf], a [FloatOf] or a [DecimalOf].
type Numeric interface {
	Expression
	isNumber()
}

// Exact is an integer or a decimal, of whatever Go type. PostgreSQL computes with both without loss, so arithmetic of a
// decimal takes either: p.Price.TimesExpr(l.Qty).
type Exact interface {
	Numeric
	isExact()
}

// operated is an operator between an expression and a Go value; all that it takes is one allocation.
func operated[K Kind[K], V any](op string, bind sqlw.Prec, l ast.Node, v V) K {
	o := &struct {
		ast.Binary
		arg ast.Argument[V]
		box ast.Box
	}{Binary: ast.Binary{Op: op, Bind: bind, L: l}}
	o.arg.Set(v)
	o.R = &o.arg.Literal
	o.box.Node = &o.Binary
	return boxed[K](&o.box)
}
