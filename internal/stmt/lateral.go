package stmt

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// seesLeft reports whether what defines t can name the tables before it in FROM.
func seesLeft(t *ast.Table) bool {
	d, ok := t.Def.(interface{ SeesLeft() bool })
	return ok && d.SeesLeft()
}

// lateralLast puts the elements of FROM that can name those before them behind the others.
func (f *forest) lateralLast() {
	if len(f.roots) < 2 || !slices.ContainsFunc(f.roots, seesLeft) {
		return
	}
	ordered := make([]*ast.Table, 0, len(f.roots))
	leading := 0
	for _, last := range [...]bool{false, true} {
		for i, t := range f.roots {
			if seesLeft(t) != last {
				continue
			}
			if i < f.leading {
				leading++
			}
			ordered = append(ordered, t)
		}
	}
	copy(f.roots, ordered)
	f.leading = leading
}

// treeSeen returns the last tree that what defines t names; the first where it names none.
func (f forest) treeSeen(t *ast.Table) int {
	at := 0
	for _, n := range definition(t) {
		for _, seen := range tablesOf(n) {
			at = max(at, f.treeOf(seen))
		}
	}
	return at
}

// definition returns what t is made of.
func definition(t *ast.Table) (ns []ast.Node) {
	if t.Def == nil {
		return nil
	}
	return slices.Collect(ast.Children(t.Def))
}
