package tenants_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// deed is something that a program does in a session; the tables of the tenant are compared after it.
type deed struct {
	name string
	do   func(s *session.Session) error
}

func client(name string) *Client { return &Client{Name: name, Mood: "glad"} }

var byMood = query.Prepare1(func(mood expr.Text) query.Query[*Client] {
	return query.Select(Clients).Filter(Clients.Mood.EqExpr(mood)).OrderBy(Clients.ID)
})

// deeds are the ways in which statements come about.
var deeds = []deed{
	{"add a graph", func(s *session.Session) error {
		c := client("Ada")
		c.Orders.Add(&Order{No: 1, Total: 10, Note: "n"}, &Order{No: 2, Total: 20})
		c.Tags.Add(&Tag{Name: "a"}, &Tag{Name: "b"})
		s.Add(c, client("Bob"), client("Cem"))
		return s.Commit(ctx)
	}},
	{"get, lazy lists and references", func(s *session.Session) error {
		c, err := session.Get(ctx, s, Clients, 1)
		if err != nil {
			return err
		}
		os, err := c.Orders.All(ctx)
		if err != nil || len(os) != 2 {
			return fmt.Errorf("orders: %d, %w", len(os), err)
		}
		ts, err := c.Tags.All(ctx)
		if err != nil || len(ts) != 2 {
			return fmt.Errorf("tags: %d, %w", len(ts), err)
		}
		de, err := session.Get(ctx, s, Countries, "de")
		if err != nil {
			return err
		}
		c.Country.Set(de)
		return s.Commit(ctx)
	}},
	{"change many, delete with lists", func(s *session.Session) error {
		cs, err := query.Select(Clients).Filter(Clients.Mood.Eq("glad")).OrderBy(Clients.ID).Load(Clients.Orders.Load(), Clients.Tags.Load()).All(ctx, s)
		if err != nil || len(cs) != 3 {
			return fmt.Errorf("clients: %d, %w", len(cs), err)
		}
		cs[1].Name, cs[2].Name = "Bo", "Ce"
		os, err := cs[0].Orders.All(ctx)
		if err != nil {
			return err
		}
		s.Delete(os[1])
		return s.Commit(ctx)
	}},
	{"read again, deferred, lock, relations", func(s *session.Session) error {
		cs, err := query.Select(Clients).OrderBy(Clients.ID).All(ctx, s)
		if err != nil {
			return err
		}
		os, err := query.Select(Orders).All(ctx, s)
		if err != nil {
			return err
		}
		return errors.Join(s.Refresh(ctx, cs[0]), s.Lock(ctx, cs[1]), session.Load(ctx, s, Orders, os), session.LoadRelations(ctx, s, cs, Clients.Tags.Load()),
			session.RefreshColumns(ctx, s, Clients, cs[:1], Clients.Name))
	}},
	{"query with joins, EXISTS, WITH", func(s *session.Session) error {
		big := query.With("big", query.Select2(Orders.ClientID, Orders.Total).Filter(Orders.Total.Ge(10)))
		if n, err := query.Select(Clients.Name).Join(big, query.Col(big, Orders.ClientID).EqExpr(Clients.ID)).Count(ctx, s); err != nil || n != 1 {
			return fmt.Errorf("WITH: %d, %w", n, err)
		}
		n, err := query.Select(Clients).Join(Orders).Filter(Clients.Tags.Any(Tags.Name.Eq("a")), Clients.Orders.Count().Ge(1)).Count(ctx, s)
		if err != nil || n != 1 {
			return fmt.Errorf("%d, %w", n, err)
		}
		got, err := byMood.With("glad").All(ctx, s)
		if err != nil || len(got) != 3 {
			return fmt.Errorf("prepared: %d, %w", len(got), err)
		}
		return nil
	}},
	{"UPDATE and DELETE of many, INSERT, ON CONFLICT", func(s *session.Session) error {
		_, err := query.Update(Clients).Set(Clients.Name.To("Cy")).Filter(Clients.Name.Eq("Ce")).Exec(ctx, s)
		if err != nil {
			return err
		}
		if _, err = query.Delete(Tags).Filter(Tags.Name.Eq("none")).Exec(ctx, s); err != nil {
			return err
		}
		if _, err = query.Insert(Tags).Values(Tags.Name.To("a")).OnConflict(Tags.Name).DoNothing().Exec(ctx, s); err != nil {
			return err
		}
		return s.Commit(ctx)
	}},
	{"bulk", func(s *session.Session) error {
		a, b := &Tag{Name: "c"}, &Tag{Name: "d"}
		o := &Order{ClientID: 2, No: 5, Total: 1}
		if err := errors.Join(session.BulkInsert(ctx, s, Tags, a, b), session.BulkCopy(ctx, s, Orders, o)); err != nil {
			return err
		}
		o.Total = 3
		if err := session.BulkUpdate(ctx, s, Orders, []*Order{o}, Orders.Total); err != nil {
			return err
		}
		ins, err := session.Upsert(ctx, s, Tags, []*Tag{{Name: "d"}, {Name: "e"}}, session.Conflict{})
		if err != nil || ins[0] || !ins[1] {
			return fmt.Errorf("inserted %v, %w", ins, err)
		}
		return s.Commit(ctx)
	}},
	{"SQL text", func(s *session.Session) error {
		if _, err := query.ExecRaw(ctx, s, "INSERT INTO tag VALUES (?)", "raw"); err != nil {
			return err
		}
		n, err := query.Raw[int64]("SELECT count(*) FROM client WHERE mood = ?", "glad").One(ctx, s)
		if err != nil || n != 3 {
			return fmt.Errorf("%d, %w", n, err)
		}
		return s.Commit(ctx)
	}},
	{"merge, savepoints", func(s *session.Session) error {
		if _, err := session.Merge(ctx, s, &Client{ID: 2, Name: "Merged", Mood: "calm", Version: 2}); err != nil {
			return err
		}
		if err := s.Nested(ctx, func() error { s.Add(&Tag{Name: "a"}); return nil }); err == nil {
			return errors.New("a duplicate was no error")
		}
		if err := s.Nested(ctx, func() error { s.Add(&Tag{Name: "s"}); return nil }); err != nil {
			return err
		}
		return s.Commit(ctx)
	}},
	{"rolled back", func(s *session.Session) error {
		s.Add(client("Nobody"))
		return errors.Join(s.Flush(ctx), s.Rollback(ctx))
	}},
}

