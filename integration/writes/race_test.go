package writes_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Doc has a version of some type.
type Doc[V any] struct {
	ID      int64
	Title   string
	Body    string
	Version V
}

// docs maps Doc; its Version is called otherwise where it is xmin.
type docs[V, K any] struct {
	model.Table[Doc[V]]
	ID      expr.Int
	Title   expr.Text
	Body    expr.Text
	Version K
}

var (
	ByCount = model.Map("counted", func(t *docs[int64, expr.Int]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version)}
	})
	ByCountSmall = model.Map("counted_small", func(t *docs[int16, expr.Int16]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version)}
	})
	ByTime = model.Map("timed", func(t *docs[time.Time, expr.Time]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version)}
	})
	ByWall = model.Map("walled", func(t *docs[time.Time, expr.Time]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("timestamp", t.Version), model.Version(t.Version)}
	})
	ByUUID = model.Map("random", func(t *docs[[16]byte, expr.UUID]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version)}
	})
	ByXmin = model.Map("by_xmin", func(t *docs[uint32, expr.Col[uint32]]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.VersionXmin(t.Version)}
	})
	ByTrigger = model.Map("by_trigger", func(t *docs[int32, expr.Int32]) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Version(t.Version), model.ReadBack(t.Version),
			model.ServerDefault(t.Version, "1"), model.ZeroIsUnset(t.Version),
		}
	})
	versionSchema = model.MustSchema(ByCount, ByCountSmall, ByTime, ByUUID, ByXmin, ByTrigger)
	wallSchema    = model.MustSchema(ByWall) // of which the struct is another one's too
)

const byTrigger = `CREATE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN NEW.version := OLD.version + 1; RETURN NEW; END $$;
	CREATE TRIGGER raise BEFORE UPDATE ON by_trigger FOR EACH ROW EXECUTE FUNCTION raise()`

// eachVersion runs a test for each type of version.
func eachVersion(t *testing.T, f func(t *testing.T, v versionTest)) {
	t.Helper()
	eng, rec := open(t, versionSchema, byTrigger)
	walls, _ := open(t, wallSchema)
	for _, v := range []versionTest{
		versionTestOf[int64]("counted", ByCount, eng, rec), versionTestOf[int16]("counted_small", ByCountSmall, eng, rec),
		versionTestOf[time.Time]("timed", ByTime, eng, rec), versionTestOf[time.Time]("walled", ByWall, walls, rec),
		versionTestOf[[16]byte]("random", ByUUID, eng, rec), versionTestOf[uint32]("by_xmin", ByXmin, eng, rec),
		versionTestOf[int32]("by_trigger", ByTrigger, eng, rec),
	} {
		t.Run(v.table, func(t *testing.T) { f(t, v) })
	}
}

// versionTest is what the tests do with a table whatever its version is.
type versionTest struct {
	eng    *session.Engine
	rec    *recorder
	table  string
	add    func(s *session.Session, title string) any
	get    func(t *testing.T, s *session.Session, of any) any
	set    func(doc any, title string)
	spoil  func(doc any)
	state  func(doc any) any // version
	title  func(doc any) string
	bulk   func(r query.Runner, docs ...any) error
	update func(r query.Runner, title string, sync query.Sync) error
}

func versionTestOf[V comparable, K any](name string, table *docs[V, K], eng *session.Engine, rec *recorder) versionTest {
	doc := func(x any) *Doc[V] { return x.(*Doc[V]) }
	return versionTest{
		eng: eng, rec: rec, table: name,
		add: func(s *session.Session, title string) any {
			d := &Doc[V]{Title: title}
			s.Add(d)
			return d
		},
		get: func(t *testing.T, s *session.Session, of any) any {
			t.Helper()
			d, err := session.Get(ctx, s, table, doc(of).ID)
			ok(t, err)
			return d
		},
		set:   func(x any, title string) { doc(x).Title = title },
		spoil: func(x any) { doc(x).Version = *new(V) },
		state: func(x any) any {
			if at, is := any(doc(x).Version).(time.Time); is {
				return at.UnixMicro()
			}
			return doc(x).Version
		},
		title: func(x any) string { return doc(x).Title },
		bulk: func(r query.Runner, xs ...any) error {
			var ds []*Doc[V]
			for _, x := range xs {
				ds = append(ds, doc(x))
			}
			return session.BulkUpdate(ctx, r, table, ds, table.Title)
		},
		update: func(r query.Runner, title string, sync query.Sync) error {
			_, err := query.Update(table).Set(table.Title.To(title)).Filter(table.ID.Gt(0)).Sync(sync).Exec(ctx, r)
			return err
		},
	}
}

// stored returns an object as a session of its own reads it.
func (v versionTest) stored(t *testing.T, of any) any {
	t.Helper()
	s := v.eng.Session()
	d := v.get(t, s, of)
	ok(t, s.Close(ctx))
	return d
}

