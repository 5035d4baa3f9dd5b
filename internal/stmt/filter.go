package stmt

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Open are the tables of a statement that it reads without the filters of their mappings. It is never changed.
type Open struct {
	All    bool
	Tables []*ast.Table
}

func (o Open) has(t *ast.Table) bool { return o.All || slices.Contains(o.Tables, t) }

// With returns what is open when these tables are too; all where there are none.
func (o Open) With(tables []*ast.Table) Open {
	return Open{o.All || len(tables) == 0, append(slices.Clip(o.Tables), tables...)}
}

// filter gives the tables of FROM the filters of their mappings: in WHERE, in the condition of the join that brings a table, and
// where a RIGHT or FULL join or parentheses would have that mean something else, around the table itself. A filter is
// written as it stands: statements within it have none.
func (f forest) filter(w *sqlw.Writer, open Open) forest {
	if w.IsAs() || open.All || !f.hasFilter() {
		return f
	}
	around := slices.ContainsFunc(f.placed, func(p placed) bool { return p.Kind == RightJoin || p.Kind == FullJoin || p.Nested != nil })
	for _, t := range f.roots {
		if t.HasFilter() && !open.has(t) {
			f = f.filterRoot(t, around)
		}
	}
	placed := slices.Clone(f.placed)
	for i := range placed {
		p := &placed[i]
		switch {
		case around:
			p.around(open)
		case !p.Table.HasFilter() || open.has(p.Table):
		case p.Kind == CrossJoin:
			f.where = append(f.where, &ast.Filtered{Table: p.Table})
		default:
			p.Filter = &ast.Filtered{Table: p.Table}
		}
	}
	f.placed = placed
	return f
}

func (f forest) filterRoot(t *ast.Table, around bool) forest {
	if around {
		f.wrapped = append(f.wrapped, t)
	} else {
		f.where = append(f.where, &ast.Filtered{Table: t})
	}
	return f
}

// hasFilter reports whether any table of FROM has a filter.
func (f forest) hasFilter() bool {
	for _, t := range f.roots {
		if t.HasFilter() {
			return true
		}
	}
	for i := range f.placed {
		if f.placed[i].hasFilter() {
			return true
		}
	}
	return false
}

func (j *Join) hasFilter() bool {
	if j.Table.HasFilter() {
		return true
	}
	for i := range j.Nested {
		if j.Nested[i].hasFilter() {
			return true
		}
	}
	return false
}

// around has the tables of a join be filtered by themselves.
func (j *Join) around(open Open) {
	j.wrapped = j.Table.HasFilter() && !open.has(j.Table)
	if len(j.Nested) > 0 {
		j.Nested = slices.Clone(j.Nested)
	}
	for i := range j.Nested {
		j.Nested[i].around(open)
	}
}

// appendFrom writes an element of FROM, filtered by itself where that is needed.
func appendFrom(w *sqlw.Writer, t *ast.Table, wrapped bool) {
	if wrapped {
		t.AppendFiltered(w)
	} else {
		t.AppendFrom(w)
	}
}

// appendWhere writes the conditions of a statement and those of its filters.
func (f forest) appendWhere(w *sqlw.Writer, word string, ps []ast.Node) {
	if len(f.where) > 0 {
		ps = append(slices.Clip(ps), f.where...)
	}
	appendConditions(w, word, ps)
}

// Conditions returns the conditions of an UPDATE or DELETE with those of the filters of its table.
func (c *Change) Conditions() []ast.Node {
	if c.Table == nil || !c.Table.HasFilter() || c.Open.has(c.Table) {
		return c.Where
	}
	if c.Table.Base == nil {
		return append(slices.Clip(c.Where), c.Table.Filters...)
	}
	return append(slices.Clip(c.Where), &ast.Filtered{Table: c.Table})
}

// IsAbout reports whether n mentions no other table than t, but in statements within it.
func IsAbout(n ast.Node, t *ast.Table) bool {
	return !slices.ContainsFunc(mention(nil, n), func(other *ast.Table) bool { return other != t })
}
