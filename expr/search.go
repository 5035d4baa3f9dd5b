package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
)

// Columns of full-text search.
type (
	TSVector     = TSVectorOf[string] // tsvector
	NullTSVector = TSVectorOf[*string]
	TSQuery      = TSQueryOf[string] // tsquery
	NullTSQuery  = TSQueryOf[*string]
)

func (TSVectorOf[R]) with(b *ast.Box) (k TSVectorOf[R]) { k.box = b; return k }
func (TSVectorOf[R]) notNull(b *ast.Box) TSVector       { return boxed[TSVector](b) }
func (TSVectorOf[R]) maybeNull(b *ast.Box) NullTSVector { return boxed[NullTSVector](b) }
func (TSVectorOf[R]) vector()                           {}

func (TSVectorOf[R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[string](), reflect.TypeFor[R]()).as("tsvector")
}

func (TSQueryOf[R]) with(b *ast.Box) (k TSQueryOf[R]) { k.box = b; return k }
func (TSQueryOf[R]) notNull(b *ast.Box) TSQuery       { return boxed[TSQuery](b) }
func (TSQueryOf[R]) maybeNull(b *ast.Box) NullTSQuery { return boxed[NullTSQuery](b) }
func (TSQueryOf[R]) search()                          {}

func (TSQueryOf[R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[string](), reflect.TypeFor[R]()).as("tsquery")
}

// VectorExpr is a tsvector, whether it may be NULL or not.
type VectorExpr interface {
	Expression
	vector()
}

// SearchExpr is a tsquery, whether it may be NULL or not.
type SearchExpr interface {
	Expression
	search()
}

// Matches renders "x @@ q": whether the words are as a query wants them.
//
//	expr.ToTSVector("english", d.Body).Matches(expr.WebSearch("english", "cats -dogs"))
//	// to_tsvector('english', doc.body) @@ websearch_to_tsquery('english', $1)
//
// An index on the tsvector as it is written, the configuration included, serves it.
func (v TSVectorOf[R]) Matches(q SearchExpr) Predicate {
	return operation[Predicate](v.box, "@@", ast.Of(q))
}

// ConcatExpr renders "x || y": the words of both, those of y behind those of x. It is NULL where either is NULL.
func (v TSVectorOf[R]) ConcatExpr(y VectorExpr) NullTSVector {
	return operation[NullTSVector](v.box, "||", ast.Of(y))
}

// SetWeight renders "setweight(x, 'A')": all words with the weight A, B, C or D, by which [TSRank] counts them. Another letter
// is an error of the server.
func (v TSVectorOf[R]) SetWeight(weight string) TSVectorOf[R] {
	return call[TSVectorOf[R]]("setweight", v.Node(), &ast.Quoted{Text: weight})
}

// AndExpr renders "x && y": what meets both queries.
func (q TSQueryOf[R]) AndExpr(y SearchExpr) NullTSQuery {
	return operation[NullTSQuery](q.box, "&&", ast.Of(y))
}

// OrExpr renders "x || y": what meets either query.
func (q TSQueryOf[R]) OrExpr(y SearchExpr) NullTSQuery {
	return operation[NullTSQuery](q.box, "||", ast.Of(y))
}

// FollowedByExpr renders "x <-> y": what meets y directly behind what meets x.
func (q TSQueryOf[R]) FollowedByExpr(y SearchExpr) NullTSQuery {
	return operation[NullTSQuery](q.box, "<->", ast.Of(y))
}

// Not renders "!! x": what does not meet the query.
func (q TSQueryOf[R]) Not() TSQueryOf[R] {
	return boxed[TSQueryOf[R]](ast.Boxed(ast.Sign{Op: "!! ", X: q.Node()}))
}
