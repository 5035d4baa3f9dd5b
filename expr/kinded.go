package expr

import "github.com/cupel-go/cupel/internal/ast"

// Kind is an expression type by itself: [Int], [NullText], [UUID], whatever a column can be. A function whose result only the
// program knows takes the kind as a type argument, and returns an expression with all operators of that kind:
//
//	expr.Func[expr.NullText]("to_hex", c.ID).Like("f%")   // to_hex(customer.id) LIKE $1
//
// The kind must be able to hold what the database computes: name NullText, not Text, for what may be NULL.
type Kind[K any] interface {
	Expression
	with(*ast.Box) K
	kind() ColumnKind
}

// KindOf is a [Kind] with operands of Go type V. V follows from K and is never written.
type KindOf[K, V any] interface {
	Kind[K]
	Of[V]
}

// Twins is an expression of which N is the kind where it cannot be NULL, and M the kind where it can: Text and NullText
// of both. By it [Coalesce] of a NullText is a Text.
type Twins[V, N, M any] interface {
	Of[V]
	notNull(*ast.Box) N
	maybeNull(*ast.Box) M
}

// ValueOf is an expression with operands of type V and results of type R, whatever its kind.
type ValueOf[V, R any] interface {
	Of[V]
	Item[R]
}

// As returns the same expression as another kind, which must be able to hold what the database computes. It renders nothing:
// As[expr.Int](o.Qty) of an Int32 compares with an Int. To convert in SQL, see [Cast].
func As[K Kind[K]](x Expression) K { return made[K](ast.Of(x)) }

// boxed makes a K of a box with a node.
func boxed[K Kind[K]](b *ast.Box) K {
	var k K
	return k.with(b)
}

// made is boxed of a node. Where the node is new, boxed(ast.Boxed(…)) saves an allocation.
func made[K Kind[K]](n ast.Node) K { return boxed[K](&ast.Box{Node: n}) }

// As names the expression: "x AS name". The SELECT list writes "x AS name", OrderBy of the same statement "name"; anywhere
// else, GroupBy too, it is the expression: there a column of that name would hide the label.
func (v Value[V, R]) As(name string) Value[V, R] { return Value[V, R]{labeled(v.Node(), name)} }

// OrNull returns the same expression, read into a pointer: for the columns of a table that an outer join may not find, and
// of ROLLUP and its kin.
func (v Value[V, R]) OrNull() Value[V, *V] { return Value[V, *V](v) }

// Const returns a Go value as an expression of this kind: "$1::uuid" of a UUID.
func (v Value[V, R]) Const(x V) Value[V, R] {
	return Value[V, R]{literal(x, constType(v.Node(), v.kind()))}
}

func labeled(n ast.Node, name string) *ast.Box { return ast.Boxed(ast.Label{X: n, Name: name}) }
