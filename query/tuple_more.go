package query

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
)

// Tuple9 is nine items as one.
func Tuple9[A, B, C, D, E, F, G, H, I any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I]) Tuple[Row9[A, B, C, D, E, F, G, H, I]] {
	var row Row9[A, B, C, D, E, F, G, H, I]
	x := ast.NewShape(9)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	return Tuple[Row9[A, B, C, D, E, F, G, H, I]]{x}
}

// Tuple10 is ten items as one.
func Tuple10[A, B, C, D, E, F, G, H, I, J any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J]) Tuple[Row10[A, B, C, D, E, F, G, H, I, J]] {
	var row Row10[A, B, C, D, E, F, G, H, I, J]
	x := ast.NewShape(10)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	return Tuple[Row10[A, B, C, D, E, F, G, H, I, J]]{x}
}

// Tuple11 is eleven items as one.
func Tuple11[A, B, C, D, E, F, G, H, I, J, K any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K]) Tuple[Row11[A, B, C, D, E, F, G, H, I, J, K]] {
	var row Row11[A, B, C, D, E, F, G, H, I, J, K]
	x := ast.NewShape(11)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	return Tuple[Row11[A, B, C, D, E, F, G, H, I, J, K]]{x}
}

// Tuple12 is twelve items as one.
func Tuple12[A, B, C, D, E, F, G, H, I, J, K, L any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L]) Tuple[Row12[A, B, C, D, E, F, G, H, I, J, K, L]] {
	var row Row12[A, B, C, D, E, F, G, H, I, J, K, L]
	x := ast.NewShape(12)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	put(x, &row, &row.V12, l)
	return Tuple[Row12[A, B, C, D, E, F, G, H, I, J, K, L]]{x}
}

// Tuple13 is thirteen items as one.
func Tuple13[A, B, C, D, E, F, G, H, I, J, K, L, M any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M]) Tuple[Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]] {
	var row Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]
	x := ast.NewShape(13)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	put(x, &row, &row.V12, l)
	put(x, &row, &row.V13, m)
	return Tuple[Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]]{x}
}

// Tuple14 is fourteen items as one.
func Tuple14[A, B, C, D, E, F, G, H, I, J, K, L, M, N any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N]) Tuple[Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]] {
	var row Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]
	x := ast.NewShape(14)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	put(x, &row, &row.V12, l)
	put(x, &row, &row.V13, m)
	put(x, &row, &row.V14, n)
	return Tuple[Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]]{x}
}

// Tuple15 is fifteen items as one.
func Tuple15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O]) Tuple[Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]] {
	var row Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]
	x := ast.NewShape(15)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	put(x, &row, &row.V12, l)
	put(x, &row, &row.V13, m)
	put(x, &row, &row.V14, n)
	put(x, &row, &row.V15, o)
	return Tuple[Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]]{x}
}

// Tuple16 is sixteen items as one.
func Tuple16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O], p expr.Item[P]) Tuple[Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]] {
	var row Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]
	x := ast.NewShape(16)
	put(x, &row, &row.V1, a)
	put(x, &row, &row.V2, b)
	put(x, &row, &row.V3, c)
	put(x, &row, &row.V4, d)
	put(x, &row, &row.V5, e)
	put(x, &row, &row.V6, f)
	put(x, &row, &row.V7, g)
	put(x, &row, &row.V8, h)
	put(x, &row, &row.V9, i)
	put(x, &row, &row.V10, j)
	put(x, &row, &row.V11, k)
	put(x, &row, &row.V12, l)
	put(x, &row, &row.V13, m)
	put(x, &row, &row.V14, n)
	put(x, &row, &row.V15, o)
	put(x, &row, &row.V16, p)
	return Tuple[Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]]{x}
}
