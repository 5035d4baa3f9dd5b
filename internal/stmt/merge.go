package stmt

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Merge is "MERGE INTO t USING u ON p WHEN MATCHED THEN UPDATE SET … WHEN NOT MATCHED THEN INSERT …".
type Merge struct {
	whole
	List // RETURNING

	Table, Source *ast.Table
	On            []ast.Node
	Whens         []When
	Open          Open  // tables that are read without their filters
	Err           error // the first mistake in building it
}

// When is a clause of a Merge: which rows, and what becomes of them.
type When struct {
	Rows   Match
	Where  []ast.Node
	Action Action
	Set    []ast.Assignment // of an UPDATE, and the columns and values of an INSERT
}

// Match says which rows a clause of a Merge is about.
type Match uint8

// The rows of a clause.
const (
	Matched Match = iota
	NotMatched
	NotMatchedBySource
)

// String returns the words.
func (m Match) String() string {
	return [...]string{" WHEN MATCHED", " WHEN NOT MATCHED", " WHEN NOT MATCHED BY SOURCE"}[m]
}

// Action says what becomes of the rows of a clause.
type Action uint8

// What becomes of rows.
const (
	DoNothing Action = iota
	DoInsert
	DoUpdate
	DoDelete
)

var (
	errNoUsing = errors.New("no Using: it says what is merged, and when a row of it is there already")
	errNoOn    = errors.New("without a condition in Using, which says when a row is there already")
	errNoWhen  = errors.New("no WhenMatched or WhenNotMatched says what is to be done")
	errItself  = errors.New("a table is merged into itself by an alias")
)

// Fail records a mistake unless there is an earlier one.
func (m *Merge) Fail(err error) {
	if m.Err == nil {
		m.Err = err
	}
}

// Child returns a table, a condition, a value, or what is returned.
func (m *Merge) Child(i int) ast.Node {
	at := ast.At(i).One(table(m.Table)).One(table(m.Source)).List(m.On)
	for k := range m.Whens {
		at = ast.PassEach(at.List(m.Whens[k].Where), m.Whens[k].Set)
	}
	return at.List(m.Items).Node
}

// Completed returns the statement with the values that the mapping gives new and changed rows, for columns that are not
// named. A Go function is called once.
func (m *Merge) Completed() *Merge {
	if m.Err != nil || m.Table == nil {
		return m
	}
	own := *m
	own.Whens = slices.Clone(m.Whens)
	for i := range own.Whens {
		switch c := &own.Whens[i]; c.Action {
		case DoUpdate:
			if len(c.Set) > 0 {
				c.Set = changed(m.Table, c.Set)
			}
		case DoInsert:
			c.Set = slices.Clip(c.Set)
			for _, col := range unnamed(m.Table, func(col *ast.Column) bool { return col.OnInsert != nil && !assigns(c.Set, col) }) {
				c.Set = append(c.Set, ast.Assignment{Column: col, Value: col.OnInsert()})
			}
		}
	}
	return &own
}

// check returns why the statement must not be rendered.
func (m *Merge) check() error {
	switch {
	case m.Err != nil:
		return m.Err
	case m.Table == nil:
		return ErrEmpty
	}
	err := m.incomplete()
	for i := range m.Whens {
		if c := &m.Whens[i]; err == nil {
			if err = assignedOnce(c.Set); err == nil && c.Action == DoUpdate && len(c.Set) == 0 {
				err = errors.New("Update sets no column")
			}
		}
	}
	if err == nil {
		err = m.strangers()
	}
	if err != nil {
		return fmt.Errorf("query: Merge into %s: %w", m.Table, err)
	}
	return nil
}

func (m *Merge) incomplete() error {
	switch {
	case !m.Table.Stored():
		return errNoStored
	case m.Source == nil:
		return errNoUsing
	case m.Source == m.Table:
		return errItself
	case !slices.ContainsFunc(m.On, conditional):
		return errNoOn
	case len(m.Whens) == 0:
		return errNoWhen
	}
	return nil
}

// strangers returns the error of a table that is neither of the two, and of one where it has no row.
func (m *Merge) strangers() error {
	tables := mentionAll(nil, m.On)
	for i := range m.Whens {
		c := &m.Whens[i]
		here := mentionAll(nil, c.Where)
		for _, a := range c.Set {
			here = mention(here, a.Value)
		}
		switch {
		case c.Rows == NotMatched && slices.Contains(here, m.Table):
			return fmt.Errorf("WhenNotMatched names %s, which has no row then", m.Table)
		case c.Rows == NotMatchedBySource && slices.Contains(here, m.Source):
			return fmt.Errorf("WhenNotMatchedBySource names %s, which has no row then", m.Source)
		}
		tables = append(tables, here...)
	}
	for _, t := range tables {
		if t != m.Table && t != m.Source {
			return fmt.Errorf("%s is neither of its tables", t)
		}
	}
	return nil
}

// AppendSQL writes the MERGE, completed.
func (m *Merge) AppendSQL(w *sqlw.Writer) {
	m = m.Completed()
	w.Change()
	mark := w.Begin()
	m.append(w)
	if w.Needed(mark) != nil {
		appendWith(w, mark, m)
		m.append(w)
	}
	w.End()
}

func (m *Merge) append(w *sqlw.Writer) {
	if err := m.check(); err != nil {
		w.Fail(err)
		return
	}
	w.Uses(sqlw.Feature{Name: "MERGE", Since: 15})
	w.Text("MERGE INTO ")
	m.Table.AppendFrom(w)
	w.Text(" USING ")
	appendFrom(w, m.Source, m.Source.HasFilter() && !m.Open.has(m.Source) && !w.IsAs())
	outer := w.Enter()
	w.See(m.Table)
	w.See(m.Source)
	appendConditions(w, " ON ", m.On)
	for i := range m.Whens {
		m.Whens[i].appendSQL(w)
	}
	if len(m.Items) > 0 {
		w.Uses(sqlw.Feature{Name: "MERGE … RETURNING", Since: 17})
	}
	m.appendReturning(w, m.Table)
	w.Leave(outer)
}

func (c *When) appendSQL(w *sqlw.Writer) {
	if c.Rows == NotMatchedBySource {
		w.Uses(sqlw.Feature{Name: "WHEN NOT MATCHED BY SOURCE", Since: 17})
	}
	w.Text(c.Rows.String())
	switch len(c.Where) {
	case 0:
	case 1:
		w.Text(" AND ")
		ast.Operand(w, c.Where[0], sqlw.PrecAnd)
	default:
		appendConditions(w, " AND ", c.Where)
	}
	w.Text(" THEN ")
	switch c.Action {
	case DoNothing:
		w.Text("DO NOTHING")
	case DoDelete:
		w.Text("DELETE")
	case DoUpdate:
		w.Text("UPDATE SET ")
		ast.AppendSet(w, c.Set)
	case DoInsert:
		c.appendInsert(w)
	}
}

func (c *When) appendInsert(w *sqlw.Writer) {
	w.Text("INSERT")
	if len(c.Set) == 0 {
		w.Text(" DEFAULT VALUES")
		return
	}
	w.Text(" (")
	for i := range c.Set {
		w.Separate(i)
		w.Ident(c.Set[i].Column.Name)
	}
	w.Text(") VALUES (")
	for i := range c.Set {
		w.Separate(i)
		c.Set[i].Value.AppendSQL(w)
	}
	w.Byte(')')
}
