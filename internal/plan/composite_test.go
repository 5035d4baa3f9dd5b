package plan_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track/tracktest"
)

func deref(p *int64) any {
	if p == nil {
		return "NULL"
	}
	return *p
}

func (c compositeCase) got(o *order) string {
	return fmt.Sprint(deref(o.TenantID), " ", deref(o.CustID), " ", deref(o.ProdID))
}

// compositeCase is an order whose foreign keys share a column.
type compositeCase struct {
	name string
	do   func(u *unit, o *order)
	want string // the columns of the order after the flush
}

// TestSharedColumn: foreign keys that share a column are followed each as a whole.
func TestSharedColumn(t *testing.T) {
	t.Parallel()
	fresh := func(te *tenant) (*customer, *product) {
		c, p := &customer{ID: 7}, &product{ID: 8}
		c.Tenant.Set(te)
		p.Tenant.Set(te)
		return c, p
	}
	both := func(u *unit, o *order) {
		c, p := &customer{TenantID: 1, ID: 7}, &product{TenantID: 1, ID: 8}
		u.Put(&tenant{ID: 1}, c, p)
		o.Customer.Set(c)
		o.Product.Set(p)
		u.Put(o)
		u.Commit()
	}
	for _, c := range []compositeCase{
		{"two rows that are there", both, "1 7 8"},
		{"two new rows of a tenant that is there", func(u *unit, o *order) {
			te := &tenant{ID: 1}
			u.Put(te)
			u.Commit()
			c, p := fresh(te)
			o.Customer.Set(c)
			o.Product.Set(p)
			u.Put(o)
		}, "1 7 8"},
		{"two new rows of a new tenant", func(_ *unit, o *order) {
			c, p := fresh(&tenant{})
			o.Customer.Set(c)
			o.Product.Set(p)
		}, "1 7 8"},
		{"all three of a new tenant", func(_ *unit, o *order) {
			te := &tenant{}
			c, p := fresh(te)
			o.Tenant.Set(te)
			o.Product.Set(p)
			o.Customer.Set(c)
		}, "1 7 8"},
		{"the references first, then the tenant", func(u *unit, o *order) {
			te := &tenant{}
			c, p := &customer{ID: 7}, &product{ID: 8}
			o.Customer.Set(c)
			o.Product.Set(p)
			u.Put(o)
			c.Tenant.Set(te)
			p.Tenant.Set(te)
			o.Tenant.Set(te)
		}, "1 7 8"},
		{"one that has its tenant, and one that has not set it", func(u *unit, o *order) {
			c, p := &customer{TenantID: 1, ID: 7}, &product{ID: 8}
			u.Put(&tenant{ID: 1}, c)
			o.Customer.Set(c)
			o.Product.Set(p)
		}, "1 7 8"},
		{"the other way round", func(u *unit, o *order) {
			c, p := &customer{ID: 7}, &product{TenantID: 1, ID: 8}
			u.Put(&tenant{ID: 1}, p)
			o.Customer.Set(c)
			o.Product.Set(p)
		}, "1 7 8"},
		{"the tenant and one that has not set it", func(u *unit, o *order) {
			te := &tenant{ID: 1}
			o.Tenant.Set(te)
			o.Product.Set(&product{ID: 8})
		}, "1 NULL 8"},
		{"one is taken away", func(u *unit, o *order) {
			both(u, o)
			o.Product.Set(nil)
		}, "1 7 NULL"},
		{"both are taken away", func(u *unit, o *order) {
			both(u, o)
			o.Product.Set(nil)
			o.Customer.Set(nil)
		}, "1 NULL NULL"},
		{"the tenant is taken away", func(u *unit, o *order) {
			both(u, o)
			o.Product.Set(nil)
			o.Customer.Set(nil)
			o.Tenant.Set(nil)
		}, "NULL NULL NULL"},
		{"both of another tenant", func(u *unit, o *order) {
			both(u, o)
			c, p := fresh(&tenant{ID: 5})
			o.Product.Set(p)
			o.Customer.Set(c)
		}, "5 7 8"},
		{"one is taken away, the other is of another tenant", func(u *unit, o *order) {
			both(u, o)
			c, _ := fresh(&tenant{ID: 5})
			o.Customer.Set(c)
			o.Product.Set(nil)
		}, "5 7 NULL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u, o := tracktest.New(t, tenants), &order{No: "a"}
			c.do(u, o)
			u.Put(o)
			u.Flush()
			tracktest.Equal(t, "order", c.got(o), c.want)
			tracktest.Lines(t, "a second plan", u.Flush())
		})
	}
}

