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

// Op renders "x op y" with any operator of the database: Op[int64](o.Quantity, "&", expr.Val[int64](3)). It is also for
// operands of different Go types: Op[string](l.Qty, "*", l.UnitPrice). PostgreSQL's precedence is known.
func Op[V any](x Expression, op string, y Expression) Value[V, *V] {
	if op == "" || strings.Trim(op, "+-*/<>=~!@#%^&|`?") != "" || strings.Contains(op, "--") || strings.Contains(op, "/*") {
		return wrap[V, *V](&ast.Bad{Err: badText("operator", op)})
	}
	build := ast.Operator
	switch op {
	case "+", "-", "*", "/", "%", "^":
		build = ast.Arith
	case "=", "<>", "!=", "<", "<=", ">", ">=":
		build = ast.Compare
	}
	return wrap[V, *V](build(op, ast.Of(x), ast.Of(y)))
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

// CurrentTimestamp renders "CURRENT_TIMESTAMP", which is now().
func CurrentTimestamp() TimeOf[time.Time] {
	return TimeOf[time.Time]{wrap[time.Time, time.Time](&ast.Keyword{Text: "CURRENT_TIMESTAMP"})}
}

// CurrentDate renders "CURRENT_DATE": the day on which the transaction began, in the connection's time zone.
func CurrentDate() DateOf[time.Time] {
	return DateOf[time.Time]{TimeOf[time.Time]{wrap[time.Time, time.Time](&ast.Keyword{Text: "CURRENT_DATE"})}}
}
