package stmt

import (
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Insert is "INSERT INTO t (a, b) VALUES …", or, with From, "INSERT INTO t (a, b) SELECT …"; without columns "… DEFAULT
// VALUES". ON CONFLICT may follow.
type Insert struct {
	whole
	List // RETURNING

	Table      *ast.Table
	Columns    []*ast.Column
	Rows       []ast.Tuple   // of as many values as there are columns
	From       ast.Statement // nil: Rows
	Default    bool          // without columns, it is meant
	Gaps       bool          // Rows have some
	Overriding string        // "", SYSTEM or USER
	Conflict   *Conflict     // never changed, since other statements may have it too; nil: none
	Err        error         // the first mistake in building it

	taken *atomic.Int64 // how many places of the memory behind Rows belong to some statement
}

// AddRow adds a row. Statements that were made of one another share the memory of their rows: only the first to add a row
// behind those that they have in common takes the place there, so that adding n rows one by one is no work of n².
func (s *Insert) AddRow(row ast.Tuple) {
	n := len(s.Rows)
	if n < cap(s.Rows) && s.taken != nil && s.taken.CompareAndSwap(int64(n), int64(n+1)) {
		s.Rows = s.Rows[:n+1]
		s.Rows[n] = row
		return
	}
	const few = 4
	s.Rows = append(make([]ast.Tuple, 0, max(few, 2*n)), s.Rows...)
	s.Rows = append(s.Rows, row)
	s.taken = new(atomic.Int64)
	s.taken.Store(int64(n + 1))
}

// Fail records a mistake unless there is an earlier one.
func (s *Insert) Fail(err error) {
	if s.Err == nil {
		s.Err = err
	}
}

// AddColumn adds a column to be filled.
func (s *Insert) AddColumn(c *ast.Column) {
	s.FailTwice(s.Columns, c)
	s.Columns = append(slices.Clip(s.Columns), c)
}

// FailTwice fails where a column is to be filled that is among others.
func (s *Insert) FailTwice(others []*ast.Column, c *ast.Column) {
	if slices.Contains(others, c) {
		s.Fail(fmt.Errorf("query: Insert into %s: %s is set twice", s.Table, c))
	}
}

// Child returns the table, a row, the statement that returns the rows, what is in ON CONFLICT, or what is returned.
func (s *Insert) Child(i int) ast.Node {
	at := ast.PassEach(ast.At(i).One(table(s.Table)), s.Rows).One(s.From)
	if c := s.Conflict; c != nil {
		at = ast.PassEach(at.List(c.Index).List(c.Partial), c.Set).List(c.Where)
	}
	return at.List(s.Items).Node
}

// empty reports whether there are no rows to insert.
func (s *Insert) empty() bool { return s.From == nil && len(s.Rows) == 0 && !s.Default }

// check returns why the statement must not be rendered.
func (s *Insert) check() error {
	switch {
	case s.Err != nil:
		return s.Err
	case s.Table == nil:
		return ErrEmpty
	case !s.Table.Stored():
		return fmt.Errorf("query: Insert into %s: %w", s.Table, errNoStored)
	case s.empty():
		return fmt.Errorf("query: Insert into %s: %w", s.Table, errNoRows)
	}
	if s.Conflict != nil {
		if err := s.Conflict.check(s.Table); err != nil {
			return fmt.Errorf("query: Insert into %s: %w", s.Table, err)
		}
	}
	return nil
}

// AppendSQL writes the INSERT, completed.
func (s *Insert) AppendSQL(w *sqlw.Writer) {
	s = s.Completed()
	w.Change()
	m := w.Begin()
	s.append(w)
	if w.Needed(m) != nil {
		own := *s // which alone goes to the heap
		appendWith(w, m, &own)
		s.append(w)
	}
	w.End()
}

func (s *Insert) append(w *sqlw.Writer) {
	if err := s.check(); err != nil {
		w.Fail(err)
		return
	}
	w.Text("INSERT INTO ")
	s.Table.AppendFrom(w)
	appendColumns(w, s.Columns, false)
	if s.Overriding != "" {
		w.Text(" OVERRIDING ")
		w.Text(s.Overriding)
		w.Text(" VALUE")
	}
	switch {
	case s.From != nil:
		w.Byte(' ')
		s.From.AppendSQL(w)
	case len(s.Columns) == 0:
		w.Text(" DEFAULT VALUES")
	default:
		s.appendRows(w)
	}
	if s.Conflict != nil {
		s.Conflict.appendSQL(w, s.Table)
	}
	outer := w.Enter()
	w.See(s.Table)
	s.appendReturning(w, s.Table)
	w.Leave(outer)
}

func (s *Insert) appendRows(w *sqlw.Writer) {
	for i := range s.Rows {
		if i == 0 {
			w.Text(" VALUES (")
		} else {
			w.Text("), (")
		}
		for j, v := range s.Rows[i].Items {
			if j > 0 {
				w.Text(", ")
			}
			if len(s.Rows) > 1 { // without it, the server takes the columns of many rows for text
				v = ast.Typed(v, s.Columns[j].Type)
			}
			v.AppendSQL(w)
		}
	}
	w.Byte(')')
}

// Gap is the value of a column in a row of VALUES that has none, unlike others: "DEFAULT", or what the mapping says.
type Gap struct{ ast.Keyword }

// AppendSQL writes DEFAULT.
func (*Gap) AppendSQL(w *sqlw.Writer) { w.Text("DEFAULT") }
