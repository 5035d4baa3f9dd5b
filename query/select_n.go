package query

import "github.com/cupel-go/cupel/expr"

// Select reads one thing: a mapped table, as pointers to its struct, or an expression, as its Go value.
//
//	query.Select(c)        // SELECT customer.id, customer.first_name … FROM customer
//	query.Select(c.Email)  // SELECT customer.email FROM customer
func Select[R any](item expr.Item[R]) Query[R] {
	q := Query[R]{}
	add(&q.sel, item)
	return q
}

// Select2 reads rows of two things.
func Select2[A, B any](a expr.Item[A], b expr.Item[B]) Query[Row2[A, B]] {
	q := Query[Row2[A, B]]{several(2)}
	add(&q.sel, a)
	add(&q.sel, b)
	return q
}

// Select3 reads rows of three things.
func Select3[A, B, C any](a expr.Item[A], b expr.Item[B], c expr.Item[C]) Query[Row3[A, B, C]] {
	q := Query[Row3[A, B, C]]{several(3)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	return q
}

// Select4 reads rows of four things.
func Select4[A, B, C, D any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D]) Query[Row4[A, B, C, D]] {
	q := Query[Row4[A, B, C, D]]{several(4)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	add(&q.sel, d)
	return q
}

// Select5 reads rows of five things.
func Select5[A, B, C, D, E any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E]) Query[Row5[A, B, C, D, E]] {
	q := Query[Row5[A, B, C, D, E]]{several(5)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	add(&q.sel, d)
	add(&q.sel, e)
	return q
}

// Select6 reads rows of six things.
func Select6[A, B, C, D, E, F any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F]) Query[Row6[A, B, C, D, E, F]] {
	q := Query[Row6[A, B, C, D, E, F]]{several(6)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	add(&q.sel, d)
	add(&q.sel, e)
	add(&q.sel, f)
	return q
}

// Select7 reads rows of seven things.
func Select7[A, B, C, D, E, F, G any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G]) Query[Row7[A, B, C, D, E, F, G]] {
	q := Query[Row7[A, B, C, D, E, F, G]]{several(7)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	add(&q.sel, d)
	add(&q.sel, e)
	add(&q.sel, f)
	add(&q.sel, g)
	return q
}

// Select8 reads rows of eight things.
func Select8[A, B, C, D, E, F, G, H any](a expr.Item[A], b expr.Item[B], c expr.Item[C], d expr.Item[D], e expr.Item[E], f expr.Item[F], g expr.Item[G], h expr.Item[H]) Query[Row8[A, B, C, D, E, F, G, H]] {
	q := Query[Row8[A, B, C, D, E, F, G, H]]{several(8)}
	add(&q.sel, a)
	add(&q.sel, b)
	add(&q.sel, c)
	add(&q.sel, d)
	add(&q.sel, e)
	add(&q.sel, f)
	add(&q.sel, g)
	add(&q.sel, h)
	return q
}
