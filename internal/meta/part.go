package meta

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
)

// Part is some of the columns of a mapping's objects: those that a query reads of them.
type Part struct {
	Read    []int // positions of the columns that are read
	Keys    []int // positions of the key's columns among those
	Unread  []int // positions of the others
	Partial bool  // others than the deferred columns are among them
}

// Part returns the columns that are read of the entity.
func (s *Source) Part() Part {
	if s.part != nil {
		return *s.part
	}
	return Part{Read: s.Mapping.Read, Keys: s.Mapping.ReadKey, Unread: s.Mapping.Deferred}
}

// CupelColumns returns the columns that are read of the entity where they are not those of its table; nil: they are.
func (s *Source) CupelColumns() []ast.Node {
	if s.part == nil {
		return nil
	}
	ns := make([]ast.Node, len(s.part.Read))
	for i, c := range s.part.Read {
		ns[i] = s.Table.Columns[c]
	}
	return ns
}

// CupelOnly returns the entity with some of its columns, or without some; keys, and what finds other rows, are always read.
func (s *Source) CupelOnly(columns []ast.Node, without bool) (ast.Entity, error) {
	given, now := make([]int, 0, len(columns)), s.Part()
	for _, n := range columns {
		c, ok := n.(*ast.Column)
		if !ok || c.Table != s.Table {
			return nil, fmt.Errorf("not a column of %s", s.Table)
		}
		given = append(given, c.Index)
	}
	p := &Part{}
	for i := range s.Mapping.Fields {
		switch read := slices.Contains(now.Read, i); {
		case s.Mapping.always(i), without && read && !slices.Contains(given, i), !without && slices.Contains(given, i):
			p.Read = append(p.Read, i)
		default:
			p.Unread = append(p.Unread, i)
			p.Partial = p.Partial || !slices.Contains(s.Mapping.Deferred, i)
		}
	}
	for _, k := range s.Mapping.Key {
		p.Keys = append(p.Keys, slices.Index(p.Read, k))
	}
	return &Source{Mapping: s.Mapping, Table: s.Table, part: p}, nil
}

// always reports whether a column is read of every object: it is of a key, a foreign key, or a relationship, the place in a list, or the
// version.
func (m *Mapping) always(column int) bool {
	in := func(cs []*ast.Column) bool {
		return slices.ContainsFunc(cs, func(c *ast.Column) bool { return c.Index == column })
	}
	return slices.Contains(m.Key, column) || slices.Contains(m.Places, column) || m.Version != nil && m.Version.Column == column ||
		slices.ContainsFunc(m.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return in(fk.Columns) }) ||
		slices.ContainsFunc(m.Relations, func(r *Relation) bool { return in(r.Local) })
}
