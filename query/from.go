package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// tree is one element of FROM: a table and what is joined to it.
type tree struct {
	tables []*ast.Table
	joins  []join // on is resolved
}

// tableSet collects tables in the order in which they are met.
type tableSet struct {
	tables []*ast.Table
	raw    bool // there is raw SQL, which may mention others
}

// visit adds the tables that n mentions. The common nodes are taken apart here; asking a node for its operands would
// allocate.
func (s *tableSet) visit(n ast.Node) {
	switch x := n.(type) {
	case *ast.Column:
		s.add(x.Table)
	case *ast.Literal, *ast.Keyword, *ast.Bool:
	case *ast.Binary:
		s.visit(x.L)
		s.visit(x.R)
	case *ast.Logic:
		s.visitAll(x.Items)
	case *ast.Like:
		s.visit(x.X)
		s.visit(x.Pattern)
	case *ast.Is:
		s.visit(x.X)
	case *ast.Label:
		s.visit(x.X)
	case *ast.Order:
		s.visit(x.X)
	case *ast.In:
		s.visit(x.X)
		s.visitAll(x.List)
		if x.Query != nil {
			s.visit(x.Query)
		}
	case *ast.Call:
		s.visitAll(x.Args)
		s.visitAll(x.OrderBy)
		s.visitAll(x.Within)
		if x.Where != nil {
			s.visit(x.Where)
		}
	case *ast.Raw:
		s.raw = true
	default:
		tables, raw := mentioned(n)
		for _, t := range tables {
			s.add(t)
		}
		s.raw = s.raw || raw
	}
}

// mentioned gives the tables of any node, and tells whether there is raw SQL in it.
func mentioned(n ast.Node) (tables []*ast.Table, raw bool) {
	ast.Walk(n, func(n ast.Node) {
		switch x := n.(type) {
		case *ast.Column:
			if !slices.Contains(tables, x.Table) {
				tables = append(tables, x.Table)
			}
		case *ast.Raw:
			raw = true
		}
	})
	return tables, raw
}

// read gives the tables that a statement reads: where there is raw SQL beside them, also nil for those that are not
// known. Of raw SQL alone none is known.
func (s *tableSet) read() []*ast.Table {
	tables := slices.Clone(s.tables)
	if s.raw && len(tables) > 0 {
		tables = append(tables, nil)
	}
	return tables
}

func (s *tableSet) add(t *ast.Table) {
	if n := len(s.tables); n > 0 && s.tables[n-1] == t || slices.Contains(s.tables, t) {
		return
	}
	s.tables = append(s.tables, t)
}

func (s *tableSet) visitAll(ns []ast.Node) {
	for _, n := range ns {
		s.visit(n)
	}
}

func tablesOf(ns ...ast.Node) []*ast.Table {
	var s tableSet
	s.visitAll(ns)
	return slices.Clone(s.tables)
}

// appendFrom writes the FROM clause; nothing when there is no table.
func (s *selection) appendFrom(w *sqlw.Writer) {
	var few [4]*ast.Table
	set := tableSet{tables: few[:0]}
	selected := s.collect(&set)
	if len(set.tables) <= 1 && s.joins == nil {
		for _, t := range set.tables {
			w.Text(" \nFROM ")
			t.AppendFrom(w)
		}
		return
	}
	trees, err := s.from(slices.Clone(set.tables), selected)
	if err != nil {
		w.Fail(err)
		return
	}
	for i := range trees {
		if i == 0 {
			w.Text(" \nFROM ")
		} else {
			w.Text(", ")
		}
		trees[i].appendSQL(w)
	}
}

func (t *tree) appendSQL(w *sqlw.Writer) {
	t.tables[0].AppendFrom(w)
	for _, j := range t.joins {
		w.Text(j.kind.String())
		j.appendTable(w)
		if j.kind != crossJoin {
			w.Text(" ON ")
			j.on.AppendSQL(w)
		}
	}
}

// collect gathers the tables that are named, selected and filtered by, in this order, and gives the number of those that
// are named or selected.
func (s *selection) collect(set *tableSet) (selected int) {
	for _, t := range s.tables {
		set.add(t)
	}
	set.visitAll(s.items)
	selected = len(set.tables)
	set.visitAll(s.where)
	set.visitAll(s.group)
	set.visitAll(s.having)
	set.visitAll(s.order)
	return selected
}

// from works out the FROM clause: the tables that were collected, with the joins put where they belong. The rules are
// SQLAlchemy's.
func (s *selection) from(tables []*ast.Table, selected int) ([]tree, error) {
	trees := make([]tree, 0, 1)
	leading := 0 // trees of tables that are named or selected: what Join looks at first
	for i, t := range tables {
		if s.joins != nil && s.isJoined(t) && !(len(trees) == 0 && i == len(tables)-1) {
			continue
		}
		trees = append(trees, tree{tables: append(make([]*ast.Table, 0, 1+len(s.joins)), t)})
		if i < selected {
			leading = len(trees)
		}
	}
	for _, j := range s.joins {
		if err := place(trees, leading, j); err != nil {
			return nil, err
		}
	}
	return trees, s.checkConnected(trees)
}

