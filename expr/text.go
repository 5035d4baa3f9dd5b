package expr

import (
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
)

// TextOf is a text expression. V is string or a named string type, such as an enum's.
type TextOf[V ~string, R any] struct{ Value[V, R] }

// Like renders "x LIKE $1". In the pattern % stands for any text, _ for one character, and a backslash takes the
// special meaning from the character after it.
func (t TextOf[V, R]) Like(pattern string) Predicate {
	return like(ast.Like{X: t.Node()}, pattern)
}

func like(l ast.Like, pattern string) Predicate {
	c := &struct {
		ast.Like
		pattern ast.Argument[string]
		box     ast.Box
	}{Like: l}
	c.pattern.Set(pattern)
	c.Pattern = &c.pattern.Literal
	c.box.Node = &c.Like
	return condition(&c.box)
}

// NotLike renders "x NOT LIKE $1".
func (t TextOf[V, R]) NotLike(pattern string) Predicate { return t.Like(pattern).Not() }

// ILike renders "x ILIKE $1": Like, with upper and lower case the same.
func (t TextOf[V, R]) ILike(pattern string) Predicate {
	return like(ast.Like{X: t.Node(), Insens: true}, pattern)
}

// NotILike renders "x NOT ILIKE $1".
func (t TextOf[V, R]) NotILike(pattern string) Predicate { return t.ILike(pattern).Not() }

// LikeExpr renders "x LIKE y".
func (t TextOf[V, R]) LikeExpr(y Of[string]) Predicate {
	return condition(ast.Boxed(ast.Like{X: t.Node(), Pattern: ast.Of(y)}))
}

// ILikeExpr renders "x ILIKE y".
func (t TextOf[V, R]) ILikeExpr(y Of[string]) Predicate {
	return condition(ast.Boxed(ast.Like{X: t.Node(), Pattern: ast.Of(y), Insens: true}))
}

// LikeEscape renders "x LIKE $1 ESCAPE '/'": escape, one character, does what the backslash does in Like. An empty
// escape turns escaping off.
func (t TextOf[V, R]) LikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape}, pattern)
}

// ILikeEscape is LikeEscape with ILIKE.
func (t TextOf[V, R]) ILikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape, Insens: true}, pattern)
}

// HasPrefix renders "x LIKE $1" with the argument "prefix%"; %, _ and \ in prefix stand for themselves.
func (t TextOf[V, R]) HasPrefix(prefix string) Predicate { return t.Like(escapeLike(prefix) + "%") }

// HasSuffix renders "x LIKE $1" with the argument "%suffix"; %, _ and \ in suffix stand for themselves.
func (t TextOf[V, R]) HasSuffix(suffix string) Predicate { return t.Like("%" + escapeLike(suffix)) }

// Contains renders "x LIKE $1" with the argument "%part%"; %, _ and \ in part stand for themselves.
func (t TextOf[V, R]) Contains(part string) Predicate { return t.Like("%" + escapeLike(part) + "%") }

// HasPrefixExpr renders "starts_with(x, y)": nothing in y is special.
func (t TextOf[V, R]) HasPrefixExpr(y Of[string]) Predicate {
	return predicate(&ast.Call{Name: "starts_with", Args: []ast.Node{t.Node(), ast.Of(y)}})
}

// HasSuffixExpr renders "right(x, length(y)) = y": nothing in y is special.
func (t TextOf[V, R]) HasSuffixExpr(y Of[string]) Predicate {
	length := &ast.Call{Name: "length", Args: []ast.Node{ast.Of(y)}}
	return predicate(ast.Compare("=", &ast.Call{Name: "right", Args: []ast.Node{t.Node(), length}}, ast.Of(y)))
}

// ContainsExpr renders "strpos(x, y) > 0": nothing in y is special.
func (t TextOf[V, R]) ContainsExpr(y Of[string]) Predicate {
	at := &ast.Call{Name: "strpos", Args: []ast.Node{t.Node(), ast.Of(y)}}
	return predicate(ast.Compare(">", at, &ast.Keyword{Text: "0"}))
}

// escapeLike takes the special meaning from %, _ and \.
func escapeLike(s string) string {
	if !strings.ContainsAny(s, `%_\`) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(`%_\`, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Match renders "x ~ $1": PostgreSQL's regular expression.
func (t TextOf[V, R]) Match(re string) Predicate {
	return predicate(ast.Operator("~", t.Node(), lit(re)))
}

// IMatch renders "x ~* $1": Match, with upper and lower case the same.
func (t TextOf[V, R]) IMatch(re string) Predicate {
	return predicate(ast.Operator("~*", t.Node(), lit(re)))
}

// Concat renders "x || $1". It is NULL where x is NULL.
func (t TextOf[V, R]) Concat(s string) TextOf[V, R] {
	return TextOf[V, R]{wrap[V, R](ast.Operator("||", t.Node(), lit(s)))}
}

// ConcatExpr renders "x || y". It is NULL where either is NULL.
func (t TextOf[V, R]) ConcatExpr(y Expression) TextOf[V, *V] {
	return TextOf[V, *V]{wrap[V, *V](ast.Operator("||", t.Node(), ast.Typed(ast.Of(y), "text")))}
}

// Collate renders `x COLLATE "name"`: the order and equality of texts in comparisons and ORDER BY.
func (t TextOf[V, R]) Collate(name string) TextOf[V, R] {
	return TextOf[V, R]{wrap[V, R](&ast.Collate{X: t.Node(), Name: name})}
}
