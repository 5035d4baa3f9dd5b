package tracktest

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// A Tenant has customers and products, whose keys begin with its own. An order is of a customer and of a product of one
// tenant, so that its foreign keys share a column.
type (
	Tenant   struct{ ID int64 }
	Customer struct {
		TenantID, ID int64
		Tenant       model.One[Tenant]
	}
	Product struct {
		TenantID, ID int64
		Tenant       model.One[Tenant]
	}
	Order struct {
		No                       string
		TenantID, CustID, ProdID *int64
		Tenant                   model.One[Tenant]
		Customer                 model.One[Customer]
		Product                  model.One[Product]
	}
	tenants struct {
		model.Table[Tenant]
		ID expr.Int
	}
	customers struct {
		model.Table[Customer]
		TenantID, ID expr.Int
		Tenant       model.ToOne[Customer, Tenant]
	}
	products struct {
		model.Table[Product]
		TenantID, ID expr.Int
		Tenant       model.ToOne[Product, Tenant]
	}
	orders struct {
		model.Table[Order]
		No                       expr.Text
		TenantID, CustID, ProdID expr.NullInt
		Tenant                   model.ToOne[Order, Tenant]
		Customer                 model.ToOne[Order, Customer]
		Product                  model.ToOne[Order, Product]
	}
)

// Tenants returns a schema of tenants, customers, products and orders.
func Tenants() *model.Schema {
	ts := model.Map("tenant", func(t *tenants) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	cs := model.Map("customer", func(t *customers) model.Spec {
		return model.Spec{model.PrimaryKey(t.TenantID, t.ID), model.ForeignKey(t.TenantID, ts.ID)}
	})
	ps := model.Map("product", func(t *products) model.Spec {
		return model.Spec{model.PrimaryKey(t.TenantID, t.ID), model.ForeignKey(t.TenantID, ts.ID)}
	})
	return model.MustSchema(ts, cs, ps, model.Map("order", func(t *orders) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.No), model.ForeignKey(t.TenantID, ts.ID),
			model.ForeignKeys(model.Refer(t.TenantID, cs.TenantID), model.Refer(t.CustID, cs.ID)),
			model.ForeignKeys(model.Refer(t.TenantID, ps.TenantID), model.Refer(t.ProdID, ps.ID)),
		}
	}))
}
