package query

import (
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// failing is a statement that keeps its first mistake.
type failing interface{ Fail(err error) }

// assignment returns what is set in a row of t.
func assignment(s failing, in string, t *ast.Table, a expr.Assignment) ast.Assignment {
	part, ok := a.Column.(*ast.Subscript)
	if !ok {
		return ast.Assignment{Column: columnIn(s, in, t, a.Column), Value: setTo(s, a.Value)}
	}
	return ast.Assignment{Column: columnIn(s, in, t, part.X), Part: part, Value: setTo(s, a.Value)}
}

// columnIn returns the column of t that is to be filled. in names the statement: "an Insert into".
func columnIn(s failing, in string, t *ast.Table, n ast.Node) *ast.Column {
	c, ok := n.(*ast.Column)
	bad, isBad := n.(*ast.Bad)
	switch {
	case t == nil:
		s.Fail(stmt.ErrEmpty)
	case isBad:
		s.Fail(bad.Err)
	case !ok:
		s.Fail(fmt.Errorf("query: %s %s takes columns, not expressions", in, t))
	case c.Table != t:
		s.Fail(fmt.Errorf("query: %s in %s %s", c, in, t))
	}
	if !ok {
		return &ast.Column{Table: t}
	}
	return c
}

// setTo returns what a column is set to. There is none in a zero Assignment.
func setTo(s failing, n ast.Node) ast.Node {
	if n == nil {
		s.Fail(ast.ErrNil)
		return &ast.Bad{Err: ast.ErrNil}
	}
	return n
}
