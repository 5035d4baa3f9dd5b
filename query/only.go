package query

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
)

// ErrOnly is found by errors.Is in the error of a query that cannot read some columns only: one that does not select the objects of one
// mapped table, and one that is a part of another statement.
var ErrOnly = errors.New("query: cannot read some columns only")

// Only has the query read these columns of its objects and no others, but for keys, foreign keys and what relationships join by, which are always
// read; those that model.Deferred leaves out are read where they are named.
//
//	query.Select(c).Only(c.FirstName)   // SELECT customer.id, customer.first_name FROM customer
//
// Fields of what is not read are zero, in a session but for those of objects that it has, which keep what they know. A flush writes such a
// field when the program has set it to something else than zero, and never what was not loaded. What reads the row again fills the object: any query
// that returns it, session.Get and session.Session.Refresh; session.Load reads what is named. It is for one mapped
// table, query.Select(c), else it is [ErrOnly]; so is a column of another table. A later Only takes the place of an earlier one. No columns are the keys.
func (q Query[R]) Only(columns ...expr.Expression) Query[R] { return q.reading(columns, false) }

// Without is [Query.Only] the other way round: these columns are not read. Keys are, also where they are named. No columns change nothing.
//
//	query.Select(c).Without(c.Photo)
func (q Query[R]) Without(columns ...expr.Expression) Query[R] {
	if len(columns) == 0 {
		return q
	}
	return q.reading(columns, true)
}

// parted is a mapped table of whose columns some may be read.
type parted interface {
	CupelOnly(columns []ast.Node, without bool) (ast.Entity, error)
	CupelColumns() []ast.Node
}

func (q Query[R]) reading(columns []expr.Expression, without bool) Query[R] {
	from, ok := q.out.entity.(parted)
	if !ok {
		q.sel.Fail(fmt.Errorf("%w: what is selected is not the objects of one mapped table", ErrOnly))
		return q
	}
	nodes := make([]ast.Node, len(columns))
	for i, x := range columns {
		if ast.IsNil(x) {
			q.sel.Fail(ast.ErrNil)
			return q
		}
		nodes[i] = ast.Of(x)
	}
	part, err := from.CupelOnly(nodes, without)
	if err != nil {
		q.sel.Fail(fmt.Errorf("%w: %w", ErrOnly, err))
		return q
	}
	q.out.entity = part
	if p, ok := part.(parted); ok {
		q.sel.Items, q.sel.Whole = slices.Clip(p.CupelColumns()), nil
	}
	return q
}

// whole fails where a statement that is to be a part of another one reads some columns of its objects only.
func (o *output) whole() error {
	if p, ok := o.entity.(parted); ok && p.CupelColumns() != nil {
		return fmt.Errorf("%w: the query is a part of another statement", ErrOnly)
	}
	return nil
}
