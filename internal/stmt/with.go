package stmt

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// CTE defines a table of WITH: "t AS (SELECT …)". In FROM only its name is written; the outermost statement defines it.
type CTE struct {
	Stmt      ast.Statement // of a recursive one it names the table itself
	Recursive bool
	Hint      string     // "", MATERIALIZED or NOT MATERIALIZED
	Table     *ast.Table // that is defined; another name for it in FROM has the same CTE
}

// ErrName is that of package ast.
var ErrName = ast.ErrName

// AppendFrom writes the name, and has the outermost statement define the table.
func (c *CTE) AppendFrom(w *sqlw.Writer, t *ast.Table) {
	w.Need(c.Table)
	w.Ident(t.Name)
	if t.Alias != "" {
		w.Text(" AS ")
		w.Ident(t.Alias)
	}
}

// Child returns the statement.
func (c *CTE) Child(i int) ast.Node { return ast.At(i).One(c.Stmt).Node }

// appendWith writes a statement that was found to need tables of WITH anew, from m on, with their definitions before it.
func appendWith(w *sqlw.Writer, m sqlw.Mark, st ast.Node) {
	ctes := defined(w.Needed(m))
	if err := checkNames(ctes, st); err != nil {
		w.Fail(err)
		return
	}
	w.Restart(m)
	recursive := false
	for _, t := range ctes {
		recursive = recursive || cteOf(t).Recursive
	}
	w.Text("WITH ")
	if recursive {
		w.Text("RECURSIVE ")
	}
	for i, t := range ctes {
		if i > 0 {
			w.Text(", \n")
		}
		c := cteOf(t)
		w.Ident(t.Name)
		appendNames(w, t, c.Stmt)
		w.Text(" AS ")
		if c.Hint != "" {
			w.Text(c.Hint)
			w.Byte(' ')
		}
		w.Byte('(')
		c.Stmt.AppendSQL(w)
		w.Byte(')')
	}
	w.Text(" \n")
}

// defined returns the tables of WITH in an order in which each is defined before those that read it. Each statement is gone through once,
// so that a chain of them takes no more time than they are long.
func defined(needed []any) (ctes []*ast.Table) {
	met := map[*ast.Table]bool{}
	var visit func(t *ast.Table)
	below := func(n ast.Node) {
		ast.Walk(n, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Column:
				visit(x.Table)
			case *ast.Table:
				visit(x)
			}
			return true
		})
	}
	visit = func(t *ast.Table) {
		c := cteOf(t)
		if c != nil {
			t = c.Table
		}
		if met[t] {
			return
		}
		met[t] = true
		for n := range madeOf(t) {
			below(n)
		}
		if c != nil {
			ctes = append(ctes, t)
		}
	}
	for _, n := range needed {
		if t, ok := n.(*ast.Table); ok {
			visit(t)
		}
	}
	return ctes
}

func cteOf(t *ast.Table) *CTE {
	c, _ := t.Def.(*CTE)
	return c
}

// checkNames fails where a name that WITH defines is also that of another table that is defined there, or of one that the
// statement reads: WITH stands before the whole statement, and would hide it.
func checkNames(ctes []*ast.Table, st ast.Node) error {
	names := map[string]*ast.Table{}
	for _, t := range ctes {
		if names[t.Name] != nil {
			return fmt.Errorf("query: WITH %s twice: %w", t.Name, ErrName)
		}
		names[t.Name] = t
	}
	for _, t := range tablesOf(st) {
		if t.Def == nil && t.Schema == "" && names[t.Name] != nil {
			return fmt.Errorf("query: WITH %s in a statement on the table %s: %w", t.Name, t.Name, ErrName)
		}
	}
	return nil
}
