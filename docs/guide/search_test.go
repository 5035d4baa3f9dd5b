package guide_test

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// How do I search for words?
//
// `WebSearch` takes what people write into a search box. An index on `to_tsvector('english', title)` serves it, the same text with the same configuration.
func (Questions) Search(ctx context.Context, s *session.Session) (any, error) {
	words, q := expr.ToTSVector("english", b.Title), expr.WebSearch("english", "odysseys or wizard -dune")
	return query.Select(b.Title).Filter(words.Matches(q)).OrderBy(b.ID).All(ctx, s)
}

// How do I rank what a search finds, and mark the words?
func (Questions) SearchRank(ctx context.Context, s *session.Session) (any, error) {
	words, q := expr.ToTSVector("english", b.Title), expr.PlainSearch("english", "wizard")
	mark := expr.TSHeadline("english", b.Title, q, "StartSel=*, StopSel=*")
	return query.Select(mark).Filter(words.Matches(q)).OrderBy(expr.TSRank(words, q).Desc()).All(ctx, s)
}