// state returns what a tenant has, as text.
func state(t testing.TB, r query.Runner) string {
	t.Helper()
	return strings.Join(must(query.Raw[string](`
		SELECT 'client ' || c.id || ' ' || c.name || ' ' || c.mood || ' ' || coalesce(c.code, '-') || ' ' || c.version FROM client c
		UNION ALL SELECT 'order ' || o.client_id || ' ' || o.no || ' ' || o.total || ' ' || o.note FROM "order" o
		UNION ALL SELECT 'tag ' || name FROM tag UNION ALL SELECT 'client_tag ' || ct::text FROM client_tag ct
		UNION ALL SELECT 'audit ' || what FROM audit ORDER BY 1`).All(ctx, r))(t), "\n")
}

func must[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T { t.Helper(); ok(t, err); return v }
}

// TestEveryKindOfStatement does the same in each of two schemas, in turns on the same connections, and finds the same in both: no statement
// goes astray, since nothing else has such tables.
func TestEveryKindOfStatement(t *testing.T) {
	t.Parallel()
	for _, o := range []session.Options{{}, {BeginAtOnce: true}, {Tx: pgx.TxOptions{IsoLevel: pgx.RepeatableRead}}} {
		eng := open(t, o)
		for _, d := range deeds {
			var states []string
			for _, name := range tenants {
				s := eng.SessionWith(session.TxOptions{Schema: name})
				if err := d.do(s); err != nil {
					t.Fatalf("%s in %s: %v", d.name, name, err)
				}
				ok(t, s.Close(ctx))
				states = append(states, state(t, eng.In(name)))
			}
			equal(t, d.name, states[1], states[0])
		}
		equal(t, "clients", strings.Count(state(t, eng.In("north")), "client "), 3)
	}
}

