package query

import (
	"context"
	"iter"
)

// Batches reads a query in batches of size rows, of which only one is in memory at a time, with the relationships that [Query.Load] names: it is
// for work on millions of rows.
//
//	for batch, err := range query.Batches(ctx, s, query.Select(c).Load(c.Orders), 1000) {
//		if err != nil { … }
//		for _, customer := range batch { … }
//	}
//	// SELECT … FROM customer ORDER BY customer.id LIMIT $1; SELECT … FROM orders WHERE orders.customer_id = ANY($1)
//	// SELECT … FROM customer WHERE customer.id > $1 ORDER BY customer.id LIMIT $2; …
//
// Each batch is a page, see [Pages], with its order and [ErrKeyset]: a batch begins behind the last row of the one before, and sees what others
// have committed by then, but where a transaction of the session says otherwise. The connection is free in the loop body, which may use the session.
//
// A session flushes when the loop body has done its work on a batch, and then lets go of the objects that came into it with the batch or were read
// in the body, as by session.Session.Expunge; those that it had before stay, and so do new ones. A Rollback gives objects that were let go no values back.
// Leaving the loop early is fine: the objects of that batch stay in the session. An error is the last pair.
func Batches[R any](ctx context.Context, r Runner, q Query[R], size int) iter.Seq2[[]R, error] {
	return func(yield func([]R, error) bool) {
		pages, cursor := Pages(q, size), ""
		for {
			letGo := func(context.Context) error { return nil }
			if b, ok := r.(interface {
				CupelBatch() (func(context.Context) error, error)
			}); ok {
				var err error
				if letGo, err = b.CupelBatch(); err != nil {
					yield(nil, err)
					return
				}
			}
			page, err := pages.After(ctx, r, cursor)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(page.Rows) > 0 && !yield(page.Rows, nil) {
				return
			}
			if err := letGo(ctx); err != nil {
				yield(nil, err)
				return
			}
			if cursor = page.Next; cursor == "" {
				return
			}
		}
	}
}
