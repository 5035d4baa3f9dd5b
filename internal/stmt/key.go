package stmt

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// keyUse is a foreign key between two tables as a statement names them.
type keyUse struct {
	key           *ast.ForeignKey
	child, parent *ast.Table
}

// appendSQL writes "parent.id = child.parent_id", for each column of the key.
func (u keyUse) appendSQL(w *sqlw.Writer) {
	for i, c := range u.key.Columns {
		if i > 0 {
			w.Text(" AND ")
		}
		u.parent.Columns[u.key.RefColumns[i].Index].AppendSQL(w)
		w.Text(" = ")
		u.child.Columns[c.Index].AppendSQL(w)
	}
}

// keyTo returns the tree that t is joined to and the foreign key: one to the table joined last, else to any of the tree.
func (f forest) keyTo(t *ast.Table) (tree int, key keyUse, err error) {
	if tree, err = f.choose(t); err != nil {
		return 0, key, err
	}
	var (
		few  [4]*ast.Table
		keys [2]keyUse
	)
	tables := f.appendTables(few[:0], tree)
	found := keysBetween(keys[:0], tables[len(tables)-1:], t)
	if len(found) == 0 {
		found = keysBetween(found, tables, t)
	}
	if len(found) > 1 {
		return 0, key, fmt.Errorf("query: join of %s: %d foreign keys lead between it and %s; say which with a condition: %w",
			t, len(found), joinNames(tables), ErrAmbiguousJoin)
	}
	return tree, found[0], nil
}

// choose returns the tree that a foreign key connects to t; the tables that are selected go before those of WHERE.
func (f forest) choose(t *ast.Table) (int, error) {
	var few [4]*ast.Table
	for _, part := range [2][2]int{{0, f.leading}, {f.leading, len(f.roots)}} {
		at := -1
		for i := part[0]; i < part[1]; i++ {
			if !connected(f.appendTables(few[:0], i), t) {
				continue
			}
			if at >= 0 {
				return 0, fmt.Errorf("query: join of %s: foreign keys lead to both %s and %s; say which with a condition: %w",
					t, f.roots[at], f.roots[i], ErrAmbiguousJoin)
			}
			at = i
		}
		if at >= 0 {
			return at, nil
		}
	}
	return 0, fmt.Errorf("query: join of %s: no foreign key between it and %s; give a condition: %w", t, f.names(), ErrNoJoin)
}

// keyToAny returns the one foreign key between a tree and the tables of a join in parentheses.
func (f forest) keyToAny(inner []*ast.Table) (tree int, key keyUse, err error) {
	for _, part := range [][2]int{{0, f.leading}, {f.leading, len(f.roots)}} {
		var found []keyUse
		for i := part[0]; i < part[1]; i++ {
			for _, t := range inner {
				before := len(found)
				if found = keysBetween(found, f.appendTables(nil, i), t); len(found) > before {
					tree = i
				}
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return tree, found[0], nil
		default:
			return 0, key, fmt.Errorf("query: join of (%s): %d foreign keys lead between it and %s; say which with a condition: %w",
				joinNames(inner), len(found), f.names(), ErrAmbiguousJoin)
		}
	}
	return 0, key, fmt.Errorf("query: join of (%s): no foreign key between it and %s; give a condition: %w",
		joinNames(inner), f.names(), ErrNoJoin)
}

// keysBetween appends the foreign keys between tables and t, either way.
func keysBetween(found []keyUse, tables []*ast.Table, t *ast.Table) []keyUse {
	for _, left := range tables {
		for _, fk := range t.Real().ForeignKeys {
			if fk.RefColumns[0].Table == left.Real() {
				found = append(found, keyUse{fk, t, left})
			}
		}
		if left.Real() == t.Real() {
			continue
		}
		for _, fk := range left.Real().ForeignKeys {
			if fk.RefColumns[0].Table == t.Real() {
				found = append(found, keyUse{fk, left, t})
			}
		}
	}
	return found
}

// connected reports whether a foreign key leads between tables and t, either way.
func connected(tables []*ast.Table, t *ast.Table) bool {
	for _, left := range tables {
		if leads(left.Real(), t.Real()) || leads(t.Real(), left.Real()) {
			return true
		}
	}
	return false
}

// leads reports whether a foreign key of child refers to parent.
func leads(child, parent *ast.Table) bool {
	for _, fk := range child.ForeignKeys {
		if fk.RefColumns[0].Table == parent {
			return true
		}
	}
	return false
}

// names returns all tables for an error.
func (f forest) names() string {
	var all []*ast.Table
	for i := range f.roots {
		all = f.appendTables(all, i)
	}
	return joinNames(all)
}

func joinNames(tables []*ast.Table) string {
	ss := make([]string, len(tables))
	for i, t := range tables {
		ss[i] = t.String()
	}
	return strings.Join(ss, ", ")
}
