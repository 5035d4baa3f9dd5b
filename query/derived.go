package query

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// From begins a query that is all clauses: what it selects is said where it is used, by expr.Exists, expr.Scalar and InRows.
//
//	mine := query.From(a).Filter(a.CustID.EqExpr(c.ID))
//	query.Select2(c.LastName, expr.Scalar(expr.CountAll(), mine)).Filter(expr.Exists(mine))
//
// To run it is an error, since it selects nothing.
func From(t expr.Entity) Query[struct{}] { return Query[struct{}]{}.From(t) }

// Derived is the rows of a statement as a table, which joins, From and Col take. It is made once and kept in a variable: another one
// made of the same statement is another table. The zero value is no table.
type Derived[R any] struct {
	table *ast.Table
	out   output
}

// RowsOf is a statement whose rows are of Go type R: a [Query], a [Compound], a [Returned] or a [Statement].
type RowsOf[R any] interface {
	expr.Rows
	output() output
	row(R)
}

func (q Query[R]) output() output { return q.out }
func (Query[R]) row(R)            {}
func (s rows[R]) output() output  { return s.out }
func (rows[R]) row(R)             {}

// Sub makes the rows of a statement a table in FROM, "(SELECT …) AS name". [Col] has its columns:
//
//	n := expr.Count(a.ID).As("n")
//	per := query.Sub("per", query.Select2(a.CustID, n).GroupBy(a.CustID))
//	query.Select2(c.LastName, query.Col(per, n)).Join(per, c.ID.EqExpr(query.Col(per, a.CustID)))
//	// SELECT customer.last_name, per.n
//	// FROM customer JOIN (SELECT account.cust_id, count(account.id) AS n FROM account GROUP BY account.cust_id) AS per
//	// ON customer.id = per.cust_id
//
// For rows that are objects of a mapped table, [SubOf] gives its table struct again.
func Sub[R any](name string, q RowsOf[R]) Derived[R] {
	return derived(q, &ast.Table{Alias: name}, subquery)
}

// Lateral is Sub of a statement that sees the tables before it in FROM, "LATERAL (SELECT …) AS name", and is worked out for each of
// their rows. A join of it needs no condition: that is within it.
//
//	last := query.Lateral("last", query.Select(a.AcctNo).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.AcctNo.Desc()).Limit(3))
//	query.Select2(c.LastName, query.Col(last, a.AcctNo).OrNull()).LeftJoin(last)
//	// SELECT … FROM customer LEFT OUTER JOIN LATERAL (SELECT … WHERE account.cust_id = customer.id … LIMIT $1) AS last ON TRUE
func Lateral[R any](name string, q RowsOf[R]) Derived[R] {
	return derived(q, &ast.Table{Alias: name}, lateral)
}

// derived makes t the table of a statement's rows.
func derived[R any](q RowsOf[R], t *ast.Table, def definer) Derived[R] {
	d := Derived[R]{table: t}
	if t.Def = defined(q, t, def); !ast.IsNil(q) {
		addColumns(t, q.CupelStatement().Outputs())
		d.out = q.output()
		d.out.markNullable(t, reflect.TypeFor[R]())
	}
	return d
}

// markNullable notes which columns of a derived table are read into pointers, since they may be NULL: a column of an outer join whose
// OrNull was selected has the same expression as the column itself.
func (o *output) markNullable(t *ast.Table, row reflect.Type) {
	if o.shape == nil {
		if len(t.Columns) == 1 {
			t.Columns[0].Nullable = row.Kind() == reflect.Pointer
		}
		return
	}
	at := 0
	for _, slot := range o.shape.Slots {
		if slot.Entity != nil {
			at += slot.Width()
			continue
		}
		if at < len(t.Columns) {
			t.Columns[at].Nullable = slot.Type.Kind() == reflect.Pointer
		}
		at++
	}
}

// defined returns what defines t.
func defined(q expr.Rows, t *ast.Table, def definer) ast.Def {
	if ast.IsNil(q) {
		return broken{ast.ErrNil}
	}
	return def(t, q.CupelStatement())
}

// addColumns gives a table a column for each output of a statement.
func addColumns(t *ast.Table, outputs []ast.Node) {
	names := map[string]bool{}
	for i, n := range outputs {
		name := stmt.OutputName(n)
		if name == "" {
			name = "column" + strconv.Itoa(i+1)
		}
		for unique, k := name, 2; names[name]; k++ {
			name = unique + "_" + strconv.Itoa(k)
		}
		names[name] = true
		c := &ast.Column{Table: t, Index: i, Name: name, Stands: n}
		if from, ok := n.(*ast.Column); ok {
			c.Type, c.Size, c.GoType, c.Nullable = from.Type, from.Size, from.GoType, from.Nullable
		}
		t.Columns = append(t.Columns, c)
	}
	addKeys(t)
}

