package session_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/query"
)

func TestInspect(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	equal(t, "in a transaction before the first statement", s.InTransaction(), false)
	equal(t, "new", fmt.Sprint(s.New()...), fmt.Sprint(a))
	ok(t, s.Flush(ctx))
	equal(t, "in a transaction", s.InTransaction(), true)
	ok(t, s.Commit(ctx))
	equal(t, "in a transaction after the commit", s.InTransaction(), false)
	a = must[*Author](t)(query.Select(Authors).One(ctx, s))
	equal(t, "dirty", len(s.Dirty()), 0)
	a.Name = "B"
	equal(t, "dirty", s.Dirty()[0].(*Author), a)
	a.Name = "A"
	equal(t, "dirty after changing back", len(s.Dirty()), 0)
	a.Books.Add(&Book{Title: "T"})
	equal(t, "new by a list", len(s.New()), 1)
	s.Delete(a)
	equal(t, "deleted", s.Deleted()[0].(*Author), a)
}
