package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// selection is a SELECT without the Go type of its rows. It is copied by every method of a query, so what few queries have is
// in rare.
type selection struct {
	entity  expr.Entity // the row, where it is an entity
	shape   *ast.Shape  // of a row with several places
	items   []ast.Node  // the SELECT list; of an entity, its columns
	joins   []join
	where   []ast.Node
	group   []ast.Node
	order   []ast.Node
	limit   bound
	offset  bound
	options run.Options
	more    *rare // never changed, since other queries may have it too; nil: nothing
}

// rare is what few queries have.
type rare struct {
	tables   []*ast.Table // see From
	having   []ast.Node
	distinct bool
	on       []ast.Node // of DISTINCT ON
	ties     bool       // FETCH FIRST … WITH TIES instead of LIMIT
	locks    []lock
	prefix   []ast.Node // text after SELECT
	suffix   []ast.Node // text after everything
	err      error      // the first mistake in building it
	write    writer     // an INSERT, UPDATE or DELETE, whose RETURNING items are
	wrapped  *wrapped   // another SELECT with text around it, instead of all the above
	whole    ast.Node   // a whole statement from elsewhere, instead of all the above but the slots
}

var nothingRare rare

// rare gives what few queries have, to be read only.
func (s *selection) rare() *rare {
	if s.more == nil {
		return &nothingRare
	}
	return s.more
}

// change gives a copy of what few queries have, which is this selection's own.
func (s *selection) change() *rare {
	own := *s.rare()
	s.more = &own
	return s.more
}

func (s *selection) fail(err error) {
	if s.rare().err == nil {
		s.change().err = err
	}
}

// Query is a SELECT whose rows are of Go type R.
type Query[R any] struct{ sel selection }

// Select reads one thing: a mapped table, as pointers to its struct, an expression, as its Go value, or several of them, as
// rows; see [Tuple2].
//
//	query.Select(c)        // SELECT customer.id, customer.first_name … FROM customer
//	query.Select(c.Email)  // SELECT customer.email FROM customer
func Select[R any](item expr.Item[R]) Query[R] {
	q := Query[R]{}
	give(&q.sel, item)
	return q
}

// Filter adds conditions to WHERE: "WHERE p AND q". Several Filters add up.
func (q Query[R]) Filter(ps ...expr.Condition) Query[R] {
	q.sel.where = appendNodes(q.sel.where, ps)
	return q
}

// GroupBy adds keys to GROUP BY.
func (q Query[R]) GroupBy(xs ...expr.Expression) Query[R] {
	q.sel.group = appendNodes(q.sel.group, xs)
	return q
}

// Having adds conditions on groups: "HAVING p AND q".
func (q Query[R]) Having(ps ...expr.Condition) Query[R] {
	r := q.sel.change()
	r.having = appendNodes(r.having, ps)
	return q
}

// OrderBy adds sort keys: "ORDER BY x, y DESC". A label that is selected is written by its name.
func (q Query[R]) OrderBy(xs ...expr.Sortable) Query[R] {
	q.sel.order = appendNodes(q.sel.order, xs)
	return q
}

// Distinct renders "SELECT DISTINCT": equal rows once.
func (q Query[R]) Distinct() Query[R] {
	q.sel.change().distinct = true
	return q
}

// DistinctOn renders "SELECT DISTINCT ON (x, y)": of the rows that are equal in the keys, the first. OrderBy begins with
// the same keys, and decides which is the first. The last call counts.
func (q Query[R]) DistinctOn(keys ...expr.Expression) Query[R] {
	q.sel.change().on = appendNodes(nil, keys)
	return q
}

// Refresh has the objects that the session knows already overwritten with what is read; their unflushed changes are
// flushed before, so nothing is lost. Without it, a known object that is not stale keeps its values.
func (q Query[R]) Refresh() Query[R] {
	q.sel.options.Refresh = true
	return q
}

// NoFlush has the session run the query without flushing pending changes before.
func (q Query[R]) NoFlush() Query[R] {
	q.sel.options.NoFlush = true
	return q
}

