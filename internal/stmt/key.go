package stmt

import (
	"fmt"
	"slices"
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

// String returns the condition that the key makes, for an error.
func (u keyUse) String() string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	u.appendSQL(w)
	return w.String()
}

// keyTo returns the tree that a join's tables are joined to, and the one foreign key between the two; the tables that are
// selected go before those of WHERE. Where there are several, none is better than the others: which is near to which in the
// text of a query says nothing about what was meant.
func (f forest) keyTo(inner []*ast.Table) (tree int, key keyUse, err error) {
	var (
		few  [4]*ast.Table
		keys [2]keyUse
	)
	for _, part := range [2][2]int{{0, f.leading}, {f.leading, len(f.roots)}} {
		found := keys[:0]
		for i := part[0]; i < part[1]; i++ {
			outer := f.appendTables(few[:0], i)
			for _, t := range inner {
				before := len(found)
				if found = keysBetween(found, outer, t); len(found) > before {
					tree = i
				}
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return tree, found[0], nil
		default:
			return 0, key, fmt.Errorf("query: join of %s: could be ON %s; say which with a condition: %w", joined(inner), ways(found), ErrAmbiguousJoin)
		}
	}
	return 0, key, fmt.Errorf("query: join of %s: no foreign key between it and %s; give a condition: %w", joined(inner), f.names(), ErrNoJoin)
}

// joined names what is joined, in parentheses where it is several tables.
func joined(inner []*ast.Table) string {
	if len(inner) == 1 {
		return inner[0].String()
	}
	return "(" + joinNames(inner) + ")"
}

// ways returns the conditions that are possible.
func ways(found []keyUse) string {
	ss := make([]string, len(found))
	for i, u := range found {
		ss[i] = u.String()
	}
	return strings.Join(ss, " or ON ")
}

// keysBetween appends the foreign keys between tables and t, either way: a table that refers to itself is both the child and
// the parent of another name for it.
func keysBetween(found []keyUse, tables []*ast.Table, t *ast.Table) []keyUse {
	for _, left := range tables {
		found = keysFrom(found, t, left)
		found = keysFrom(found, left, t)
	}
	return found
}

// keysFrom appends the foreign keys of child that refer to parent. One that is declared twice is one way.
func keysFrom(found []keyUse, child, parent *ast.Table) []keyUse {
	for i, fk := range child.Real().ForeignKeys {
		if fk.RefColumns[0].Table == parent.Real() && !declared(child.Real().ForeignKeys[:i], fk) {
			found = append(found, keyUse{fk, child, parent})
		}
	}
	return found
}

// declared reports whether one of the keys is the same as fk.
func declared(keys []*ast.ForeignKey, fk *ast.ForeignKey) bool {
	for _, k := range keys {
		if slices.Equal(k.Columns, fk.Columns) && slices.Equal(k.RefColumns, fk.RefColumns) {
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
