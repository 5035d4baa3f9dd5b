package stmt

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Conflict is what becomes of an Insert's row that is there already: "ON CONFLICT (a) WHERE p DO UPDATE SET b = excluded.b
// WHERE q".
type Conflict struct {
	Index      []ast.Node // columns and expressions of a unique index
	Partial    []ast.Node // the condition of a partial index
	Constraint string     // in place of an index

	Update bool // false: DO NOTHING
	Rest   bool // the columns that the Insert names, and that are neither in Index nor in the key, are set to the row's
	Set    []ast.Assignment
	Where  []ast.Node
}

var (
	errNoTarget   = errors.New("DoUpdate wants the columns of a unique index in OnConflict, or OnConstraint")
	errNoIndex    = errors.New("a Filter of OnConflict is the condition of a partial index, whose columns OnConflict names")
	errConflicted = errors.New("DoUpdate sets no column")
)

// check returns why the clause must not be rendered.
func (c *Conflict) check(t *ast.Table) error {
	switch {
	case len(c.Partial) > 0 && len(c.Index) == 0:
		return errNoIndex
	case c.Update && len(c.Index) == 0 && c.Constraint == "":
		return errNoTarget
	case c.Update && len(c.Set) == 0:
		return errConflicted
	}
	for _, clause := range [][]ast.Node{c.Index, c.Partial} {
		for _, other := range mentionAll(nil, clause) {
			if other != t {
				return fmt.Errorf("OnConflict names %s", other)
			}
		}
	}
	return assignedOnce(c.Set)
}

// assignedOnce fails where a column is set twice, but for parts of it.
func assignedOnce(set []ast.Assignment) error {
	for i := range set {
		for _, a := range set[:i] {
			if a.Column == set[i].Column && (a.Part == nil || set[i].Part == nil) {
				return fmt.Errorf("%s is set twice", a.Column)
			}
		}
	}
	return nil
}

// completed returns the clause with the columns of Rest, and with those that the mapping changes in a changed row. named
// are the columns that the Insert names.
func (c *Conflict) completed(t *ast.Table, named []*ast.Column) *Conflict {
	if !c.Update || !c.Rest && len(c.Set) == 0 {
		return c
	}
	own := *c
	own.Set, own.Rest = slices.Clip(c.Set), false // it is not to be completed by columns that the Insert is completed by
	if c.Rest {
		for _, col := range named {
			if !slices.Contains(t.PrimaryKey, col) && !slices.Contains(c.Index, ast.Node(col)) && !assigns(c.Set, col) && col.Follows == nil {
				own.Set = append(own.Set, ast.Assignment{Column: col, Value: &ast.Version{Of: ast.Excluded, Column: col}})
			}
		}
	}
	if len(own.Set) > 0 {
		own.Set = changed(t, own.Set)
	}
	return &own
}

// appendSQL writes the clause after the rows of an Insert into t, which can be named in it, and so can the row that was to be
// inserted.
func (c *Conflict) appendSQL(w *sqlw.Writer, t *ast.Table) {
	w.Text(" ON CONFLICT")
	c.appendTarget(w)
	if !c.Update {
		w.Text(" DO NOTHING")
		return
	}
	outer := w.Enter()
	w.See(t)
	w.See(ast.RowOf{Name: ast.Excluded, Table: t})
	w.Text(" DO UPDATE SET ")
	ast.AppendSet(w, c.Set)
	appendConditions(w, " WHERE ", c.Where)
	w.Leave(outer)
}

// appendTarget writes which index is meant. The server compares what is written with the index's definition, and would not
// find an argument in it: values are literals.
func (c *Conflict) appendTarget(w *sqlw.Writer) {
	if c.Constraint != "" {
		w.Text(" ON CONSTRAINT ")
		w.Ident(c.Constraint)
		return
	}
	if len(c.Index) == 0 {
		return
	}
	v := sqlw.Get(sqlw.Literal)
	defer v.Release()
	v.Bare(func() {
		for i, n := range c.Index {
			if i == 0 {
				v.Text(" (")
			} else {
				v.Text(", ")
			}
			appendIndexed(v, n)
		}
		v.Byte(')')
		appendConditions(v, " WHERE ", c.Partial)
	})
	if err := v.Err(); err != nil {
		w.Fail(err)
	}
	w.Text(v.String())
}

// appendIndexed writes an element of an index: a column, an expression in parentheses, either with a collation after it.
func appendIndexed(w *sqlw.Writer, n ast.Node) {
	switch x := n.(type) {
	case *ast.Column:
		x.AppendSQL(w)
	case *ast.Collate:
		appendIndexed(w, x.X)
		w.Text(" COLLATE ")
		w.Ident(x.Name)
	default:
		w.Byte('(')
		n.AppendSQL(w)
		w.Byte(')')
	}
}
