package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Derived defines a table in FROM by the rows of a statement: "(SELECT …) AS t (a, b)". The names of its columns are
// written where it has any.
type Derived struct {
	Stmt    ast.Statement
	Lateral bool // it can name the tables before it in FROM
}

// AppendFrom writes the statement with t's alias and the names of its columns.
func (d *Derived) AppendFrom(w *sqlw.Writer, t *ast.Table) {
	if d.Lateral {
		w.Text("LATERAL (")
		d.Stmt.AppendSQL(w)
	} else {
		w.Byte('(')
		w.Outside(func() { d.Stmt.AppendSQL(w) })
	}
	w.Text(") AS ")
	w.Ident(t.Alias)
	for i, c := range t.Columns {
		if i == 0 {
			w.Text(" (")
		} else {
			w.Text(", ")
		}
		w.Ident(c.Name)
	}
	if len(t.Columns) > 0 {
		w.Byte(')')
	}
}

// Child returns the statement.
func (d *Derived) Child(i int) ast.Node { return ast.At(i).One(d.Stmt).Node }

// Count returns "SELECT count(*) FROM (…) AS counted".
func Count(of ast.Statement) *Select {
	counted := &ast.Table{Alias: "counted", Def: &Derived{Stmt: of}}
	all := &ast.Call{Name: "count", Args: []ast.Node{&ast.Keyword{Text: "*"}}}
	return &Select{List: List{Items: []ast.Node{all}}, More: &Rare{From: []*ast.Table{counted}}}
}

// Exists returns "SELECT EXISTS (…)".
func Exists(of ast.Statement) *Select {
	return &Select{List: List{Items: []ast.Node{&ast.Sub{Word: "EXISTS", Stmt: of}}}}
}