// TestSharedColumnDisagrees: a column cannot have two values.
func TestSharedColumnDisagrees(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(u *unit, o *order)
		want string
	}{
		{"rows that are there", func(u *unit, o *order) {
			c, p := &customer{TenantID: 1, ID: 7}, &product{TenantID: 2, ID: 8}
			u.Put(&tenant{ID: 1}, &tenant{ID: 2}, c, p)
			u.Commit()
			o.Customer.Set(c)
			o.Product.Set(p)
		}, "Order.Customer is Customer(tenant_id=1, id=7), Order.Product is Product(tenant_id=2, id=8)"},
		{"new rows", func(_ *unit, o *order) {
			o.Customer.Set(&customer{TenantID: 1, ID: 7})
			o.Product.Set(&product{TenantID: 2, ID: 8})
		}, "Order.Customer is Customer(tenant_id=1, id=7), Order.Product is Product(tenant_id=2, id=8)"},
		{"new tenants", func(_ *unit, o *order) {
			c, p := &customer{ID: 7}, &product{ID: 8}
			c.Tenant.Set(&tenant{})
			p.Tenant.Set(&tenant{})
			o.Customer.Set(c)
			o.Product.Set(p)
		}, "Order.Customer is Customer(tenant_id=0, id=7), Order.Product is Product(tenant_id=0, id=8)"},
		{"a new tenant and one that is there", func(_ *unit, o *order) {
			o.Tenant.Set(&tenant{})
			o.Product.Set(&product{TenantID: 2, ID: 8})
		}, "Order.Tenant is Tenant(id not set), Order.Product is Product(tenant_id=2, id=8)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u, o := tracktest.New(t, tenants), &order{No: "a"}
			u.Put(o)
			c.do(u, o)
			before := u.Image()
			_, err := u.Prepare()
			if !errors.Is(err, fault.ErrSharedColumn) {
				t.Fatalf("error is %v", err)
			}
			tracktest.Equal(t, "error", err.Error(),
				"session: foreign keys share a column and give it different values: tenant_id of Order(no=a): "+c.want)
			tracktest.Lines(t, "objects", u.Image(), before...)
		})
	}
}

// TestKeysThatAreForeignKeys: a key that comes from a row is passed on from parent to child, in whatever order they were said.
func TestKeysThatAreForeignKeys(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, tenants)
	te, c, o := &tenant{}, &customer{ID: 7}, &order{No: "a"}
	o.Customer.Set(c)
	u.Put(o)
	c.Tenant.Set(te)
	tracktest.Lines(t, "plan", u.Flush(),
		"INSERT tenant: Tenant(id not set)", "INSERT customer: Customer(tenant_id=0, id=7)", "INSERT order: Order(no=a)")
	tracktest.Equal(t, "order's tenant", deref(o.TenantID), any(int64(1)))
	tracktest.Lines(t, "a second plan", u.Flush())

	c2, te2 := &customer{ID: 9}, &tenant{ID: 4}
	o.Customer.Set(c2)
	c2.Tenant.Set(te2)
	tracktest.Lines(t, "plan", u.Flush(), "INSERT tenant: Tenant(id=4)", "INSERT customer: Customer(tenant_id=4, id=9)", "UPDATE order: Order(no=a)")
	tracktest.Equal(t, "order's tenant", deref(o.TenantID), any(int64(4)))
}
