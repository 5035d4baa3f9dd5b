package stmt_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/ast/asttest"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

var (
	customer, customerID, customerName   = table("customer", "id", "name")
	account, accountNo, accountCustomer  = table("account", "no", "cust_id")
	transfer, transferID, transferSource = table("transfer", "id", "source")
	boss                                 = &ast.Table{Name: "customer", Alias: "boss", Base: customer}
)

func init() {
	key := func(from, to *ast.Column) {
		from.Table.ForeignKeys = []*ast.ForeignKey{{Columns: []*ast.Column{from}, RefColumns: []*ast.Column{to}}}
	}
	key(accountCustomer, customerID)
	key(transferSource, accountNo)
}

func table(name string, columns ...string) (t *ast.Table, a, b *ast.Column) {
	t = &ast.Table{Name: name}
	for i, c := range columns {
		t.Columns = append(t.Columns, &ast.Column{Table: t, Index: i, Name: c})
	}
	return t, t.Columns[0], t.Columns[1]
}

// derived makes a table of a statement, whose columns have the names given.
func derived(name string, d *stmt.Derived, columns ...string) *ast.Table {
	t := &ast.Table{Alias: name, Def: d}
	for i, c := range columns {
		t.Columns = append(t.Columns, &ast.Column{Table: t, Index: i, Name: c})
	}
	return t
}

func list(items ...ast.Node) stmt.List { return stmt.List{Items: items} }

func eq(l, r ast.Node) ast.Node { return ast.Compare("=", l, r) }

func nodes(ns ...ast.Node) []ast.Node { return ns }

func lit(v any) *ast.Literal { return &ast.Literal{Value: v} }

func count(x ast.Node) ast.Node { return &ast.Call{Name: "count", Args: []ast.Node{x}} }

// from names tables.
func from(ts ...*ast.Table) *stmt.Rare { return &stmt.Rare{From: ts} }

func exists(s ast.Statement) ast.Node { return &ast.Sub{Word: "EXISTS", Stmt: s} }

func scalar(s ast.Statement) ast.Node { return &ast.Sub{Stmt: s} }

// golden is a statement and what it must render.
type golden struct {
	name string
	st   ast.Statement
	want string
}

func check(t *testing.T, cases []golden) {
	t.Helper()
	t.Parallel()
	for _, c := range cases {
		w := sqlw.Get(sqlw.Numbered)
		c.st.AppendSQL(w)
		if got, _, err := w.Result(); err != nil || got != c.want {
			t.Errorf("%s:\ngot  %s, %v\nwant %s", c.name, got, err, c.want)
		}
		if w.Nested() {
			t.Errorf("%s: tables can be named after the statement", c.name)
		}
		w.Release()
	}
}

func failing(t *testing.T, name string, st ast.Statement, want error) {
	t.Helper()
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	st.AppendSQL(w)
	if !errors.Is(w.Err(), want) {
		t.Errorf("%s: error is %v, want %v", name, w.Err(), want)
	}
}

// TestChildren: no field of a statement is forgotten by its Child.
func TestChildren(t *testing.T) {
	t.Parallel()
	asttest.Package{
		Nodes: []ast.Node{
			new(stmt.Affix), new(stmt.Delete), new(stmt.Gap), new(stmt.Insert), new(stmt.Join), new(stmt.Merge), new(stmt.Select), new(stmt.SetOp), new(stmt.Text), new(stmt.Update),
		},
		Optional: []string{"Join.On", "Insert.From", "Select.Limit.X", "Select.Offset.X", "SetOp.Limit.X", "SetOp.Offset.X"},
		Apart: []string{
			"Delete.Whole", "Insert.Whole", "Merge.Whole", "Select.Whole", "Text.Whole", "Update.Whole", // the table of the items
			"Delete.Shape.Items", "Insert.Shape.Items", "Merge.Shape.Items", "Select.Shape.Items", "Text.Shape.Items", "Update.Shape.Items", // the items again
			"Insert.Columns",                // what is filled is no expression
			"Select.More.Locks", "Join.key", // tables that are in FROM
			"Select.More.Open", "Delete.Open", "Update.Open", "Merge.Open", // they too
			"Join.Filter", // the filters of a table that is
		},
	}.TestChildren(t)
}

// TestOutputs: what a row consists of.
func TestOutputs(t *testing.T) {
	t.Parallel()
	l := list(customerID, customerName)
	for _, st := range []ast.Statement{
		&stmt.Select{List: l}, &stmt.Insert{List: l}, &stmt.Update{Change: stmt.Change{List: l}}, &stmt.Delete{Change: stmt.Change{List: l}},
		&stmt.Text{List: l}, &stmt.Merge{List: l},
	} {
		if got := st.Outputs(); !reflect.DeepEqual(got, l.Items) {
			t.Errorf("%T has the outputs %v", st, got)
		}
		if st.Prec() != sqlw.PrecNone {
			t.Errorf("%T is an operand without parentheses", st)
		}
	}
}

// countsAllocations reports whether allocations are compared: the race detector has pools forget what they have.
var countsAllocations = true

// TestSelectAllocatesNothing: what is worked out of a common query stays on the stack.
func TestSelectAllocatesNothing(t *testing.T) {
	s := stmt.Select{
		List: list(customerName, accountNo), Joins: []stmt.Join{{Table: account}},
		Where: nodes(eq(customerID, lit("a"))), Order: nodes(customerName),
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	s.AppendSQL(w)
	if allocs := testing.AllocsPerRun(10, func() {
		v := sqlw.Get(sqlw.Numbered)
		s.AppendSQL(v)
		v.Release()
	}); countsAllocations && allocs > 0 {
		t.Errorf("rendering allocates %.0f times", allocs)
	}
}
