package query

// ClausesOf gives a query the FROM, the joins and all further clauses of another, in place of its own: other things of the
// same rows.
//
//	base := query.Select(c).Join(a).Filter(a.AcctNo.Gt(2000)).OrderBy(c.ID)
//	query.Select2(c.ID, c.Email).ClausesOf(base)
//
// What base selects is not read, but its tables are.
func (q Query[R]) ClausesOf(base Rows) Query[R] {
	s, options := base.selected()
	s.Change().From = s.Named()
	s.List = q.sel.List
	if err := q.sel.Rare().Err; err != nil {
		s.Fail(err)
	}
	q.out.options = options
	return Query[R]{s, q.out}
}
