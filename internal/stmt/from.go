package stmt

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// forest is a FROM clause while it is worked out. It is passed by value: its slices begin on the stack of who begins it.
type forest struct {
	roots   []*ast.Table // the elements of FROM, without what is joined to them
	leading int          // roots that are named or selected: what Join looks at first
	placed  []placed
	cross   []*ast.Table // roots that nothing need connect
	around  *sqlw.Writer // which knows the tables of the statements around; nil: there are none
	where   []ast.Node   // what filters add to WHERE
	wrapped []*ast.Table // roots that are filtered by themselves
}

// placed is a join that was put onto the tree of a root.
type placed struct {
	Join
	tree int // place of the root
}

// appendSQL writes the FROM clause; nothing when there is no table. A table can be named once it is written.
func (f forest) appendSQL(w *sqlw.Writer) {
	for i, t := range f.roots {
		if i == 0 {
			w.Text(" \nFROM ")
		} else {
			w.Text(", ")
		}
		appendFrom(w, t, slices.Contains(f.wrapped, t))
		w.See(t)
		for k := range f.placed {
			if p := &f.placed[k]; p.tree == i {
				p.AppendSQL(w)
			}
		}
	}
}

// see makes all tables ones that can be named.
func (f forest) see(w *sqlw.Writer) {
	for _, t := range f.roots {
		w.See(t)
	}
	for i := range f.placed {
		f.placed[i].see(w)
	}
}

func (j *Join) see(w *sqlw.Writer) {
	w.See(j.Table)
	for i := range j.Nested {
		j.Nested[i].see(w)
	}
}

// treeOf returns the tree that t is in, -1 where it is in none.
func (f forest) treeOf(t *ast.Table) int {
	if i := slices.Index(f.roots, t); i >= 0 {
		return i
	}
	for i := range f.placed {
		if f.placed[i].brings(t) {
			return f.placed[i].tree
		}
	}
	return -1
}

// appendTables appends the tables of a tree, the one joined last at the end.
func (f forest) appendTables(to []*ast.Table, tree int) []*ast.Table {
	to = append(to, f.roots[tree])
	for i := range f.placed {
		if p := &f.placed[i]; p.tree == tree {
			to = p.appendTables(to)
		}
	}
	return to
}

// placeAll places joins one after the other.
func (f forest) placeAll(joins []Join) (_ forest, err error) {
	for _, j := range joins {
		if err := j.resolveNested(); err != nil {
			return f, err
		}
		if f, err = f.place(j); err != nil {
			return f, err
		}
	}
	return f, nil
}

// joinTwice is the error of a join of a table that is there already, whose columns would be those of both.
type joinTwice struct{ table *ast.Table }

// Error says how to do it.
func (e joinTwice) Error() string {
	return fmt.Sprintf("query: join of %s: it is in the statement already: join another name for it, see model.Alias", e.table)
}

// Is reports that it is ErrAmbiguousJoin.
func (joinTwice) Is(err error) bool { return err == ErrAmbiguousJoin }

// place puts a join onto the tree that it belongs to. What is in parentheses is resolved.
func (f forest) place(j Join) (forest, error) {
	var few [4]*ast.Table
	tables := j.appendTables(few[:0])
	for _, t := range tables {
		if f.treeOf(t) >= 0 {
			return f, joinTwice{t}
		}
	}
	if len(f.roots) == 0 {
		return f, fmt.Errorf("query: join of %s: there is no table to join it to: %w", j.Table, ErrNoJoin)
	}
	tree, err := 0, error(nil)
	switch {
	case j.Kind == CrossJoin:
	case j.On == nil && seesLeft(j.Table) && j.Nested == nil:
		tree, j.On = f.treeSeen(j.Table), &ast.Bool{Value: true} // its condition is within
	case j.On != nil:
		tree, err = f.treeOn(&j)
	default:
		tree, j.key, err = f.keyTo(tables)
	}
	f.placed = append(f.placed, placed{j, tree})
	return f, err
}

// treeOn returns the tree that the conditions of a join mention; the first when they mention none.
func (f forest) treeOn(j *Join) (int, error) {
	at := -1
	var few [4]*ast.Table
	for _, t := range (tableSet{tables: few[:0]}).mention(j.On).tables {
		i := f.treeOf(t)
		switch {
		case j.brings(t), i < 0 && f.around != nil && f.around.Sees(t):
		case i < 0:
			return 0, fmt.Errorf("query: join of %s: its condition mentions %s, which is not in the statement before it: %w", j.Table, t, ErrNoJoin)
		case at >= 0 && at != i:
			return 0, fmt.Errorf("query: join of %s: its condition mentions both %s and %s, which nothing connects: %w",
				j.Table, f.roots[at], t, ErrAmbiguousJoin)
		default:
			at = i
		}
	}
	return max(at, 0), nil
}
