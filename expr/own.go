package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Own is what a kind of the program's own is a struct around: of a type that an extension of the database has, or with operators
// that ours have not. K is the kind itself, V the Go type of operands, which pgx can encode and decode, and R that of results: V,
// or *V where it may be NULL.
//
//	type Path struct{ expr.Own[Path, string, string] }
//
//	func (Path) SQLType() string { return "ltree" }
//
//	func (p Path) Under(top string) expr.Predicate { return expr.Op[expr.Predicate](p, "<@", p.Const(top)) }
//
// A column of it has what a [Value] has and these methods: t.Path.Under("a.b") is "t.path <@ $1::ltree". It may be named wherever a
// kind is: expr.Func[Path]("subpath", t.Path, expr.Val(1)). Without a method SQLType, V says what the type is, or model.Type.
// K must be the struct that it is embedded in.
type Own[K Kind[K], V, R any] struct{ Value[V, R] }

func (Own[K, V, R]) with(b *ast.Box) K {
	var k K
	if x, ok := any(&k).(interface{ put(*ast.Box) }); ok {
		x.put(b)
	}
	return k
}

func (o *Own[K, V, R]) put(b *ast.Box) { o.box = b }

func (Own[K, V, R]) kind() ColumnKind {
	var k K
	kind := kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]())
	if t, ok := any(k).(interface{ SQLType() string }); ok {
		return kind.as(t.SQLType())
	}
	return kind
}

// As names the expression, and keeps its kind: "x AS name"; see [Value.As].
func (o Own[K, V, R]) As(name string) K { return boxed[K](labeled(o.Node(), name)) }

// Const returns a Go value as an expression of this kind: "$1::ltree".
func (o Own[K, V, R]) Const(x V) K { return boxed[K](literal(x, constType(o.Node(), o.kind()))) }
