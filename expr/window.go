package expr

import (
	"errors"

	"github.com/cupel-go/cupel/internal/ast"
)

// Window says which rows a function is worked out over; see [Over]. The zero value is all rows of the result. It is a value: each method
// returns another one.
//
//	byStatus := expr.Window{}.PartitionBy(o.Status).OrderBy(o.Amount.Desc())
type Window struct{ node *ast.Window }

func (w Window) changed(f func(*ast.Window)) Window {
	own := ast.Window{}
	if w.node != nil {
		own = *w.node
	}
	f(&own)
	return Window{&own}
}

// PartitionBy adds keys: a function sees the rows that are equal in them.
func (w Window) PartitionBy(keys ...Expression) Window {
	return w.changed(func(v *ast.Window) {
		v.Partition = append(v.Partition[:len(v.Partition):len(v.Partition)], nodes(keys)...)
	})
}

// OrderBy adds sort keys. Without a frame, a function then sees the rows up to this one and those equal to it.
func (w Window) OrderBy(keys ...Sortable) Window {
	return w.changed(func(v *ast.Window) { v.Order = append(v.Order[:len(v.Order):len(v.Order)], sortKeys(keys)...) })
}

// Rows has a function see the rows between two ends: "ROWS BETWEEN $1 PRECEDING AND CURRENT ROW".
func (w Window) Rows(from, to FrameEnd) Window { return w.frame("ROWS", from, to) }

// Range has a function see the rows whose sort key is between two ends, by the distance of its value: "RANGE BETWEEN $1 PRECEDING AND
// $2 FOLLOWING".
func (w Window) Range(from, to FrameEnd) Window { return w.frame("RANGE", from, to) }

// Groups has a function see the rows between two ends, rows that are equal in the sort keys counting as one.
func (w Window) Groups(from, to FrameEnd) Window { return w.frame("GROUPS", from, to) }

func (w Window) frame(unit string, from, to FrameEnd) Window {
	return w.changed(func(v *ast.Window) {
		v.Frame.Unit, v.Frame.Start, v.Frame.End = unit, from.orElse("UNBOUNDED PRECEDING"), to.orElse("UNBOUNDED FOLLOWING")
	})
}

// ExcludeCurrentRow leaves the row itself out of the frame, which is one of Rows, Range or Groups.
func (w Window) ExcludeCurrentRow() Window { return w.exclude("CURRENT ROW") }

// ExcludeGroup leaves the row out, and those equal to it in the sort keys.
func (w Window) ExcludeGroup() Window { return w.exclude("GROUP") }

// ExcludeTies leaves out the rows that are equal to the row in the sort keys, but not the row.
func (w Window) ExcludeTies() Window { return w.exclude("TIES") }

func (w Window) exclude(what string) Window {
	return w.changed(func(v *ast.Window) { v.Frame.Exclude = what })
}

// As names the window: functions over it are written "OVER name", and the query has its definition by its Window method.
func (w Window) As(name string) Window { return w.changed(func(v *ast.Window) { v.Name = name }) }

// Extend returns a window that adds to a named one: "(name ORDER BY y)".
func (w Window) Extend() Window {
	return w.changed(func(v *ast.Window) { *v = ast.Window{Base: v.Name} })
}

// Node returns the window's untyped form, for the other packages of this module.
func (w Window) Node() ast.Node {
	if w.node == nil {
		return &ast.Window{}
	}
	return w.node
}

// FrameEnd is where the rows that a function sees begin or end. The zero value is the first row of the partition, or the last.
type FrameEnd struct{ end ast.FrameEnd }

func (e FrameEnd) orElse(text string) ast.FrameEnd {
	if e.end.Text == "" {
		return ast.FrameEnd{Text: text}
	}
	return e.end
}

// Preceding is n rows, or groups, before: "$1 PRECEDING".
func Preceding(n int64) FrameEnd { return FrameEnd{ast.FrameEnd{N: lit(n), Text: "PRECEDING"}} }

// Following is n rows, or groups, after: "$1 FOLLOWING".
func Following(n int64) FrameEnd { return FrameEnd{ast.FrameEnd{N: lit(n), Text: "FOLLOWING"}} }

// PrecedingBy is a distance before, for Range: "$1::interval PRECEDING".
func PrecedingBy(distance Expression) FrameEnd {
	return FrameEnd{ast.FrameEnd{N: ast.Of(distance), Text: "PRECEDING"}}
}

// FollowingBy is a distance after, for Range: "$1::interval FOLLOWING".
func FollowingBy(distance Expression) FrameEnd {
	return FrameEnd{ast.FrameEnd{N: ast.Of(distance), Text: "FOLLOWING"}}
}

