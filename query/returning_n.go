package query

import "github.com/cupel-go/cupel/expr"

// Returning adds RETURNING to a statement: "DELETE FROM t WHERE … RETURNING t.id".
func Returning[R any](s Write, item expr.Item[R]) Returned[R] {
	r := returned[R](s, 1)
	add(&r.sel, item)
	return r
}

// Returning2 is Returning of two things.
func Returning2[A, B any](s Write, a expr.Item[A], b expr.Item[B]) Returned[Row2[A, B]] {
	r := returned[Row2[A, B]](s, 2)
	add(&r.sel, a)
	add(&r.sel, b)
	return r
}

// Returning3 is Returning of three things.
func Returning3[A, B, C any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C]) Returned[Row3[A, B, C]] {
	r := returned[Row3[A, B, C]](s, 3)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	return r
}

// Returning4 is Returning of four things.
func Returning4[A, B, C, D any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D]) Returned[Row4[A, B, C, D]] {
	r := returned[Row4[A, B, C, D]](s, 4)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	add(&r.sel, d)
	return r
}

// Returning5 is Returning of five things.
func Returning5[A, B, C, D, E any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E]) Returned[Row5[A, B, C, D, E]] {
	r := returned[Row5[A, B, C, D, E]](s, 5)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	add(&r.sel, d)
	add(&r.sel, e)
	return r
}

// Returning6 is Returning of six things.
func Returning6[A, B, C, D, E, F any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F]) Returned[Row6[A, B, C, D, E, F]] {
	r := returned[Row6[A, B, C, D, E, F]](s, 6)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	add(&r.sel, d)
	add(&r.sel, e)
	add(&r.sel, f)
	return r
}

// Returning7 is Returning of seven things.
func Returning7[A, B, C, D, E, F, G any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G]) Returned[Row7[A, B, C, D, E, F, G]] {
	r := returned[Row7[A, B, C, D, E, F, G]](s, 7)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	add(&r.sel, d)
	add(&r.sel, e)
	add(&r.sel, f)
	add(&r.sel, g)
	return r
}

// Returning8 is Returning of eight things.
func Returning8[A, B, C, D, E, F, G, H any](s Write, a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H]) Returned[Row8[A, B, C, D, E, F, G, H]] {
	r := returned[Row8[A, B, C, D, E, F, G, H]](s, 8)
	add(&r.sel, a)
	add(&r.sel, b)
	add(&r.sel, c)
	add(&r.sel, d)
	add(&r.sel, e)
	add(&r.sel, f)
	add(&r.sel, g)
	add(&r.sel, h)
	return r
}
