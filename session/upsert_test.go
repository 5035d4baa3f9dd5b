package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestUpsertKeepsObjectsInStep: objects of rows that an INSERT changes take their values, and what is pending goes first.
func TestUpsertKeepsObjectsInStep(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := eng.Session()
	defer s.Close(ctx)
	known, pending := &Publisher{Code: "a", Name: "first"}, &Publisher{Code: "b", Name: "pending"}
	s.Add(known)
	ok(t, s.Flush(ctx))
	s.Add(pending)
	p := Publishers
	rows := query.Insert(p).Values(p.Code.To("a"), p.Name.To("x")).Values(p.Code.To("b"), p.Name.To("y")).Values(p.Code.To("c"), p.Name.To("z")).
		OnConflict(p.Code)
	n, err := rows.DoUpdate(p.Name.ToExpr(p.Name.Concat("/").ConcatExpr(expr.Excluded(p.Name)))).Exec(ctx, s)
	ok(t, err)
	equal(t, "rows touched", n, 3)
	equal(t, "a known object", known.Name, "first/x")
	equal(t, "a pending object", pending.Name, "pending/y")

	n, err = rows.DoUpdateAll().Sync(query.SyncNone).Exec(ctx, s)
	ok(t, err)
	equal(t, "rows touched", n, 3)
	equal(t, "left alone", known.Name, "first/x")
	all, err := query.Returning(rows.DoUpdateAll().Filter(p.Code.Ne("b")), p).All(ctx, s)
	ok(t, err)
	equal(t, "rows returned", len(all), 2)
	equal(t, "the object of the returned row", all[0], known)
	equal(t, "its value", known.Name, "x")
	equal(t, "not returned, not in step", pending.Name, "pending/y")

	_, err = rows.DoUpdateAll().Sync(query.SyncEvaluate).Exec(ctx, s)
	if err == nil {
		t.Error("SyncEvaluate is no error")
	}
	_, err = rows.DoUpdate(p.Code.To("q")).Exec(ctx, s)
	is(t, err, session.ErrKeyFetch)
	ok(t, s.Rollback(ctx))
	equal(t, "after the rollback", count(t, eng, "publisher"), 0)
}

// TestMergeMakesObjectsStale: what is pending goes before a MERGE, and objects of its table take their values when they are read
// again.
func TestMergeMakesObjectsStale(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := eng.Session()
	defer s.Close(ctx)
	p, a := Publishers, Authors
	known, gone := &Publisher{Code: "a", Name: "first"}, &Publisher{Code: "b", Name: "second"}
	s.Add(known, gone)
	ok(t, s.Flush(ctx))
	s.Add(&Author{Name: "a", Notes: []string{}}, &Author{Name: "b", Notes: []string{}}, &Author{Name: "c", Notes: []string{}})
	n, err := query.Merge(p).Using(a, a.Name.EqExpr(p.Code)).
		WhenMatched(p.Code.Eq("b")).Delete().
		WhenMatched().Update(p.Name.ToExpr(p.Name.Concat("!"))).
		WhenNotMatched().Insert(p.Code.ToExpr(a.Name), p.Name.To("third")).Exec(ctx, s)
	ok(t, err)
	equal(t, "rows touched", n, 3)
	all, err := query.Select(p).OrderBy(p.Code).All(ctx, s)
	ok(t, err)
	equal(t, "rows", len(all), 2)
	equal(t, "a known object", all[0], known)
	equal(t, "its value", known.Name, "first!")
	gone.Name = "lost"
	is(t, s.Flush(ctx), session.ErrStale)
}
