package session_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// usedBeside are the methods that have no error to return, called while another goroutine uses the session. Each returns
// whether it returned nothing.
var usedBeside = map[string]func(s *session.Session, a *Author) bool{
	"Add":           func(s *session.Session, _ *Author) bool { s.Add(&Author{Name: "beside"}); return true },
	"AddNew":        func(s *session.Session, _ *Author) bool { s.AddNew(&Author{Name: "beside"}); return true },
	"Attach":        func(s *session.Session, _ *Author) bool { s.Attach(&Author{ID: 77}); return true },
	"Delete":        func(s *session.Session, a *Author) bool { s.Delete(a); return true },
	"Expunge":       func(s *session.Session, a *Author) bool { s.Expunge(a); return true },
	"Expire":        func(s *session.Session, a *Author) bool { s.Expire(a); return true },
	"ExpireColumns": func(s *session.Session, a *Author) bool { s.ExpireColumns(a, Authors.Name); return true },
	"IsStale":       func(s *session.Session, a *Author) bool { return !s.IsStale(a) },
	"ExpireAll":     func(s *session.Session, _ *Author) bool { s.ExpireAll(); return true },
	"Set":           func(s *session.Session, a *Author) bool { s.Set(a, Authors.Email.ToNull()); return true },
	"NoLazy":        func(s *session.Session, _ *Author) bool { s.NoLazy(); return true },
	"Contains":      func(s *session.Session, a *Author) bool { return !s.Contains(a) },
	"Len":           func(s *session.Session, _ *Author) bool { return s.Len() == 0 },
	"New":           func(s *session.Session, _ *Author) bool { return s.New() == nil },
	"Dirty":         func(s *session.Session, _ *Author) bool { return s.Dirty() == nil },
	"Deleted":       func(s *session.Session, _ *Author) bool { return s.Deleted() == nil },
	"InTransaction": func(s *session.Session, _ *Author) bool { return !s.InTransaction() },
}

// refusedBeside are the methods that return an error.
var refusedBeside = map[string]func(s *session.Session, a *Author) error{
	"Changes":  func(s *session.Session, a *Author) error { return second(s.Changes(a)) },
	"Flush":    func(s *session.Session, _ *Author) error { return s.Flush(ctx) },
	"Commit":   func(s *session.Session, _ *Author) error { return s.Commit(ctx) },
	"Rollback": func(s *session.Session, _ *Author) error { return s.Rollback(ctx) },
	"Close":    func(s *session.Session, _ *Author) error { return s.Close(ctx) },
	"Refresh":  func(s *session.Session, a *Author) error { return s.Refresh(ctx, a) },
	"Lock":     func(s *session.Session, a *Author) error { return s.Lock(ctx, a) },
	"Merge":    func(s *session.Session, a *Author) error { return second(session.Merge(ctx, s, &Author{ID: a.ID})) },
	"RefreshColumns": func(s *session.Session, a *Author) error {
		return session.RefreshColumns(ctx, s, Authors, []*Author{a}, Authors.Name)
	},
	"Get": func(s *session.Session, _ *Author) error { return second(session.Get(ctx, s, Authors, 1)) },
	"Load": func(s *session.Session, a *Author) error {
		return session.Load(ctx, s, Authors, []*Author{a}, Authors.Name)
	},
	"BulkInsert": func(s *session.Session, _ *Author) error { return session.BulkInsert(ctx, s, Authors, &Author{}) },
	"BulkUpdate": func(s *session.Session, a *Author) error {
		return session.BulkUpdate(ctx, s, Authors, []*Author{a}, Authors.Name)
	},
	"AdvisoryLock":    func(s *session.Session, _ *Author) error { return s.AdvisoryLock(ctx, 1) },
	"TryAdvisoryLock": func(s *session.Session, _ *Author) error { return second(s.TryAdvisoryLock(ctx, 1)) },
	"Savepoint":       func(s *session.Session, _ *Author) error { return second(s.Savepoint(ctx)) },
	"Nested":          func(s *session.Session, _ *Author) error { return s.Nested(ctx, func() error { return nil }) },
	"a query":         func(s *session.Session, _ *Author) error { return second(query.Select(Authors).All(ctx, s)) },
	"a list":          func(_ *session.Session, a *Author) error { return second(a.Books.All(ctx)) },
}

