package query

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// checkConnected fails when WHERE does not connect the elements of FROM: a forgotten join must not return a cartesian
// product.
func (s *selection) checkConnected(trees []tree) error {
	if len(trees) < 2 {
		return nil
	}
	group := make([]int, len(trees)) // trees with the same number are connected
	for i := range group {
		group[i] = i
	}
	for _, p := range s.where {
		ast.Walk(p, func(n ast.Node) { connect(n, trees, group) })
	}
	for i := range trees {
		if group[i] != group[0] {
			return fmt.Errorf("query: %s and %s: %w: join them, filter by a comparison of the two, or say CrossJoin",
				joinNames(trees[0].tables), joinNames(trees[i].tables), ErrCartesian)
		}
	}
	return nil
}

// connect joins the groups of the trees that a comparison mentions.
func connect(n ast.Node, trees []tree, group []int) {
	switch n.(type) {
	case *ast.Binary, *ast.Between, *ast.In, *ast.Like:
	default:
		return
	}
	first := -1
	for _, t := range tablesOf(n) {
		i := slices.IndexFunc(trees, func(tr tree) bool { return slices.Contains(tr.tables, t) })
		switch {
		case i < 0:
		case first < 0:
			first = i
		default:
			merge(group, group[i], group[first])
		}
	}
}

func merge(group []int, from, to int) {
	for i, g := range group {
		if g == from {
			group[i] = to
		}
	}
}
