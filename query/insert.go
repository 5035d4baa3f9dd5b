package query

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// InsertStatement is an INSERT of rows that are no objects. Objects are inserted by a session, which also knows the
// defaults that are Go functions; here a column that is not named gets the database's default.
type InsertStatement struct {
	table   *ast.Table
	columns []*ast.Column
	rows    [][]ast.Node
	from    *selection
	err     error
}

var (
	errRowShape = errors.New("query: every Values of an Insert names the same columns")
	errFromRows = errors.New("query: an Insert takes Values or From, not both")
)

// Insert renders "INSERT INTO t DEFAULT VALUES" until Values or From say more.
func Insert(t expr.Entity) InsertStatement {
	s := InsertStatement{table: tableOf(t)}
	if s.table == nil {
		s.err = expr.ErrUnmapped
	}
	return s
}

// Values adds a row: "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)". Rows after the first name the same columns, in
// any order.
func (s InsertStatement) Values(as ...expr.Assignment) InsertStatement {
	row := make([]ast.Node, len(as))
	columns := make([]*ast.Column, len(as))
	for i, a := range as {
		columns[i] = s.column(a.Column)
		row[i] = a.Value
	}
	switch {
	case s.from != nil:
		s.fail(errFromRows)
	case s.rows == nil:
		s.columns = columns
	default:
		row = s.inOrder(columns, row)
	}
	s.rows = append(slices.Clip(s.rows), row)
	return s
}

// From inserts the rows of a query: "INSERT INTO t (a, b) SELECT …". The columns are in the order of the query's.
func (s InsertStatement) From(q Rows, columns ...expr.Expression) InsertStatement {
	if s.rows != nil {
		s.fail(errFromRows)
	}
	sel := q.selected()
	if len(columns) != len(sel.items) {
		s.fail(fmt.Errorf("query: Insert into %s: %d columns from a query of %d", s.table, len(columns), len(sel.items)))
	}
	s.from, s.columns = &sel, nil
	for _, c := range columns {
		s.columns = append(s.columns, s.column(ast.Of(c)))
	}
	return s
}

// Rows is a query of any row type.
type Rows interface{ selected() selection }

func (q Query[R]) selected() selection { return q.sel }

func (s *InsertStatement) column(n ast.Node) *ast.Column {
	c, ok := n.(*ast.Column)
	bad, isBad := n.(*ast.Bad)
	switch {
	case isBad:
		s.fail(bad.Err)
		return &ast.Column{Table: s.table}
	case !ok:
		s.fail(errors.New("query: Insert takes columns, not expressions"))
		return &ast.Column{Table: s.table}
	case c.Table != s.table:
		s.fail(fmt.Errorf("query: %s in an Insert into %s", c, s.table))
	}
	return c
}

// inOrder puts a row's values into the order of the first row's columns.
func (s *InsertStatement) inOrder(columns []*ast.Column, row []ast.Node) []ast.Node {
	sorted := make([]ast.Node, len(s.columns))
	for i, c := range columns {
		at := slices.Index(s.columns, c)
		if at < 0 || len(columns) != len(s.columns) || sorted[at] != nil {
			s.fail(fmt.Errorf("%w: row %d of %s", errRowShape, len(s.rows)+1, s.table))
			return row
		}
		sorted[at] = row[i]
	}
	return sorted
}

func (s *InsertStatement) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *InsertStatement) appendSQL(w *sqlw.Writer) {
	switch {
	case s.err != nil:
		w.Fail(s.err)
		return
	case s.table == nil:
		w.Fail(errNoStatement)
		return
	}
	w.Text("INSERT INTO ")
	w.Qualified(s.table.Schema, s.table.Name)
	if len(s.columns) > 0 {
		w.Text(" (")
		for i, c := range s.columns {
			if i > 0 {
				w.Text(", ")
			}
			w.Ident(c.Name)
		}
		w.Byte(')')
	}
	switch {
	case s.from != nil:
		w.Byte(' ')
		s.from.appendSQL(w)
	case len(s.columns) == 0:
		w.Text(" DEFAULT VALUES")
	default:
		s.appendRows(w)
	}
}

func (s *InsertStatement) appendRows(w *sqlw.Writer) {
	for i, row := range s.rows {
		if i == 0 {
			w.Text(" VALUES (")
		} else {
			w.Text("), (")
		}
		for j, v := range row {
			if j > 0 {
				w.Text(", ")
			}
			if len(s.rows) > 1 { // without it, the server takes the columns of many rows for text
				v = ast.Typed(v, s.columns[j].Type)
			}
			v.AppendSQL(w)
		}
	}
	w.Byte(')')
}

// Reads gives the tables that the statement is about.
func (s *InsertStatement) Reads() []*ast.Table {
	if s.from != nil {
		return append(s.from.Reads(), s.table)
	}
	return []*ast.Table{s.table}
}

// Exec runs the statement and gives the number of rows inserted. The rows are no objects of a session until a query
// reads them.
func (s InsertStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	s.appendSQL(w)
	if err := w.Err(); err != nil {
		return 0, err
	}
	req := &run.Request{Text: w.Bytes(), Args: w.Values(), Tables: &s}
	err := r.CupelRun(ctx, req)
	return req.Affected, err
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (s InsertStatement) SQL() (string, []any, error) { return render(&s, sqlw.Numbered) }

// ToSql gives the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (s InsertStatement) ToSql() (string, []any, error) { return render(&s, sqlw.Question) }

// String gives the statement's text for people.
func (s InsertStatement) String() string { return printed(&s, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (s InsertStatement) Inline() string { return printed(&s, sqlw.Inline) }
