package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/examples/shop/store"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func TestCustomers(t *testing.T) {
	t.Parallel()
	s := newService(t)
	equal(t, s.want(t, "GET /customers/1", "", 200, 3), `{"id": 1, "name": "Ada", "email": "ada@example.org", "credit": "100.00", "orders": [
		{"id": 1, "customer_id": 1, "note": "", "version": 1, "lines": [
			{"product_id": 1, "quantity": 3, "price": "7.95"}, {"product_id": 3, "quantity": 1, "price": "9.99"}]},
		{"id": 2, "customer_id": 1, "note": "", "version": 1, "lines": [{"product_id": 2, "quantity": 2, "price": "12.50"}]}]}`)
	equal(t, s.want(t, "POST /customers", `{"id": 1, "name": "Cleo", "email": "cleo@example.org"}`, 201, 1),
		`{"id": 3, "name": "Cleo", "email": "cleo@example.org", "credit": "0.00", "orders": []}`)

	// Credit is not a form's to change, and what is as it was is not written.
	equal(t, s.want(t, "PUT /customers/3", `{"name": "Cleo", "email": "c@example.org", "credit": "99.00"}`, 200, 2),
		`{"id": 3, "name": "Cleo", "email": "c@example.org", "credit": "0.00"}`)
	s.want(t, "PUT /customers/3", `{"name": "Cleo", "email": "c@example.org"}`, 200, 1)
	equal(t, s.want(t, "GET /customers/3", "", 200, 2), `{"id": 3, "name": "Cleo", "email": "c@example.org", "credit": "0.00", "orders": []}`)

	for _, x := range []struct {
		request, body string
		status        int
		want          string
	}{
		{"POST /customers", `{"name": "Ada", "email": "ada@example.org"}`, 409, "exists already: uq_customer_email"},
		{"PUT /customers/3", `{"name": "Ada", "email": "ada@example.org"}`, 409, "exists already: uq_customer_email"},
		{"POST /customers", `{"credit": "1"}`, 422, `[{"object":"Customer(id not set)","error":"name is missing\nemail is no address\ncredit is no amount like \"12.50\""}]`},
		{"POST /customers", `{"name": "a\u0000b", "email": "a@b"}`, 400, "a value that cannot be stored"},
		{"POST /customers", `{"name": "D", "email": "d@example.org", "orders": [{"customer_id": 1}]}`, 400, "orders have a place of their own"},
		{"PUT /customers/1", `{"name": "D", "email": "d@example.org", "orders": []}`, 400, "orders have a place of their own"},
		{"PUT /customers/99", `{"name": "D", "email": "d@example.org"}`, 404, "not found"},
	} {
		status, answer := s.send(t.Context(), x.request, x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s %s: %d %s, want %d %s", x.request, x.body, status, answer, x.status, x.want)
		}
	}
}

