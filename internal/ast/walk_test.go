package ast_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/ast/asttest"
)

// TestChildren: no field of a node is forgotten by its Child.
func TestChildren(t *testing.T) {
	t.Parallel()
	asttest.Package{
		Nodes: []ast.Node{
			new(ast.Assignment), new(ast.Bad), new(ast.Beside), new(ast.Between), new(ast.Binary), new(ast.Bool), new(ast.Call), new(ast.Case), new(ast.Cast),
			new(ast.Collate), new(ast.Column), new(ast.Extract), new(ast.In), new(ast.Is), new(ast.Keyword), new(ast.Label), new(ast.Late),
			new(ast.Like), new(ast.Grouping), new(ast.Literal), new(ast.Logic), new(ast.Name), new(ast.Not), new(ast.Nothing), new(ast.Order), new(ast.Over), new(ast.Quantified),
			new(ast.Quoted), new(ast.Raw), new(ast.Sign), new(ast.Sub), new(ast.Table), new(ast.Tuple), new(ast.Unnest),
			new(ast.Version), new(ast.Window),
			new(ast.About), new(ast.Array), new(ast.Filtered), new(ast.Sample), new(ast.Subscript),
		},
		Optional: []string{"Call.Where", "Case.Operand", "Case.Else", "In.Array", "In.Query", "Window.Frame.Start.N", "Window.Frame.End.N", "Subscript.From", "Subscript.To", "Assignment.Part", "Sample.Seed"},
		Apart: []string{
			"Assignment.Column", "Assignment.Beside", // what is set is no expression
			"Unnest.Columns",                  // their types are shown
			"Version.Column",                  // it is of a table that is there
			"Column.Table",                    // a column names its table, which is in FROM
			"Filtered.Table", "Table.Filters", // of a table that is in FROM
			"About.Table", "About.Conditions", // the same
			"Column.Stands",                                                                                                    // below the definition of its table
			"Table.Base", "Table.Def", "Table.Sample", "Table.Columns", "Table.PrimaryKey", "Table.ForeignKeys", "Table.items", // see Def
		},
	}.TestChildren(t)
}

// TestWalkBelow: what f does not want to go below is not gone below.
func TestWalkBelow(t *testing.T) {
	t.Parallel()
	n := &ast.Logic{Items: []ast.Node{&ast.Not{X: a}, &ast.Is{X: b, What: "NULL"}}}
	met := 0
	ast.Walk(n, func(n ast.Node) bool {
		met++
		_, not := n.(*ast.Not)
		return !not
	})
	if met != 4 {
		t.Errorf("%d nodes are met", met)
	}
}

func TestWalkAllocatesNothing(t *testing.T) {
	n := &ast.Logic{Items: []ast.Node{
		ast.Compare("=", a, two), &ast.Call{Name: "f", Args: []ast.Node{a}, Where: &ast.Not{X: b}},
		&ast.Case{Operand: a, Whens: []ast.When{{Cond: two, Then: b}}, Else: two},
	}}
	met := 0
	if allocs := testing.AllocsPerRun(10, func() {
		ast.Walk(n, func(ast.Node) bool {
			met++
			return true
		})
	}); allocs > 0 {
		t.Errorf("a walk allocates %.0f times", allocs)
	}
	if met != 11*13 {
		t.Errorf("%d nodes are met", met)
	}
}
