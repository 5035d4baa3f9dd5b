package session_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Tags, whose keys the database may store otherwise than they were given, each with notes.
type (
	Tag[V any] struct {
		Key   V
		Text  string
		Notes model.Many[Note[V]]
	}
	Note[V any] struct {
		ID   int64
		Key  V
		Note string
		Tag  model.One[Tag[V]]
	}
	tags[V any] struct {
		model.Table[Tag[V]]
		Key   expr.Col[V]
		Text  expr.Text
		Notes model.ToMany[Tag[V], Note[V]]
	}
	notes[V any] struct {
		model.Table[Note[V]]
		ID   expr.Int
		Key  expr.Col[V]
		Note expr.Text
		Tag  model.ToOne[Note[V], Tag[V]]
	}
)

// storedKey is a case: keys as they are given, as they are stored, and the key that the first is changed to.
type storedKey[V any] struct {
	sqlType, ddl    string
	given, stored   [3]V
	change, change2 V
}

func testStoredKeys[V any](t *testing.T, c storedKey[V]) {
	t.Run(c.sqlType+c.ddl, func(t *testing.T) {
		t.Parallel()
		tagTable := model.Map("tag", func(t *tags[V]) model.Spec {
			return model.Spec{model.PrimaryKey(t.Key), model.Type(c.sqlType, t.Key)}
		})
		noteTable := model.Map("note", func(t *notes[V]) model.Spec {
			return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.Key, tagTable.Key).OnUpdate("CASCADE"), model.Type(c.sqlType, t.Key)}
		})
		schema := model.MustSchema(tagTable, noteTable)
		eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
		ok(t, err)
		t.Cleanup(eng.Close)
		must[int64](t)(query.ExecRaw(ctx, eng, "CREATE EXTENSION citext"))
		ok(t, schema.CreateAll(ctx, eng))
		if c.ddl != "" {
			must[int64](t)(query.ExecRaw(ctx, eng, c.ddl))
			must[int64](t)(query.ExecRaw(ctx, eng, "CREATE TRIGGER other BEFORE INSERT ON tag FOR EACH ROW EXECUTE FUNCTION other()"))
		}
		s := begin(t, eng)
		one := &Tag[V]{Key: c.given[0], Text: "one"}
		s.Add(one)
		ok(t, s.Flush(ctx))
		equal(t, "the key of the first", c.same(one.Key, c.stored[0]), true)
		more := []*Tag[V]{{Key: c.given[1], Text: "two"}, {Key: c.given[2], Text: "three"}}
		if c.ddl != "" { // a trigger changes what it likes, and of several rows nobody could tell which is whose
			s.Add(more[0], more[1])
			is(t, s.Commit(ctx), session.ErrKeyOrder)
			ok(t, s.Rollback(ctx))
			equal(t, "stored", must[int64](t)(query.Select(tagTable).Count(ctx, s)), 0)
			s.Add(more[0], more[1])
			is(t, s.Flush(ctx), session.ErrKeyOrder)
			ok(t, s.Rollback(ctx))
			return
		}
		for _, tag := range more {
			tag.Notes.Add(&Note[V]{Note: "a"}, &Note[V]{Note: "b"})
		}
		s.Add(more[0], more[1])
		ok(t, s.Commit(ctx))
		for i, tag := range []*Tag[V]{one, more[0], more[1]} {
			equal(t, "the key", c.same(tag.Key, c.stored[i]), true)
			equal(t, "the object of the key", must[*Tag[V]](t)(session.Get(ctx, s, tagTable, any(c.stored[i]))), tag)
			tag.Text += "!"
		}
		equal(t, "the same objects", must[[]*Tag[V]](t)(query.Select(tagTable).Filter(tagTable.Text.Eq("one!")).All(ctx, s))[0], one)
		ok(t, s.Commit(ctx))
		equal(t, "changed", must[int64](t)(query.Select(tagTable).Filter(tagTable.Text.Like("%!")).Count(ctx, s)), 3)
		equal(t, "notes", len(must[[]*Note[V]](t)(more[0].Notes.All(ctx))), 2)

		more[0].Key = c.change
		ok(t, s.Flush(ctx))
		equal(t, "the changed key", c.same(more[0].Key, c.change2), true)
		more[0].Text = "changed"
		ok(t, s.Flush(ctx))
		s.Delete(one)
		ok(t, s.Commit(ctx))
		equal(t, "left", must[int64](t)(query.Select(tagTable).Count(ctx, s)), 2)
	})
}

