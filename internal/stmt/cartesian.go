package stmt

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// checkConnected fails when the conditions of WHERE do not connect the elements of FROM: a forgotten join must not return a
// cartesian product.
func (f forest) checkConnected(where []ast.Node) error {
	if len(f.roots) < 2 {
		return nil
	}
	own := forest{roots: append([]*ast.Table(nil), f.roots...), placed: append([]placed(nil), f.placed...), cross: f.cross}
	return own.connectedBy(where) // which takes it to the heap
}

func (f forest) connectedBy(where []ast.Node) error {
	group := make([]int, len(f.roots)) // trees with the same number are connected
	for i := range group {
		group[i] = i
	}
	for _, p := range where {
		ast.Walk(p, func(n ast.Node) bool {
			f.connect(n, group)
			return true
		})
	}
	for i, t := range f.roots {
		if seesLeft(t) {
			f.connectTo(i, definition(t), group)
		}
		if slices.Contains(f.cross, t) {
			merge(group, group[i], group[0])
		}
	}
	for i := range f.roots {
		if group[i] == group[0] {
			continue
		}
		if err := f.checkNames(); err != nil {
			return err
		}
		return fmt.Errorf("query: %s and %s: %w: join them, filter by a comparison of the two, or say CrossJoin",
			joinNames(f.appendTables(nil, 0)), joinNames(f.appendTables(nil, i)), ErrCartesian)
	}
	return nil
}

// checkNames fails when two elements of FROM begin with tables of one name: the same alias made twice.
func (f forest) checkNames() error {
	for i, t := range f.roots {
		for _, u := range f.roots[:i] {
			if name := t.String(); name == u.String() {
				return fmt.Errorf("query: two tables are called %s: an alias is made once, and kept in a variable: %w", name, ErrCartesian)
			}
		}
	}
	return nil
}

// connect joins the groups of the trees that a comparison, a call or SQL text mentions.
func (f forest) connect(n ast.Node, group []int) {
	var mentioned []*ast.Table
	switch x := n.(type) {
	case *ast.Binary, *ast.Between, *ast.In, *ast.Like, *ast.Call, *ast.Sub:
		mentioned = tablesOf(n)
	case *ast.Raw:
		mentioned = append(f.namedIn(x), tablesOf(n)...)
	default:
		return
	}
	first := -1
	for _, t := range mentioned {
		i := f.treeOf(t)
		switch {
		case i < 0:
		case first < 0:
			first = i
		default:
			merge(group, group[i], group[first])
		}
	}
}

// connectTo joins the groups of the trees that something mentions with that of one tree.
func (f forest) connectTo(tree int, ns []ast.Node, group []int) {
	for _, n := range ns {
		for _, t := range tablesOf(n) {
			if i := f.treeOf(t); i >= 0 {
				merge(group, group[i], group[tree])
			}
		}
	}
}

// namedIn returns the tables whose names are in SQL text, which nobody reads any closer.
func (f forest) namedIn(r *ast.Raw) (named []*ast.Table) {
	text, _, err := r.Build()
	if err != nil {
		return nil
	}
	for i := range f.roots {
		for _, t := range f.appendTables(nil, i) {
			if ast.HasWord(text, t.Called()) {
				named = append(named, t)
			}
		}
	}
	return named
}

func merge(group []int, from, to int) {
	for i, g := range group {
		if g == from {
			group[i] = to
		}
	}
}
