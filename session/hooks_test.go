package session_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Told is an object that notes what it is told.
type Told struct {
	ID        int64
	Name      string
	DeletedAt *time.Time
	Version   int64

	Parts model.Many[TPart]

	told []string
	fail string // what returns an error
	do   func() // what BeforeInsert does beside
	kind string // from AfterLoad
}

var errTold = errors.New("no")

func (x *Told) tell(what string) error {
	if x.told = append(x.told, what); x.fail == what {
		return errTold
	}
	return nil
}

func (x *Told) Validate() error {
	if x.Name == "" {
		return errors.New("name is missing")
	}
	return nil
}

func (x *Told) BeforeInsert(context.Context) error {
	if x.do != nil {
		x.do()
	}
	return x.tell("before insert")
}
func (x *Told) AfterInsert(context.Context) error { return x.tell("after insert") }
func (x *Told) BeforeUpdate(context.Context) error {
	x.Name = strings.ToUpper(x.Name)
	return x.tell("before update")
}
func (x *Told) AfterUpdate(context.Context) error  { return x.tell("after update") }
func (x *Told) BeforeDelete(context.Context) error { return x.tell("before delete") }
func (x *Told) AfterDelete(context.Context) error  { return x.tell("after delete") }
func (x *Told) AfterLoad()                         { x.kind = "read: " + x.Name }

// TPart is a row of something told.
type TPart struct {
	ID     int64
	ToldID *int64

	Told model.One[Told]
}

type tolds struct {
	model.Table[Told]

	ID        expr.Int
	Name      expr.Text
	DeletedAt expr.NullTime
	Version   expr.Int

	Parts model.ToMany[Told, TPart]
}

var aTold = model.Map("told", func(t *tolds) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.SoftDelete(t.DeletedAt), model.Version(t.Version), model.Unique(t.Name)}
})

type tparts struct {
	model.Table[TPart]

	ID     expr.Int
	ToldID expr.NullInt

	Told model.ToOne[TPart, Told]
}

var aPart = model.Map("tpart", func(t *tparts) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.ToldID, aTold.ID)}
})

var tolding = model.MustSchema(aTold, aPart)

func openTold(t *testing.T, h session.Hooks) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), tolding, session.Options{Logger: slog.New(rec), Hooks: h})
	ok(t, err)
	closing(t, eng)
	ok(t, tolding.CreateAll(ctx, eng))
	rec.take()
	return eng, rec
}

// TestHooksOfObjects has objects told of what happens to them, in the transaction.
func TestHooksOfObjects(t *testing.T) {
	t.Parallel()
	eng, rec := openTold(t, session.Hooks{})
	s := begin(t, eng)
	x := &Told{Name: "ann"}
	s.Add(x)
	ok(t, s.Commit(ctx))
	equal(t, "INSERT", verbs(rec), "BEGIN INSERT COMMIT")
	x.Name = "bea"
	ok(t, s.Commit(ctx))
	equal(t, "name", x.Name, "BEA")
	s.Delete(x)
	ok(t, s.Commit(ctx))
	want := []string{"before insert", "after insert", "before update", "after update", "before delete", "after delete"}
	if !slices.Equal(x.told, want) {
		t.Errorf("told %q", x.told)
	}

	y := &Told{Name: "cid"}
	s.Add(y)
	ok(t, s.Commit(ctx))
	untracked := must[*Told](t)(query.Select(aTold).One(ctx, eng))
	equal(t, "AfterLoad", untracked.kind, "read: cid")
	fresh := begin(t, eng)
	z := must[*Told](t)(query.Select(aTold).One(ctx, fresh))
	equal(t, "AfterLoad in a session", z.kind, "read: cid")
	z.Name = "x"
	ok(t, fresh.Refresh(ctx, z))
	equal(t, "AfterLoad of a refresh", z.kind, "read: cid")

	for _, fail := range []string{"before insert", "after insert", "before update", "after update", "before delete", "after delete"} {
		s := begin(t, eng)
		x := must[*Told](t)(query.Select(aTold).One(ctx, s))
		switch x.fail = fail; {
		case strings.HasSuffix(fail, "update"):
			x.Name = "never"
		case strings.HasSuffix(fail, "delete"):
			s.Delete(x)
		default:
			s.Add(&Told{Name: "never", fail: fail})
		}
		is(t, s.Commit(ctx), errTold)
		is(t, s.Commit(ctx), session.ErrFailed)
		ok(t, s.Rollback(ctx))
		equal(t, "name after "+fail, x.Name, "cid")
		equal(t, "deleted after "+fail, x.DeletedAt, nil)
		equal(t, "version after "+fail, x.Version, 1)
		equal(t, "rows after "+fail, count(t, eng, "told"), 2)
	}
	w := &Told{Name: "w"}
	w.do = func() { w.Parts.Add(&TPart{}) }
	s.Add(w)
	err := s.Commit(ctx)
	if err == nil || !strings.Contains(err.Error(), "set a relationship") {
		t.Errorf("a relationship set in a hook: %v", err)
	}
	ok(t, s.Rollback(ctx))
}