// addKeys gives a derived table the foreign keys of the tables that it reads, where their columns are selected: a join with it is
// inferred as one with these tables is.
func addKeys(t *ast.Table) {
	var met []*ast.Table
	for _, c := range t.Columns {
		from, ok := c.Stands.(*ast.Column)
		if !ok || slices.Contains(met, from.Table) {
			continue
		}
		met = append(met, from.Table)
		for _, fk := range from.Table.Real().ForeignKeys {
			own := *fk
			own.Columns = nil
			for _, k := range fk.Columns {
				i := slices.IndexFunc(t.Columns, func(c *ast.Column) bool {
					of, ok := c.Stands.(*ast.Column)
					return ok && of.Table == from.Table && of.Index == k.Index
				})
				if i >= 0 {
					own.Columns = append(own.Columns, t.Columns[i])
				}
			}
			if len(own.Columns) == len(fk.Columns) {
				t.ForeignKeys = append(t.ForeignKeys, &own)
			}
		}
	}
}

// CupelTable returns the table, for the other packages of this module.
func (d Derived[R]) CupelTable() *ast.Table { return d.table }

// CupelSlot makes the whole table an item of a SELECT list, with the rows of its statement; for the other packages of this module.
// Rows that hold objects of a mapped table are not among them; see [SubOf].
func (d Derived[R]) CupelSlot() expr.Slot[R] {
	if d.table == nil {
		return expr.Slot[R]{Value: &ast.Bad{Err: expr.ErrUnmapped}}
	}
	columns := d.table.AppendColumns(nil)
	if d.out.entity != nil {
		return expr.Slot[R]{Value: &ast.Bad{Err: fmt.Errorf("query: %s: %w", d.table, errEntityRows)}}
	}
	if d.out.shape == nil {
		if len(columns) != 1 {
			return expr.Slot[R]{Value: &ast.Bad{Err: fmt.Errorf("query: %s: %w", d.table, errRowType)}}
		}
		return expr.Slot[R]{Value: columns[0]}
	}
	for _, s := range d.out.shape.Slots {
		if s.Entity != nil {
			return expr.Slot[R]{Value: &ast.Bad{Err: fmt.Errorf("query: %s: %w", d.table, errEntityRows)}}
		}
	}
	return expr.Slot[R]{Shape: &ast.Shape{Items: columns, Slots: d.out.shape.Slots}}
}

var (
	errEntityRows = errors.New("the rows of a derived table are not objects; SubOf, LateralOf, WithOf and RecursiveOf give a table struct whose rows are")
	errRowType    = errors.New("the rows of a derived table are of a type that nothing was selected for")
)

// As returns another name for the table, to use it twice in one statement.
func (d Derived[R]) As(name string) Derived[R] {
	if d.table == nil {
		return d
	}
	t := *d.table
	t.Alias, t.Base = name, d.table.Real()
	t.Take(t.Base)
	d.table = &t
	return d
}

// Source is a derived table of whatever rows.
type Source interface {
	expr.Entity
	derived()
}

func (Derived[R]) derived() {}

// Col returns the column of a derived table that x is in the statement behind it, x being what was selected there: of the same kind, with
// the same operators. Behind an outer join say OrNull. What was not selected is the error of the statement that has it.
func Col[K expr.Kind[K]](d Source, x K) K {
	if ast.IsNil(d) || d.CupelTable() == nil {
		var unmapped K
		return unmapped
	}
	t, n := d.CupelTable(), x.Node()
	if _, bad := n.(*ast.Bad); bad {
		return x
	}
	for _, c := range t.Columns {
		if c.Stands == n {
			return expr.Rebound(x, c)
		}
	}
	for _, c := range t.Columns { // a label, or what it names
		l, ok := c.Stands.(*ast.Label)
		if m, labeled := n.(*ast.Label); ok && (l.X == n || labeled && m.X == l.X) || labeled && m.X == c.Stands {
			return expr.Rebound(x, c)
		}
	}
	return expr.Rebound(x, ast.Node(&ast.Bad{Err: fmt.Errorf("query: %s: %w: %s", t, ErrNoColumn, named(n))}))
}

// named names an expression in an error.
func named(n ast.Node) string {
	switch x := n.(type) {
	case *ast.Column:
		return x.String()
	case *ast.Label:
		return x.Name
	case *ast.Call:
		return x.Name + "(…), of which a column is made by selecting and naming the same Go value"
	}
	return "an expression, of which a column is made by selecting and naming the same Go value"
}
