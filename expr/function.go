package expr

import (
	"fmt"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
)

// Func renders "name(x, y)": any function of the database, aggregates too, as the kind that the caller names. The name may
// have a schema before it. Go values go in through [Val].
//
//	expr.Func[expr.NullText]("to_hex", c.ID).Like("f%")            // to_hex(customer.id) LIKE $1
//	expr.Func[expr.Text]("repeat", c.Name, expr.Val(2))            // repeat(customer.name, $1::integer)
//	expr.Func[expr.NullFloat]("stddev", o.Weight, expr.Distinct()) // stddev(DISTINCT orders.weight)
//	expr.Func[expr.NullFloat]("percentile_cont", expr.Val(0.5), expr.WithinGroup(o.Weight))
//	                                         // percentile_cont($1::double precision) WITHIN GROUP (ORDER BY orders.weight)
func Func[K Kind[K]](name string, args ...Argument) K {
	if !functionName(name) {
		return made[K](&ast.Bad{Err: badText("function name", name)})
	}
	c := ast.Call{Name: name, Args: make([]ast.Node, 0, len(args))}
	return boxed[K](modified(ast.Boxed(c), args))
}

// functionName reports whether name is letters, digits and underscores, with dots between.
func functionName(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if part == "" || strings.TrimFunc(part, wordRune) != "" || part[0] >= '0' && part[0] <= '9' {
			return false
		}
	}
	return true
}

// typeName reports whether name has only what a type can have: words, a size, [], a schema, quotes around a name.
// Parentheses are closed and hold no others.
func typeName(name string) bool {
	var open, quoted bool
	for _, r := range name {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted && wordRune(r), quoted && strings.ContainsRune(" .-", r):
		case r == '(' && !open:
			open = true
		case r == ')' && open:
			open = false
		case open && (wordRune(r) || strings.ContainsRune(" ,-", r)): // numeric(3, -2), geometry(Point, 4326)
		case !open && (wordRune(r) || strings.ContainsRune(" .[]", r)):
		default:
			return false
		}
	}
	return !open && !quoted && strings.TrimSpace(name) != "" && !strings.Contains(name, "--")
}

func wordRune(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func badText(what, text string) error { return fmt.Errorf("%s: %w: %q", what, ErrText, text) }

// Cast renders "CAST(x AS sqlType)" as the kind that the caller names: Cast[expr.Decimal](o.Qty, "numeric(10, 2)"). The type is
// SQL text of the program's own; a text that cannot be a type is an error of the statement.
func Cast[K Kind[K]](x Expression, sqlType string) K {
	if !typeName(sqlType) {
		return made[K](&ast.Bad{Err: badText("type", sqlType)})
	}
	return boxed[K](ast.Boxed(ast.Cast{X: ast.Of(x), Type: sqlType}))
}

// CastTo is Cast to the SQL type that the kind stands for: CastTo[expr.Text](c.ID).Like("1%") renders
// "CAST(customer.id AS text) LIKE $1".
func CastTo[K Kind[K]](x Expression) K {
	var k K
	return Cast[K](x, k.kind().SQLType)
}