// added returns n objects with rows, in a session of their own.
func (v versionTest) added(t *testing.T, n int) (*session.Session, []any) {
	t.Helper()
	s, all := begin(t, v.eng), make([]any, n)
	for i := range all {
		all[i] = v.add(s, "first")
	}
	ok(t, s.Commit(ctx))
	return s, all
}

// Two sessions have read the same rows; the second one to write finds out, and stores nothing, whether the statement is of one
// object or of several, and whether the COMMIT travels with it.
func TestVersionRace(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		for _, n := range []int{1, 3} {
			for _, deleting := range []bool{false, true} {
				for _, commit := range []bool{false, true} {
					_, all := v.added(t, n)
					mine, other := begin(t, v.eng), begin(t, v.eng)
					var ours []any
					for _, d := range all {
						ours = append(ours, v.get(t, mine, d))
						if deleting {
							mine.Delete(ours[len(ours)-1])
						} else {
							v.set(ours[len(ours)-1], "mine")
						}
					}
					before := v.state(ours[n-1])
					v.set(v.get(t, other, all[n-1]), "other")
					ok(t, other.Commit(ctx))
					write := mine.Flush
					if commit {
						write = mine.Commit
					}
					err := write(ctx)
					is(t, err, session.ErrStale)
					if !strings.Contains(err.Error(), "Doc[") || !strings.Contains(err.Error(), "(id=") {
						t.Errorf("error does not name the object: %v", err)
					}
					ok(t, mine.Rollback(ctx))
					equal(t, "version after rollback", v.state(ours[n-1]), before)
					for i, d := range all {
						want := "first"
						if i == n-1 {
							want = "other"
						}
						equal(t, "title", v.title(v.stored(t, d)), want)
					}
				}
			}
		}
	})
}

// Each write gives object and row the same new version, so that the same object can be written again and again; a flush without
// changes leaves it.
func TestVersionFollows(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 3)
		for round := range 4 {
			was := v.state(all[0])
			for _, d := range all {
				v.set(d, "round "+string(rune('a'+round)))
			}
			if round%2 == 0 {
				ok(t, s.Flush(ctx))
			}
			ok(t, s.Commit(ctx))
			if v.state(all[0]) == was {
				t.Errorf("round %d: the version is still %v", round, was)
			}
			for _, d := range all {
				equal(t, "version of the row", v.state(v.stored(t, d)), v.state(d))
			}
			was = v.state(all[0])
			ok(t, s.Commit(ctx))
			equal(t, "version of no change", v.state(v.stored(t, all[0])), was)
		}
		for _, d := range all[:2] {
			s.Delete(d)
		}
		ok(t, s.Commit(ctx))
		s.Delete(all[2])
		ok(t, s.Commit(ctx))
		equal(t, "rows", one[int](t, v.eng, "SELECT count(*) FROM "+v.table), 0)
	})
}

// A row that is gone is stale, also for a DELETE.
func TestVersionGone(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 3)
		_, err := v.eng.Pool().Exec(ctx, "DELETE FROM "+v.table+" WHERE title = 'first'")
		ok(t, err)
		for _, d := range all {
			s.Delete(d)
		}
		is(t, s.Commit(ctx), session.ErrStale)
		ok(t, s.Rollback(ctx))
		s.Delete(all[1])
		is(t, s.Flush(ctx), session.ErrStale)
		ok(t, s.Rollback(ctx))
	})
}

// A rollback restores versions; new objects can be added again.
func TestVersionRollback(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 2)
		was := v.state(all[0])
		v.set(all[0], "undone")
		fresh := v.add(s, "fresh")
		ok(t, s.Flush(ctx))
		ok(t, s.Rollback(ctx))
		equal(t, "version", v.state(all[0]), was)
		s.Add(fresh)
		v.set(all[0], "done")
		ok(t, s.Commit(ctx))
		v.set(fresh, "again")
		ok(t, s.Commit(ctx))
		equal(t, "title", v.title(v.stored(t, fresh)), "again")
	})
}

// A program does not change versions: whoever puts an old one into an object would overwrite what he has not seen.
func TestVersionIsReadOnly(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		for _, change := range []func(s *session.Session, d any){
			func(_ *session.Session, d any) { v.set(d, "mine") },
			func(*session.Session, any) {},
			func(s *session.Session, d any) { s.Delete(d) },
		} {
			s, all := v.added(t, 1)
			was := v.state(all[0])
			v.spoil(all[0])
			change(s, all[0])
			v.rec.take()
			is(t, s.Commit(ctx), session.ErrReadOnly)
			if v.table != "walled" {
				sent(t, v.rec)
			}
			ok(t, s.Rollback(ctx))
			equal(t, "version", v.state(all[0]), was)
		}
	})
}

