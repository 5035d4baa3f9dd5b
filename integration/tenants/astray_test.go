package tenants_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestDropAllElsewhere drops what a tenant has, and not the tables of those names that the search_path has besides.
func TestDropAllElsewhere(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	ok(t, eng.ExecAll(ctx, []string{
		"CREATE SCHEMA none", "CREATE TABLE tag (name text)", "INSERT INTO tag VALUES ('public')", `CREATE TABLE "order" (no integer)`,
		"CREATE TABLE client (id bigint)", "CREATE TABLE client_tag (client_id bigint)", `ALTER TABLE "So""uth /* 7".client DROP CONSTRAINT client_code_fkey`,
	}))
	for _, name := range []string{tenants[0], tenants[0], "none"} {
		ok(t, office.DropAll(ctx, eng.In(name)))
		has, err := office.HasTable(ctx, eng.In(name), Tags)
		ok(t, err)
		equal(t, "table of "+name, has, false)
		equal(t, "tags of nobody", one[int64](t, eng, "SELECT count(*) FROM public.tag"), 1)
		equal(t, "tags of the other", one[int64](t, eng.In(tenants[1]), "SELECT count(*) FROM tag"), 0)
	}
}

// TestLongName: PostgreSQL cuts a name that is too long, and would take another tenant's schema for it.
func TestLongName(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	name := strings.Repeat("n", 61) + "é" // 63 bytes
	make1(t, eng, name, 0)
	ok(t, session.BulkInsert(ctx, eng.In(name), Tags, &Tag{Name: "a"}))
	in := eng.In(name + "2")
	s := in.Session()
	s.Add(&Tag{Name: "b"})
	for what, err := range map[string]error{
		"read": second(query.Select(Tags).All(ctx, in)), "text": second(query.ExecRaw(ctx, in, "DELETE FROM tag")), "ExecAll": in.ExecAll(ctx, []string{"DELETE FROM tag"}),
		"CreateAll": office.CreateAll(ctx, in), "BulkInsert": session.BulkInsert(ctx, in, Tags, &Tag{Name: "c"}), "Commit": s.Commit(ctx), "lock": s.AdvisoryLock(ctx, 1),
		"DropAll": office.DropAll(ctx, in), "BulkCopy": session.BulkCopy(ctx, in, Tags, &Tag{Name: "d"}), "prepared": second(byMood.With("glad").All(ctx, in)),
	} {
		is(t, err, expr.ErrIdentifier)
		if err != nil && !strings.Contains(err.Error(), name+"2") {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	ok(t, s.Close(ctx))
	equal(t, "tags", one[int64](t, eng.In(name), "SELECT count(*) FROM tag"), 1)
}

// TestEngineOfSession: what asks a session for its engine, a hook, is in the session's schema there too.
func TestEngineOfSession(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	equal(t, "schema", eng.SessionWith(session.TxOptions{Schema: "north"}).Engine().CupelSchema(), "north")
	equal(t, "schema", eng.In(tenants[1]).SessionWith(session.TxOptions{Schema: "north"}).Engine().CupelSchema(), "north")
	equal(t, "schema", eng.In("north").SessionWith(session.TxOptions{}).Engine().CupelSchema(), "north")
	equal(t, "engine", eng.SessionWith(session.TxOptions{}).Engine(), eng)
}

// TestReportOfTenants: what has a transaction look in a schema is no statement of the program's.
func TestReportOfTenants(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	watched, report := session.Watch(ctx)
	for _, name := range []string{"north", tenants[1], "public"} {
		_, err := query.ExecRaw(watched, eng.In(name), "SELECT 1")
		ok(t, err)
	}
	tx, err := eng.Pool().Begin(ctx)
	ok(t, err)
	s := eng.In("north").SessionOn(tx.Conn())
	s.Add(&Tag{Name: "a"})
	ok(t, s.Commit(watched))
	ok(t, s.Close(ctx))
	ok(t, tx.Rollback(ctx))
	sum := report.Summary()
	equal(t, "statements", sum.Statements, 4)
	equal(t, "one by one", len(sum.OneByOne()), 0)
}

// TestManyToManyBeginsNothing: a lazy list needs no transaction, of whatever kind it is.
func TestManyToManyBeginsNothing(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	for _, n := range []int{1, 2} {
		s := eng.In(tenants[n-1]).Session()
		for range n {
			c := client("Ada")
			c.Tags.Add(&Tag{Name: string(rune('a' + len(s.New())))})
			s.Add(c)
		}
		ok(t, s.Commit(ctx))
		ok(t, s.Close(ctx))
		cs, err := query.Select(Clients).All(ctx, s.Engine().Session())
		ok(t, err)
		equal(t, "clients", len(cs), n)
		s = eng.In(tenants[n-1]).Session()
		cs, err = query.Select(Clients).All(ctx, s)
		ok(t, err)
		tags, err := cs[0].Tags.All(ctx)
		ok(t, err)
		equal(t, "tags", len(tags), 1)
		equal(t, "in a transaction", s.InTransaction(), false)
		ok(t, s.Close(ctx))
	}
}

// TestChained: SQL text that ends the transaction and begins another one leaves no search_path, so that nothing more is sent.
func TestChained(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	ok(t, eng.ExecAll(ctx, []string{"CREATE TABLE tag (name text)", "INSERT INTO tag VALUES ('public')"}))
	for i, sql := range []string{"COMMIT AND CHAIN", "rollback work and\nchain"} {
		for _, home := range []string{"north", ""} {
			s := eng.In(home).Session()
			s.Add(&Tag{Name: sql})
			ok(t, s.Flush(ctx))
			_, err := query.ExecRaw(ctx, s, sql)
			ok(t, err)
			_, err = query.Raw[string]("SELECT name FROM tag").All(ctx, s)
			is(t, err, session.ErrTransactionEnded)
			s.Add(&Tag{Name: "more"})
			if err := s.Commit(ctx); err == nil {
				t.Error("Commit was no error")
			}
			ok(t, s.Rollback(ctx))
			s.Add(&Tag{Name: fmt.Sprint("after", i)})
			ok(t, s.Commit(ctx))
			ok(t, s.Close(ctx))
		}
	}
	s := eng.In("north").Session()
	_, err := query.ExecRaw(ctx, s, "SAVEPOINT a")
	ok(t, err)
	_, err = query.ExecRaw(ctx, s, "ROLLBACK TO a")
	ok(t, err)
	_, err = query.ExecRaw(ctx, s, "ROLLBACK AND NO CHAIN")
	ok(t, err)
	is(t, s.Commit(ctx), session.ErrTransactionEnded)
	ok(t, s.Close(ctx))
	equal(t, "tags of north", one[string](t, eng.In("north"), "SELECT string_agg(name, ', ' ORDER BY name) FROM tag"), "COMMIT AND CHAIN, after0, after1")
	equal(t, "tags of nobody", one[string](t, eng, "SELECT string_agg(name, ', ' ORDER BY name) FROM tag"), "COMMIT AND CHAIN, after0, after1, public")
}
