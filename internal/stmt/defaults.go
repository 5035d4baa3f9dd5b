package stmt

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Completed returns the statement with the values of the columns that it does not name and that the mapping gives a new row: each
// row has its own, and the rows of a query have one, as a Go function is called once for them. ON CONFLICT gets those of a
// changed row.
func (s *Insert) Completed() *Insert {
	if s.Err != nil || s.Table == nil || s.empty() {
		return s
	}
	missing := unnamed(s.Table, func(c *ast.Column) bool { return c.OnInsert != nil && !slices.Contains(s.Columns, c) })
	if len(missing) == 0 && s.Conflict == nil && !s.Gaps {
		return s
	}
	own := *s
	if s.Conflict != nil {
		own.Conflict = s.Conflict.completed(s.Table, s.Columns)
	}
	if len(missing) > 0 || s.Gaps {
		own.complete(missing)
	}
	return &own
}

// complete adds the values of columns that are not named.
func (s *Insert) complete(missing []*ast.Column) {
	s.taken = nil
	s.Columns = append(slices.Clip(s.Columns), missing...)
	if s.From != nil {
		from := s.selected(len(s.Columns) - len(missing))
		for _, c := range missing {
			from.Items = append(from.Items, ast.Typed(c.OnInsert(), c.Type))
		}
		s.From = from
		return
	}
	if len(s.Rows) == 0 {
		s.Rows = make([]ast.Tuple, 1)
	}
	rows := make([]ast.Tuple, len(s.Rows))
	for i := range s.Rows {
		rows[i].Items = values(s.Rows[i].Items, missing)
		if s.Gaps {
			s.fillGaps(rows[i].Items)
		}
	}
	s.Rows = rows
}

// fillGaps puts the values of the mapping into the gaps of a row, which is nobody else's.
func (s *Insert) fillGaps(row []ast.Node) {
	for i, n := range row {
		if _, gap := n.(*Gap); gap && s.Columns[i].OnInsert != nil {
			row[i] = s.Columns[i].OnInsert()
		}
	}
}

// selected returns From as a SELECT of n columns that others can be added to.
func (s *Insert) selected(n int) *Select {
	if sel, ok := s.From.(*Select); ok && !sel.Rare().Distinct {
		own := *sel
		own.Items, own.Whole = slices.Clip(sel.Items), nil
		return &own
	}
	given := &ast.Table{Alias: "given", Def: &Derived{Stmt: s.From}}
	own := &Select{More: &Rare{From: []*ast.Table{given}}}
	for i, c := range s.Columns[:n] {
		given.Columns = append(given.Columns, &ast.Column{Table: given, Index: i, Name: c.Name})
		own.Items = append(own.Items, given.Columns[i])
	}
	return own
}

// Completed returns the statement with the values of the columns that it does not set and that the mapping gives a changed
// row. A Go function is called once.
func (u *Update) Completed() *Update {
	if u.Err != nil || u.Table == nil || len(u.Set) == 0 {
		return u
	}
	set := changed(u.Table, u.Set)
	if len(set) == len(u.Set) {
		return u
	}
	own := *u
	own.Set = set
	return &own
}

// changed returns what is set in a row of t, with the columns that the mapping sets in a changed row.
func changed(t *ast.Table, set []ast.Assignment) []ast.Assignment {
	all := slices.Clip(set)
	for _, c := range t.Columns {
		switch {
		case assigns(set, c):
		case c.Follows != nil:
			all = append(all, ast.Assignment{Column: c, Value: c.Follows(c)})
		case c.OnUpdate != nil:
			all = append(all, ast.Assignment{Column: c, Value: renewed(c)})
		}
	}
	return all
}

// renewed returns the value that the mapping gives a column of a changed row. An expression of the mapping names the table by its own
// name, which an alias hides.
func renewed(c *ast.Column) ast.Node {
	v := c.OnUpdate()
	if base := c.Table.Base; base != nil && slices.Contains(mention(nil, v), base) {
		return &ast.Bad{Err: fmt.Errorf("query: OnUpdateExpr of %s names %s, which goes by the name %s here: set the column", c.Name, base, c.Table)}
	}
	return v
}

func assigns(set []ast.Assignment, c *ast.Column) bool {
	return slices.ContainsFunc(set, func(a ast.Assignment) bool { return a.Column == c })
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
	all := append(make([]ast.Node, 0, len(row)+len(columns)), row...)
	for _, c := range columns {
		all = append(all, c.OnInsert())
	}
	return all
}
