package expr_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
)

func TestSearch(t *testing.T) {
	c := table
	cats := expr.PlainSearch("simple", "cats")
	check(t, []golden{
		{"Matches", expr.ToTSVector("english", c.Name).Matches(expr.WebSearch("english", "cats")), "to_tsvector('english', t.name) @@ websearch_to_tsquery('english', $1)", args{"cats"}},
		{"of no configuration", expr.ToTSVector("", c.Nick).Matches(expr.WebSearch("", "cats")), "to_tsvector(t.nick) @@ websearch_to_tsquery($1)", args{"cats"}},
		{"a column", c.Terms.Matches(c.Find).Not(), "NOT t.terms @@ t.find", nil},
		{"ToTSVectorOfJSON", expr.ToTSVectorOfJSON("english", c.Doc), "to_tsvector('english', t.doc)", nil},
		{"ConcatExpr", expr.ToTSVector("simple", c.Name).SetWeight("A").ConcatExpr(c.Terms).Matches(cats), "setweight(to_tsvector('simple', t.name), 'A') || t.terms @@ plainto_tsquery('simple', $1)", args{"cats"}},
		{"AndExpr", c.Find.AndExpr(cats), "t.find && plainto_tsquery('simple', $1)", args{"cats"}},
		{"OrExpr, Not", c.Find.OrExpr(cats).Not(), "!! (t.find || plainto_tsquery('simple', $1))", args{"cats"}},
		{"Not, FollowedByExpr", c.Terms.Matches(c.Find.Not().FollowedByExpr(cats)), "t.terms @@ (!! t.find <-> plainto_tsquery('simple', $1))", args{"cats"}},
		{"PhraseSearch", expr.PhraseSearch("english", "fat cat"), "phraseto_tsquery('english', $1)", args{"fat cat"}},
		{"ToTSQuery", expr.ToTSQuery("pg_catalog.english", "cat:*"), "to_tsquery('pg_catalog.english', $1)", args{"cat:*"}},
		{"of expressions", expr.WebSearchExpr("simple", c.Name).AndExpr(expr.PlainSearchExpr("simple", c.Nick)), "websearch_to_tsquery('simple', t.name) && plainto_tsquery('simple', t.nick)", nil},
		{"of further expressions", expr.PhraseSearchExpr("simple", c.Name).AndExpr(expr.ToTSQueryExpr("simple", c.Mood)), "phraseto_tsquery('simple', t.name) && to_tsquery('simple', t.mood)", nil},
		{"TSRank", expr.TSRank(c.Terms, c.Find).Desc(), "ts_rank(t.terms, t.find) DESC", nil},
		{"TSRankCD", expr.TSRankCD(c.Terms, cats).Gt(0.5), "ts_rank_cd(t.terms, plainto_tsquery('simple', $1)) > $2", args{"cats", float32(0.5)}},
		{"TSHeadline", expr.TSHeadline("english", c.Name, c.Find, ""), "ts_headline('english', t.name, t.find)", nil},
		{"TSHeadline with options", expr.TSHeadline("english", c.Nick, c.Find, "MaxWords=9").Like("x"), "ts_headline('english', t.nick, t.find, $1::text) LIKE $2", args{"MaxWords=9", "x"}},
		{"constants", expr.Const[expr.TSVector]("'a':1").Matches(expr.Const[expr.TSQuery]("a")), "$1::tsvector @@ $2::tsquery", args{"'a':1", "a"}},
	})
	if sql, _, _ := expr.PlainSearch("o'x", "a").SQL(); sql != "plainto_tsquery('o''x', $1)" {
		t.Error(sql)
	}
}