// TestValidate collects the mistakes of all objects, and leaves the session as it is.
func TestValidate(t *testing.T) {
	t.Parallel()
	eng, rec := openTold(t, session.Hooks{})
	s := begin(t, eng)
	good, bad, worse := &Told{Name: "good"}, &Told{}, &Told{}
	s.Add(good, bad, worse)
	err := s.Commit(ctx)
	var invalid *session.ValidationError
	if !errors.As(err, &invalid) || len(invalid.Invalid) != 2 || invalid.Invalid[0].Object != any(bad) {
		t.Fatalf("error is %v", err)
	}
	equal(t, "sent", verbs(rec), "")
	bad.Name, worse.Name = "b", "w"
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "told"), 3)
	good.Name = ""
	if _, err := query.Select(aTold).All(ctx, s); !errors.As(err, &invalid) {
		t.Errorf("a flush before a query: %v", err)
	}
	good.Name = "good"
	ok(t, s.Commit(ctx))
}

// TestSoftDelete keeps rows, leaves them out of queries, and takes it back.
func TestSoftDelete(t *testing.T) {
	t.Parallel()
	eng, rec := openTold(t, session.Hooks{})
	s := begin(t, eng)
	x, y := &Told{Name: "x"}, &Told{Name: "y"}
	x.Parts.Add(&TPart{}, &TPart{})
	s.Add(x, y)
	ok(t, s.Commit(ctx))
	rec.take()
	s.Delete(x, y)
	x.Name = "not written"
	ok(t, s.Flush(ctx))
	all := rec.take()
	if last := all[len(all)-1]; !strings.Contains(last, "UPDATE told SET deleted_at = ") || !strings.Contains(last, "version") {
		t.Errorf("sent %q", all)
	}
	equal(t, "in the session", s.Contains(x), false)
	_, err := session.Get(ctx, s, aTold, x.ID)
	is(t, err, query.ErrNoRows)
	equal(t, "seen", len(must[[]*Told](t)(query.Select(aTold).All(ctx, s))), 0)
	equal(t, "kept", must[int64](t)(query.Select(aTold.ID).Unfiltered().Count(ctx, s)), 2)
	s.Add(x)
	ok(t, s.Flush(ctx))
	equal(t, "seen again", len(must[[]*Told](t)(query.Select(aTold).All(ctx, s))), 1)
	equal(t, "parts of it", len(must[[]*TPart](t)(x.Parts.All(ctx))), 2)
	ok(t, s.Rollback(ctx))
	equal(t, "after Rollback", x.DeletedAt == nil && x.Name == "x" && x.Version == 1 && s.Contains(x) && s.Contains(y), true)
	s.Delete(x)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "told WHERE deleted_at IS NULL"), 1)
	equal(t, "parts keep their key", count(t, eng, "tpart WHERE told_id IS NOT NULL"), 2)
	sp := must[*session.Savepoint](t)(s.Savepoint(ctx))
	s.Delete(y)
	ok(t, s.Flush(ctx))
	ok(t, sp.Rollback(ctx))
	equal(t, "after the savepoint", y.DeletedAt == nil && y.Version == 1 && s.Contains(y), true)
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "told WHERE deleted_at IS NULL"), 1)

	_, err = eng.Pool().Exec(ctx, "UPDATE told SET version = 7")
	ok(t, err)
	s.Delete(y)
	is(t, s.Commit(ctx), session.ErrStale)
}

