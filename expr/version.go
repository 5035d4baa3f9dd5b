package expr

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
)

// Excluded returns the value of a column in the row that an INSERT would have inserted, for DoUpdate of package query:
//
//	p.Stock.ToExpr(p.Stock.PlusExpr(expr.Excluded(p.Stock)))    // stock = product.stock + excluded.stock
//
// It has the column's kind. Anything but a column, and any other place in a statement, is the statement's error. To take the
// value as it is, see [Value.ToExcluded].
func Excluded[K Kind[K]](column K) K { return made[K](version(ast.Excluded, column)) }

// ToExcluded renders "column = excluded.column" in the SET of an INSERT's DoUpdate: the value that the INSERT has for it.
func (v Value[V, R]) ToExcluded() Assignment {
	return Assignment{v.Node(), version(ast.Excluded, v)}
}

// version returns a column of another version of its row.
func version(of string, x Expression) ast.Node {
	switch n := ast.Of(x).(type) {
	case *ast.Column:
		return &ast.Version{Of: of, Column: n}
	case *ast.Bad:
		return n
	}
	return &ast.Bad{Err: fmt.Errorf("expr: %s of an expression that is no column", of)}
}

// Old returns the value that a column had before a statement changed its row, "old.price", for RETURNING; PostgreSQL has it from
// version 18 on, and for an older server it is session.ErrServerVersion. It has the column's kind: of a row that is new it is NULL, so say
// OrNull where an INSERT or MERGE may insert.
//
//	query.Returning2(query.Update(p).Set(…).Filter(…), expr.Old(p.Price), expr.New(p.Price))
func Old[K Kind[K]](column K) K { return made[K](version(ast.Old, column)) }

// New returns the value that a column has after a statement changed its row, "new.price", for RETURNING; see [Old]. Without it a column is
// that of the row as it is, or, in a DELETE, as it was. Of a row that was deleted it is NULL.
func New[K Kind[K]](column K) K { return made[K](version(ast.New, column)) }

// MergeAction renders "merge_action()": INSERT, UPDATE or DELETE, what a MERGE did with the row that it returns. PostgreSQL has it
// from version 17 on.
func MergeAction() Text { return boxed[Text](ast.Boxed(ast.Call{Name: "merge_action"})) }
