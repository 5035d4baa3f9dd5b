package expr

import "github.com/cupel-go/cupel/internal/ast"

// Condition is what WHERE, HAVING and ON take: a [Predicate] or a boolean column.
type Condition = Of[bool]

// And renders "p AND q AND r", with parentheses around an OR. And() renders TRUE.
func And(ps ...Condition) Predicate { return logic(false, ps) }

// Or renders "p OR q OR r". Or() renders FALSE.
func Or(ps ...Condition) Predicate { return logic(true, ps) }

func logic(or bool, ps []Condition) Predicate {
	l := ast.Logic{Or: or, Items: ast.Conditions(make([]ast.Node, 0, len(ps)), ps)}
	if len(l.Items) == 0 && len(ps) > 0 {
		return predicate(&ast.Nothing{})
	}
	return condition(ast.Boxed(l))
}

// If returns p where it is to be, and else a condition that is not set: Filter, Having, Join, And, Or and their kin go without it, so
// that a form's fields become a WHERE of those that are filled in:
//
//	query.Select(c).Filter(c.Active, expr.If(len(ids) > 0, c.ID.In(ids...)))
//
// An And or Or of such alone is not set either, nor is the Not of one. A statement that needs a Filter still needs one.
func If(set bool, p Condition) Predicate {
	if !set {
		return predicate(&ast.Nothing{})
	}
	return predicate(ast.Of(p))
}

// Optional returns the condition that f makes of *v, and one that is not set, for which see [If], where v is nil:
//
//	query.Select(c).Filter(expr.Optional(form.Name, c.LastName.Eq), expr.Optional(form.Since, c.Created.Ge))
func Optional[V any, P Condition](v *V, f func(V) P) Predicate {
	if v == nil {
		return predicate(&ast.Nothing{})
	}
	return predicate(ast.Of(f(*v)))
}

// Not renders the opposite of p; see [BoolOf.Not].
func Not(p Condition) Predicate { return predicate(ast.Negate(ast.Of(p))) }

// True renders TRUE.
func True() Predicate { return predicate(&ast.Bool{Value: true}) }

// False renders FALSE.
func False() Predicate { return predicate(&ast.Bool{}) }