// same compares keys to the last blank.
func (storedKey[V]) same(a, b V) bool {
	if x, is := any(a).(time.Time); is {
		return x.Equal(any(b).(time.Time))
	}
	return any(a) == any(b)
}

// TestKeysAsStored: an object's key is the one that its row has, whatever the program gave.
func TestKeysAsStored(t *testing.T) {
	t.Parallel()
	text := func(sqlType, change, change2 string, pairs ...string) storedKey[string] {
		return storedKey[string]{
			sqlType: sqlType, change: change, change2: change2,
			given: [3]string{pairs[0], pairs[2], pairs[4]}, stored: [3]string{pairs[1], pairs[3], pairs[5]},
		}
	}
	testStoredKeys(t, text("text", "d", "d", "a", "a", "b", "b", "c", "c"))
	testStoredKeys(t, text("char(3)", "d", "d  ", "a", "a  ", "b ", "b  ", "ccc", "ccc"))
	testStoredKeys(t, text("varchar(3)", "ddd  ", "ddd", "aaa  ", "aaa", "b  ", "b  ", "ccc   ", "ccc"))
	testStoredKeys(t, text("numeric(6,2)", "4", "4.00", "1", "1.00", "2.555", "2.56", "3.10", "3.10"))
	testStoredKeys(t, text("numeric", "4.0", "4.0", "1.0", "1.0", "2.50", "2.50", "3", "3"))
	testStoredKeys(t, text("citext", "d", "d", "A", "A", "b", "b", "C", "C"))
	testStoredKeys(t, text("uuid", "d0000000-0000-0000-0000-00000000000D", "d0000000-0000-0000-0000-00000000000d",
		"A0000000-0000-0000-0000-000000000001", "a0000000-0000-0000-0000-000000000001",
		"{b0000000-0000-0000-0000-000000000002}", "b0000000-0000-0000-0000-000000000002",
		"c0000000-0000-0000-0000-000000000003", "c0000000-0000-0000-0000-000000000003"))
	testStoredKeys(t, text("inet", "10.0.0.4/32", "10.0.0.4", "10.0.0.1/32", "10.0.0.1", "10.0.0.2", "10.0.0.2", "10.1.0.0/16", "10.1.0.0/16"))

	at := func(ns int) time.Time { return time.Date(2024, 2, 29, 12, 0, 0, ns, time.UTC) }
	for _, c := range []struct {
		sqlType string
		stored  func(time.Time) time.Time
	}{
		{"timestamptz(0)", func(x time.Time) time.Time { return x.Round(time.Second) }},
		{"timestamptz(3)", func(x time.Time) time.Time { return x.Round(time.Millisecond) }},
		{"timestamptz", func(x time.Time) time.Time { return x.Truncate(time.Microsecond) }},
		{"timestamp", func(x time.Time) time.Time { return x.Truncate(time.Microsecond) }},
	} {
		k := storedKey[time.Time]{sqlType: c.sqlType, change: at(0).AddDate(1, 0, 0).Add(999_999_999), change2: c.stored(at(0).AddDate(1, 0, 0).Add(999_999_000))}
		for i := range k.given {
			k.given[i] = at(123_456_789).AddDate(0, 0, i)
			k.stored[i] = c.stored(at(123_456_000).AddDate(0, 0, i))
		}
		testStoredKeys(t, k)
	}
	days := storedKey[time.Time]{sqlType: "date", change: at(0).AddDate(1, 0, 0), change2: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}
	for i := range days.given {
		days.given[i], days.stored[i] = at(5).AddDate(0, 0, i), time.Date(2024, 2, 29+i, 0, 0, 0, 0, time.UTC)
	}
	testStoredKeys(t, days)

	upper := text("text", "", "", "a", "A", "b", "B", "c", "C")
	upper.ddl = "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.key := upper(NEW.key); RETURN NEW; END $$"
	testStoredKeys(t, upper)
}