// BulkUpdate looks at the versions that the objects have, gives them the next ones, and leaves all as it was after an error.
func TestVersionBulkUpdate(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 3)
		for _, r := range []query.Runner{v.eng, begin(t, v.eng), v.eng} {
			for _, d := range all {
				v.set(d, "bulk")
			}
			ok(t, v.bulk(r, all...))
			if s, is := r.(*session.Session); is {
				ok(t, s.Commit(ctx))
			}
		}
		check := begin(t, v.eng)
		seen := v.get(t, check, all[2])
		equal(t, "version", v.state(seen), v.state(all[2]))
		v.set(seen, "other")
		ok(t, check.Commit(ctx))
		was := v.state(all[0])
		is(t, v.bulk(v.eng, all...), session.ErrStale)
		equal(t, "version after an error", v.state(all[0]), was)
		is(t, v.bulk(v.eng, all[2]), session.ErrStale)
		ok(t, v.bulk(v.eng, all[0]))
		v.spoil(all[1])
		if err := v.bulk(v.eng, all[1]); err == nil || !strings.Contains(err.Error(), "has no version") {
			t.Errorf("error is %v", err)
		}
		_ = s
	})
}

// query.Update changes the versions of the rows that it changes, so that who has read them finds out.
func TestVersionUpdateByCondition(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 2)
		ok(t, v.update(v.eng, "by condition", query.SyncNone))
		v.set(all[0], "mine")
		is(t, s.Commit(ctx), session.ErrStale)
		ok(t, s.Rollback(ctx))

		ok(t, s.Refresh(ctx, all...))
		ok(t, v.update(s, "fetched", query.SyncFetch))
		v.set(all[0], "mine")
		ok(t, s.Commit(ctx))

		ok(t, s.Refresh(ctx, all...))
		err := v.update(s, "evaluated", query.SyncEvaluate)
		if v.table == "counted" || v.table == "counted_small" {
			ok(t, err)
		} else {
			is(t, err, session.ErrCannotEvaluate)
		}
		v.set(all[0], "mine")
		ok(t, s.Commit(ctx))
		equal(t, "title", v.title(v.stored(t, all[0])), "mine")
	})
}

// A rollback to a savepoint restores versions, and what is stale within one leaves what was done before.
func TestVersionAndSavepoints(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, v versionTest) {
		s, all := v.added(t, 2)
		v.set(all[0], "outer")
		sp, err := s.Savepoint(ctx)
		ok(t, err)
		was := v.state(all[0])
		v.set(all[0], "inner")
		ok(t, s.Flush(ctx))
		ok(t, sp.Rollback(ctx))
		equal(t, "version", v.state(all[0]), was)
		other := v.eng.Session()
		v.set(v.get(t, other, all[1]), "other")
		ok(t, other.Commit(ctx))
		is(t, s.Nested(ctx, func() error {
			v.set(all[1], "mine")
			return nil
		}), session.ErrStale)
		v.set(all[0], "last")
		ok(t, s.Commit(ctx))
		equal(t, "title", v.title(v.stored(t, all[0])), "last")
		equal(t, "title", v.title(v.stored(t, all[1])), "other")
		equal(t, "version", v.state(v.stored(t, all[0])), v.state(all[0]))
	})
}

// An object that comes back from elsewhere tells by its version whether its row is still what it was made from.
func TestVersionAndMerge(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, leafSchema)
	s := begin(t, eng)
	s.Add(&Page{Book: 1, Number: 1, Text: "a"})
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	s = begin(t, eng)
	p, err := session.Merge(ctx, s, &Page{Book: 1, Number: 1, Text: "b", Version: 1})
	ok(t, err)
	ok(t, s.Commit(ctx))
	equal(t, "version", p.Version, 2)
	_, err = session.Merge(ctx, s, &Page{Book: 1, Number: 1, Text: "late", Version: 1})
	is(t, err, session.ErrStale)
	equal(t, "text", p.Text, "b")
	p, err = session.Merge(ctx, s, &Page{Book: 1, Number: 1, Text: "without"})
	ok(t, err)
	ok(t, s.Commit(ctx))
	equal(t, "version", p.Version, 3)
	_, err = session.Merge(ctx, s, &Page{Book: 1, Number: 1, Version: 3}, Pages.Version)
	is(t, err, session.ErrReadOnly)
}

// TestStaleOfAVersion: the error of another version says that the row was written, in a flush and in a Merge.
func TestStaleOfAVersion(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, versionSchema, byTrigger)
	s := eng.Session()
	t.Cleanup(func() { s.Close(ctx) })
	doc := &Doc[int64]{Title: "one"}
	s.Add(doc)
	ok(t, s.Commit(ctx))
	says := func(what string, err error, want string) {
		t.Helper()
		if !errors.Is(err, session.ErrStale) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, without %q", what, err, want)
		}
	}
	_, err := session.Merge(ctx, s, &Doc[int64]{ID: doc.ID, Title: "old", Version: doc.Version + 7})
	says("Merge", err, "(id=1) has another version than its row, which was written since the object was read")
	if strings.Contains(err.Error(), "gone") {
		t.Errorf("the row is there: %v", err)
	}
	doc.Title = "two"
	_, err = eng.Pool().Exec(ctx, "UPDATE counted SET version = 99")
	ok(t, err)
	says("Commit", s.Commit(ctx), "row of an object was written by somebody else since it was read, or is gone: 0 of 1 rows found")
}
