package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// List is a SELECT list, or that of RETURNING.
type List struct {
	Items []ast.Node
	Shape *ast.Shape // the places of a row that they fill; nil: nobody knows
	Whole *ast.Table // the items are what is read of this table, as one text; nil: they are not
}

// Outputs returns the items.
func (l *List) Outputs() []ast.Node { return l.Items }

// appendSQL writes "a, b AS c".
func (l *List) appendSQL(w *sqlw.Writer) {
	if l.Whole != nil && l.Whole.AppendItems(w) {
		return
	}
	for i, n := range l.Items {
		if i > 0 {
			w.Text(", ")
		}
		label, ok := n.(*ast.Label)
		if !ok {
			ast.Item(w, n)
			continue
		}
		ast.Item(w, label.X)
		w.Text(" AS ")
		w.Ident(label.Name)
	}
}

// appendReturning writes RETURNING where there is something to return of the rows of t: as they are now, and, by old and new, as they
// were before and after.
func (l *List) appendReturning(w *sqlw.Writer, t *ast.Table) {
	if len(l.Items) == 0 {
		return
	}
	w.Text(" RETURNING ")
	if l.Whole == nil {
		w.See(ast.RowOf{Name: ast.Old, Table: t})
		w.See(ast.RowOf{Name: ast.New, Table: t})
	}
	l.appendSQL(w)
}

// appendConditions writes "word p AND q"; nothing without a condition.
func appendConditions(w *sqlw.Writer, word string, ps []ast.Node) {
	if len(ps) == 0 {
		return
	}
	w.Text(word)
	if len(ps) == 1 {
		ps[0].AppendSQL(w)
		return
	}
	for i, p := range ps {
		if i > 0 {
			w.Text(" AND ")
		}
		ast.Operand(w, p, sqlw.PrecAnd)
	}
}

// appendList writes "x, y".
func appendList(w *sqlw.Writer, ns []ast.Node) {
	for i, n := range ns {
		if i > 0 {
			w.Text(", ")
		}
		n.AppendSQL(w)
	}
}

// table returns t as a node, nil where it is nil.
func table(t *ast.Table) ast.Node {
	if t == nil {
		return nil
	}
	return t
}

// whole is embedded by statements: as an operand each needs parentheses.
type whole struct{}

// Prec is PrecNone.
func (whole) Prec() sqlw.Prec { return sqlw.PrecNone }
