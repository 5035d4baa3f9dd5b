package stmt

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Completed returns the statement with the values of the columns that it does not name and that the mapping gives a new row: each
// row has its own, and the rows of a query have one, as a Go function is called once for them.
func (s *Insert) Completed() *Insert {
	if s.Err != nil || s.Table == nil {
		return s
	}
	missing := unnamed(s.Table, func(c *ast.Column) bool { return c.OnInsert != nil && !slices.Contains(s.Columns, c) })
	if len(missing) == 0 {
		return s
	}
	own := *s
	own.taken = nil
	own.Columns = append(slices.Clip(s.Columns), missing...)
	switch sel, isSelect := s.From.(*Select); {
	case isSelect:
		from := *sel
		from.Items = slices.Clip(from.Items)
		for _, c := range missing {
			from.Items = append(from.Items, ast.Typed(c.OnInsert(), c.Type))
		}
		own.From = &from
	case len(s.Rows) == 0:
		own.Rows = []ast.Tuple{{Items: values(nil, missing)}}
	default:
		own.Rows = make([]ast.Tuple, len(s.Rows))
		for i := range s.Rows {
			own.Rows[i].Items = values(s.Rows[i].Items, missing)
		}
	}
	return &own
}

// Completed returns the statement with the values of the columns that it does not set and that the mapping gives a changed
// row. A Go function is called once.
func (u *Update) Completed() *Update {
	if u.Err != nil || u.Table == nil || len(u.Set) == 0 {
		return u
	}
	missing := unnamed(u.Table, func(c *ast.Column) bool {
		return c.OnUpdate != nil && !slices.ContainsFunc(u.Set, func(a ast.Assignment) bool { return a.Column == c })
	})
	if len(missing) == 0 {
		return u
	}
	own := *u
	own.Set = slices.Clip(u.Set)
	for _, c := range missing {
		own.Set = append(own.Set, ast.Assignment{Column: c, Value: c.OnUpdate()})
	}
	return &own
}

func unnamed(t *ast.Table, wanted func(*ast.Column) bool) (missing []*ast.Column) {
	for _, c := range t.Columns {
		if wanted(c) {
			missing = append(missing, c)
		}
	}
	return missing
}

// values returns a row with the values of further columns.
func values(row []ast.Node, columns []*ast.Column) []ast.Node {
	row = slices.Clip(row)
	for _, c := range columns {
		row = append(row, c.OnInsert())
	}
	return row
}