// TestEveryMethodBesideAQuery: no method of a session that is in use touches what it knows, as the race detector sees too;
// what has no error to return is told by the next flush.
func TestEveryMethodBesideAQuery(t *testing.T) {
	t.Parallel()
	everyMethod(t)
	eng, _ := open(t)
	s := begin(t, eng)
	a := &Author{Name: "A"}
	s.Add(a)
	ok(t, s.Flush(ctx))
	known := 1
	for name, use := range usedBeside {
		known++
		a.Name += "!"                                                     // for the query to flush
		ok(t, session.BulkInsert(ctx, eng, Authors, &Author{Name: name})) // for the query to find
		beside(t, eng, s, func() {
			if !use(s, a) {
				t.Errorf("%s returned something", name)
			}
		})
		told(t, s.Flush(ctx), name)
		ok(t, s.Flush(ctx))
		equal(t, name+": objects", s.Len(), known)
		equal(t, name+": contained, and not deleted", s.Contains(a) && len(s.Deleted()) == 0 && s.InTransaction(), true)
		equal(t, name+": a list may be loaded", len(must[[]*Book](t)(a.Books.All(ctx))), 0)
		a.Books.Expire()
	}
	for name, use := range refusedBeside {
		beside(t, eng, s, func() {
			if err := use(s, a); !strings.Contains(err.Error(), session.ErrConcurrent.Error()[len("session: "):]) {
				t.Errorf("%s: error is %v", name, err)
			}
		})
	}
	ok(t, s.Flush(ctx))
}

func told(t *testing.T, err error, name string) {
	t.Helper()
	is(t, err, session.ErrConcurrent)
	if !strings.HasPrefix(err.Error(), "session: "+name+": in use") {
		t.Errorf("error is %v, want one that names %s", err, name)
	}
}

// beside calls f while a query, which flushes before, is running.
func beside(t *testing.T, eng *session.Engine, s *session.Session, f func()) {
	t.Helper()
	done := make(chan error)
	go func() {
		done <- second(query.Select(Authors).Filter(expr.Raw[expr.Bool]("(SELECT pg_sleep(0.1) IS NOT NULL)")).All(ctx, s))
	}()
	for running := false; !running; { // what the server is asked does not make the detector believe that the goroutines wait for each other
		ok(t, eng.Pool().QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "+
			"AND query LIKE '%pg\\_sleep%' AND pid <> pg_backend_pid())").Scan(&running))
	}
	f()
	ok(t, <-done)
}

// everyMethod checks that no method is forgotten.
func everyMethod(t *testing.T) {
	t.Helper()
	typ := reflect.TypeFor[*session.Session]()
	for i := range typ.NumMethod() {
		switch name := typ.Method(i).Name; {
		case name == "Engine": // it never changes
		case name == "CupelRun", name == "CupelSchema": // every query
		case name == "CupelBatch": // every loop over Batches
		case usedBeside[name] == nil && refusedBeside[name] == nil:
			t.Errorf("%s is not tried beside a query", name)
		}
	}
}

// TestMistakesInALoop: what the body of a loop over Iter asks the session is told too, once, and Rollback forgets it.
func TestMistakesInALoop(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	s := begin(t, eng)
	s.Add(&Author{Name: "A"})
	ok(t, s.Commit(ctx))
	inLoop := func() {
		for a, err := range query.Select(Authors).Iter(ctx, s) {
			ok(t, err)
			equal(t, "contained, as far as can be told", s.Contains(a), false)
			s.Len()
		}
	}
	inLoop()
	told(t, second(query.Select(Authors).All(ctx, s)), "flush before a query: Contains")
	ok(t, second(query.Select(Authors).All(ctx, s)))
	inLoop()
	ok(t, s.Rollback(ctx))
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	equal(t, "objects of a closed session", s.Len(), 0)
	is(t, second(s.Changes(&Author{})), session.ErrClosed)
}
