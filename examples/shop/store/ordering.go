package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	// ErrOutOfStock: there are not as many of a product as an order wants.
	ErrOutOfStock = errors.New("out of stock")
	// ErrBadOrder: an order has no lines, a product twice, one that is not sold, or brings objects that are not its own.
	ErrBadOrder = errors.New("bad order")
)

// Place adds a new order to the session and takes its products out of the stock.
func Place(ctx context.Context, s *session.Session, o *Order) error {
	want, err := quantities(o)
	if err != nil {
		return err
	}
	if err := take(ctx, s, o, want); err != nil {
		return err
	}
	s.Add(o)
	return nil
}

// Change makes the note and the lines of an order what they are in given, which is in no session. The order must have the version that
// given has.
func Change(ctx context.Context, s *session.Session, given *Order) (*Order, error) {
	o, err := query.Select(Orders).Filter(Orders.ID.Eq(given.ID)).Load(Orders.Lines).One(ctx, s)
	if err != nil {
		return nil, err
	}
	more, err := quantities(given)
	if err != nil {
		return nil, err
	}
	had, _ := o.Lines.Peek()
	for _, l := range had {
		more[l.ProductID] -= l.Quantity
	}
	if err := take(ctx, s, given, more); err != nil {
		return nil, err
	}
	// Of lines that are there only the quantity is copied; new ones are taken whole, with the price of today.
	if o, err = session.Merge(ctx, s, given, Orders.Note, Lines.Quantity); err != nil {
		return nil, err
	}
	o.EditedAt = time.Now().Truncate(time.Microsecond) // a change of the order itself: it gets a new version with its lines
	return o, nil
}

// quantities returns how many of each product an order has.
func quantities(o *Order) (map[int64]int32, error) {
	lines, _ := o.Lines.Peek()
	if len(lines) == 0 {
		return nil, fmt.Errorf("%w: it has no lines", ErrBadOrder)
	}
	if !o.Customer.IsZero() { // it would be written with the order
		return nil, fmt.Errorf("%w: customer is not the order's to change, say customer_id", ErrBadOrder)
	}
	n := map[int64]int32{}
	for _, l := range lines {
		if !l.Product.IsZero() {
			return nil, fmt.Errorf("%w: product is not the order's to change, say product_id", ErrBadOrder)
		}
		if _, twice := n[l.ProductID]; twice {
			return nil, fmt.Errorf("%w: product %d stands in two lines", ErrBadOrder, l.ProductID)
		}
		n[l.ProductID] = l.Quantity
	}
	return n, nil
}

// take takes products out of the stock, and puts back those of which n is negative. The lines of the order get today's prices. The
// products are locked in the order of their keys, so that two orders wait for each other and never both for ever.
func take(ctx context.Context, s *session.Session, o *Order, n map[int64]int32) error {
	ids := slices.Sorted(maps.Keys(n))
	found, err := query.Select(Products).Filter(Products.ID.In(ids...)).
		Unfiltered(). // what is no longer sold can be put back
		OrderBy(Products.ID).ForNoKeyUpdate().Refresh().All(ctx, s)
	if err != nil {
		return err
	}
	price := map[int64]Money{}
	for _, p := range found {
		if p.Stock < n[p.ID] {
			return fmt.Errorf("%w: %d of %s are left", ErrOutOfStock, p.Stock, p.SKU)
		}
		if p.DeletedAt == nil || n[p.ID] <= 0 {
			p.Stock -= n[p.ID]
			price[p.ID] = p.Price
		}
	}
	lines, _ := o.Lines.Peek()
	for _, l := range lines {
		sold := false
		if l.Price, sold = price[l.ProductID]; !sold {
			return fmt.Errorf("%w: product %d is not sold", ErrBadOrder, l.ProductID)
		}
	}
	return nil
}
