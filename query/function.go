package query

import (
	"errors"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Function makes the rows of a function a table in FROM: "generate_series($1, $2) AS name (name)". Its one column is [Col] of the call, a
// value such as [expr.Func] returns. What the call names is read from the tables before it.
//
//	day := expr.Func[expr.Time]("generate_series", from, to, expr.Val(24*time.Hour))
//	days := query.Function("day", day)
//	query.Select2(query.Col(days, day), expr.Count(o.ID)).From(days).LeftJoin(o, …).GroupBy(query.Col(days, day))
func Function[R any](name string, call expr.Item[R]) Derived[R] {
	t := &ast.Table{Alias: name, Def: broken{ast.ErrNil}}
	if !ast.IsNil(call) {
		if n := call.CupelSlot().Value; n != nil {
			t.Def = &stmt.Function{Call: n}
			t.Columns = []*ast.Column{{Table: t, Name: name, Stands: n}}
		}
	}
	return Derived[R]{table: t}
}

// FunctionOf makes the rows of a function that has several columns a table in FROM: "jsonb_each(x) AS name (key, value)". The columns are
// those that [Define] makes; [Col] has them.
//
//	key, value := query.Define[expr.Text]("key"), query.Define[expr.JSON]("value")
//	attrs := query.FunctionOf("attr", expr.Func[expr.JSON]("jsonb_each", o.Attrs), key, value)
//	query.Select2(o.ID, query.Col(attrs, key)).Join(attrs)
func FunctionOf(name string, call expr.Expression, columns ...expr.Expression) Derived[struct{}] {
	return functionOf(name, stmt.Function{Call: ast.Of(call)}, columns)
}

// Ordinality is [FunctionOf] whose rows are numbered from 1 on, in the last of the columns: "unnest(x) WITH ORDINALITY AS name (item, no)".
func Ordinality(name string, call expr.Expression, columns ...expr.Expression) Derived[struct{}] {
	return functionOf(name, stmt.Function{Call: ast.Of(call), Ordinality: true}, columns)
}

// Record is [FunctionOf] of a function that leaves the types of its columns to the statement: "jsonb_to_recordset(x) AS name (a
// bigint, b text)". They are those of the kinds given to [Define].
func Record(name string, call expr.Expression, columns ...expr.Expression) Derived[struct{}] {
	return functionOf(name, stmt.Function{Call: ast.Of(call), Record: true}, columns)
}

func functionOf(name string, f stmt.Function, columns []expr.Expression) Derived[struct{}] {
	t := &ast.Table{Alias: name, Def: &f}
	define(t, columns)
	return Derived[struct{}]{table: t}
}

// define gives a table the columns that were made by Define.
func define(t *ast.Table, columns []expr.Expression) {
	if len(columns) == 0 {
		t.Def = broken{errNoColumns}
	}
	for i, x := range columns {
		n := ast.Of(x)
		c, ok := n.(*ast.Column)
		if !ok {
			t.Def = broken{errNotDefined}
			return
		}
		t.Columns = append(t.Columns, &ast.Column{Table: t, Index: i, Name: c.Name, Type: c.Type, Nullable: c.Nullable, GoType: c.GoType, Stands: n})
	}
}

var (
	errNoColumns  = errors.New("query: a table of values or of a function's rows without a column: see query.Define")
	errNotDefined = errors.New("query: the columns of a table of values or of a function's rows are made by query.Define")
	errApart      = errors.New("query: a column that Define made is part of no table: query.Col has that of the table made with it")
)

// Define returns a column for a table that the statement itself makes, see [FunctionOf], [Record] and [Values2]. K is its kind. By
// itself it belongs to no table; [Col] gives the table's.
func Define[K expr.Kind[K]](name string) K {
	var k K
	apart := &ast.Table{Alias: name, Def: broken{errApart}}
	kind := expr.KindInfo(k)
	return expr.Rebound(k, &ast.Column{Table: apart, Name: name, Type: kind.SQLType, GoType: kind.Operand, Nullable: kind.Nullable})
}

// Values1 makes values a table in FROM: "(VALUES ($1::bigint), ($2::bigint)) AS name (id)". Without values it is a table without rows.
func Values1[A any](name string, a expr.Of[A], values ...A) Derived[A] {
	rows := make([]ast.Tuple, len(values))
	for i, v := range values {
		rows[i].Items = []ast.Node{valueOf(a, v)}
	}
	return Derived[A]{table: valuesOf(name, rows, a)}
}

// Values2 makes rows of values a table in FROM: "(VALUES ($1::bigint, $2::text), …) AS name (id, label)". The columns are those that
// [Define] makes, of types that are not null. Without rows it is a table without rows.
//
//	id, label := query.Define[expr.Int]("id"), query.Define[expr.Text]("label")
//	labels := query.Values2("label", id, label, query.Row2[int64, string]{1, "new"}, query.Row2[int64, string]{2, "paid"})
func Values2[A, B any](name string, a expr.Of[A], b expr.Of[B], rows ...Row2[A, B]) Derived[Row2[A, B]] {
	tuples := make([]ast.Tuple, len(rows))
	for i, r := range rows {
		tuples[i].Items = []ast.Node{valueOf(a, r.V1), valueOf(b, r.V2)}
	}
	return Derived[Row2[A, B]]{valuesOf(name, tuples, a, b), placed[Row2[A, B]]()}
}

// Values3 is [Values2] of rows of three values.
func Values3[A, B, C any](name string, a expr.Of[A], b expr.Of[B], c expr.Of[C], rows ...Row3[A, B, C]) Derived[Row3[A, B, C]] {
	tuples := make([]ast.Tuple, len(rows))
	for i, r := range rows {
		tuples[i].Items = []ast.Node{valueOf(a, r.V1), valueOf(b, r.V2), valueOf(c, r.V3)}
	}
	return Derived[Row3[A, B, C]]{valuesOf(name, tuples, a, b, c), placed[Row3[A, B, C]]()}
}

// valueOf returns a value for a column, of the column's type.
func valueOf[V any](column expr.Of[V], v V) ast.Node {
	sqlType := ""
	if c, ok := ast.Of(column).(*ast.Column); ok {
		sqlType = c.Type
	}
	return &ast.Literal{Value: v, Type: sqlType}
}

func valuesOf(name string, rows []ast.Tuple, columns ...expr.Expression) *ast.Table {
	t := &ast.Table{Alias: name, Def: &stmt.Values{Rows: rows}}
	define(t, columns)
	return t
}
