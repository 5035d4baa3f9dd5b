package query

// A clause that a query was given elsewhere can be taken back, and be given anew after that.

// NoOrderBy takes back every OrderBy before it.
func (q Query[R]) NoOrderBy() Query[R] {
	q.sel.order = nil
	return q
}

// NoGroupBy takes back every GroupBy before it; Having stays.
func (q Query[R]) NoGroupBy() Query[R] {
	q.sel.group = nil
	return q
}

// NoLimit takes back the Limit before it, and WithTies; Offset stays.
func (q Query[R]) NoLimit() Query[R] {
	q.sel.limit = bound{}
	if q.sel.rare().ties {
		q.sel.change().ties = false
	}
	return q
}

// NoOffset takes back the Offset before it.
func (q Query[R]) NoOffset() Query[R] {
	q.sel.offset = bound{}
	return q
}
