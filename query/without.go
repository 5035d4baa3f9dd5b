package query

import "github.com/cupel-go/cupel/internal/stmt"

// A clause that a query was given elsewhere can be taken back, and be given anew after that.

// NoOrderBy takes back every OrderBy before it.
func (q Query[R]) NoOrderBy() Query[R] {
	q.sel.Order = nil
	return q
}

// NoGroupBy takes back every GroupBy before it; Having stays.
func (q Query[R]) NoGroupBy() Query[R] {
	q.sel.Group = nil
	return q
}

// NoLimit takes back the Limit before it, and WithTies; Offset stays.
func (q Query[R]) NoLimit() Query[R] {
	q.sel.Limit = stmt.Bound{}
	if q.sel.Rare().Ties {
		q.sel.Change().Ties = false
	}
	return q
}

// NoOffset takes back the Offset before it.
func (q Query[R]) NoOffset() Query[R] {
	q.sel.Offset = stmt.Bound{}
	return q
}
