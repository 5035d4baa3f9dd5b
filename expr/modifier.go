package expr

import "github.com/cupel-go/cupel/internal/ast"

// Argument is what [Func] takes: an expression, or a [Modifier]. A Go value goes in through [Val].
type Argument interface{ argument(*ast.Call) }

// Modifier is what an aggregate takes behind its operands: [Distinct], [OrderBy], [Filter], [WithinGroup].
//
//	expr.Count(c.Name, expr.Distinct())              // count(DISTINCT customer.name)
//	expr.Sum(o.Amount, expr.Filter(o.IsPaid))        // sum(orders.amount) FILTER (WHERE orders.is_paid)
type Modifier interface {
	Argument
	modifier()
}

// Distinct has equal values counted once: "count(DISTINCT x)".
func Distinct() Modifier { return distinct{} }

type distinct struct{}

func (distinct) argument(c *ast.Call) { c.Distinct = true }
func (distinct) modifier()            {}

// OrderBy has the aggregate take the values in order: "string_agg(x, $1 ORDER BY y)".
func OrderBy(keys ...Sortable) Modifier { return ordered(sortKeys(keys)) }

type ordered []ast.Node

func (o ordered) argument(c *ast.Call) { c.OrderBy = append(c.OrderBy, o...) }
func (ordered) modifier()              {}

// WithinGroup returns an ordered-set aggregate its rows: "percentile_cont($1) WITHIN GROUP (ORDER BY x)".
func WithinGroup(keys ...Sortable) Modifier { return within(sortKeys(keys)) }

type within []ast.Node

func (g within) argument(c *ast.Call) { c.Within = append(c.Within, g...) }
func (within) modifier()              {}

func sortKeys(keys []Sortable) []ast.Node {
	ns := make([]ast.Node, len(keys))
	for i, k := range keys {
		ns[i] = ast.Of(k)
	}
	return ns
}

// Filtering is the [Modifier] that [Filter] makes.
type Filtering struct{ where ast.Node }

// Filter has the aggregate look only at the rows that meet all conditions: "count(x) FILTER (WHERE p AND q)". Several Filters
// add up.
func Filter(ps ...Condition) Filtering { return Filtering{And(ps...).Node()} }

func (f Filtering) argument(c *ast.Call) {
	switch {
	case f.where == nil, ast.IsNothing(f.where):
	case c.Where == nil:
		c.Where = f.where
	default:
		c.Where = &ast.Logic{Items: []ast.Node{c.Where, f.where}}
	}
}

func (Filtering) modifier() {}

// callIn returns the call that was put into a box.
func callIn(b *ast.Box) *ast.Call {
	c, _ := b.Node.(*ast.Call)
	return c
}

// modified returns a call, which nobody has seen yet, its modifiers.
func modified[A Argument](b *ast.Box, how []A) *ast.Box {
	if len(how) == 0 {
		return b
	}
	c := callIn(b)
	for _, m := range how {
		if ast.IsNil(m) {
			return &ast.Box{Node: &ast.Bad{Err: ast.ErrNil}}
		}
		m.argument(c)
	}
	if c.Distinct && len(c.Args) == 0 {
		return &ast.Box{Node: &ast.Bad{Err: errNothingDistinct}}
	}
	return b
}
