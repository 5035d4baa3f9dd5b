package writes_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Rows that are copied have keys of the sequence, in their objects too.
func TestBulkCopy(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, versionSchema, byTrigger)
	for _, in := range []string{"engine", "session"} {
		ds := newDocs(100)
		var r query.Runner = eng
		var s *session.Session
		if in == "session" {
			s = begin(t, eng)
			r = s
		}
		rec.take()
		ok(t, session.BulkCopy(ctx, r, ByCount, ds...))
		if all := rec.take(); len(all) != 2 || !strings.HasPrefix(all[1], "COPY counted (id, title, body, version)") {
			t.Errorf("%s: sent %q", in, all)
		}
		if s != nil {
			equal(t, "rows before the commit", one[int](t, eng, "SELECT count(*) FROM counted"), 100)
			ok(t, s.Commit(ctx))
		}
		for _, d := range ds {
			equal(t, "title", one[string](t, eng, "SELECT title FROM counted WHERE id = $1 AND version = 1", d.ID), d.Title)
		}
	}
	next := newDocs(1)
	ok(t, session.BulkInsert(ctx, eng, ByCount, next...))
	equal(t, "rows", one[int](t, eng, "SELECT count(*) FROM counted"), 201)
	given := []*Page{{Book: 1, Number: 1}}
	pages, prec := open(t, leafSchema)
	ok(t, session.BulkCopy(ctx, pages, Pages, given...))
	if all := prec.take(); !strings.HasPrefix(all[len(all)-1], "COPY page") {
		t.Errorf("sent %q", all)
	}
}

// Where COPY would do something else, or there is something to read back, it is an INSERT.
func TestBulkCopyOrInsert(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"a trigger": `CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id + 7; RETURN NEW; END $$;
			CREATE TRIGGER other BEFORE INSERT ON counted FOR EACH ROW EXECUTE FUNCTION other()`,
		"a policy":             `ALTER TABLE counted ENABLE ROW LEVEL SECURITY`,
		"no sequence":          `ALTER TABLE counted ALTER id DROP IDENTITY; CREATE SEQUENCE s; ALTER TABLE counted ALTER id SET DEFAULT nextval('s')`,
		"a default of its own": `ALTER TABLE counted ALTER id DROP IDENTITY; CREATE SEQUENCE s OWNED BY counted.id; ALTER TABLE counted ALTER id SET DEFAULT nextval('s') * 2`,
		"a partitioned table":  `DROP TABLE counted; CREATE SEQUENCE s; CREATE TABLE counted (id bigint DEFAULT nextval('s') PRIMARY KEY, title text, body text, version bigint) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF counted DEFAULT`,
	} {
		eng, rec := open(t, versionSchema, byTrigger, sql)
		ds := newDocs(3)
		ok(t, session.BulkCopy(ctx, eng, ByCount, ds...))
		if all := rec.take(); !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, "INSERT INTO counted") }) {
			t.Errorf("%s: sent %q", name, all)
		}
		for _, d := range ds {
			equal(t, name, one[string](t, eng, "SELECT title FROM counted WHERE id = $1", d.ID), d.Title)
		}
	}
	eng, rec := open(t, versionSchema, byTrigger, `ALTER TABLE counted ALTER id DROP IDENTITY; CREATE SEQUENCE s OWNED BY counted.id;
		ALTER TABLE counted ALTER id SET DEFAULT nextval('s')`)
	ok(t, session.BulkCopy(ctx, eng, ByCount, newDocs(3)...)) // a serial
	if all := rec.take(); !strings.HasPrefix(all[len(all)-1], "COPY") {
		t.Errorf("sent %q", all)
	}
	mixed := newDocs(2)
	mixed[1].ID = 1000
	ok(t, session.BulkCopy(ctx, eng, ByCount, mixed...))
	equal(t, "key that was given", mixed[1].ID, 1000)
	xs := []*Doc[uint32]{{Title: "a"}}
	ok(t, session.BulkCopy(ctx, eng, ByXmin, xs...))
	equal(t, "xmin", xs[0].Version, one[uint32](t, eng, "SELECT xmin FROM by_xmin"))
}

// An error leaves nothing: no rows, no keys in the objects.
func TestBulkCopyFails(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, versionSchema, byTrigger, "ALTER TABLE counted ADD UNIQUE (title)")
	ds := newDocs(5)
	ds[4].Title = ds[0].Title
	var unique *session.UniqueError
	if err := session.BulkCopy(ctx, eng, ByCount, ds...); !errors.As(err, &unique) || unique.Constraint == "" {
		t.Errorf("error is %v", err)
	}
	equal(t, "key", ds[0].ID, 0)
	equal(t, "rows", one[int](t, eng, "SELECT count(*) FROM counted"), 0)
	s := begin(t, eng)
	if err := session.BulkCopy(ctx, s, ByCount, ds...); !errors.As(err, &unique) {
		t.Errorf("error is %v", err)
	}
	is(t, s.Commit(ctx), session.ErrFailed)
	ok(t, s.Rollback(ctx))
	ds[4].Title = "other"
	ok(t, session.BulkCopy(ctx, s, ByCount, ds...))
	ok(t, s.Commit(ctx))
	ok(t, session.BulkCopy(ctx, eng, ByCount))
}