// stock returns how many of each product there are, in the order of their keys.
func (s *service) stock(t *testing.T) []int32 {
	t.Helper()
	n, err := query.Select(store.Products.Stock).Unfiltered().OrderBy(store.Products.ID).All(t.Context(), s.eng)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAddOrder(t *testing.T) {
	t.Parallel()
	s := newService(t)
	// SELECT … FOR NO KEY UPDATE, UPDATE product, INSERT orders, INSERT order_line. The prices are the shop's.
	equal(t, s.want(t, "POST /orders", `{"id": 1, "version": 5, "customer_id": 2, "note": "quick", "lines": [
		{"product_id": 4, "quantity": 3, "price": "0.01"}, {"product_id": 1, "quantity": 1}]}`, 201, 4),
		`{"id": 4, "customer_id": 2, "note": "quick", "version": 1, "lines": [
		{"product_id": 4, "quantity": 3, "price": "30.00"}, {"product_id": 1, "quantity": 1, "price": "7.95"}]}`)
	if got := s.stock(t); !slices.Equal(got, []int32{9, 10, 10, 0}) {
		t.Errorf("stock is %d", got)
	}
	s.want(t, "DELETE /products/3", "", 204, 2)
	for _, x := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"customer_id": 2, "lines": [{"product_id": 4, "quantity": 1}]}`, 409, "out of stock: 0 of M-1 are left"},
		{`{"customer_id": 2, "lines": [{"product_id": 1, "quantity": 2147483647}]}`, 409, "out of stock"},
		{`{"customer_id": 2, "lines": []}`, 422, "no lines"},
		{`{"customer_id": 2, "lines": [null]}`, 400, "element 1 is null"},
		{`{"customer_id": 2, "lines": [{"product_id": 1, "quantity": 1}, {"product_id": 1, "quantity": 1}]}`, 422, "stands in two lines"},
		{`{"customer_id": 2, "lines": [{"product_id": 3, "quantity": 1}]}`, 422, "product 3 is not sold"},
		{`{"customer_id": 2, "lines": [{"product_id": 99, "quantity": 1}]}`, 422, "product 99 is not sold"},
		{
			`{"customer_id": 2, "lines": [{"product_id": 1, "quantity": 1}, {"product_id": 2, "quantity": -1}, {"product_id": 4, "quantity": 0}]}`, 422,
			`[{"object":"Line(order_id=0, product_id=2)","error":"quantity is not positive"},{"object":"Line(order_id=0, product_id=4)","error":"quantity is not positive"}]`,
		},
		{`{"customer_id": 99, "lines": [{"product_id": 1, "quantity": 1}]}`, 422, "refers to nothing: orders_customer_id_fkey"},
		{`{"customer": {"name": "x", "email": "x@y"}, "lines": [{"product_id": 1, "quantity": 1}]}`, 422, "say customer_id"},
		{`{"customer_id": 2, "lines": [{"product": {"id": 1, "price": "0.01"}, "quantity": 1}]}`, 422, "say product_id"},
	} {
		status, answer := s.send(t.Context(), "POST /orders", x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s: %d %s, want %d %s", x.body, status, answer, x.status, x.want)
		}
	}
	if got := s.stock(t); !slices.Equal(got, []int32{9, 10, 10, 0}) {
		t.Errorf("stock is %d after orders that were refused", got)
	}
}

// TestOrdersAtOnce: as many are sold as there are.
func TestOrdersAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	status := make([]int, 8)
	var all sync.WaitGroup
	for i := range status {
		all.Go(func() {
			a, b := `{"product_id": 4, "quantity": 1}`, `{"product_id": 1, "quantity": 1}`
			if i%2 == 0 { // in another order, which must not be a deadlock
				a, b = b, a
			}
			status[i], _ = s.send(t.Context(), "POST /orders", fmt.Sprintf(`{"customer_id": 2, "lines": [%s, %s]}`, a, b))
		})
	}
	all.Wait()
	if slices.Sort(status); !slices.Equal(status, []int{201, 201, 201, 409, 409, 409, 409, 409}) {
		t.Errorf("statuses are %d", status)
	}
	if got := s.stock(t); !slices.Equal(got, []int32{7, 10, 10, 0}) {
		t.Errorf("stock is %d", got)
	}
}

// TestPutOrder: an order goes out as JSON and comes back with other lines; the difference is written, and the stock follows it.
func TestPutOrder(t *testing.T) {
	t.Parallel()
	s := newService(t)
	equal(t, s.want(t, "GET /orders/1", "", 200, 4), `{"id": 1, "customer_id": 1, "note": "", "version": 1,
		"customer": {"id": 1, "name": "Ada", "email": "ada@example.org", "credit": "100.00"}, "lines": [
		{"product_id": 1, "quantity": 3, "price": "7.95", "product":
			{"id": 1, "sku": "B-1", "name": "Beowulf", "price": "7.95", "stock": 10, "category_id": 4, "version": 1}},
		{"product_id": 3, "quantity": 1, "price": "9.99", "product":
			{"id": 3, "sku": "B-3", "name": "Dune", "price": "9.99", "stock": 10, "category_id": 3, "version": 1}}]}`)
	s.want(t, "PUT /products/1", `{"version": 1, "name": "Beowulf", "price": "8.00", "stock": 10, "category_id": 4}`, 200, 2)

	// One line less, one changed, one new; the changed one keeps its price, and the new one has today's, whatever the form says.
	equal(t, s.want(t, "PUT /orders/1", `{"version": 1, "customer_id": 2, "note": "a gift", "lines": [
		{"product_id": 1, "quantity": 5, "price": "0.01"}, {"product_id": 4, "quantity": 1, "price": "0.01"}]}`, 200, 9),
		`{"id": 1, "customer_id": 1, "note": "a gift", "version": 2, "lines": [
		{"product_id": 1, "quantity": 5, "price": "7.95"}, {"product_id": 4, "quantity": 1, "price": "30.00"}]}`)
	if got := s.stock(t); !slices.Equal(got, []int32{8, 10, 11, 2}) {
		t.Errorf("stock is %d", got)
	}
	stored := s.want(t, "GET /customers/1", "", 200, 3)
	if want := `"note":"a gift"`; !strings.Contains(stored, want) || !strings.Contains(stored, `[{"product_id":1,"quantity":5,"price":"7.95"},{"product_id":4,"quantity":1,"price":"30.00"}]`) {
		t.Error(stored)
	}

	for _, x := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"lines": [{"product_id": 1, "quantity": 1}]}`, 400, "version is missing"},
		{`{"version": 1, "lines": [{"product_id": 1, "quantity": 1}]}`, 409, "somebody else has changed it"},
		{`{"version": 2, "note": "x"}`, 422, "no lines"},
		{`{"version": 2, "lines": [{"product_id": 1, "quantity": 0}]}`, 422, `{"object":"Line(order_id=1, product_id=1)","error":"quantity is not positive"}`},
		{`{"version": 2, "lines": [{"product_id": 4, "quantity": 4}]}`, 409, "out of stock: 2 of M-1 are left"},
		{`{"version": 2, "lines": [{"product_id": 99, "quantity": 1}]}`, 422, "product 99 is not sold"},
		{`{"version": 2, "customer": {"id": 1, "credit": "999.00"}, "lines": [{"product_id": 1, "quantity": 1}]}`, 422, "say customer_id"},
	} {
		status, answer := s.send(t.Context(), "PUT /orders/1", x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s: %d %s, want %d %s", x.body, status, answer, x.status, x.want)
		}
	}
	equal(t, s.want(t, "GET /customers/1", "", 200, 3), stored)
	if got := s.stock(t); !slices.Equal(got, []int32{8, 10, 11, 2}) {
		t.Errorf("stock is %d after changes that were refused", got)
	}
	s.want(t, "PUT /orders/99", `{"version": 1, "lines": [{"product_id": 1, "quantity": 1}]}`, 404, 1)

	// What is no longer sold can stay in an order, and leave it.
	s.want(t, "DELETE /products/4", "", 204, 2)
	s.want(t, "PUT /orders/1", `{"version": 2, "lines": [{"product_id": 1, "quantity": 5}, {"product_id": 4, "quantity": 1}]}`, 200, 6)
	s.want(t, "PUT /orders/1", `{"version": 3, "lines": [{"product_id": 1, "quantity": 5}]}`, 200, 7)
	if got := s.stock(t); !slices.Equal(got, []int32{8, 10, 11, 3}) {
		t.Errorf("stock is %d", got)
	}
}

