package expr

import (
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Op renders "x op y" with any operator of the database, as the kind that the caller names:
//
//	expr.Op[expr.NullInt](o.Quantity, "&", expr.Val(3))      // orders.quantity & $1::integer
//	expr.Op[expr.NullDecimal](l.Qty, "*", l.UnitPrice)       // line.qty * line.unit_price
//	expr.Op[expr.Predicate](p.Tags, "@>", expr.Val(tags))    // product.tags @> $1::text[]
//	expr.Op[expr.Predicate](p.Code, "SIMILAR TO", expr.Val("(A|B)%"))
//	expr.Op[expr.Predicate](p.Name, "OPERATOR(public.%)", expr.Val("anvil"))
//
// The words LIKE, ILIKE and SIMILAR TO, with NOT before them too, IS DISTINCT FROM, IS NOT DISTINCT FROM, AT TIME ZONE and
// OVERLAPS are operators, the last one of two rows, as [Tuple2] makes them. PostgreSQL's precedence is known.
func Op[K Kind[K]](x Expression, op string, y Expression) K {
	op, bind, ok := operator(op)
	if !ok {
		return made[K](&ast.Bad{Err: badText("operator", op)})
	}
	return made[K](&ast.Binary{Op: op, Bind: bind, L: ast.Of(x), R: ast.Of(y)})
}

// wordOperators have how strongly operators bind that are words. OVERLAPS takes rows, which are in parentheses already.
var wordOperators = map[string]sqlw.Prec{
	"LIKE": sqlw.PrecLike, "ILIKE": sqlw.PrecLike, "SIMILAR TO": sqlw.PrecLike,
	"NOT LIKE": sqlw.PrecLike, "NOT ILIKE": sqlw.PrecLike, "NOT SIMILAR TO": sqlw.PrecLike,
	"IS DISTINCT FROM": sqlw.PrecIs, "IS NOT DISTINCT FROM": sqlw.PrecIs,
	"AT TIME ZONE": sqlw.PrecAt, "OVERLAPS": sqlw.PrecCompare,
}

// operator returns an operator as it is written, and how strongly it binds; false where it is none.
func operator(op string) (string, sqlw.Prec, bool) {
	words := strings.ToUpper(strings.Join(strings.Fields(op), " "))
	if bind, ok := wordOperators[words]; ok {
		return words, bind, true
	}
	switch op {
	case "+", "-":
		return op, sqlw.PrecAdd, true
	case "*", "/", "%":
		return op, sqlw.PrecMul, true
	case "^":
		return op, sqlw.PrecPow, true
	case "=", "<>", "!=", "<", "<=", ">", ">=":
		return op, sqlw.PrecCompare, true
	}
	if symbols(op) {
		return op, sqlw.PrecOther, true
	}
	return op, sqlw.PrecOther, ofSchema(op)
}

// symbols reports whether op is made of the characters of operators, and begins no comment.
func symbols(op string) bool {
	return op != "" && strings.Trim(op, "+-*/<>=~!@#%^&|`?") == "" && !strings.Contains(op, "--") && !strings.Contains(op, "/*")
}

// ofSchema reports whether op is "OPERATOR(schema.op)", which binds as other operators do, whichever it is.
func ofSchema(op string) bool {
	inside, ok := strings.CutPrefix(op, "OPERATOR(")
	if !ok {
		return false
	}
	inside, ok = strings.CutSuffix(inside, ")")
	dot := strings.LastIndexByte(inside, '.')
	return ok && dot > 0 && functionName(inside[:dot]) && symbols(inside[dot+1:])
}
