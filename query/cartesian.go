package query

import (
	"fmt"
	"slices"
	"strings"

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
		if group[i] == group[0] {
			continue
		}
		if err := checkNames(trees); err != nil {
			return err
		}
		return fmt.Errorf("query: %s and %s: %w: join them, filter by a comparison of the two, or say CrossJoin",
			joinNames(trees[0].tables), joinNames(trees[i].tables), ErrCartesian)
	}
	return nil
}

// checkNames fails when two elements of FROM begin with tables of one name: the same alias made twice.
func checkNames(trees []tree) error {
	for i := range trees {
		for j := range i {
			if name := trees[i].tables[0].String(); name == trees[j].tables[0].String() {
				return fmt.Errorf("query: two tables are called %s: an alias is made once, and kept in a variable: %w", name, ErrCartesian)
			}
		}
	}
	return nil
}

// connect joins the groups of the trees that a comparison, a call or SQL text mentions.
func connect(n ast.Node, trees []tree, group []int) {
	var mentioned []*ast.Table
	switch x := n.(type) {
	case *ast.Binary, *ast.Between, *ast.In, *ast.Like, *ast.Call:
		mentioned = tablesOf(n)
	case *ast.Raw:
		mentioned = namedIn(x, trees)
	default:
		return
	}
	first := -1
	for _, t := range mentioned {
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

// namedIn gives the tables whose names are in SQL text, which nobody reads any closer.
func namedIn(r *ast.Raw, trees []tree) (tables []*ast.Table) {
	text, _, err := r.Build()
	if err != nil {
		return nil
	}
	for i := range trees {
		for _, t := range trees[i].tables {
			name := t.Alias
			if name == "" {
				name = t.Name
			}
			if hasWord(text, name) {
				tables = append(tables, t)
			}
		}
	}
	return tables
}

// hasWord tells whether text has name in it, and not as a part of a longer name.
func hasWord(text, name string) bool {
	for rest := text; ; {
		before, after, ok := strings.Cut(rest, name)
		if !ok {
			return false
		}
		if !wordAt(before, len(before)-1) && !wordAt(after, 0) {
			return true
		}
		rest = name[len(name)-1:] + after
	}
}

func wordAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '_' || s[i] >= 0x80 || s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}

func merge(group []int, from, to int) {
	for i, g := range group {
		if g == from {
			group[i] = to
		}
	}
}
