package stmt

import (
	"iter"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// tableSet is tables in the order in which they are met. It is passed by value: its slice begins on the stack of who
// begins it.
type tableSet struct {
	tables  []*ast.Table
	named   int  // how many of them, the first, are named: they stay whatever is around the statement
	leading int  // how many, the first, are named or selected: what Join looks at first
	raw     bool // there is SQL text, which may mention others
	unknown bool // there is a statement of which nobody knows the tables

	written []ast.Written // by the statements among them that write
}

func (s tableSet) add(t *ast.Table) tableSet {
	s.tables = addTable(s.tables, t)
	return s
}

// mention adds the tables that n mentions. A statement within n has a FROM of its own.
func (s tableSet) mention(n ast.Node) tableSet {
	s.tables = mention(s.tables, n)
	return s
}

func (s tableSet) mentionAll(ns []ast.Node) tableSet {
	s.tables = mentionAll(s.tables, ns)
	return s
}

func addTable(to []*ast.Table, t *ast.Table) []*ast.Table {
	if n := len(to); n > 0 && to[n-1] == t || slices.Contains(to, t) {
		return to
	}
	return append(to, t)
}

func mentionAll(to []*ast.Table, ns []ast.Node) []*ast.Table {
	for _, n := range ns {
		to = mention(to, n)
	}
	return to
}

func mention(to []*ast.Table, n ast.Node) []*ast.Table {
	switch x := n.(type) {
	case *ast.Column:
		return addTable(to, x.Table)
	case *ast.Literal:
		return to
	case *ast.Binary:
		return mention(mention(to, x.L), x.R)
	case *ast.Logic:
		return mentionAll(to, x.Items)
	case *ast.Call, *ast.Label, *ast.Order:
	case *ast.Table:
		to = addTable(to, x)
	case ast.Statement:
		return to
	}
	for i := 0; ; i++ {
		c := n.Child(i)
		if c == nil {
			return to
		}
		to = mention(to, c)
	}
}

// tablesOf returns the tables that n mentions, also in statements within it.
func tablesOf(n ast.Node) []*ast.Table { return tableSet{}.within(n).tables }

// within adds all tables that are in n.
func (s tableSet) within(n ast.Node) tableSet {
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Column:
			s = s.define(x.Table)
		case *ast.Table:
			s = s.define(x)
		case *ast.Raw:
			s.raw = true
		case *Text:
			s.unknown = true
		case *Insert, *Update, *Delete, *Merge:
			s.written = append(s.written, writtenBy(x))
		case *ast.About:
			for _, p := range x.Conditions {
				s = s.within(p)
			}
		}
		return true
	})
	return s
}

// define adds a table with those that it is made of.
func (s tableSet) define(t *ast.Table) tableSet {
	before := len(s.tables)
	if s = s.add(t); len(s.tables) == before {
		return s
	}
	for n := range madeOf(t) {
		s = s.within(n)
	}
	return s
}

// madeOf returns the nodes that a table is made of: its sample and the filters of its mapping, or its definition.
func madeOf(t *ast.Table) iter.Seq[ast.Node] {
	return func(yield func(ast.Node) bool) {
		if t.Sample != nil && !yield(t.Sample) {
			return
		}
		if t.Def != nil {
			ast.Children(t.Def)(yield)
			return
		}
		for _, n := range t.Real().Filters {
			if !yield(n) {
				return
			}
		}
	}
}

// ReadsIn returns the tables that a condition reads, in statements within it too; a nil among them stands for those that SQL text may
// read.
func ReadsIn(n ast.Node) []*ast.Table {
	s := tableSet{}.within(n)
	if s.raw || s.unknown {
		return append(s.tables, nil)
	}
	return s.tables
}

// Reads returns the tables that a statement reads or writes. Where SQL text may read others there is a nil among them, but
// of SQL text as the only part that reads anything nothing is known.
func Reads(st ast.Statement) []*ast.Table {
	s := tableSet{}.within(st)
	if s.raw && len(s.tables) > 0 || s.unknown {
		return append(s.tables, nil)
	}
	return s.tables
}

// Writes returns what a statement writes, in its WITH too; of SQL text nothing is known.
func Writes(st ast.Statement) []ast.Written {
	all := tableSet{}.within(st).written
	switch st.(type) {
	case *Insert, *Update, *Delete:
		all[0].Named = true
	}
	return all
}

// writtenBy returns what the statement itself writes.
func writtenBy(st ast.Node) (w ast.Written) {
	switch st := st.(type) {
	case *Insert:
		return ast.Written{Table: st.Table, Old: st.Conflict != nil && st.Conflict.Update}
	case *Merge:
		return ast.Written{Table: st.Table, Old: true}
	case *Delete:
		w = ast.Written{Table: st.Table, Columns: []*ast.Column{}, Old: true}
	case *Update:
		w = ast.Written{Table: st.Table, Columns: make([]*ast.Column, len(st.Set)), Old: true}
		for i, a := range st.Set {
			w.Columns[i] = a.Column
		}
	}
	return w
}