// CurrentRow is the row itself: "CURRENT ROW".
func CurrentRow() FrameEnd { return FrameEnd{ast.FrameEnd{Text: "CURRENT ROW"}} }

// Unbounded is the first row as the beginning of a frame, the last as its end.
func Unbounded() FrameEnd { return FrameEnd{} }

var errNoCall = errors.New("expr: Over of what is no call of a function")

// Over has a function worked out over a window, and keeps its kind: aggregates, and those that are for windows only ([RowNumber], [Lag]
// and their kin). Without a window it is "OVER ()", all rows.
//
//	w := expr.Window{}.PartitionBy(o.Status).OrderBy(o.Amount.Desc())
//	expr.Over(expr.RowNumber(), w)       // row_number() OVER (PARTITION BY orders.status ORDER BY orders.amount DESC)
//	expr.Over(expr.Sum(o.Quantity))      // sum(orders.quantity) OVER ()
//
// PostgreSQL works windows out after WHERE, GROUP BY and HAVING, which cannot name them: to filter by one, make the query a table with
// query.Sub.
func Over[K Kind[K]](call K, window ...Window) K {
	n := ast.Of(call)
	if l, ok := n.(*ast.Label); ok {
		n = l.X
	}
	if _, ok := n.(*ast.Call); !ok {
		if bad, ok := n.(*ast.Bad); ok {
			return made[K](bad)
		}
		return made[K](&ast.Bad{Err: errNoCall})
	}
	over := ast.Over{Call: n, Window: &ast.Window{}}
	for _, w := range window {
		if w.node != nil {
			over.Window = w.node // of several, the last one holds
		}
	}
	return boxed[K](ast.Boxed(over))
}

// RowNumber renders "row_number()": the row's place in its partition, from 1 on; for [Over].
func RowNumber() Int { return function[Int]("row_number") }

// Rank renders "rank()": the row's place, the same for rows that are equal in the sort keys, with gaps behind them; for [Over].
func Rank() Int { return function[Int]("rank") }

// DenseRank renders "dense_rank()": as [Rank], without gaps; for [Over].
func DenseRank() Int { return function[Int]("dense_rank") }

// PercentRank renders "percent_rank()": the rank as a part of the partition, from 0 to 1; for [Over].
func PercentRank() Float { return function[Float]("percent_rank") }

// CumeDist renders "cume_dist()": the part of the partition up to the row and those equal to it, up to 1; for [Over].
func CumeDist() Float { return function[Float]("cume_dist") }

// NTile renders "ntile($1)": which of n parts of nearly the same size the row is in, from 1 on; for [Over].
func NTile(n int32) Int32 {
	return boxed[Int32](ast.Boxed(ast.Call{Name: "ntile", Args: []ast.Node{lit(n)}}))
}

func function[K Kind[K]](name string) K { return boxed[K](ast.Boxed(ast.Call{Name: name})) }

// Lag renders "lag(x)": x of the row before; NULL where there is none. For [Over].
func Lag[V, N, M any](x Twins[V, N, M]) M { return several("lag", x, nil) }

// Lead renders "lead(x)": x of the row after; NULL where there is none. For [Over].
func Lead[V, N, M any](x Twins[V, N, M]) M { return several("lead", x, nil) }

// LagBy renders "lag(x, $1)": x of the n-th row before; NULL where there is none. For [Over].
func LagBy[V, N, M any](x Twins[V, N, M], n int32) M {
	return several("lag", x, []ast.Node{lit(n)})
}

// LeadBy renders "lead(x, $1)": x of the n-th row after; NULL where there is none. For [Over].
func LeadBy[V, N, M any](x Twins[V, N, M], n int32) M {
	return several("lead", x, []ast.Node{lit(n)})
}

// FirstValue renders "first_value(x)": x of the first row of the frame; NULL where the frame is empty. For [Over].
func FirstValue[V, N, M any](x Twins[V, N, M]) M { return several("first_value", x, nil) }

// LastValue renders "last_value(x)": x of the last row of the frame, which without one said is this row or one equal to it; NULL where it is
// empty. For [Over].
func LastValue[V, N, M any](x Twins[V, N, M]) M { return several("last_value", x, nil) }

// NthValue renders "nth_value(x, $1)": x of the n-th row of the frame, from 1 on; NULL where there is none. For [Over].
func NthValue[V, N, M any](x Twins[V, N, M], n int32) M {
	return several("nth_value", x, []ast.Node{lit(n)})
}
