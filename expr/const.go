package expr

import (
	"math"
	"reflect"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
)

// Const returns a Go value as an expression of the kind named, "$1::bigint" for Const[Int](10), with the kind's operators:
//
//	expr.Const[expr.Int](10).MinusExpr(l.Qty)     // $1::bigint - line.qty
//	expr.Const[expr.Decimal]("1.19")              // $1::numeric
//	expr.Const[expr.Date](day)                    // $1::date
//
// Beside a column its Const method is shorter, and knows the column's type in the database.
func Const[K KindOf[K, V], V any](v V) K {
	var k K
	return k.with(literal(v, k.kind().SQLType))
}

// Val returns a Go value as an expression, "$1::text" for a string: its type is V's, so that the server need not guess. An
// int is an integer where it fits into one, a bigint otherwise, as numbers in SQL text are: most functions take integers.
// It has comparisons and no more operators; see [Const], which also names another type than that of the Go value: a time.Time is a
// timestamptz by Val and a day by Const[Date], a float64 a double precision, in which the server computes with a numeric beside it, and
// "1.19" a numeric by Const[Decimal].
func Val[V any](v V) Value[V, V] {
	typed := sqlType(reflect.TypeFor[V]())
	if n, ok := any(v).(int); ok && n >= math.MinInt32 && n <= math.MaxInt32 {
		typed = "integer"
	}
	return Value[V, V]{literal(v, typed)}
}

// Nullable returns a Go value that may be nil as an expression: "$1::text", which is NULL where p is nil. Nullable[string](nil)
// is a NULL of type text. For conditions see [Value.Is], for a column's new value [Value.ToPtr].
func Nullable[V any](p *V) Value[V, *V] {
	if p == nil {
		l, _ := Val(*new(V)).Node().(*ast.Literal)
		return Value[V, *V]{ast.Boxed(ast.Literal{Type: l.Type})}
	}
	return Value[V, *V](Val(*p))
}

// literal makes a value an argument, "$1::type"; without a type "$1".
func literal[V any](v V, typed string) *ast.Box {
	l := &struct {
		arg ast.Argument[V]
		box ast.Box
	}{}
	l.arg.Set(v)
	l.arg.Type = typed
	l.box.Node = &l.arg.Literal
	return &l.box
}

// lit makes a value an argument without a type.
func lit[V any](v V) ast.Node {
	a := new(ast.Argument[V])
	a.Set(v)
	return &a.Literal
}

// constType returns the SQL type of a value that stands beside n, of kind k: a column's own, where a value can be cast to it
// without being cut or rounded, and the kind's otherwise.
func constType(n ast.Node, k ColumnKind) string {
	c, ok := n.(*ast.Column)
	if !ok || c.Type == "" || strings.Contains(c.Type, "(") || strings.HasSuffix(c.Type, "serial") {
		return k.SQLType
	}
	switch c.Type {
	case "char", "character", "bit": // of length 1
		return k.SQLType
	}
	return c.Type
}
