package expr

import "github.com/cupel-go/cupel/internal/ast"

// The configuration of a full-text search is the name of a thing in the database, as that of a table is, and stands in the
// statement: PostgreSQL finds the index on to_tsvector('english', body) only then, whatever plan it makes. Where it is "" the
// server's default_text_search_config is taken, for which no such index can be made.

// ToTSVector renders "to_tsvector('english', x)": the words of a text, in the configuration's language. It is NULL where x is.
func ToTSVector[V ~string, R any](config string, x ValueOf[V, R]) TSVectorOf[R] {
	return searched[TSVectorOf[R]]("to_tsvector", config, ast.Of(x))
}

// ToTSVectorOfJSON renders "to_tsvector('english', x)": the words of all texts in a document.
func ToTSVectorOfJSON(config string, x JSONExpr) NullTSVector {
	return searched[NullTSVector]("to_tsvector", config, ast.Of(x))
}

// WebSearch renders "websearch_to_tsquery('english', $1)": what people write into a search box: words, "a phrase", or, -without.
// No text is an error.
func WebSearch(config, text string) TSQuery {
	return searched[TSQuery]("websearch_to_tsquery", config, lit(text))
}

// WebSearchExpr renders "websearch_to_tsquery('english', x)".
func WebSearchExpr[V ~string](config string, x Of[V]) NullTSQuery {
	return searched[NullTSQuery]("websearch_to_tsquery", config, ast.Of(x))
}

// PlainSearch renders "plainto_tsquery('english', $1)": all the words of a text. No text is an error.
func PlainSearch(config, text string) TSQuery {
	return searched[TSQuery]("plainto_tsquery", config, lit(text))
}

// PlainSearchExpr renders "plainto_tsquery('english', x)".
func PlainSearchExpr[V ~string](config string, x Of[V]) NullTSQuery {
	return searched[NullTSQuery]("plainto_tsquery", config, ast.Of(x))
}

// PhraseSearch renders "phraseto_tsquery('english', $1)": the words of a text, one behind the other. No text is an error.
func PhraseSearch(config, text string) TSQuery {
	return searched[TSQuery]("phraseto_tsquery", config, lit(text))
}

// PhraseSearchExpr renders "phraseto_tsquery('english', x)".
func PhraseSearchExpr[V ~string](config string, x Of[V]) NullTSQuery {
	return searched[NullTSQuery]("phraseto_tsquery", config, ast.Of(x))
}

// ToTSQuery renders "to_tsquery('english', $1)": a query in PostgreSQL's own language: fat & (rat | cat:*). A text that is none is an
// error of the server; what users write belongs to [WebSearch].
func ToTSQuery(config, text string) TSQuery {
	return searched[TSQuery]("to_tsquery", config, lit(text))
}

// ToTSQueryExpr renders "to_tsquery('english', x)".
func ToTSQueryExpr[V ~string](config string, x Of[V]) NullTSQuery {
	return searched[NullTSQuery]("to_tsquery", config, ast.Of(x))
}

// TSRank renders "ts_rank(v, q)": how well the words meet a query, from 0 on.
func TSRank(v VectorExpr, q SearchExpr) NullFloat32 {
	return call[NullFloat32]("ts_rank", ast.Of(v), ast.Of(q))
}

// TSRankCD renders "ts_rank_cd(v, q)": [TSRank], by how near the words are to one another.
func TSRankCD(v VectorExpr, q SearchExpr) NullFloat32 {
	return call[NullFloat32]("ts_rank_cd", ast.Of(v), ast.Of(q))
}

// TSHeadline renders "ts_headline('english', x, q, $1)": the part of a text that meets a query, with <b> and </b> around the words.
// The options, "MaxWords=9, StartSel=*, StopSel=*", may be "". The text is not escaped for HTML.
func TSHeadline[V ~string](config string, x Of[V], q SearchExpr, options string) NullText {
	args := []ast.Node{ast.Of(x), ast.Of(q)}
	if options != "" {
		args = append(args, Val(options).Node())
	}
	return searched[NullText]("ts_headline", config, args...)
}

// searched is a function of full-text search with its configuration.
func searched[K Kind[K]](name, config string, args ...ast.Node) K {
	if config != "" {
		args = append([]ast.Node{&ast.Quoted{Text: config}}, args...)
	}
	return call[K](name, args...)
}
