package stmt

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// resolve works out what a statement reads from: the tables that were collected, less those of the statements around it,
// with the joins put where they belong. The rules are SQLAlchemy's where they are not a guess. Nothing has been written when it is called; f is empty.
func resolve(w *sqlw.Writer, set tableSet, joins []Join, where []ast.Node, f forest) (_ forest, err error) {
	if w.Nested() {
		set = set.correlate(w, joins)
		f.around = w
	}
	if len(set.tables) <= 1 && joins == nil {
		f.roots = append(f.roots, set.tables...)
		return f, nil
	}
	for i, t := range set.tables {
		if brings(joins, t) && !(len(f.roots) == 0 && i == len(set.tables)-1) {
			continue
		}
		f.roots = append(f.roots, t)
		if i < set.leading {
			f.leading = len(f.roots)
		}
	}
	f.lateralLast()
	if f, err = f.placeAll(joins); err != nil {
		return f, err
	}
	return f, f.checkConnected(where)
}

// correlate leaves out the tables of the statements around, except those that are named, and all of them where nothing would
// be left to read from, or to join to.
func (s tableSet) correlate(w *sqlw.Writer, joins []Join) tableSet {
	own := tableSet{named: s.named, leading: s.leading}
	left := false
	for i, t := range s.tables {
		if i >= s.named && w.Sees(t) && !brings(joins, t) {
			if i < s.leading {
				own.leading--
			}
			continue
		}
		own.tables = append(own.tables, t)
		left = left || !brings(joins, t)
	}
	if !left {
		return s
	}
	return own
}

// brings reports whether one of the joins brings t into a statement.
func brings(joins []Join, t *ast.Table) bool {
	return slices.ContainsFunc(joins, func(j Join) bool { return j.brings(t) })
}
