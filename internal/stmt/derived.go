package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Derived defines a table in FROM by the rows of a statement: "(SELECT …) AS t". The names of its columns are written where
// they are not those that the statement gives them: "(SELECT count(*) …) AS t (n)".
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
	appendNames(w, t, d.Stmt)
}

// Child returns the statement.
func (d *Derived) Child(i int) ast.Node { return ast.At(i).One(d.Stmt).Node }

// SeesLeft reports whether the statement can name the tables before it.
func (d *Derived) SeesLeft() bool { return d.Lateral }

// appendNames writes " (a, b)", unless a statement's columns have these names already.
func appendNames(w *sqlw.Writer, t *ast.Table, st ast.Statement) {
	columns := t.AppendColumns(nil)
	if len(columns) == 0 || named(columns, st) {
		return
	}
	w.Text(" (")
	for i, c := range columns {
		if i > 0 {
			w.Text(", ")
		}
		w.Bare(func() { c.AppendSQL(w) })
	}
	w.Byte(')')
}

// named reports whether the columns of a statement certainly have the names of those given.
func named(columns []ast.Node, st ast.Statement) bool {
	if _, text := st.(*Text); text {
		return false
	}
	outputs := st.Outputs()
	if len(outputs) != len(columns) {
		return false
	}
	for i, n := range outputs {
		c, ok := columns[i].(*ast.Column)
		if !ok || OutputName(n) != c.Name {
			return false
		}
	}
	return true
}

// OutputName returns the name that a column of a statement has for what is selected; "" where the server makes one up.
func OutputName(n ast.Node) string {
	switch x := n.(type) {
	case *ast.Column:
		return x.Name
	case *ast.Label:
		return x.Name
	}
	return ""
}

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
