package session_test

import (
	"math"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestSumIsWider: the sum of integers is an int64 whatever they are, as PostgreSQL's is wider than they are.
func TestSumIsWider(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	a := &Author{Name: "A", Notes: []string{}}
	ok(t, session.BulkInsert(ctx, eng, Authors, a))
	for range 2 {
		b := &Book{Title: "T", Pages: ptr(int32(math.MaxInt32)), Extra: []byte("{}"), AuthorID: a.ID}
		b.Reviews.Add(&Review{By: "x", Stars: math.MaxInt16}, &Review{By: "y", Stars: math.MaxInt16})
		s := begin(t, eng)
		s.Add(b)
		ok(t, s.Commit(ctx))
	}
	equal(t, "sum of integer", *must[*int64](t)(query.Select(expr.Sum(Books.Pages)).One(ctx, eng)), 2*math.MaxInt32)
	equal(t, "sum of smallint", *must[*int64](t)(query.Select(expr.Sum(Reviews.Stars)).One(ctx, eng)), 4*math.MaxInt16)
	equal(t, "sum of bigint", *must[*int64](t)(query.Select(expr.Sum(Books.ID)).One(ctx, eng)), 3)
}
