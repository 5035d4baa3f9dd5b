package expr

import (
	"math"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Expression is any expression, whatever its type.
type Expression interface {
	// Node gives the expression's untyped form, for the other packages of this module.
	Node() ast.Node
	expression()
}

// Of is an expression whose operands have Go type V: V itself for a column that is not null, and for one that may be.
// It is what an operator's expression form takes: Of[int64] is met by Int and NullInt, not by Text.
type Of[V any] interface {
	Expression
	of(V)
}

// Sortable is what ORDER BY takes: an expression, or one with a direction ([Ordering]).
type Sortable interface {
	// Node gives the key's untyped form, for the other packages of this module.
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
type Slot[R any] struct {
	Value  ast.Node
	Entity Entity
	Shape  *ast.Shape
}

// Entity is a mapped table, for the other packages of this module.
type Entity interface {
	// CupelTable gives the table's columns, keys and foreign keys.
	CupelTable() *ast.Table
}

// Value is an expression with operands of type V and results of type R. All kinds of column are Values with further
// operators; a function's result may be a plain Value. Its zero value belongs to no table, and a statement that has it
// fails with [ErrUnmapped].
type Value[V, R any] struct{ box *ast.Box }

// Node gives the expression's untyped form, for the other packages of this module.
func (v Value[V, R]) Node() ast.Node {
	if v.box == nil {
		return unmapped
	}
	return v.box.Node
}

// unmapped is the node of a Value that is zero.
var unmapped ast.Node = &ast.Bad{Err: ErrUnmapped}

// CupelSlot makes the expression an item of a SELECT list, for the other packages of this module.
func (v Value[V, R]) CupelSlot() Slot[R] { return Slot[R]{Value: v.Node()} }

func (Value[V, R]) expression() {}
func (Value[V, R]) sortable()   {}
func (Value[V, R]) of(V)        {}

func (v *Value[V, R]) bind(n ast.Node) { v.box = &ast.Box{Node: n} }

func (Value[V, R]) kind() Kind {
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]())
}

// lit makes a value an argument.
func lit[V any](v V) ast.Node {
	a := new(ast.Argument[V])
	a.Set(v)
	return &a.Literal
}

// wrap makes a node a Value. Where the node is new, Value{ast.Boxed(…)} saves an allocation.
func wrap[V, R any](n ast.Node) Value[V, R] { return Value[V, R]{&ast.Box{Node: n}} }

// nodes gives the untyped forms of expressions.
func nodes[E Expression](es []E) []ast.Node {
	ns := make([]ast.Node, len(es))
	for i, e := range es {
		ns[i] = ast.Of(e)
	}
	return ns
}

// Val is a Go value as an expression of its own: "$1::text". Its type is V's, so that the server need not guess. An int is
// an integer where it fits into one, a bigint else, as numbers in SQL text are: most functions take integers.
func Val[V any](v V) Value[V, V] {
	a := new(ast.Argument[V])
	a.Set(v)
	a.Type = sqlType(reflect.TypeFor[V]())
	if n, ok := a.Value.(int); ok && n >= math.MinInt32 && n <= math.MaxInt32 {
		a.Type = "integer"
	}
	return wrap[V, V](&a.Literal)
}

// Decimal is a number as an exact decimal: Decimal("1.19") renders "$1::numeric".
func Decimal(text string) NumberOf[string, string] {
	return number[string, string](&ast.Literal{Value: text, Type: "numeric"})
}
