package query

import "github.com/cupel-go/cupel/expr"

// Select2 reads rows of two things. Where the compiler says "cannot infer B", a Go value stands in the place of an expression:
// expr.Val(5) is one.
func Select2[A, B any](a expr.Item[A], b expr.Item[B]) Query[Row2[A, B]] {
	return Select(Tuple2(a, b))
}

// Select3 reads rows of three things.
func Select3[A, B, C any](a expr.Item[A], b expr.Item[B], c expr.Item[C]) Query[Row3[A, B, C]] {
	return Select(Tuple3(a, b, c))
}

// Select4 reads rows of four things.
func Select4[A, B, C, D any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D]) Query[Row4[A, B, C, D]] {
	return Select(Tuple4(a, b, c, d))
}

// Select5 reads rows of five things.
func Select5[A, B, C, D, E any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E]) Query[Row5[A, B, C, D, E]] {
	return Select(Tuple5(a, b, c, d, e))
}

// Select6 reads rows of six things.
func Select6[A, B, C, D, E, F any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F]) Query[Row6[A, B, C, D, E, F]] {
	return Select(Tuple6(a, b, c, d, e, f))
}

// Select7 reads rows of seven things.
func Select7[A, B, C, D, E, F, G any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G]) Query[Row7[A, B, C, D, E, F, G]] {
	return Select(Tuple7(a, b, c, d, e, f, g))
}

// Select8 reads rows of eight things.
func Select8[A, B, C, D, E, F, G, H any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H]) Query[Row8[A, B, C, D, E, F, G, H]] {
	return Select(Tuple8(a, b, c, d, e, f, g, h))
}
