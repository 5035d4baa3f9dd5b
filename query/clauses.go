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
	s := base.selected()
	set := tableSet{tables: slices.Clip(s.rare().tables)}.visitAll(s.items)
	s.change().tables = set.tables
	s.entity, s.shape, s.items = q.sel.entity, q.sel.shape, q.sel.items
	if err := q.sel.rare().err; err != nil {
		s.fail(err)
	}
	return Query[R]{s}
}
