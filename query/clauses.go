package query

import "slices"

// ClausesOf gives a query the FROM, the joins and all further clauses of another, in place of its own: other things of the
// same rows.
//
//	base := query.Select(c).Join(a).Filter(a.AcctNo.Gt(2000)).OrderBy(c.ID)
//	query.Select2(c.ID, c.Email).ClausesOf(base)
//
// What base selects is not read, but its tables are.
func (q Query[R]) ClausesOf(base Rows) Query[R] {
	from := base.selected()
	var set tableSet
	set.tables = slices.Clip(from.tables)
	set.visitAll(from.items)
	s := from
	s.tables, s.slot, s.slots, s.items = set.tables, q.sel.slot, q.sel.slots, q.sel.items
	if s.err == nil {
		s.err = q.sel.err
	}
	return Query[R]{s}
}
