package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func (TextOf[V, R]) with(b *ast.Box) (k TextOf[V, R])       { k.box = b; return k }
func (TextOf[V, R]) notNull(b *ast.Box) (k TextOf[V, V])    { k.box = b; return k }
func (TextOf[V, R]) maybeNull(b *ast.Box) (k TextOf[V, *V]) { k.box = b; return k }

// Concat renders "x || $1". It is NULL where x is NULL.
func (t TextOf[V, R]) Concat(s string) TextOf[V, R] {
	return operated[TextOf[V, R]]("||", sqlw.PrecOther, t.Node(), s)
}

// ConcatExpr renders "x || y". It is NULL where either is NULL.
func (t TextOf[V, R]) ConcatExpr(y Expression) TextOf[V, *V] {
	b := ast.Binary{Op: "||", Bind: sqlw.PrecOther, L: t.Node(), R: ast.Typed(ast.Of(y), "text")}
	return boxed[TextOf[V, *V]](ast.Boxed(b))
}

// Collate renders `x COLLATE "name"`: the order and equality of texts in comparisons and ORDER BY.
func (t TextOf[V, R]) Collate(name string) TextOf[V, R] {
	return boxed[TextOf[V, R]](ast.Boxed(ast.Collate{X: t.Node(), Name: name}))
}

// Match renders "x ~ $1": PostgreSQL's regular expression.
func (t TextOf[V, R]) Match(re string) Predicate {
	return operated[Predicate]("~", sqlw.PrecOther, t.Node(), re)
}

// NotMatch renders "x !~ $1".
func (t TextOf[V, R]) NotMatch(re string) Predicate {
	return operated[Predicate]("!~", sqlw.PrecOther, t.Node(), re)
}

// IMatch renders "x ~* $1": Match, with upper and lower case the same.
func (t TextOf[V, R]) IMatch(re string) Predicate {
	return operated[Predicate]("~*", sqlw.PrecOther, t.Node(), re)
}

// NotIMatch renders "x !~* $1".
func (t TextOf[V, R]) NotIMatch(re string) Predicate {
	return operated[Predicate]("!~*", sqlw.PrecOther, t.Node(), re)
}

// MatchExpr renders "x ~ y".
func (t TextOf[V, R]) MatchExpr(y Of[string]) Predicate { return t.match("~", y) }

// NotMatchExpr renders "x !~ y".
func (t TextOf[V, R]) NotMatchExpr(y Of[string]) Predicate { return t.match("!~", y) }

// IMatchExpr renders "x ~* y".
func (t TextOf[V, R]) IMatchExpr(y Of[string]) Predicate { return t.match("~*", y) }

// NotIMatchExpr renders "x !~* y".
func (t TextOf[V, R]) NotIMatchExpr(y Of[string]) Predicate { return t.match("!~*", y) }

func (t TextOf[V, R]) match(op string, y Of[string]) Predicate {
	return condition(ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecOther, L: t.Node(), R: ast.Of(y)}))
}

// HasPrefixExpr renders "starts_with(x, y)": nothing in y is special.
func (t TextOf[V, R]) HasPrefixExpr(y Of[string]) Predicate {
	return call[Predicate]("starts_with", t.Node(), ast.Of(y))
}

// NotHasPrefixExpr renders "NOT starts_with(x, y)".
func (t TextOf[V, R]) NotHasPrefixExpr(y Of[string]) Predicate { return t.HasPrefixExpr(y).Not() }

// HasSuffixExpr renders "right(x, length(y)) = y": nothing in y is special.
func (t TextOf[V, R]) HasSuffixExpr(y Of[string]) Predicate { return t.suffixed("=", y) }

// NotHasSuffixExpr renders "right(x, length(y)) <> y".
func (t TextOf[V, R]) NotHasSuffixExpr(y Of[string]) Predicate { return t.suffixed("<>", y) }

func (t TextOf[V, R]) suffixed(op string, y Of[string]) Predicate {
	length := &ast.Call{Name: "length", Args: []ast.Node{ast.Of(y)}}
	end := &ast.Call{Name: "right", Args: []ast.Node{t.Node(), length}}
	return predicate(ast.Compare(op, end, ast.Of(y)))
}

// ContainsExpr renders "strpos(x, y) > 0": nothing in y is special.
func (t TextOf[V, R]) ContainsExpr(y Of[string]) Predicate { return t.found(">", y) }

// NotContainsExpr renders "strpos(x, y) = 0".
func (t TextOf[V, R]) NotContainsExpr(y Of[string]) Predicate { return t.found("=", y) }

func (t TextOf[V, R]) found(op string, y Of[string]) Predicate {
	at := &ast.Call{Name: "strpos", Args: []ast.Node{t.Node(), ast.Of(y)}}
	return predicate(ast.Compare(op, at, &ast.Keyword{Text: "0"}))
}
