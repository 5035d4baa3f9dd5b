package main

import (
	"fmt"
	"net/http"
	"time"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func (s *server) addCustomer(r *http.Request) (int, any, error) {
	var c store.Customer
	if err := read(r, &c); err != nil {
		return 0, nil, err
	}
	if !c.Orders.IsZero() {
		return 0, nil, fmt.Errorf("%w: orders have a place of their own", errRequest)
	}
	c.ID = 0
	ctx, ses := r.Context(), s.session()
	defer ses.Close(ctx)
	ses.Add(&c)
	return http.StatusCreated, &c, ses.Commit(ctx)
}

func (s *server) getCustomer(r *http.Request, id int64) (int, any, error) {
	c, o := store.Customers, store.Orders
	customer, err := query.Select(c).Filter(c.ID.Eq(id)).Load(c.Orders.Load(o.Lines)).One(r.Context(), s.eng)
	return http.StatusOK, customer, err
}

// putCustomer changes name and email. Credit is moved by transfers only.
func (s *server) putCustomer(r *http.Request, id int64) (int, any, error) {
	var given store.Customer
	if err := read(r, &given); err != nil {
		return 0, nil, err
	}
	if !given.Orders.IsZero() {
		return 0, nil, fmt.Errorf("%w: orders have a place of their own", errRequest)
	}
	given.ID = id
	ctx, ses, c := r.Context(), s.session(), store.Customers
	defer ses.Close(ctx)
	if _, err := session.Get(ctx, ses, c, id); err != nil { // Merge would add one
		return 0, nil, err
	}
	customer, err := session.Merge(ctx, ses, &given, c.Name, c.Email)
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, customer, ses.Commit(ctx)
}

func (s *server) addOrder(r *http.Request) (int, any, error) {
	var o store.Order
	if err := read(r, &o); err != nil {
		return 0, nil, err
	}
	o.ID, o.Version, o.PlacedAt, o.EditedAt = 0, 0, time.Time{}, time.Time{}
	ctx, ses := r.Context(), s.session()
	defer ses.Close(ctx)
	if err := store.Place(ctx, ses, &o); err != nil {
		return 0, nil, err
	}
	return http.StatusCreated, &o, ses.Commit(ctx)
}

func (s *server) getOrder(r *http.Request, id int64) (int, any, error) {
	o, l := store.Orders, store.Lines
	order, err := query.Select(o).Filter(o.ID.Eq(id)).Load(o.Customer, o.Lines.Load(l.Product)).One(r.Context(), s.eng)
	return http.StatusOK, order, err
}

// putOrder makes note and lines of an order what the request says, who must have seen its version.
func (s *server) putOrder(r *http.Request, id int64) (int, any, error) {
	var given store.Order
	if err := read(r, &given); err != nil {
		return 0, nil, err
	}
	if given.Version == 0 {
		return 0, nil, fmt.Errorf("%w: version is missing", errRequest)
	}
	given.ID = id
	ctx, ses := r.Context(), s.session()
	defer ses.Close(ctx)
	order, err := store.Change(ctx, ses, &given)
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, order, ses.Commit(ctx)
}

// transfer moves store credit.
func (s *server) transfer(r *http.Request) (int, any, error) {
	var t struct {
		From   int64       `json:"from"`
		To     int64       `json:"to"`
		Amount store.Money `json:"amount"`
	}
	if err := read(r, &t); err != nil {
		return 0, nil, err
	}
	return http.StatusNoContent, nil, store.Transfer(r.Context(), s.eng, t.From, t.To, t.Amount)
}