// TestHooksOfSessions has hooks use the session that calls them.
func TestHooksOfSessions(t *testing.T) {
	t.Parallel()
	var told []string
	fail := ""
	note := func(what string, do func(s *session.Session)) func(context.Context, *session.Session) error {
		return func(ctx context.Context, s *session.Session) error {
			told = append(told, what)
			if do != nil {
				do(s)
			}
			if fail == what {
				return errTold
			}
			return nil
		}
	}
	eng, rec := openTold(t, session.Hooks{
		BeforeFlush: note("before flush", func(s *session.Session) {
			if len(s.New()) == 1 {
				s.Add(&TPart{})
			}
		}),
		AfterFlush:    note("after flush", func(s *session.Session) { s.Add(&TPart{}); ok(t, s.Flush(ctx)) }),
		BeforeCommit:  note("before commit", nil),
		AfterCommit:   func(ctx context.Context, s *session.Session) { _ = note("after commit", nil)(ctx, s) },
		AfterRollback: func(ctx context.Context, s *session.Session) { _ = note("after rollback", nil)(ctx, s) },
	})
	s := begin(t, eng)
	s.Add(&Told{Name: "x"})
	ok(t, s.Commit(ctx))
	ok(t, s.Rollback(ctx))
	equal(t, "told", strings.Join(told, ", "), "before commit, before flush, after flush, after commit, after rollback")
	equal(t, "sent", verbs(rec), "BEGIN INSERT INSERT INSERT COMMIT")
	equal(t, "parts", count(t, eng, "tpart"), 2)
	told = nil
	ok(t, s.Commit(ctx)) // nothing
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	part := eng.SessionOn(tx.Conn())
	part.Add(&TPart{})
	ok(t, part.Commit(ctx))
	ok(t, tx.Rollback(ctx))
	equal(t, "told", slices.Contains(told, "after commit"), false)
	for _, fail = range []string{"before commit", "before flush", "after flush"} {
		s.Add(&Told{Name: "y"})
		is(t, s.Commit(ctx), errTold)
		ok(t, s.Rollback(ctx))
		equal(t, "rows after "+fail, count(t, eng, "told"), 1)
	}
}

// TestSoftDeleteNotPlanned has a flush that cannot be planned leave an object as it was that was to be deleted.
func TestSoftDeleteNotPlanned(t *testing.T) {
	t.Parallel()
	eng, _ := openTold(t, session.Hooks{})
	s := begin(t, eng)
	x, a, b := &Told{Name: "X"}, &Told{Name: "A"}, &Told{Name: "B"}
	s.Add(x, a, b)
	ok(t, s.Commit(ctx))
	a.Name, b.Name = b.Name, a.Name
	s.Delete(x)
	is(t, s.Commit(ctx), session.ErrUniqueCircle)
	equal(t, "as it was", x.DeletedAt == nil && x.Version == 1, true)
	s.Add(x)
	a.Name, b.Name = "A", "B"
	ok(t, s.Commit(ctx))
	equal(t, "rows", count(t, eng, "told WHERE deleted_at IS NULL"), 3)
}

