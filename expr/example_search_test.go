package expr_test

import (
	"net/netip"

	"github.com/cupel-go/cupel/expr"
)

// How do I make a search of what a user wrote? WebSearch takes everything; the others are stricter.
func ExampleWebSearch() {
	t := Items
	show(t.Words.Matches(expr.WebSearch("english", `"black cat" or dog -bird`)), t.Words.Matches(t.Wanted))
	show(expr.PlainSearch("english", "black cat"), expr.PhraseSearch("english", "black cat"), expr.ToTSQuery("english", "black & cat:*"))
	show(t.Wanted.AndExpr(expr.PlainSearch("english", "cat")), t.Wanted.OrExpr(t.Wanted), t.Wanted.Not(), t.Wanted.FollowedByExpr(t.Wanted))
	// Output:
	// item.words @@ websearch_to_tsquery('english', $1)
	// item.words @@ item.wanted
	// plainto_tsquery('english', $1)
	// phraseto_tsquery('english', $1)
	// to_tsquery('english', $1)
	// item.wanted && plainto_tsquery('english', $1)
	// item.wanted || item.wanted
	// !! item.wanted
	// item.wanted <-> item.wanted
}

// How do I rank what is found, and mark the words?
func ExampleTSRank() {
	t := Items
	cat := expr.PlainSearch("english", "cat")
	show(expr.TSRank(t.Words, cat), expr.TSRankCD(t.Words, cat), expr.TSHeadline("english", t.Name, cat, "MaxWords=9"))
	// Output:
	// ts_rank(item.words, plainto_tsquery('english', $1))
	// ts_rank_cd(item.words, plainto_tsquery('english', $1))
	// ts_headline('english', item.name, plainto_tsquery('english', $1), $2::text)
}

// How do I count the words of a title more than others?
func ExampleTSVectorOf_SetWeight() {
	t := Items
	show(expr.ToTSVector("english", t.Name).SetWeight("A").ConcatExpr(t.Words), expr.ToTSVectorOfJSON("english", t.Attrs))
	// Output:
	// setweight(to_tsvector('english', item.name), 'A') || item.words
	// to_tsvector('english', item.attrs)
}

// How do I search addresses and networks?
func ExampleNetworkOf_ContainedBy() {
	t := Items
	ten := netip.MustParsePrefix("10.0.0.0/8")
	show(t.IP.ContainedBy(ten), t.Net.Contains(ten), t.Net.Overlaps(ten), t.Net.StrictlyContainedBy(ten), t.Net.StrictlyContains(ten))
	show(expr.Host(t.IP), expr.MaskLen(t.Net), expr.AddrFamily(t.IP), expr.NetworkPart(t.Net))
	// Output:
	// item.ip <<= $1::inet
	// item.net >>= $1::inet
	// item.net && $1::inet
	// item.net << $1::inet
	// item.net >> $1::inet
	// host(item.ip)
	// masklen(item.net)
	// family(item.ip)
	// network(item.net)
}