func (s *selection) isJoined(t *ast.Table) bool {
	return slices.ContainsFunc(s.joins, func(j join) bool { return j.brings(t) })
}

// place puts a join onto the tree that it belongs to.
func place(trees []tree, leading int, j join) error {
	for i := range trees {
		if slices.Contains(trees[i].tables, j.table) {
			return fmt.Errorf("query: join of %s: it is in the statement already; use an alias: %w", j.table, ErrAmbiguousJoin)
		}
	}
	if len(trees) == 0 {
		return fmt.Errorf("query: join of %s: there is no table to join it to: %w", j.table, ErrNoJoin)
	}
	if j.nested != nil {
		return placeNested(trees, leading, j)
	}
	if j.kind == crossJoin {
		trees[0].put(j)
		return nil
	}
	if j.on != nil {
		return placeOn(trees, j)
	}
	i, err := chooseTree(trees, leading, j.table)
	if err != nil {
		return err
	}
	if j.on, err = inferOn(&trees[i], j.table); err != nil {
		return err
	}
	trees[i].put(j)
	return nil
}

func (t *tree) put(j join) {
	t.tables = j.appendTables(t.tables)
	t.joins = append(t.joins, j)
}

// placeOn puts a join with conditions onto the tree that they mention; onto the first when they mention none.
func placeOn(trees []tree, j join) error {
	at := -1
	for _, t := range tablesOf(j.on) {
		i := slices.IndexFunc(trees, func(tr tree) bool { return slices.Contains(tr.tables, t) })
		switch {
		case j.brings(t):
		case i < 0:
			return fmt.Errorf("query: join of %s: its condition mentions %s, which is not in the statement before it: %w", j.table, t, ErrNoJoin)
		case at >= 0 && at != i:
			return fmt.Errorf("query: join of %s: its condition mentions both %s and %s, which nothing connects: %w",
				j.table, trees[at].tables[0], t, ErrAmbiguousJoin)
		default:
			at = i
		}
	}
	trees[max(at, 0)].put(j)
	return nil
}

// chooseTree gives the tree that a foreign key connects to t; the tables that are selected go before those of WHERE.
func chooseTree(trees []tree, leading int, t *ast.Table) (int, error) {
	for _, part := range [][2]int{{0, leading}, {leading, len(trees)}} {
		at := -1
		for i := part[0]; i < part[1]; i++ {
			if !connected(trees[i].tables, t) {
				continue
			}
			if at >= 0 {
				return 0, fmt.Errorf("query: join of %s: foreign keys lead to both %s and %s; say which with a condition: %w",
					t, trees[at].tables[0], trees[i].tables[0], ErrAmbiguousJoin)
			}
			at = i
		}
		if at >= 0 {
			return at, nil
		}
	}
	return 0, fmt.Errorf("query: join of %s: no foreign key between it and %s; give a condition: %w", t, names(trees), ErrNoJoin)
}

// keyUse is a foreign key between two tables as a statement names them.
type keyUse struct {
	key           *ast.ForeignKey
	child, parent *ast.Table
}

// keysBetween gives the foreign keys between tables and t, either way.
func keysBetween(tables []*ast.Table, t *ast.Table) (found []keyUse) {
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

// inferOn gives the condition that joins t to tr: by the foreign keys to the table joined last, else to any of tr.
func inferOn(tr *tree, t *ast.Table) (ast.Node, error) {
	found := keysBetween(tr.tables[len(tr.tables)-1:], t)
	if len(found) == 0 {
		found = keysBetween(tr.tables, t)
	}
	if len(found) > 1 {
		return nil, fmt.Errorf("query: join of %s: %d foreign keys lead between it and %s; say which with a condition: %w",
			t, len(found), joinNames(tr.tables), ErrAmbiguousJoin)
	}
	return found[0].on(), nil
}

// on gives "parent.id = child.parent_id", for each column of the key.
func (u keyUse) on() ast.Node {
	if len(u.key.Columns) == 1 {
		return u.equal(0)
	}
	eqs := make([]ast.Node, len(u.key.Columns))
	for i := range eqs {
		eqs[i] = u.equal(i)
	}
	return &ast.Logic{Items: eqs}
}

func (u keyUse) equal(i int) *ast.Binary {
	return ast.Compare("=", u.parent.Columns[u.key.RefColumns[i].Index], u.child.Columns[u.key.Columns[i].Index])
}

func names(trees []tree) string {
	var all []*ast.Table
	for i := range trees {
		all = append(all, trees[i].tables...)
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