// TestOnAnEngine has what reads and what writes on an engine be in its schema.
func TestOnAnEngine(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	for i, name := range tenants {
		in := eng.In(name)
		equal(t, "schema", in.CupelSchema(), name)
		ok(t, session.BulkInsert(ctx, in, Clients, client("Ada"), client("Bob")))
		for range i {
			ok(t, session.BulkCopy(ctx, in, Tags, &Tag{Name: "copied"}))
		}
		n, err := query.Select(Clients).Count(ctx, in)
		ok(t, err)
		equal(t, "clients", n, 2)
		n, err = query.Update(Clients).Set(Clients.Name.To("Adam")).Filter(Clients.ID.Eq(1)).Exec(ctx, in)
		ok(t, err)
		equal(t, "changed", n, 1)
		_, err = query.ExecRaw(ctx, in, "INSERT INTO tag SELECT name FROM client")
		ok(t, err)
		got, err := query.Returning(query.Insert(Orders).Values(Orders.ClientID.To(1), Orders.No.To(int32(i)), Orders.Total.To(5), Orders.Note.To("")), Orders.Total).One(ctx, in)
		ok(t, err)
		equal(t, "returned", got, 5)
		loaded, err := query.Select(Clients).OrderBy(Clients.ID).Load(Clients.Orders.Load()).All(ctx, in)
		ok(t, err)
		os, err := loaded[0].Orders.All(ctx)
		ok(t, err)
		equal(t, "orders", len(os), 1)
		ok(t, session.Load(ctx, in, Orders, os))
		var out bytes.Buffer
		_, err = session.CopyTo(ctx, in, &out, query.Select2(Clients.Name, Clients.Mood).Filter(Clients.Mood.Eq("glad")).OrderBy(Clients.ID), session.CopyOptions{})
		ok(t, err)
		equal(t, "copied", out.String(), "Adam\tglad\nBob\tglad\n")
		n, err = session.CopyFrom(ctx, in, Tags, func(yield func(*Tag, error) bool) { yield(&Tag{Name: "from"}, nil) })
		ok(t, err)
		equal(t, "copied in", n, 1)
		equal(t, "tags", one[int64](t, in, "SELECT count(*) FROM tag"), int64(3+i))
		equal(t, "audit", one[int64](t, in, "SELECT count(*) FROM audit"), 3)
	}
	has, err := office.HasTable(ctx, eng, Clients)
	ok(t, err)
	equal(t, "table of nobody", has, false)
	has, err = office.HasTable(ctx, eng.In("north"), Clients)
	ok(t, err)
	equal(t, "table of north", has, true)
	var ve *model.VerifyError
	if err := office.Verify(ctx, eng); !errors.As(err, &ve) {
		t.Errorf("Verify of nobody is %v", err)
	}
}

// TestOrderOfAnEnum has the server's own order of a type that is another one in each schema, under the same name.
func TestOrderOfAnEnum(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	for range 3 {
		for i, name := range tenants {
			s := eng.SessionWith(session.TxOptions{Schema: name})
			s.Add(&Client{Name: "g", Mood: "glad"}, &Client{Name: "c", Mood: "calm"})
			ok(t, s.Flush(ctx))
			least, err := query.Select(Clients.Mood).OrderBy(Clients.Mood).First(ctx, s)
			ok(t, err)
			equal(t, "least", least, []string{"calm", "glad"}[i])
			n, err := query.Raw[int64]("SELECT count(*) FROM client WHERE mood > ?", "calm").One(ctx, s)
			ok(t, err)
			equal(t, "greater, in SQL text", n, []int64{1, 0}[i])
			n, err = query.Select(Clients).Filter(Clients.Mood.GtExpr(expr.Raw[expr.Text]("?::mood", "calm"))).Count(ctx, s)
			ok(t, err)
			equal(t, "greater, in a fragment", n, []int64{1, 0}[i])
			ok(t, s.Close(ctx))
		}
	}
}

