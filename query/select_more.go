package query

import "github.com/cupel-go/cupel/expr"

// Select9 reads rows of nine things.
func Select9[A, B, C, D, E, F, G, H, I any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I]) Query[Row9[A, B, C, D, E, F, G, H, I]] {
	return Select(Tuple9(a, b, c, d, e, f, g, h, i))
}

// Select10 reads rows of ten things.
func Select10[A, B, C, D, E, F, G, H, I, J any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J]) Query[Row10[A, B, C, D, E, F, G, H, I, J]] {
	return Select(Tuple10(a, b, c, d, e, f, g, h, i, j))
}

// Select11 reads rows of eleven things.
func Select11[A, B, C, D, E, F, G, H, I, J, K any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K]) Query[Row11[A, B, C, D, E, F, G, H, I, J, K]] {
	return Select(Tuple11(a, b, c, d, e, f, g, h, i, j, k))
}

// Select12 reads rows of twelve things.
func Select12[A, B, C, D, E, F, G, H, I, J, K, L any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L]) Query[Row12[A, B, C, D, E, F, G, H, I, J, K, L]] {
	return Select(Tuple12(a, b, c, d, e, f, g, h, i, j, k, l))
}

// Select13 reads rows of thirteen things.
func Select13[A, B, C, D, E, F, G, H, I, J, K, L, M any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M]) Query[Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]] {
	return Select(Tuple13(a, b, c, d, e, f, g, h, i, j, k, l, m))
}

// Select14 reads rows of fourteen things.
func Select14[A, B, C, D, E, F, G, H, I, J, K, L, M, N any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N]) Query[Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]] {
	return Select(Tuple14(a, b, c, d, e, f, g, h, i, j, k, l, m, n))
}

// Select15 reads rows of fifteen things.
func Select15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O]) Query[Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]] {
	return Select(Tuple15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o))
}

// Select16 reads rows of sixteen things.
func Select16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O], p expr.Item[P]) Query[Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]] {
	return Select(Tuple16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p))
}

// Returning9 is Returning of nine things.
func Returning9[A, B, C, D, E, F, G, H, I any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I]) Returned[Row9[A, B, C, D, E, F, G, H, I]] {
	return Returning(st, Tuple9(a, b, c, d, e, f, g, h, i))
}

// Returning10 is Returning of ten things.
func Returning10[A, B, C, D, E, F, G, H, I, J any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J]) Returned[Row10[A, B, C, D, E, F, G, H, I, J]] {
	return Returning(st, Tuple10(a, b, c, d, e, f, g, h, i, j))
}

// Returning11 is Returning of eleven things.
func Returning11[A, B, C, D, E, F, G, H, I, J, K any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K]) Returned[Row11[A, B, C, D, E, F, G, H, I, J, K]] {
	return Returning(st, Tuple11(a, b, c, d, e, f, g, h, i, j, k))
}

// Returning12 is Returning of twelve things.
func Returning12[A, B, C, D, E, F, G, H, I, J, K, L any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L]) Returned[Row12[A, B, C, D, E, F, G, H, I, J, K, L]] {
	return Returning(st, Tuple12(a, b, c, d, e, f, g, h, i, j, k, l))
}

// Returning13 is Returning of thirteen things.
func Returning13[A, B, C, D, E, F, G, H, I, J, K, L, M any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M]) Returned[Row13[A, B, C, D, E, F, G, H, I, J, K, L, M]] {
	return Returning(st, Tuple13(a, b, c, d, e, f, g, h, i, j, k, l, m))
}

// Returning14 is Returning of fourteen things.
func Returning14[A, B, C, D, E, F, G, H, I, J, K, L, M, N any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N]) Returned[Row14[A, B, C, D, E, F, G, H, I, J, K, L, M, N]] {
	return Returning(st, Tuple14(a, b, c, d, e, f, g, h, i, j, k, l, m, n))
}

// Returning15 is Returning of fifteen things.
func Returning15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O]) Returned[Row15[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]] {
	return Returning(st, Tuple15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o))
}

// Returning16 is Returning of sixteen things.
func Returning16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P any](st Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H], i expr.Item[I], j expr.Item[J], k expr.Item[K], l expr.Item[L], m expr.Item[M], n expr.Item[N], o expr.Item[O], p expr.Item[P]) Returned[Row16[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]] {
	return Returning(st, Tuple16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p))
}
