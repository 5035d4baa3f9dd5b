package tenants_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestChangedTable: a statement whose types are others by now is described anew where the tenant's tables are, whatever has that name elsewhere.
func TestChangedTable(t *testing.T) {
	t.Parallel()
	for _, elsewhere := range []string{"", "CREATE TABLE public.num (n integer)", "CREATE TABLE public.num (n text)"} {
		eng := open(t, session.Options{})
		if elsewhere != "" {
			ok(t, eng.ExecAll(ctx, []string{elsewhere}))
		}
		in := eng.In(tenants[1])
		ok(t, in.ExecAll(ctx, []string{"CREATE TABLE num (n integer)", "INSERT INTO num VALUES (1)"}))
		for i := range 6 {
			s := in.Session()
			for _, r := range []query.Runner{s, in} {
				ns, err := query.Raw[int64]("SELECT n FROM num WHERE n <= ?", 5).All(ctx, r)
				if err != nil || len(ns) != 1 || ns[0] != 1 {
					t.Errorf("%q, %d: %v, %v", elsewhere, i, ns, err)
				}
				ok(t, s.Close(ctx))
			}
			if i == 2 {
				ok(t, in.ExecAll(ctx, []string{"ALTER TABLE num ALTER n TYPE bigint"}))
			}
		}
	}
}

// TestNamesInExpressions: what the server looks for by name, a type, a collation, a configuration of full-text search, is the tenant's own, in what only
// reads too, and on tables that all share, whose statements have no name of a tenant's.
func TestNamesInExpressions(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	ok(t, eng.ExecAll(ctx, []string{"CREATE TYPE mood AS ENUM ('glad', 'calm')", "CREATE TEXT SEARCH CONFIGURATION words (COPY = simple)"}))
	for i, name := range tenants {
		ok(t, eng.In(name).ExecAll(ctx, []string{
			`CREATE COLLATION own FROM "C"`, "CREATE TEXT SEARCH CONFIGURATION words (COPY = " + []string{"english", "simple"}[i] + ")",
			"INSERT INTO client (name, mood, version) VALUES ('cats', 'glad', 1), ('dogs', 'calm', 1)",
		}))
	}
	mood := func(x expr.Expression) expr.Text { return expr.Cast[expr.Text](x, "mood") }
	calmIsLess := mood(expr.Val("calm")).LtExpr(mood(expr.Val("glad")))
	isWord := expr.ToTSVector("words", expr.Val("cats")).Matches(expr.WebSearch("words", "cat"))
	isEnglish := expr.ToTSVector("english", Clients.Name).Matches(expr.WebSearch("english", "cat"))
	for range 2 {
		for i, name := range tenants {
			s, flushed := eng.In(name).Session(), eng.In(name).Session()
			flushed.Add(&Tag{Name: "a"})
			ok(t, flushed.Flush(ctx))
			for _, r := range []query.Runner{eng.In(name), s, flushed} {
				count := func(what string, n int64, err error, want int64) {
					t.Helper()
					if err != nil || n != want {
						t.Errorf("%s, %s, %T: %d, want %d, %v", name, what, r, n, want, err)
					}
				}
				n, err := query.Select(Clients).Filter(mood(Clients.Mood).LtExpr(mood(expr.Val("glad")))).Count(ctx, r)
				count("type", n, err, int64(1-i))
				n, err = query.Select(Countries).Filter(calmIsLess).Count(ctx, r)
				count("type, shared table", n, err, int64(2-2*i))
				n, err = query.Select(Countries).Filter(isWord).Count(ctx, r)
				count("configuration, shared table", n, err, int64(2-2*i))
				n, err = query.Select(Clients).Filter(Clients.Name.Collate("own").Gt("cats")).Count(ctx, r)
				count("collation", n, err, 1)
			}
			ok(t, s.Close(ctx))
			ok(t, flushed.Close(ctx))
			s = eng.In(name).Session()
			n, err := query.Select(Clients).Filter(isEnglish, Clients.Name.Collate("C").Gt("")).Count(ctx, s)
			ok(t, err)
			equal(t, "english", n, 1)
			equal(t, "a transaction for PostgreSQL's own", s.InTransaction(), false)
			ok(t, s.Close(ctx))
		}
	}
}

// TestNamesInWrites is that of the statements of a flush on a table that all share.
func TestNamesInWrites(t *testing.T) {
	t.Parallel()
	eng := open(t, session.Options{})
	for range 2 {
		for i, name := range tenants {
			s := eng.In(name).Session()
			s.Add(&Tag{Name: "a"})
			ok(t, s.Flush(ctx)) // a transaction that cannot begin anew
			de, err := session.Get(ctx, s, Countries, "de")
			ok(t, err)
			s.Set(de, Countries.Name.ToExpr(expr.Raw[expr.Text]("(SELECT CASE WHEN m < 'glad' THEN 'less' ELSE 'more' END FROM (SELECT ?::mood AS m) x)", "calm")))
			ok(t, s.Flush(ctx))
			equal(t, name, de.Name, []string{"less", "more"}[i])
			ok(t, s.Close(ctx))
		}
	}
}
