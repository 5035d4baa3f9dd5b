package stmt

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Change is what UPDATE and DELETE have in common.
type Change struct {
	whole
	List // RETURNING

	Table      *ast.Table
	Cross      []*ast.Table // tables that nothing need connect
	Where      []ast.Node
	Everywhere bool  // it may be without a condition
	Open       Open  // tables that are read without their filters
	Err        error // the first mistake in building it
}

// Fail records a mistake unless there is an earlier one.
func (c *Change) Fail(err error) {
	if c.Err == nil {
		c.Err = err
	}
}

// check returns why the statement must not be rendered.
func (c *Change) check() error {
	switch {
	case c.Err != nil:
		return c.Err
	case c.Table == nil:
		return ErrEmpty
	case !c.Table.Stored():
		return fmt.Errorf("query: statement on %s: %w", c.Table, errNoStored)
	case !c.Everywhere && !slices.ContainsFunc(c.Where, conditional):
		return fmt.Errorf("query: statement on %s: %w", c.Table, ErrUnfiltered)
	}
	return nil
}

// conditional reports whether a condition is one: an And of nothing is not.
func conditional(n ast.Node) bool {
	l, ok := n.(*ast.Logic)
	return !ok || l.Or || slices.ContainsFunc(l.Items, conditional)
}

// mentioned returns the statement's table, those that are named, and those that its conditions mention.
func (c *Change) mentioned() tableSet {
	set := tableSet{}.add(c.Table)
	for _, t := range c.Cross {
		set = set.add(t)
	}
	set.named, set.leading = len(set.tables), len(set.tables)
	return set.mentionAll(c.Where)
}

// appendOthers writes the tables of FROM but for the statement's own, which is the first.
func (f forest) appendOthers(w *sqlw.Writer, word string) {
	for i, t := range f.roots {
		switch i {
		case 0:
		case 1:
			w.Text(word)
			t.AppendFrom(w)
		default:
			w.Text(", ")
			t.AppendFrom(w)
		}
		w.See(t)
	}
}

// Delete is "DELETE FROM t USING u WHERE …".
type Delete struct{ Change }

// Child returns a table, a condition, or what is returned.
func (d *Delete) Child(i int) ast.Node {
	return ast.Pass(ast.At(i).One(table(d.Table)), d.Cross).List(d.Where).List(d.Items).Node
}

// AppendSQL writes the DELETE.
func (d *Delete) AppendSQL(w *sqlw.Writer) {
	w.Change()
	m := w.Begin()
	d.append(w)
	if w.Needed(m) != nil {
		own := *d // which alone goes to the heap
		appendWith(w, m, &own)
		d.append(w)
	}
	w.End()
}

func (d *Delete) append(w *sqlw.Writer) {
	if err := d.check(); err != nil {
		w.Fail(err)
		return
	}
	f, err := resolve(w, d.mentioned(), nil, d.Where, forest{cross: d.Cross})
	if err != nil {
		w.Fail(err)
		return
	}
	f = f.filter(w, d.Open)
	outer := w.Enter()
	w.Text("DELETE FROM ")
	d.Table.AppendFrom(w)
	f.appendOthers(w, " USING ")
	f.appendWhere(w, " WHERE ", d.Where)
	d.appendReturning(w, d.Table)
	w.Leave(outer)
}

// Update is "UPDATE t SET a = x FROM u WHERE …".
type Update struct {
	Change

	Set []ast.Assignment
}

// Child returns a table, a condition, a value, or what is returned.
func (u *Update) Child(i int) ast.Node {
	return ast.PassEach(ast.Pass(ast.At(i).One(table(u.Table)), u.Cross).List(u.Where), u.Set).List(u.Items).Node
}

// AppendSQL writes the UPDATE, completed.
func (u *Update) AppendSQL(w *sqlw.Writer) {
	u = u.Completed()
	w.Change()
	m := w.Begin()
	u.append(w)
	if w.Needed(m) != nil {
		own := *u // which alone goes to the heap
		appendWith(w, m, &own)
		u.append(w)
	}
	w.End()
}

func (u *Update) append(w *sqlw.Writer) {
	err := u.check()
	if err == nil && len(u.Set) == 0 {
		err = errNothingSet
	}
	if err == nil {
		if err = assignedOnce(u.Set); err != nil {
			err = fmt.Errorf("query: Update of %s: %w", u.Table, err)
		}
	}
	if err != nil {
		w.Fail(err)
		return
	}
	set := u.mentioned()
	for _, a := range u.Set {
		set = set.mention(a.Value)
		if a.Part != nil {
			set = set.mention(a.Part)
		}
	}
	f, err := resolve(w, set, nil, u.Where, forest{cross: u.Cross})
	if err != nil {
		w.Fail(err)
		return
	}
	f = f.filter(w, u.Open)
	outer := w.Enter()
	f.see(w)
	w.Text("UPDATE ")
	u.Table.AppendFrom(w)
	w.Text(" SET ")
	ast.AppendSet(w, u.Set)
	w.Leave(outer)
	outer = w.Enter()
	f.appendOthers(w, " FROM ")
	f.appendWhere(w, " WHERE ", u.Where)
	u.appendReturning(w, u.Table)
	w.Leave(outer)
}