// TestAfterFlushChanges has what AfterFlush adds, changes and deletes be in the same Commit, each flush with its hooks; and has a Commit
// end where there is something each time.
func TestAfterFlushChanges(t *testing.T) {
	t.Parallel()
	var left []func(s *session.Session)
	flushes, endless := 0, false
	eng, rec := openTold(t, session.Hooks{AfterFlush: func(_ context.Context, s *session.Session) error {
		flushes++
		switch {
		case endless:
			s.Add(&TPart{})
		case len(left) > 0:
			left[0](s)
			left = left[1:]
		}
		return nil
	}})
	s := begin(t, eng)
	x, part := &Told{Name: "x"}, &TPart{}
	left = []func(s *session.Session){
		func(s *session.Session) { s.Add(part) },
		func(*session.Session) { x.Name = "y" },
		func(s *session.Session) { s.Delete(part) },
	}
	s.Add(x)
	ok(t, s.Commit(ctx))
	equal(t, "sent", verbs(rec), "BEGIN INSERT INSERT UPDATE DELETE COMMIT")
	equal(t, "flushes", flushes, 4)
	equal(t, "parts", count(t, eng, "tpart"), 0)
	equal(t, "left", len(s.Dirty())+len(s.New())+len(s.Deleted()), 0)

	left = []func(s *session.Session){func(s *session.Session) { s.Add(&struct{}{}) }}
	x.Name = "z"
	is(t, s.Commit(ctx), session.ErrNotMapped)
	ok(t, s.Rollback(ctx))
	equal(t, "name", x.Name, "Y")

	endless = true
	x.Name = "z"
	equal(t, "error", s.Commit(ctx) != nil, true)
	ok(t, s.Rollback(ctx))
	equal(t, "parts", count(t, eng, "tpart"), 0)
}

// Echoed is a row that changes when it was written.
type Echoed struct {
	ID    int64
	Name  string
	Times int64
}

type echoedRows struct {
	model.Table[Echoed]
	ID    expr.Int
	Name  expr.Text
	Times expr.Int
}

func (x *Echoed) AfterInsert(context.Context) error { x.Name += "!"; return nil }

func (x *Echoed) AfterUpdate(context.Context) error {
	x.Times = max(x.Times, 2)
	return nil
}

// TestAfterHooksChange has what an object changes of itself when it was written be in the same Commit, and be a change after a Flush.
func TestAfterHooksChange(t *testing.T) {
	t.Parallel()
	rows := model.Map("echoed", func(t *echoedRows) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	schema := model.MustSchema(rows)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	stored := func() Echoed {
		x, err := query.Select(rows).One(ctx, eng)
		ok(t, err)
		return *x
	}
	s := begin(t, eng)
	x := &Echoed{Name: "x"}
	s.Add(x)
	ok(t, s.Flush(ctx))
	equal(t, "dirty after Flush", len(s.Dirty()), 1)
	ok(t, s.Commit(ctx))
	equal(t, "row", stored(), Echoed{1, "x!", 2})
	equal(t, "object", *x, Echoed{1, "x!", 2})
	equal(t, "dirty", len(s.Dirty()), 0)
}

// TestAfterFlushDeletes has what AfterFlush deletes be deleted by the next flush.
func TestAfterFlushDeletes(t *testing.T) {
	t.Parallel()
	var doomed *TPart
	eng, _ := openTold(t, session.Hooks{AfterFlush: func(_ context.Context, s *session.Session) error {
		if doomed != nil {
			s.Delete(doomed)
		}
		doomed = nil
		return nil
	}})
	s := begin(t, eng)
	doomed = &TPart{}
	s.Add(doomed)
	ok(t, s.Flush(ctx))
	equal(t, "deleted", len(s.Deleted()), 1)
	ok(t, s.Commit(ctx))
	equal(t, "parts", count(t, eng, "tpart"), 0)
}

// TestMistakeOfAHook has the flush that calls a hook report its mistake, not the next one.
func TestMistakeOfAHook(t *testing.T) {
	t.Parallel()
	mistake := func(_ context.Context, s *session.Session) error { s.Add(&struct{}{}); return nil }
	for _, hooks := range []session.Hooks{{BeforeCommit: mistake}, {BeforeFlush: mistake}, {AfterFlush: mistake}} {
		eng, _ := openTold(t, hooks)
		s := begin(t, eng)
		s.Add(&TPart{})
		is(t, s.Commit(ctx), session.ErrNotMapped)
		ok(t, s.Rollback(ctx))
		equal(t, "parts", count(t, eng, "tpart"), 0)
	}
}
