package expr

import (
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Predicate is a condition. Selected, it gives *bool: nil where SQL's answer is NULL. It is also a squirrel.Sqlizer.
type Predicate struct{ BoolOf[*bool] }

func predicate(n ast.Node) Predicate { return condition(&ast.Box{Node: n}) }

func condition(b *ast.Box) Predicate { return Predicate{BoolOf[*bool]{Value[bool, *bool]{b}}} }

// Condition is what WHERE, HAVING and ON take: a [Predicate] or a boolean column.
type Condition = Of[bool]

// And renders "p AND q".
func (p BoolOf[R]) And(q Condition) Predicate { return And(p, q) }

// Or renders "p OR q".
func (p BoolOf[R]) Or(q Condition) Predicate { return Or(p, q) }

// Not renders the opposite: "x <> $1" for "x = $1", "x NOT LIKE $1" for "x LIKE $1" …, "NOT (p AND q)" where there is
// no operator for it. Where p is NULL, so is its opposite.
func (p BoolOf[R]) Not() Predicate { return Not(p) }

// IsTrue renders "p IS TRUE": false where p is NULL, and never NULL itself.
func (p BoolOf[R]) IsTrue() Predicate { return condition(ast.Boxed(ast.Is{X: p.Node(), What: "TRUE"})) }

// IsNotTrue renders "p IS NOT TRUE": true where p is false or NULL.
func (p BoolOf[R]) IsNotTrue() Predicate { return p.IsTrue().Not() }

// IsFalse renders "p IS FALSE": false where p is NULL, and never NULL itself.
func (p BoolOf[R]) IsFalse() Predicate {
	return condition(ast.Boxed(ast.Is{X: p.Node(), What: "FALSE"}))
}

// IsNotFalse renders "p IS NOT FALSE": true where p is true or NULL.
func (p BoolOf[R]) IsNotFalse() Predicate { return p.IsFalse().Not() }

// And renders "p AND q AND r", with parentheses around an OR. And() renders TRUE.
func And(ps ...Condition) Predicate { return condition(ast.Boxed(ast.Logic{Items: nodes(ps)})) }

// Or renders "p OR q OR r". Or() renders FALSE.
func Or(ps ...Condition) Predicate {
	return condition(ast.Boxed(ast.Logic{Or: true, Items: nodes(ps)}))
}

// Not renders the opposite of p; see [BoolOf.Not].
func Not(p Condition) Predicate { return predicate(ast.Negate(ast.Of(p))) }

// True renders TRUE.
func True() Predicate { return predicate(&ast.Bool{Value: true}) }

// False renders FALSE.
func False() Predicate { return predicate(&ast.Bool{}) }

// SQL gives the expression's SQL with $1, $2 …, and its arguments. The error is the first mistake in it.
func (v Value[V, R]) SQL() (string, []any, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	v.Node().AppendSQL(w)
	return w.Result()
}

// ToSql gives the expression's SQL with ? and its arguments, which makes it a squirrel.Sqlizer: it can stand in any
// squirrel builder. Those put text together without looking at it, so what is more than a name or a call comes in
// parentheses; of conditions only those with AND or OR.
//
//nolint:revive // the name is squirrel's
func (v Value[V, R]) ToSql() (string, []any, error) {
	least := sqlw.PrecAtom
	if reflect.TypeFor[V]().Kind() == reflect.Bool {
		least = sqlw.PrecNot
	}
	w := sqlw.Get(sqlw.Question)
	defer w.Release()
	ast.Operand(w, v.Node(), least)
	return w.Result()
}

// String gives the expression's SQL for people: "customer.last_name LIKE $1", or its error.
func (v Value[V, R]) String() string {
	text, _, err := v.SQL()
	if err != nil {
		return fmt.Sprintf("!(%v)", err)
	}
	return text
}
