package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Query is a SELECT whose rows are of Go type R.
type Query[R any] struct {
	sel stmt.Select
	out output
}

// Select reads one thing: a mapped table, as pointers to its struct, an expression, as its Go value, or several of them, as
// rows; see [Tuple2]. Where the compiler says "too many arguments in call to query.Select", [Select2] to [Select16] are meant.
//
//	query.Select(c)        // SELECT customer.id, customer.first_name … FROM customer
//	query.Select(c.Email)  // SELECT customer.email FROM customer
func Select[R any](item expr.Item[R]) Query[R] {
	list, out, err := listed(item)
	q := Query[R]{stmt.Select{List: list}, out}
	if err != nil {
		q.sel.Fail(err)
	}
	return q
}

// Filter adds conditions to WHERE: "WHERE p AND q". Several Filters add up.
func (q Query[R]) Filter(ps ...expr.Condition) Query[R] {
	q.sel.Where = appendNodes(q.sel.Where, ps)
	return q
}

// GroupBy adds keys to GROUP BY.
func (q Query[R]) GroupBy(xs ...expr.Expression) Query[R] {
	q.sel.Group = appendNodes(q.sel.Group, xs)
	return q
}

// Having adds conditions on groups: "HAVING p AND q".
func (q Query[R]) Having(ps ...expr.Condition) Query[R] {
	r := q.sel.Change()
	r.Having = appendNodes(r.Having, ps)
	return q
}

// Window adds the definitions of named windows, "WINDOW w AS (PARTITION BY x)", which expr.Over of them names.
func (q Query[R]) Window(windows ...expr.Window) Query[R] {
	r := q.sel.Change()
	r.Windows = slices.Clip(r.Windows)
	for _, w := range windows {
		v, _ := w.Node().(*ast.Window)
		r.Windows = append(r.Windows, v)
	}
	return q
}

// OrderBy adds sort keys: "ORDER BY x, y DESC". A label that is selected is written by its name. A position, or other text, is
// expr.Raw[expr.Int]("2").
func (q Query[R]) OrderBy(xs ...expr.Sortable) Query[R] {
	q.sel.Order = appendNodes(q.sel.Order, xs)
	return q
}

// Distinct renders "SELECT DISTINCT": equal rows once. Of objects with a column that has no equality, such as json, the server refuses it:
// there, and for each object once after a join to many, DistinctOn of the primary key is the way.
func (q Query[R]) Distinct() Query[R] {
	q.sel.Change().Distinct = true
	return q
}

// DistinctOn renders "SELECT DISTINCT ON (x, y)": of the rows that are equal in the keys, the first. OrderBy begins with
// the same keys, and decides which is the first. Of several, the last one holds.
func (q Query[R]) DistinctOn(keys ...expr.Expression) Query[R] {
	q.sel.Change().On = appendNodes(nil, keys)
	return q
}

// Refresh has the objects that the session knows already overwritten with what is read; their unflushed changes are
// flushed before, so nothing is lost. Without it, a known object that is not stale keeps its values.
func (q Query[R]) Refresh() Query[R] {
	q.out.options.Refresh = true
	return q
}

// NoFlush has the session run the query without flushing pending changes before.
func (q Query[R]) NoFlush() Query[R] {
	q.out.options.NoFlush = true
	return q
}

// NoLazy forbids the relationships of the objects that the query returns to load by themselves: what is not loaded, and not in
// the session, is session.ErrLazy. It holds until another query returns the same objects.
func (q Query[R]) NoLazy() Query[R] {
	q.out.options.NoLazy = true
	return q
}

// NoTracking has a session not track what the query returns: each row is a new object, also where the session has one for it,
// in no session, whose relationships cannot load. With Iter, rows that stream need no more memory than a few of them; without it a
// session keeps every object that it has read. Pending changes are flushed before, as for any query. An Engine tracks nothing
// anyway.
//
//	for c, err := range query.Select(Customers).NoTracking().Iter(ctx, s) {
func (q Query[R]) NoTracking() Query[R] {
	q.out.options.NoTracking = true
	return q
}

// Scope returns what functions make of the query, one after the other: conditions, joins and the like that have a name. nil is none.
//
//	func active[R any](q query.Query[R]) query.Query[R] { return q.Filter(Customers.Active) }
//
//	query.Select(Customers).Scope(active, newest)
func (q Query[R]) Scope(fs ...func(Query[R]) Query[R]) Query[R] {
	for _, f := range fs {
		if f != nil {
			q = f(q)
		}
	}
	return q
}

func appendNodes[E interface{ Node() ast.Node }](to []ast.Node, xs []E) []ast.Node {
	to = slices.Grow(slices.Clip(to), len(xs))
	return ast.Conditions(to, xs)
}
