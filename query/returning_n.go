package query

import "github.com/cupel-go/cupel/expr"

// Returning2 is Returning of two things.
func Returning2[A, B any](s Write, a expr.Item[A], b expr.Item[B]) Returned[Row2[A, B]] {
	return Returning(s, Tuple2(a, b))
}

// Returning3 is Returning of three things.
func Returning3[A, B, C any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C]) Returned[Row3[A, B, C]] {
	return Returning(s, Tuple3(a, b, c))
}

// Returning4 is Returning of four things.
func Returning4[A, B, C, D any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D]) Returned[Row4[A, B, C, D]] {
	return Returning(s, Tuple4(a, b, c, d))
}

// Returning5 is Returning of five things.
func Returning5[A, B, C, D, E any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E]) Returned[Row5[A, B, C, D, E]] {
	return Returning(s, Tuple5(a, b, c, d, e))
}

// Returning6 is Returning of six things.
func Returning6[A, B, C, D, E, F any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F]) Returned[Row6[A, B, C, D, E, F]] {
	return Returning(s, Tuple6(a, b, c, d, e, f))
}

// Returning7 is Returning of seven things.
func Returning7[A, B, C, D, E, F, G any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G]) Returned[Row7[A, B, C, D, E, F, G]] {
	return Returning(s, Tuple7(a, b, c, d, e, f, g))
}

// Returning8 is Returning of eight things.
func Returning8[A, B, C, D, E, F, G, H any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H]) Returned[Row8[A, B, C, D, E, F, G, H]] {
	return Returning(s, Tuple8(a, b, c, d, e, f, g, h))
}
