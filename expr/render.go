package expr

import (
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// SQL returns the expression's SQL with $1, $2 …, and its arguments. The error is the first mistake in it.
func (v Value[V, R]) SQL() (string, []any, error) { return render(v.box) }

// ToSql returns the expression's SQL with ? and its arguments, which makes it a squirrel.Sqlizer: it can stand in any
// squirrel builder. Those put text together without looking at it, so what is more than a name or a call comes in
// parentheses; of conditions only those with AND or OR.
//
//nolint:revive // the name is squirrel's
func (v Value[V, R]) ToSql() (string, []any, error) { return toSQL(v.box, reflect.TypeFor[V]()) }

// String returns the expression's SQL for people: "customer.last_name LIKE $1", or its error.
func (v Value[V, R]) String() string { return printed(v.box) }

func render(x *ast.Box) (string, []any, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	nodeOf(x).AppendSQL(w)
	return w.Result()
}

func toSQL(x *ast.Box, operand reflect.Type) (string, []any, error) {
	least := sqlw.PrecAtom
	if operand.Kind() == reflect.Bool {
		least = sqlw.PrecNot
	}
	w := sqlw.Get(sqlw.Question)
	defer w.Release()
	ast.Operand(w, nodeOf(x), least)
	return w.Result()
}

func printed(x *ast.Box) string {
	text, _, err := render(x)
	if err != nil {
		return fmt.Sprintf("!(%v)", err)
	}
	return text
}
