package expr

import (
	"fmt"
	"strings"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
)

// Func renders "name(x, y)": any function of the database, read as a V, nil where it is NULL. The name may have a
// schema before it. Go values go in through [Val].
func Func[V any](name string, args ...Expression) Value[V, *V] {
	if !functionName(name) {
		return wrap[V, *V](&ast.Bad{Err: badText("function name", name)})
	}
	return wrap[V, *V](&ast.Call{Name: name, Args: nodes(args)})
}

// Op renders "x op y" with any operator of the database: Op[int64](o.Quantity, "&", expr.Val[int64](3)).
func Op[V any](x Expression, op string, y Expression) Value[V, *V] {
	if op == "" || strings.Trim(op, "+-*/<>=~!@#%^&|`?") != "" || strings.Contains(op, "--") || strings.Contains(op, "/*") {
		return wrap[V, *V](&ast.Bad{Err: badText("operator", op)})
	}
	return wrap[V, *V](ast.Operator(op, ast.Of(x), ast.Of(y)))
}

// functionName tells whether name is letters, digits and underscores, with dots between.
func functionName(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if part == "" || strings.TrimFunc(part, wordRune) != "" || part[0] >= '0' && part[0] <= '9' {
			return false
		}
	}
	return true
}

// typeName tells whether name has only what a type can have: words, a size, [], a schema, quotes around a name.
func typeName(name string) bool {
	rest := strings.TrimFunc(name, func(r rune) bool { return wordRune(r) || strings.ContainsRune(` .,()[]"`, r) })
	return rest == "" && strings.TrimSpace(name) != "" && strings.Count(name, "(") == strings.Count(name, ")")
}

func wordRune(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func badText(what, text string) error { return fmt.Errorf("%w %s: %q", ErrText, what, text) }

// Now renders "now()": the time at which the transaction began.
func Now() TimeOf[time.Time] {
	return TimeOf[time.Time]{wrap[time.Time, time.Time](&ast.Call{Name: "now"})}
}

// CurrentDate renders "CURRENT_DATE": the day on which the transaction began, in the connection's time zone.
func CurrentDate() DateOf[time.Time] {
	return DateOf[time.Time]{TimeOf[time.Time]{wrap[time.Time, time.Time](&ast.Keyword{Text: "CURRENT_DATE"})}}
}

// Lower renders "lower(x)".
func Lower[V ~string, R any](x TextOf[V, R]) TextOf[V, R] { return textCall(x, "lower") }

// Upper renders "upper(x)".
func Upper[V ~string, R any](x TextOf[V, R]) TextOf[V, R] { return textCall(x, "upper") }

// Trim renders "trim(x)": without blanks at both ends.
func Trim[V ~string, R any](x TextOf[V, R]) TextOf[V, R] { return textCall(x, "trim") }

// Substr renders "substr(x, $1, $2)": n characters from the one at position from, which counts from 1. A negative n is
// an error of the server.
func Substr[V ~string, R any](x TextOf[V, R], from, n int32) TextOf[V, R] {
	return textCall(x, "substr", Val(from).Node(), Val(n).Node())
}

func textCall[V ~string, R any](x TextOf[V, R], name string, more ...ast.Node) TextOf[V, R] {
	return TextOf[V, R]{wrap[V, R](&ast.Call{Name: name, Args: append([]ast.Node{ast.Of(x)}, more...)})}
}

// Length renders "length(x)": the number of characters.
func Length[V ~string](x Of[V]) NumberOf[int64, *int64] {
	return number[int64, *int64](&ast.Call{Name: "length", Args: []ast.Node{ast.Of(x)}})
}

// Concat renders "concat(x, y, …)", which leaves NULLs out and is never NULL itself. Compare [TextOf.ConcatExpr].
func Concat(xs ...Expression) TextOf[string, string] {
	return TextOf[string, string]{wrap[string, string](&ast.Call{Name: "concat", Args: nodes(xs)})}
}

// Abs renders "abs(x)".
func Abs[V, R any](x NumberOf[V, R]) NumberOf[V, R] {
	return number[V, R](&ast.Call{Name: "abs", Args: []ast.Node{ast.Of(x)}})
}

// StringAgg renders "string_agg(x, $1)": the texts that are not NULL, with sep between; nil when there is none. See
// [Aggregate.OrderBy].
func StringAgg[V ~string](x Of[V], sep string) Aggregate[string, *string] {
	return aggregate[string, *string](ast.Call{Name: "string_agg", Args: []ast.Node{ast.Of(x), Val(sep).Node()}})
}

// ArrayAgg renders "array_agg(x)": the values, NULLs too, as an array; nil when there is no row.
func ArrayAgg[V any](x Of[V]) Aggregate[[]*V, []*V] {
	return aggregate[[]*V, []*V](ast.Call{Name: "array_agg", Args: []ast.Node{ast.Of(x)}})
}

// OrderBy has the aggregate take the values in order: "string_agg(x, $1 ORDER BY y)".
func (a Aggregate[V, R]) OrderBy(keys ...Sortable) Aggregate[V, R] {
	c := a.call()
	c.OrderBy = nil
	for _, k := range keys {
		c.OrderBy = append(c.OrderBy, ast.Of(k))
	}
	return aggregate[V, R](c)
}
