package expr

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Pair is two expressions that are compared as one; see [Tuple2].
type Pair[A, B any] struct{ tuple }

// Triple is three expressions that are compared as one; see [Tuple3].
type Triple[A, B, C any] struct{ tuple }

// Tuple2 renders "(a, b)". Tuples are compared from left to right, which pages through rows by a key of several columns:
//
//	at := expr.Tuple2(l.OrderID, l.LineNo)
//	at.Gt(5, 1)                      // (order_line.order_id, order_line.line_no) > ($1, $2)
//	at.In(at.Row(5, 1), at.Row(6, 2)) // (order_line.order_id, order_line.line_no) IN (($1, $2), ($3, $4))
func Tuple2[A, B any](a Of[A], b Of[B]) Pair[A, B] {
	return Pair[A, B]{tuple{ast.Tuple{Items: []ast.Node{ast.Of(a), ast.Of(b)}}}}
}

// Tuple3 is Tuple2 of three expressions.
func Tuple3[A, B, C any](a Of[A], b Of[B], c Of[C]) Triple[A, B, C] {
	return Triple[A, B, C]{tuple{ast.Tuple{Items: []ast.Node{ast.Of(a), ast.Of(b), ast.Of(c)}}}}
}

// Row is a tuple of values with the types of this one: "($1, $2)".
func (p Pair[A, B]) Row(a A, b B) Pair[A, B] { return Pair[A, B]{values(a, b)} }

// Row is a tuple of values with the types of this one: "($1, $2, $3)".
func (t Triple[A, B, C]) Row(a A, b B, c C) Triple[A, B, C] { return Triple[A, B, C]{values(a, b, c)} }

// In renders "(a, b) IN (($1, $2), ($3, $4))". In() renders FALSE. More than 16 rows of values for two columns go as two arrays,
// "(a, b) IN (SELECT * FROM unnest(…))"; beside other expressions 32,767 are the most.
func (p Pair[A, B]) In(rows ...Pair[A, B]) Predicate { return inTuples(p, rows) }

// In renders "(a, b, c) IN (($1, $2, $3), ($4, $5, $6))". In() renders FALSE.
func (t Triple[A, B, C]) In(rows ...Triple[A, B, C]) Predicate { return inTuples(t, rows) }

// NotIn renders "(a, b) NOT IN (($1, $2), ($3, $4))". NotIn() renders TRUE.
func (p Pair[A, B]) NotIn(rows ...Pair[A, B]) Predicate { return p.In(rows...).Not() }

// NotIn renders "(a, b, c) NOT IN (($1, $2, $3), ($4, $5, $6))". NotIn() renders TRUE.
func (t Triple[A, B, C]) NotIn(rows ...Triple[A, B, C]) Predicate { return t.In(rows...).Not() }

// EqExpr renders "(a, b) = (c, d)".
func (p Pair[A, B]) EqExpr(q Pair[A, B]) Predicate { return p.compare("=", q.tuple) }

// EqExpr renders "(a, b, c) = (d, e, f)".
func (t Triple[A, B, C]) EqExpr(u Triple[A, B, C]) Predicate { return t.compare("=", u.tuple) }

// Eq renders "(a, b) = ($1, $2)".
func (p Pair[A, B]) Eq(a A, b B) Predicate { return p.compare("=", values(a, b)) }

// Eq renders "(a, b, c) = ($1, $2, $3)".
func (t Triple[A, B, C]) Eq(a A, b B, c C) Predicate { return t.compare("=", values(a, b, c)) }

// Lt renders "(a, b) < ($1, $2)".
func (p Pair[A, B]) Lt(a A, b B) Predicate { return p.compare("<", values(a, b)) }

// Lt renders "(a, b, c) < ($1, $2, $3)".
func (t Triple[A, B, C]) Lt(a A, b B, c C) Predicate { return t.compare("<", values(a, b, c)) }

