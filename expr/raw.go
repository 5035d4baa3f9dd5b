package expr

import (
	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/ast"
)

// Named gives the arguments of SQL text by name. As the only argument of Raw, of query.Raw and their kin it has @name stand for
// each of them, as often as it is there, and ? for the operator:
//
//	expr.Raw[expr.Bool]("lower(@col) = @word AND tags ? @word", expr.Named{"col": p.Name, "word": "anvil"})
//	query.Raw[int64]("SELECT count(*) FROM game WHERE day BETWEEN @from AND @to", expr.Named{"from": from, "to": to})
//
// A name of which nothing is given, and one that the text does not have, are errors. An @ right behind a character of an operator is that
// operator's: "<@x" is the operator <@ and a column, "< @x" an argument. In strings and comments nothing is a name.
type Named = arg.Named

// SQLizer is squirrel.Sqlizer: something with SQL that has ? for its arguments, and ?? for the operator ?.
type SQLizer interface {
	// ToSql returns the SQL and its arguments.
	ToSql() (string, []any, error) //nolint:revive // the name is squirrel's
}

// Sqlizer makes a squirrel expression one of ours, of the kind that the caller names:
//
//	expr.Sqlizer[expr.Int](squirrel.Expr("length(customer.last_name) + ?", 1)).Gt(5)
//
// Its placeholders are renumbered. The tables that its text names are not seen: they must be in the statement by
// other means. As an operand it is put in parentheses.
func Sqlizer[K Kind[K]](s SQLizer) K { return made[K](ast.Foreign(s)) }

// Where makes a squirrel condition one of ours: expr.Where(squirrel.Eq{"customer.id": 3}).
func Where(s SQLizer) Predicate { return predicate(ast.Foreign(s)) }

// Raw is SQL text with ? for each argument, as an expression of the kind that the caller names:
//
//	expr.Raw[expr.Bool]("customer.tags @@ ?", tag)
//
// An argument that is SQL itself, an expression, a query or a builder of squirrel's, is written in its place, and the tables of
// an expression are seen:
//
//	expr.Raw[expr.Bool]("lower(?) = ?", p.Name, "anvil")   // lower(product.name) = $1
//	expr.Raw[expr.Bool]("NOT EXISTS ?", query.Select(o.ID).Filter(o.CustomerID.EqExpr(c.ID)))
//
// It is for what Cupel does not know; the text must never hold a value from outside.
func Raw[K Kind[K]](text string, args ...any) K {
	return boxed[K](ast.Boxed(ast.RawText(text, args)))
}
