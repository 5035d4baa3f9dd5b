package expr

import (
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
)

// Like renders "x LIKE $1". In the pattern % stands for any text, _ for one character, and a backslash takes the
// special meaning from the character after it.
func (t TextOf[V, R]) Like(pattern string) Predicate { return like(ast.Like{X: t.Node()}, pattern) }

// NotLike renders "x NOT LIKE $1".
func (t TextOf[V, R]) NotLike(pattern string) Predicate {
	return like(ast.Like{X: t.Node(), Not: true}, pattern)
}

// ILike renders "x ILIKE $1": Like, with upper and lower case the same.
func (t TextOf[V, R]) ILike(pattern string) Predicate {
	return like(ast.Like{X: t.Node(), Insens: true}, pattern)
}

// NotILike renders "x NOT ILIKE $1".
func (t TextOf[V, R]) NotILike(pattern string) Predicate {
	return like(ast.Like{X: t.Node(), Insens: true, Not: true}, pattern)
}

// LikeExpr renders "x LIKE y"; with [Any], "x LIKE ANY(patterns)".
func (t TextOf[V, R]) LikeExpr(y Of[string]) Predicate { return likeExpr(ast.Like{X: t.Node()}, y) }

// NotLikeExpr renders "x NOT LIKE y"; with [All], "x NOT LIKE ALL(patterns)".
func (t TextOf[V, R]) NotLikeExpr(y Of[string]) Predicate {
	return likeExpr(ast.Like{X: t.Node(), Not: true}, y)
}

// ILikeExpr renders "x ILIKE y".
func (t TextOf[V, R]) ILikeExpr(y Of[string]) Predicate {
	return likeExpr(ast.Like{X: t.Node(), Insens: true}, y)
}

// NotILikeExpr renders "x NOT ILIKE y".
func (t TextOf[V, R]) NotILikeExpr(y Of[string]) Predicate {
	return likeExpr(ast.Like{X: t.Node(), Insens: true, Not: true}, y)
}

// LikeEscape renders "x LIKE $1 ESCAPE '/'": escape, one character, does what the backslash does in Like. An empty
// escape turns escaping off.
func (t TextOf[V, R]) LikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape}, pattern)
}

// NotLikeEscape renders "x NOT LIKE $1 ESCAPE '/'".
func (t TextOf[V, R]) NotLikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape, Not: true}, pattern)
}

// ILikeEscape renders "x ILIKE $1 ESCAPE '/'".
func (t TextOf[V, R]) ILikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape, Insens: true}, pattern)
}

// NotILikeEscape renders "x NOT ILIKE $1 ESCAPE '/'".
func (t TextOf[V, R]) NotILikeEscape(pattern, escape string) Predicate {
	return like(ast.Like{X: t.Node(), Escape: &escape, Insens: true, Not: true}, pattern)
}

// HasPrefix renders "x LIKE $1" with the argument "prefix%"; %, _ and \ in prefix stand for themselves.
func (t TextOf[V, R]) HasPrefix(prefix string) Predicate { return t.Like(escapeLike(prefix) + "%") }

// NotHasPrefix renders "x NOT LIKE $1" with the argument "prefix%".
func (t TextOf[V, R]) NotHasPrefix(prefix string) Predicate {
	return t.NotLike(escapeLike(prefix) + "%")
}

// HasSuffix renders "x LIKE $1" with the argument "%suffix"; %, _ and \ in suffix stand for themselves.
func (t TextOf[V, R]) HasSuffix(suffix string) Predicate { return t.Like("%" + escapeLike(suffix)) }

// NotHasSuffix renders "x NOT LIKE $1" with the argument "%suffix".
func (t TextOf[V, R]) NotHasSuffix(suffix string) Predicate {
	return t.NotLike("%" + escapeLike(suffix))
}

// Contains renders "x LIKE $1" with the argument "%part%"; %, _ and \ in part stand for themselves.
func (t TextOf[V, R]) Contains(part string) Predicate { return t.Like("%" + escapeLike(part) + "%") }

// NotContains renders "x NOT LIKE $1" with the argument "%part%".
func (t TextOf[V, R]) NotContains(part string) Predicate {
	return t.NotLike("%" + escapeLike(part) + "%")
}

// like is a LIKE with a Go value as its pattern; all that it takes is one allocation.
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

func likeExpr(l ast.Like, pattern Of[string]) Predicate {
	l.Pattern = ast.Of(pattern)
	return condition(ast.Boxed(l))
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
