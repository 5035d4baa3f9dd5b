package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Expression is any expression, whatever its kind.
type Expression interface {
	Argument
	// Node returns the expression's untyped form, for the other packages of this module.
	Node() ast.Node
}

// Of is an expression whose operands have Go type V: V itself for a column that is not null, and for one that may be.
// It is what an operator's expression form takes: Of[int64] is met by Int and NullInt, not by Text.
type Of[V any] interface {
	Expression
	of(V)
}

// Sortable is what ORDER BY takes: an expression, or one with a direction ([Ordering]).
type Sortable interface {
	// Node returns the key's untyped form, for the other packages of this module.
	Node() ast.Node
	sortable()
}

// Item is what a SELECT list takes: an expression, a mapped table, or several of them as one; R is the Go type of what it is
// in a result row.
type Item[R any] interface {
	// CupelSlot returns the item's untyped form, for the other packages of this module.
	CupelSlot() Slot[R]
}

// Slot is what an item puts into a result row: a value, an entity, or several of them. Two of its fields are nil.
// It is for package query.
type Slot[R any] struct {
	Value  ast.Node
	Entity Entity
	Shape  *ast.Shape
}

// Entity is a mapped table, for the other packages of this module.
type Entity interface {
	// CupelTable returns the table's columns, keys and foreign keys.
	CupelTable() *ast.Table
}

// Value is an expression with operands of type V and results of type R. Every kind is a Value with further operators; a
// column of a type that has none of its own, such as [UUID] or [Col], is a plain Value. Its zero value belongs to no
// table, and a statement that has it fails with [ErrUnmapped].
type Value[V, R any] struct{ box *ast.Box }

// Node returns the expression's untyped form, for the other packages of this module.
func (v Value[V, R]) Node() ast.Node { return nodeOf(v.box) }

func nodeOf(b *ast.Box) ast.Node {
	if b == nil {
		return unmapped
	}
	return b.Node
}

// unmapped is the node of a Value that is zero.
var unmapped ast.Node = &ast.Bad{Err: ErrUnmapped}

// CupelSlot makes the expression an item of a SELECT list, for the other packages of this module.
func (v Value[V, R]) CupelSlot() Slot[R] { return Slot[R]{Value: v.Node()} }

func (v Value[V, R]) argument(c *ast.Call) { c.Args = append(c.Args, v.Node()) }
func (Value[V, R]) sortable()              {}
func (Value[V, R]) of(V)                   {}

func (v *Value[V, R]) bind(n ast.Node) { v.box = &ast.Box{Node: n} }

func (Value[V, R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]())
}

func (Value[V, R]) with(b *ast.Box) Value[V, R]       { return Value[V, R]{b} }
func (Value[V, R]) notNull(b *ast.Box) Value[V, V]    { return Value[V, V]{b} }
func (Value[V, R]) maybeNull(b *ast.Box) Value[V, *V] { return Value[V, *V]{b} }

// nodes returns the untyped forms of expressions.
func nodes[E Expression](es []E) []ast.Node {
	ns := make([]ast.Node, len(es))
	for i, e := range es {
		ns[i] = ast.Of(e)
	}
	return ns
}
