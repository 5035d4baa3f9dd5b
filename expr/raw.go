package expr

import "github.com/cupel-go/cupel/internal/ast"

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
func Sqlizer[K Kind[K]](s SQLizer) K { return made[K](raw(s)) }

// Where makes a squirrel condition one of ours: expr.Where(squirrel.Eq{"customer.id": 3}).
func Where(s SQLizer) Predicate { return predicate(raw(s)) }

func raw(s SQLizer) ast.Node {
	if ast.IsNil(s) {
		return &ast.Bad{Err: ast.ErrNil}
	}
	return &ast.Raw{Build: s.ToSql}
}

// Raw is SQL text with ? for each argument, as an expression of the kind that the caller names:
//
//	expr.Raw[expr.Bool]("customer.tags @@ ?", tag)
//
// It is for what Cupel does not know; the text must never hold a value from outside.
func Raw[K Kind[K]](text string, args ...any) K {
	return made[K](&ast.Raw{Build: func() (string, []any, error) { return text, args, nil }})
}
