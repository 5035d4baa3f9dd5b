package expr

import "github.com/cupel-go/cupel/internal/ast"

// Condition is what WHERE, HAVING and ON take: a [Predicate] or a boolean column.
type Condition = Of[bool]

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
