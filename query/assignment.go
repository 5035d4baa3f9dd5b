package query

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// failing is a statement that keeps its first mistake.
type failing interface{ Fail(err error) }

// assignment returns what a column of a new row of t is: all of it, since a row that is not there has no parts.
func assignment(s failing, in string, t *ast.Table, a expr.Assignment) ast.Assignment {
	return ast.Assignment{Column: columnIn(s, in, t, a.Column), Value: setTo(s, a.Value)}
}

// appendSet appends what is set in a row of t: a column, a part of one, or several columns at once, each of which has its place.
func appendSet(to []ast.Assignment, s failing, in string, t *ast.Table, as []expr.Assignment) []ast.Assignment {
	to = slices.Grow(slices.Clip(to), len(as))
	for _, a := range as {
		row, several := a.Column.(*ast.Tuple)
		x, part := partOf(a.Column)
		switch {
		case several:
			to = append(to, rowSet(s, in, t, row.Items, setTo(s, a.Value))...)
		case part != nil:
			to = append(to, ast.Assignment{Column: columnIn(s, in, t, x), Part: part, Value: setTo(s, a.Value)})
		default:
			to = append(to, assignment(s, in, t, a))
		}
	}
	return to
}

// rowSet returns what several columns are set to by the one row of a statement.
func rowSet(s failing, in string, t *ast.Table, columns []ast.Node, row ast.Node) []ast.Assignment {
	set := make([]ast.Assignment, len(columns))
	for i, n := range columns {
		set[i] = ast.Assignment{Column: columnIn(s, in, t, n), Value: &ast.Beside{}}
		if i > 0 {
			set[0].Beside = append(set[0].Beside, set[i].Column)
		}
	}
	set[0].Value = row
	return set
}

// partOf returns the column, and the part of it that is set: an element of an array or a slice of it, and what a jsonb has under a key or
// at a position; nil of anything else.
func partOf(n ast.Node) (ast.Node, *ast.Subscript) {
	if part, ok := n.(*ast.Subscript); ok {
		return part.X, part
	}
	var at []ast.Node
	for {
		b, ok := n.(*ast.Binary)
		if !ok || b.Op != "->" {
			break
		}
		at, n = append(at, b.R), b.L
	}
	if len(at) == 0 {
		return n, nil
	}
	slices.Reverse(at)
	return n, &ast.Subscript{X: n, Items: at}
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