// TestSchemaThatIsNotThere names it, and makes nothing elsewhere.
func TestSchemaThatIsNotThere(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	in := eng.In("nowhere")
	s := in.Session()
	s.Add(client("Ada"))
	for what, err := range map[string]error{
		"CreateAll": office.CreateAll(ctx, in), "Commit": s.Commit(ctx), "ExecRaw": second(query.ExecRaw(ctx, in, "CREATE TABLE stray ()")),
		"BulkInsert": session.BulkInsert(ctx, in, Clients, client("Bob")), "read": second(query.Select(Clients).All(ctx, in)),
		"BulkCopy": session.BulkCopy(ctx, in, Tags, &Tag{Name: "c"}),
	} {
		if err == nil || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	ok(t, s.Close(ctx))
	equal(t, "tables", one[int64](t, eng, "SELECT count(*) FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"), 1)
	in = eng.In("a\x00b")
	for what, err := range map[string]error{"read": second(query.Select(Clients).All(ctx, in)), "text": second(query.ExecRaw(ctx, in, "SELECT 1"))} {
		if err == nil {
			t.Errorf("%s: NUL was no error", what)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestWithinTheProgramsTransaction has its search_path be what it was once the session has ended, whichever way.
func TestWithinTheProgramsTransaction(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	for _, how := range []string{"commit", "flush and commit", "rollback", "close"} {
		tx, err := eng.Pool().Begin(ctx)
		ok(t, err)
		_, err = tx.Exec(ctx, "SET LOCAL search_path = public, pg_temp")
		ok(t, err)
		s := eng.In(tenants[1]).SessionOn(tx.Conn())
		s.Add(client(how))
		switch how {
		case "commit":
			ok(t, s.Commit(ctx))
		case "flush and commit":
			ok(t, s.Flush(ctx))
			equal(t, "in SQL text", one[int64](t, s, "SELECT count(*) FROM client"), 1)
			ok(t, s.Commit(ctx))
		case "rollback":
			ok(t, s.Flush(ctx))
			ok(t, s.Rollback(ctx))
		}
		ok(t, s.Close(ctx))
		var path string
		ok(t, tx.QueryRow(ctx, "SELECT current_setting('search_path')").Scan(&path))
		equal(t, "path after "+how, path, "public, pg_temp")
		ok(t, tx.Rollback(ctx))
	}
	var path string
	ok(t, eng.Pool().QueryRow(ctx, "SELECT current_setting('search_path')").Scan(&path))
	equal(t, "path of the pool's connections", path, `"$user", public`)
}

// TestObjectOfAnotherSchema has an object stay with the tenant that it comes from.
func TestObjectOfAnotherSchema(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	s := eng.In("north").Session()
	c := client("Ada")
	s.Add(c)
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	other := eng.In(tenants[1]).Session()
	c.Name = "Eve"
	other.Add(c)
	is(t, other.Commit(ctx), session.ErrAttach)
	ok(t, other.Close(ctx))
	again := eng.SessionWith(session.TxOptions{Schema: "north"})
	again.Add(c)
	ok(t, again.Commit(ctx))
	ok(t, again.Close(ctx))
	equal(t, "name", one[string](t, eng.In("north"), "SELECT name FROM client"), "Eve")
}

// TestTenantsAtOnce has many goroutines work for tenants on few connections.
func TestTenantsAtOnce(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	var wg sync.WaitGroup
	for g := range 8 {
		name := tenants[g%2]
		wg.Go(func() {
			for i := range 30 {
				err := eng.InTx(ctx, session.TxOptions{Schema: name}, func(s *session.Session) error {
					s.Add(&Tag{Name: fmt.Sprint(name, g, " ", i)})
					if err := s.Flush(ctx); err != nil {
						return err
					}
					n, err := query.Raw[int64]("SELECT count(*) FROM tag WHERE NOT starts_with(name, ?)", name).One(ctx, s)
					if err == nil && n > 0 {
						err = fmt.Errorf("%d tags of others", n)
					}
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
				ts, err := query.Select(Tags).Filter(Tags.Name.Like(strings.ReplaceAll(name, `"`, "_")+"%")).All(context.Background(), eng.In(name))
				all, err2 := query.Select(Tags).Count(ctx, eng.In(name))
				if err = errors.Join(err, err2); err != nil || int64(len(ts)) > all {
					t.Errorf("%d of %d tags, %v", len(ts), all, err)
					return
				}
			}
		})
	}
	wg.Wait()
	for _, name := range tenants {
		equal(t, name, one[int64](t, eng.In(name), "SELECT count(*) FROM tag WHERE starts_with(name, ?)", name), 120)
		equal(t, name, one[int64](t, eng.In(name), "SELECT count(*) FROM tag"), 120)
	}
}

// TestSchemasNested: two sessions on one connection, one within the other, each in a schema of its own.
func TestSchemasNested(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	outer, inner := eng.In(tenants[0]).SessionOn(tx.Conn()), eng.In(tenants[1]).SessionOn(tx.Conn())
	outer.Add(&Tag{Name: "o"})
	ok(t, outer.Flush(ctx))
	inner.Add(&Tag{Name: "i"}, &Tag{Name: "j"})
	ok(t, inner.Flush(ctx))
	equal(t, "inner", one[int64](t, inner, "SELECT count(*) FROM tag"), 2)
	ok(t, inner.Commit(ctx))
	ok(t, inner.Close(ctx))
	equal(t, "outer", one[int64](t, outer, "SELECT count(*) FROM tag"), 1)
	ok(t, outer.Commit(ctx))
	ok(t, outer.Close(ctx))
	var path string
	ok(t, tx.QueryRow(ctx, "SELECT current_setting('search_path')").Scan(&path))
	equal(t, "path", path, `"$user", public`)
	ok(t, tx.Rollback(ctx))
}

// TestRefusedBeforeItIsSent: a statement that the server refuses when it is asked about it has begun the transaction all the same, which is
// rolled back.
func TestRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	_, err = tx.Exec(ctx, "INSERT INTO country VALUES ('it', 'Italy')")
	ok(t, err)
	s := eng.In(tenants[0]).SessionOn(tx.Conn())
	if _, err := query.Raw[string]("SELECT name FROM tagg WHERE name = ?", "a").All(ctx, s); err == nil {
		t.Error("no error")
	}
	ok(t, s.Rollback(ctx))
	s.Add(&Tag{Name: "a"})
	ok(t, s.Commit(ctx))
	ok(t, s.Close(ctx))
	ok(t, tx.Commit(ctx))
	equal(t, "countries", one[int64](t, eng, "SELECT count(*) FROM country"), 3)
	equal(t, "tags", one[int64](t, eng.In(tenants[0]), "SELECT count(*) FROM tag"), 1)
}
