package query

import (
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Tuple is several items as one, of which R is the row; see [Tuple2].
type Tuple[R any] struct{ shape *ast.Shape }

// CupelSlot makes the tuple an item, for the other packages of this module.
func (t Tuple[R]) CupelSlot() expr.Slot[R] {
	if t.shape == nil {
		return expr.Slot[R]{Value: &ast.Bad{Err: stmt.ErrEmpty}}
	}
	return expr.Slot[R]{Shape: t.shape}
}

// put puts an item into the place of a row for it.
func put[R, F any](s *ast.Shape, row *R, place *F, item expr.Item[F]) {
	putAt(s, mem.Offset(row, place), reflect.TypeFor[F](), item)
}

// putAt is put into a place of type t.
func putAt[F any](s *ast.Shape, at uintptr, t reflect.Type, item expr.Item[F]) {
	if ast.IsNil(item) {
		s.Value(at, t, &ast.Bad{Err: ast.ErrNil})
		return
	}
	switch slot := item.CupelSlot(); {
	case slot.Shape != nil:
		s.Nest(at, slot.Shape)
	case slot.Entity != nil:
		s.Add(at, t, slot.Entity)
	default:
		s.Value(at, t, slot.Value)
	}
}

// Tuple2 is two items as one, which a SELECT list, RETURNING and another tuple take:
//
//	query.Select(query.Tuple2(c, query.Tuple2(a.AcctNo, a.AcctName))).Join(a)
//	// rows are Row2[*Customer, Row2[int64, string]]
func Tuple2[A, B any](a expr.Item[A], b expr.Item[B]) Tuple[Row2[A, B]] {
	var row Row2[A, B]
	s := ast.NewShape(2)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	return Tuple[Row2[A, B]]{s}
}

// Tuple3 is three items as one.
func Tuple3[A, B, C any](a expr.Item[A], b expr.Item[B], c expr.Item[C]) Tuple[Row3[A, B, C]] {
	var row Row3[A, B, C]
	s := ast.NewShape(3)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	return Tuple[Row3[A, B, C]]{s}
}

// Tuple4 is four items as one.
func Tuple4[A, B, C, D any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D]) Tuple[Row4[A, B, C, D]] {
	var row Row4[A, B, C, D]
	s := ast.NewShape(4)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	put(s, &row, &row.V4, d)
	return Tuple[Row4[A, B, C, D]]{s}
}

// Tuple5 is five items as one.
func Tuple5[A, B, C, D, E any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E]) Tuple[Row5[A, B, C, D, E]] {
	var row Row5[A, B, C, D, E]
	s := ast.NewShape(5)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	put(s, &row, &row.V4, d)
	put(s, &row, &row.V5, e)
	return Tuple[Row5[A, B, C, D, E]]{s}
}

// Tuple6 is six items as one.
func Tuple6[A, B, C, D, E, F any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F]) Tuple[Row6[A, B, C, D, E, F]] {
	var row Row6[A, B, C, D, E, F]
	s := ast.NewShape(6)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	put(s, &row, &row.V4, d)
	put(s, &row, &row.V5, e)
	put(s, &row, &row.V6, f)
	return Tuple[Row6[A, B, C, D, E, F]]{s}
}

// Tuple7 is seven items as one.
func Tuple7[A, B, C, D, E, F, G any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G]) Tuple[Row7[A, B, C, D, E, F, G]] {
	var row Row7[A, B, C, D, E, F, G]
	s := ast.NewShape(7)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	put(s, &row, &row.V4, d)
	put(s, &row, &row.V5, e)
	put(s, &row, &row.V6, f)
	put(s, &row, &row.V7, g)
	return Tuple[Row7[A, B, C, D, E, F, G]]{s}
}

// Tuple8 is eight items as one.
func Tuple8[A, B, C, D, E, F, G, H any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H]) Tuple[Row8[A, B, C, D, E, F, G, H]] {
	var row Row8[A, B, C, D, E, F, G, H]
	s := ast.NewShape(8)
	put(s, &row, &row.V1, a)
	put(s, &row, &row.V2, b)
	put(s, &row, &row.V3, c)
	put(s, &row, &row.V4, d)
	put(s, &row, &row.V5, e)
	put(s, &row, &row.V6, f)
	put(s, &row, &row.V7, g)
	put(s, &row, &row.V8, h)
	return Tuple[Row8[A, B, C, D, E, F, G, H]]{s}
}
