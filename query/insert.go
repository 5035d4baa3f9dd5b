package query

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/stmt"
)

// InsertStatement is an INSERT of rows that are no objects. A column that is not named gets the value of its model.Default,
// a Go function that is called for each row, or of its DefaultExpr, and else the database's default. The rows of a query,
// see From, have one result of such a function in common.
type InsertStatement struct{ text }

var (
	errRowShape = errors.New("query: every Values of an Insert names the same columns")
	errFromRows = errors.New("query: an Insert takes Values or From, not both")
)

// Insert renders "INSERT INTO t DEFAULT VALUES" until Values or From say more.
func Insert(t expr.Entity) InsertStatement {
	s := &stmt.Insert{Table: tableOf(t)}
	if s.Table == nil {
		s.Fail(expr.ErrUnmapped)
	}
	return InsertStatement{text{s}}
}

// changed returns the statement with what a function changes in a copy of it.
func (s InsertStatement) changed(f func(s *stmt.Insert)) InsertStatement {
	var own stmt.Insert
	if s, ok := s.st.(*stmt.Insert); ok {
		own = *s
	}
	f(&own)
	return InsertStatement{text{&own}}
}

// Values adds a row: "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)". Rows after the first name the same columns, in
// any order.
func (s InsertStatement) Values(as ...expr.Assignment) InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		row := make([]ast.Node, len(as))
		columns := make([]*ast.Column, len(as))
		for i, a := range as {
			columns[i] = columnOf(s, a.Column)
			row[i] = a.Value
		}
		switch {
		case s.From != nil:
			s.Fail(errFromRows)
		case s.Rows == nil:
			s.Columns = columns
		default:
			row = inOrder(s, columns, row)
		}
		s.AddRow(ast.Tuple{Items: row})
	})
}

// From inserts the rows of a query: "INSERT INTO t (a, b) SELECT …". The columns are in the order of the query's.
func (s InsertStatement) From(q Rows, columns ...expr.Expression) InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		if s.Rows != nil {
			s.Fail(errFromRows)
		}
		sel, _ := q.selected()
		if len(columns) != len(sel.Items) {
			s.Fail(fmt.Errorf("query: Insert into %s: %d columns from a query of %d", s.Table, len(columns), len(sel.Items)))
		}
		s.From, s.Columns = &sel, nil
		for _, c := range columns {
			s.Columns = append(s.Columns, columnOf(s, ast.Of(c)))
		}
	})
}

// Rows is a query of any row type.
type Rows interface {
	selected() (stmt.Select, run.Options)
}

func (q Query[R]) selected() (stmt.Select, run.Options) { return q.sel, q.out.options }

// columnOf returns the column that an Insert is to fill.
func columnOf(s *stmt.Insert, n ast.Node) *ast.Column {
	c, ok := n.(*ast.Column)
	bad, isBad := n.(*ast.Bad)
	switch {
	case isBad:
		s.Fail(bad.Err)
		return &ast.Column{Table: s.Table}
	case !ok:
		s.Fail(errors.New("query: Insert takes columns, not expressions"))
		return &ast.Column{Table: s.Table}
	case c.Table != s.Table:
		s.Fail(fmt.Errorf("query: %s in an Insert into %s", c, s.Table))
	}
	return c
}

// inOrder puts a row's values into the order of the first row's columns.
func inOrder(s *stmt.Insert, columns []*ast.Column, row []ast.Node) []ast.Node {
	sorted := make([]ast.Node, len(s.Columns))
	for i, c := range columns {
		at := slices.Index(s.Columns, c)
		if at < 0 || len(columns) != len(s.Columns) || sorted[at] != nil {
			s.Fail(fmt.Errorf("%w: row %d of %s", errRowShape, len(s.Rows)+1, s.Table))
			return row
		}
		sorted[at] = row[i]
	}
	return sorted
}

// Exec runs the statement and returns the number of rows inserted. The rows are no objects of a session until a query
// reads them.
func (s InsertStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	return exec(ctx, r, s.st, nil)
}

func (s InsertStatement) returning(list stmt.List) ast.Statement {
	return s.changed(func(s *stmt.Insert) { s.List = list }).st
}
