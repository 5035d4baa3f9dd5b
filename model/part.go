package model

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
)

// PartOf is part of the lists of a ToMany, for session.Lists: those targets that meet conditions, in an order, the first few.
//
//	c.Orders.Where(o.PaidAt.IsNull()).OrderBy(o.Total.Desc()).First(3).Load(o.Lines)
//
// It is a value: a method returns another one.
type PartOf[Owner, Target any] struct {
	related
	part ast.Part
}

// Where returns the part of the lists with the targets that meet all conditions; without any, all of it. Conditions are about the columns of the
// target's table, others in subqueries only.
func (r ToMany[O, T]) Where(ps ...expr.Condition) PartOf[O, T] {
	return PartOf[O, T]{related: r.related}.Where(ps...)
}

// OrderBy returns the lists in an order, instead of that of the mapping.
func (r ToMany[O, T]) OrderBy(keys ...expr.Sortable) PartOf[O, T] {
	return PartOf[O, T]{related: r.related}.OrderBy(keys...)
}

// First returns the first n of each list, in the order of the mapping or of OrderBy.
func (r ToMany[O, T]) First(n int) PartOf[O, T] { return PartOf[O, T]{related: r.related}.First(n) }

// Where adds conditions that the targets meet.
func (p PartOf[O, T]) Where(ps ...expr.Condition) PartOf[O, T] {
	p.part.Where = slices.Clip(p.part.Where)
	for _, c := range ps {
		if n := ast.Of(c); !ast.IsNothing(n) {
			p.part.Where = append(p.part.Where, n)
		}
	}
	return p
}

// OrderBy adds sort keys, which are about the columns of the target's table. With them the order of the mapping does not count.
func (p PartOf[O, T]) OrderBy(keys ...expr.Sortable) PartOf[O, T] {
	p.part.Order = slices.Clip(p.part.Order)
	for _, k := range keys {
		p.part.Order = append(p.part.Order, ast.Of(k))
	}
	return p
}

// First limits each list to its first n, at least one. Without an order it is an error.
func (p PartOf[O, T]) First(n int) PartOf[O, T] {
	p.part.Limited, p.part.First = true, n
	return p
}

// Load adds relationships of the targets that are to be loaded with them.
func (p PartOf[O, T]) Load(rs ...expr.Relationship) PartOf[O, T] {
	p.related = p.with(rs)
	return p
}

// CupelPart returns what is to be read, for the other packages of this module.
func (p PartOf[O, T]) CupelPart() ast.Part {
	p.part.Load = p.CupelLoad()
	return p.part
}