// Le renders "(a, b) <= ($1, $2)".
func (p Pair[A, B]) Le(a A, b B) Predicate { return p.compare("<=", values(a, b)) }

// Le renders "(a, b, c) <= ($1, $2, $3)".
func (t Triple[A, B, C]) Le(a A, b B, c C) Predicate { return t.compare("<=", values(a, b, c)) }

// Gt renders "(a, b) > ($1, $2)".
func (p Pair[A, B]) Gt(a A, b B) Predicate { return p.compare(">", values(a, b)) }

// Gt renders "(a, b, c) > ($1, $2, $3)".
func (t Triple[A, B, C]) Gt(a A, b B, c C) Predicate { return t.compare(">", values(a, b, c)) }

// Ge renders "(a, b) >= ($1, $2)".
func (p Pair[A, B]) Ge(a A, b B) Predicate { return p.compare(">=", values(a, b)) }

// Ge renders "(a, b, c) >= ($1, $2, $3)".
func (t Triple[A, B, C]) Ge(a A, b B, c C) Predicate { return t.compare(">=", values(a, b, c)) }

// tuple is what tuples of any size have in common.
type tuple struct{ node ast.Tuple }

// Node returns the tuple's untyped form, for the other packages of this module.
func (t tuple) Node() ast.Node {
	if t.node.Items == nil {
		return &ast.Bad{Err: ErrUnmapped}
	}
	return &t.node
}

func (t tuple) argument(c *ast.Call) { c.Args = append(c.Args, t.Node()) }

func (t tuple) compare(op string, u tuple) Predicate {
	return predicate(ast.Compare(op, t.Node(), u.Node()))
}

func values(vs ...any) tuple {
	items := make([]ast.Node, len(vs))
	for i, v := range vs {
		items[i] = lit(v)
	}
	return tuple{ast.Tuple{Items: items}}
}

// inTuples is the IN of tuples. More than 16 rows of values go as one array for each column, where tuples are of columns.
func inTuples[T Expression](t T, rows []T) Predicate {
	in := &ast.In{X: t.Node(), List: nodes(rows)}
	if len(rows) > listMax {
		if u := unnest(in.X, in.List); u != nil {
			in.List, in.Query = nil, u
		}
	}
	return predicate(in)
}

// unnest returns rows of values as arrays; nil where they are not values, or not of columns of plain types.
func unnest(x ast.Node, rows []ast.Node) ast.Node {
	t, ok := x.(*ast.Tuple)
	if !ok {
		return nil
	}
	u := &ast.Unnest{}
	for i, item := range t.Items {
		c, ok := item.(*ast.Column)
		if !ok || c.Table == nil || sqltype.Parse(c.Type).Dims > 0 {
			return nil
		}
		array, ok := column(rows, i)
		wide := ok && array.Prec() == sqlw.PrecCast // it is an array of bigint
		if !ok || wide && sqltype.Parse(c.Type).Kind != sqltype.Int8 {
			return nil
		}
		u.Columns, u.Arrays = append(u.Columns, c), append(u.Arrays, array)
	}
	return u
}

// column returns the values that rows have in one place as an array; false where they are not all values of one type.
func column(rows []ast.Node, i int) (ast.Node, bool) {
	var all reflect.Value
	for _, r := range rows {
		t, ok := r.(*ast.Tuple)
		if !ok {
			return nil, false
		}
		l, ok := t.Items[i].(*ast.Literal)
		if !ok || l.Open() {
			return nil, false
		}
		v := reflect.ValueOf(l.Plain())
		if !all.IsValid() && v.IsValid() {
			all = reflect.MakeSlice(reflect.SliceOf(v.Type()), 0, len(rows))
		}
		if !v.IsValid() || v.Type() != all.Type().Elem() {
			return nil, false
		}
		all = reflect.Append(all, v)
	}
	return &ast.Literal{Value: all.Interface()}, true
}
