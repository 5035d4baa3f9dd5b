package expr

import "github.com/cupel-go/cupel/internal/ast"

// Assignment is a column and its new value, for query.Update and query.Insert.
type Assignment struct{ Column, Value ast.Node }

// To renders "column = $1" in the SET of an UPDATE.
func (v Value[V, R]) To(x V) Assignment { return Assignment{v.Node(), lit(x)} }

// ToExpr renders "column = y" in the SET of an UPDATE.
func (v Value[V, R]) ToExpr(y Of[V]) Assignment {
	return Assignment{v.Node(), ast.Untyped(ast.Of(y))}
}

// ToPtr renders "column = $1" in the SET of an UPDATE, and "column = NULL" where p is nil.
func (v Value[V, R]) ToPtr(p *V) Assignment {
	if p == nil {
		return v.ToNull()
	}
	return v.To(*p)
}

// ToNull renders "column = NULL" in the SET of an UPDATE.
func (v Value[V, R]) ToNull() Assignment { return Assignment{v.Node(), &ast.Keyword{Text: "NULL"}} }

// ToDefault renders "column = DEFAULT" in the SET of an UPDATE.
func (v Value[V, R]) ToDefault() Assignment {
	return Assignment{v.Node(), &ast.Keyword{Text: "DEFAULT"}}
}