// TestPutOrderAtOnce: of two who change an order at once, if only its lines, one is told; the stock is that of the other.
func TestPutOrderAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	status := make([]int, 6)
	var all sync.WaitGroup
	for i := range status {
		all.Go(func() {
			status[i], _ = s.send(t.Context(), "PUT /orders/1", fmt.Sprintf(`{"version": 1, "lines": [{"product_id": 1, "quantity": %d}]}`, i+4))
		})
	}
	all.Wait()
	winner := slices.Index(status, 200)
	if slices.Sort(status); !slices.Equal(status, []int{200, 409, 409, 409, 409, 409}) {
		t.Errorf("statuses are %d", status)
	}
	if got := s.stock(t); !slices.Equal(got, []int32{10 + 3 - int32(winner+4), 10, 11, 3}) {
		t.Errorf("stock is %d, and %d of product 1 were ordered", got, winner+4)
	}
}

func TestTransfer(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.want(t, "POST /transfers", `{"from": 1, "to": 2, "amount": "99.99"}`, 204, 4)
	if got := s.credit(t); !slices.Equal(got, []store.Money{"0.01", "149.99"}) {
		t.Errorf("credit is %s", got)
	}
	for _, x := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"from": 1, "to": 2, "amount": "0.02"}`, 409, "not possible: credit_not_negative"},
		{`{"from": 1, "to": 99, "amount": "0.01"}`, 404, "not found"},
		{`{"from": 1, "to": 1, "amount": "0.01"}`, 422, "bad transfer"},
		{`{"from": 1, "to": 2, "amount": "0.00"}`, 422, "bad transfer"},
		{`{"from": 1, "to": 2, "amount": "-1.00"}`, 422, "bad transfer"},
		{`{"from": 1, "to": 2, "amount": "0.001"}`, 422, "bad transfer"},
	} {
		status, answer := s.send(t.Context(), "POST /transfers", x.body)
		if status != x.status || !strings.Contains(answer, x.want) {
			t.Errorf("%s: %d %s, want %d %s", x.body, status, answer, x.status, x.want)
		}
	}
	if got := s.credit(t); !slices.Equal(got, []store.Money{"0.01", "149.99"}) {
		t.Errorf("credit is %s after transfers that were refused", got)
	}
}

// credit returns the credit of each customer.
func (s *service) credit(t *testing.T) []store.Money {
	t.Helper()
	credit, err := query.Select(store.Customers.Credit).OrderBy(store.Customers.ID).All(t.Context(), s.eng)
	if err != nil {
		t.Fatal(err)
	}
	return credit
}

// TestTransferMeetsAnother: a transfer that another transaction has overtaken is done again, on what that one has left.
func TestTransferMeetsAnother(t *testing.T) {
	t.Parallel()
	s := newService(t)
	ctx, report := session.Watch(t.Context())
	other, err := s.eng.Pool().Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback(ctx)
	if _, err := other.Exec(ctx, "UPDATE customer SET credit = credit - 60 WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	done := make(chan int, 1)
	go func() {
		status, _ := s.send(ctx, "POST /transfers", `{"from": 1, "to": 2, "amount": "40.00"}`)
		done <- status
	}()
	for waiting := false; !waiting && len(done) == 0; { // until the transfer waits for the row
		err := s.eng.Pool().QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_stat_activity
			WHERE wait_event_type = 'Lock' AND datname = current_database())`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if status := <-done; status != 204 {
		t.Errorf("status %d", status)
	}
	if n := report.Summary().Failed; n != 1 {
		t.Errorf("%d statements failed, not the one that was overtaken:\n%s", n, report)
	}
	if got := s.credit(t); !slices.Equal(got, []store.Money{"0.00", "90.00"}) {
		t.Errorf("credit is %s", got)
	}
}

// TestTransfersAtOnce: transfers in both directions meet, wait for each other, and all take place.
func TestTransfersAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			body := fmt.Sprintf(`{"from": %d, "to": %d, "amount": "0.0%d"}`, 1+i%2, 2-i%2, 1+i%2)
			for range 10 {
				for status := 503; status != 204; { // InTx gives up after some times
					if status, _ = s.send(t.Context(), "POST /transfers", body); status != 204 && status != 503 {
						t.Errorf("status %d", status)
						return
					}
				}
			}
		})
	}
	all.Wait()
	if got := s.credit(t); !slices.Equal(got, []store.Money{"100.20", "49.80"}) {
		t.Errorf("credit is %s", got)
	}
}