// NoLazy forbids the relationships of the objects that the query gives to load by themselves: what is not loaded, and not in
// the session, is session.ErrLazy. It holds until another query gives the same objects.
func (q Query[R]) NoLazy() Query[R] {
	q.sel.options.NoLazy = true
	return q
}

func appendNodes[E interface{ Node() ast.Node }](to []ast.Node, xs []E) []ast.Node {
	to = slices.Grow(slices.Clip(to), len(xs))
	for _, x := range xs {
		to = append(to, ast.Of(x))
	}
	return to
}

// appendSQL writes the SELECT, a clause a line where SQLAlchemy begins one.
func (s *selection) appendSQL(w *sqlw.Writer) {
	r := s.rare()
	switch {
	case r.err != nil:
		w.Fail(r.err)
	case r.wrapped != nil:
		r.wrapped.appendSQL(w)
	case r.whole != nil:
		r.whole.AppendSQL(w)
	case len(s.items) == 0:
		w.Fail(errNoStatement)
	case r.write != nil:
		r.write.appendSQL(w)
		w.Text(" RETURNING ")
		s.appendItems(w)
	default:
		w.Text("SELECT ")
		r.appendBefore(w)
		s.appendItems(w)
		s.appendBody(w)
	}
}

// appendBefore writes what stands between SELECT and the list.
func (r *rare) appendBefore(w *sqlw.Writer) {
	for _, n := range r.prefix {
		n.AppendSQL(w)
		w.Byte(' ')
	}
	if r.distinct {
		w.Text("DISTINCT ")
	}
	if len(r.on) > 0 {
		w.Text("DISTINCT ON (")
		appendList(w, r.on)
		w.Text(") ")
	}
}

func (s *selection) appendItems(w *sqlw.Writer) {
	if s.entity != nil && s.entity.CupelTable().AppendItems(w) {
		return
	}
	for i, n := range s.items {
		if i > 0 {
			w.Text(", ")
		}
		appendItem(w, n)
	}
}

// appendBody writes everything after the SELECT list.
func (s *selection) appendBody(w *sqlw.Writer) {
	s.appendFrom(w)
	appendConditions(w, " \nWHERE ", s.where)
	s.shareArguments(w)
	if len(s.group) > 0 {
		w.Text(" GROUP BY ")
		appendList(w, s.group)
	}
	appendConditions(w, " \nHAVING ", s.rare().having)
	if len(s.order) > 0 {
		w.Text(" ORDER BY ")
		for i, n := range s.order {
			if i > 0 {
				w.Text(", ")
			}
			s.appendKey(w, n)
		}
	}
	s.appendLimit(w)
	s.appendLocks(w)
	for _, n := range s.rare().suffix {
		w.Byte(' ')
		n.AppendSQL(w)
	}
}

// appendItem writes an item of the SELECT list; a label names it.
func appendItem(w *sqlw.Writer, n ast.Node) {
	ast.Item(w, n)
	if l, ok := n.(*ast.Label); ok {
		w.Text(" AS ")
		w.Ident(l.Name)
	}
}

// appendKey writes a sort key; a label that is selected by its name.
func (s *selection) appendKey(w *sqlw.Writer, n ast.Node) {
	o, _ := n.(*ast.Order)
	if o != nil {
		n = o.X
	}
	if l, ok := n.(*ast.Label); ok && slices.Contains(s.items, n) {
		w.Ident(l.Name)
	} else {
		n.AppendSQL(w)
	}
	if o != nil {
		o.AppendDirection(w)
	}
}

func appendConditions(w *sqlw.Writer, word string, ps []ast.Node) {
	if len(ps) == 0 {
		return
	}
	w.Text(word)
	if len(ps) == 1 {
		ps[0].AppendSQL(w)
		return
	}
	for i, p := range ps {
		if i > 0 {
			w.Text(" AND ")
		}
		ast.Operand(w, p, sqlw.PrecAnd)
	}
}

func appendList(w *sqlw.Writer, ns []ast.Node) {
	for i, n := range ns {
		if i > 0 {
			w.Text(", ")
		}
		n.AppendSQL(w)
	}
}
