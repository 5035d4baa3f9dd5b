package stmt

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// ErrOuterNull is found by errors.Is in the error of a query that reads a column of a table that an outer join may not find into a Go type
// that cannot hold NULL.
var ErrOuterNull = errors.New("an outer join may give NULL")

// ErrGroupNull is found by errors.Is in the error of a query that reads a key of GROUP BY, which is not in all of its sets, into a Go type
// that cannot hold NULL.
var ErrGroupNull = errors.New("NULL in the rows of a set of GROUP BY that does not have it")

// checkOuter fails where a column of a table that an outer join may not find, or a key that not all sets of GROUP BY have, is read into a
// Go type that cannot hold NULL: it would fail with the first row that has one, which tests may not have.
func (s *Select) checkOuter(f forest) error {
	if s.Shape == nil || !f.outer() && !f.derives() && !s.hasSets() {
		return nil
	}
	missing, lacking := f.missing(), s.lacking()
	at := 0
	for _, slot := range s.Shape.Slots {
		if slot.Entity != nil {
			at += slot.Width()
			continue
		}
		if at < len(s.Items) {
			if err := checkNull(s.Items[at], slot.Type, missing, lacking); err != nil {
				return err
			}
		}
		at++
	}
	return nil
}

// hasSets reports whether a key of GROUP BY groups in more than one way.
func (s *Select) hasSets() bool {
	return slices.ContainsFunc(s.Group, func(n ast.Node) bool { _, ok := n.(*ast.Grouping); return ok })
}

// lacking returns the keys of GROUP BY that not all of its sets have.
func (s *Select) lacking() []ast.Node {
	var keys []ast.Node
	for _, n := range s.Group {
		if g, ok := n.(*ast.Grouping); ok {
			keys = append(keys, g.Lacking()...)
		}
	}
	return slices.DeleteFunc(keys, func(n ast.Node) bool { return slices.Contains(s.Group, n) })
}

func checkNull(n ast.Node, t reflect.Type, missing map[*ast.Table]bool, lacking []ast.Node) error {
	if l, ok := n.(*ast.Label); ok {
		n = l.X
	}
	if holdsNull(t) {
		return nil
	}
	if slices.Contains(lacking, n) {
		return fmt.Errorf("query: %s: %w, which a %s cannot hold: say OrNull, or expr.Coalesce", printed(n), ErrGroupNull, t)
	}
	c, ok := n.(*ast.Column)
	switch {
	case !ok:
		return nil
	case c.Stands != nil && c.Nullable:
		return fmt.Errorf("query: column %s: %w in the statement behind it, which a %s cannot hold: say OrNull, or expr.Coalesce", c, ErrOuterNull, t)
	case !missing[c.Table]:
		return nil
	}
	return fmt.Errorf("query: column %s: %w, which a %s cannot hold: say OrNull, or expr.Coalesce", c, ErrOuterNull, t)
}

var scanner = reflect.TypeFor[sql.Scanner]()

// holdsNull reports whether a Go type may hold NULL; where nobody knows it may.
func holdsNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return reflect.PointerTo(t).Implements(scanner)
}

// derives reports whether any table is one that the statement makes.
func (f forest) derives() bool {
	for _, t := range f.roots {
		if t.Def != nil {
			return true
		}
	}
	for i := range f.placed {
		if f.placed[i].Table.Def != nil || len(f.placed[i].Nested) > 0 {
			return true
		}
	}
	return false
}

// outer reports whether any join is an outer one.
func (f forest) outer() bool {
	for i := range f.placed {
		if f.placed[i].outer() {
			return true
		}
	}
	return false
}

func (j *Join) outer() bool {
	if j.Kind == LeftJoin || j.Kind == RightJoin || j.Kind == FullJoin {
		return true
	}
	for i := range j.Nested {
		if j.Nested[i].outer() {
			return true
		}
	}
	return false
}

// missing returns the tables that outer joins may not find.
func (f forest) missing() map[*ast.Table]bool {
	set := map[*ast.Table]bool{}
	for tree, root := range f.roots {
		before := []*ast.Table{root}
		for i := range f.placed {
			if p := &f.placed[i]; p.tree == tree {
				before = p.missing(before, set)
			}
		}
	}
	return set
}

// missing adds the tables that a join may not find, where the tables given stand before it, and returns those that stand before the
// next.
func (j *Join) missing(before []*ast.Table, set map[*ast.Table]bool) []*ast.Table {
	inner := []*ast.Table{j.Table}
	for i := range j.Nested {
		inner = j.Nested[i].missing(inner, set)
	}
	if j.Kind == LeftJoin || j.Kind == FullJoin {
		for _, t := range inner {
			set[t] = true
		}
	}
	if j.Kind == RightJoin || j.Kind == FullJoin {
		for _, t := range before {
			set[t] = true
		}
	}
	return append(before, inner...)
}

// printed returns an expression's text for people.
func printed(n ast.Node) string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	n.AppendSQL(w)
	text, _, _ := w.Result()
	return text
}
