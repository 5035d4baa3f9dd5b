package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// forest is a FROM clause while it is worked out. It is passed by value: its slices begin on the stack of who begins it.
type forest struct {
	roots   []*ast.Table // the elements of FROM, without what is joined to them
	leading int          // roots that are named or selected: what Join looks at first
	placed  []placed
}

// placed is a join that was put onto the tree of a root.
type placed struct {
	join
	tree int // place of the root
}

// tableSet is tables in the order in which they are met. Like a forest it is passed by value.
type tableSet struct {
	tables []*ast.Table
	raw    bool // there is raw SQL, which may mention others
}

// visit adds the tables that n mentions.
func (s tableSet) visit(n ast.Node) tableSet {
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Column:
			s = s.add(x.Table)
			return false
		case *ast.Literal:
			return false
		case *ast.Raw:
			s.raw = true
		}
		return true
	})
	return s
}

// read gives the tables that a statement reads: where there is raw SQL beside them, also nil for those that are not
// known. Of raw SQL alone none is known.
func (s tableSet) read() []*ast.Table {
	if s.raw && len(s.tables) > 0 {
		return append(s.tables, nil)
	}
	return s.tables
}

func (s tableSet) add(t *ast.Table) tableSet {
	if n := len(s.tables); n > 0 && s.tables[n-1] == t || slices.Contains(s.tables, t) {
		return s
	}
	s.tables = append(s.tables, t)
	return s
}

func (s tableSet) visitAll(ns []ast.Node) tableSet {
	for _, n := range ns {
		s = s.visit(n)
	}
	return s
}

func tablesOf(ns ...ast.Node) []*ast.Table { return tableSet{}.visitAll(ns).tables }

// appendFrom writes the FROM clause; nothing when there is no table.
func (s *selection) appendFrom(w *sqlw.Writer) {
	var (
		tables [4]*ast.Table
		roots  [2]*ast.Table
		joins  [2]placed
	)
	set, selected := s.collect(tableSet{tables: tables[:0]})
	if len(set.tables) <= 1 && s.joins == nil {
		for _, t := range set.tables {
			w.Text(" \nFROM ")
			t.AppendFrom(w)
		}
		return
	}
	f, err := s.from(forest{roots: roots[:0], placed: joins[:0]}, set.tables, selected)
	if err != nil {
		w.Fail(err)
		return
	}
	f.appendSQL(w)
}

func (f forest) appendSQL(w *sqlw.Writer) {
	for i, t := range f.roots {
		if i == 0 {
			w.Text(" \nFROM ")
		} else {
			w.Text(", ")
		}
		t.AppendFrom(w)
		for k := range f.placed {
			if p := &f.placed[k]; p.tree == i {
				p.appendSQL(w)
			}
		}
	}
}

// collect adds the tables that are named, selected and filtered by, in this order, and gives the number of those that
// are named or selected.
func (s *selection) collect(set tableSet) (_ tableSet, selected int) {
	r := s.rare()
	for _, t := range r.tables {
		set = set.add(t)
	}
	if s.entity != nil {
		set = set.add(s.entity.CupelTable())
	} else {
		set = set.visitAll(s.items)
	}
	selected = len(set.tables)
	return set.visitAll(s.where).visitAll(s.group).visitAll(r.having).visitAll(s.order), selected
}

// from works out the FROM clause: the tables that were collected, with the joins put where they belong. The rules are
// SQLAlchemy's.
func (s *selection) from(f forest, tables []*ast.Table, selected int) (forest, error) {
	for i, t := range tables {
		if s.isJoined(t) && !(len(f.roots) == 0 && i == len(tables)-1) {
			continue
		}
		f.roots = append(f.roots, t)
		if i < selected {
			f.leading = len(f.roots)
		}
	}
	f, err := f.placeAll(s.joins)
	if err != nil {
		return f, err
	}
	return f, f.checkConnected(s.where)
}

func (s *selection) isJoined(t *ast.Table) bool {
	for i := range s.joins {
		if s.joins[i].brings(t) {
			return true
		}
	}
	return false
}

// treeOf gives the tree that t is in, -1 where it is in none.
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
			to = p.join.appendTables(to)
		}
	}
	return to
}

// placeAll places joins one after the other.
func (f forest) placeAll(joins []join) (_ forest, err error) {
	for _, j := range joins {
		if j.nested != nil {
			if j.nested, err = j.nested.resolved(); err != nil {
				return f, err
			}
		}
		if f, err = f.place(j); err != nil {
			return f, err
		}
	}
	return f, nil
}

// place puts a join onto the tree that it belongs to. What is in parentheses is resolved.
func (f forest) place(j join) (forest, error) {
	var few [4]*ast.Table
	tables := j.appendTables(few[:0])
	for _, t := range tables {
		if f.treeOf(t) >= 0 {
			return f, fmt.Errorf("query: join of %s: it is in the statement already; use an alias: %w", t, ErrAmbiguousJoin)
		}
	}
	if len(f.roots) == 0 {
		return f, fmt.Errorf("query: join of %s: there is no table to join it to: %w", j.table, ErrNoJoin)
	}
	tree, err := 0, error(nil)
	switch {
	case j.kind == crossJoin:
	case j.on != nil:
		tree, err = f.treeOn(&j)
	case j.nested != nil:
		tree, j.key, err = f.keyToAny(tables)
	default:
		tree, j.key, err = f.keyTo(j.table)
	}
	f.placed = append(f.placed, placed{j, tree})
	return f, err
}

// treeOn gives the tree that the conditions of a join mention; the first when they mention none.
func (f forest) treeOn(j *join) (int, error) {
	at := -1
	for _, t := range tablesOf(j.on) {
		i := f.treeOf(t)
		switch {
		case j.brings(t):
		case i < 0:
			return 0, fmt.Errorf("query: join of %s: its condition mentions %s, which is not in the statement before it: %w", j.table, t, ErrNoJoin)
		case at >= 0 && at != i:
			return 0, fmt.Errorf("query: join of %s: its condition mentions both %s and %s, which nothing connects: %w",
				j.table, f.roots[at], t, ErrAmbiguousJoin)
		default:
			at = i
		}
	}
	return max(at, 0), nil
}

// choose gives the tree that a foreign key connects to t; the tables that are selected go before those of WHERE.
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

// keyUse is a foreign key between two tables as a statement names them.
type keyUse struct {
	key           *ast.ForeignKey
	child, parent *ast.Table
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

// connected tells whether a foreign key leads between tables and t, either way.
func connected(tables []*ast.Table, t *ast.Table) bool {
	for _, left := range tables {
		if leads(left.Real(), t.Real()) || leads(t.Real(), left.Real()) {
			return true
		}
	}
	return false
}

// leads tells whether a foreign key of child refers to parent.
func leads(child, parent *ast.Table) bool {
	for _, fk := range child.ForeignKeys {
		if fk.RefColumns[0].Table == parent {
			return true
		}
	}
	return false
}

// keyTo gives the tree that t is joined to and the foreign key: one to the table joined last, else to any of the tree.
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

// names gives all tables for an error.
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
