package render_test

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

type (
	customers struct {
		model.Table[Customer]
		ID                  expr.Int
		FirstName, LastName expr.Text
		Email, Mobile       expr.NullText
		Accounts            model.ToMany[Customer, Account]
		Orders              model.ToMany[Customer, Order]
	}
	accounts struct {
		model.Table[Account]
		AcctNo                   expr.Int
		AcctName                 expr.Text
		AcctOpenDt, AcctUpdateDt expr.NullTime
		CustID                   expr.NullInt
		Customer                 model.ToOne[Account, Customer]
	}
	tags struct {
		model.Table[Tag]
		ID   expr.Int
		Name expr.Text
	}
	customerTags struct {
		model.Table[CustomerTag]
		CustomerID, TagID expr.Int
	}
	departments struct {
		model.Table[Department]
		ID   expr.Int
		Name expr.Text
	}
	employees struct {
		model.Table[Employee]
		ID                expr.Int
		Name              expr.Text
		Title             expr.NullText
		Salary            expr.DecimalOf[string, *string]
		HiredOn           expr.NullDate
		ManagerID, DeptID expr.NullInt
		Reports           model.ToMany[Employee, Employee]
	}
	orders struct {
		model.Table[Order]
		ID         expr.Int
		CustomerID expr.NullInt
		Status     expr.Text
		Amount     expr.DecimalOf[string, *string]
		Quantity   expr.NullInt
		Weight     expr.NullFloat
		IsPaid     expr.NullBool
		OrderDate  expr.NullDate
		CreatedAt  expr.NullTime
		ShippedAt  expr.NullTime
		BigNo      expr.NullInt
		Ref        expr.NullUUID
		Meta       expr.NullJSON
		Attrs      expr.NullJSON
		Labels     expr.ArrayOf[expr.NullText, string, []*string, *[]*string]
		Scores     expr.NullSparseArray[int64]
		Note       expr.NullText
		Customer   model.ToOne[Order, Customer]
		Lines      model.ToMany[Order, OrderLine]
	}
	products struct {
		model.Table[Product]
		ID        expr.Int
		Sku, Name expr.Text
		Price     expr.DecimalOf[pgtype.Numeric, *pgtype.Numeric]
		Stock     expr.Int32
	}
	orderLines struct {
		model.Table[OrderLine]
		OrderID, LineNo expr.Int
		ProductID       expr.NullInt
		Qty             expr.Int32
		UnitPrice       expr.DecimalOf[string, *string]
		Order           model.ToOne[OrderLine, Order]
	}
	shipments struct {
		model.Table[Shipment]
		ID, OrderID, LineNo expr.Int
		Carrier             expr.NullText
	}
	transfers struct {
		model.Table[Transfer]
		ID               expr.Int
		FromAcct, ToAcct expr.NullInt
		Amount           expr.DecimalOf[pgtype.Numeric, pgtype.Numeric]
	}
	regions struct {
		model.Table[Region]
		Code, Name expr.Text
	}
	odds struct {
		model.Table[Odd]
		Camel, Spaced expr.NullText
		Pct           expr.NullInt
		ID            expr.Int
		Order         expr.NullInt
		Select        expr.NullText
	}
	auditLogs struct {
		model.Table[AuditLog]
		ID     expr.Int
		What   expr.Text
		CustID expr.NullInt
	}
)

const integer, timestamp = "integer", "timestamp without time zone"

// The tables have the first letter of their name, or another one of it.
var (
	C = model.Map("customer", func(t *customers) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID), model.Size(25, t.FirstName, t.LastName), model.Size(50, t.Email),
			model.Size(10, t.Mobile), model.Index(t.LastName),
		}
	})
	A = model.Map("account", func(t *accounts) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.AcctNo), model.Type(integer, t.AcctNo, t.CustID), model.Size(50, t.AcctName),
			model.Type(timestamp, t.AcctOpenDt, t.AcctUpdateDt), model.Default(t.AcctOpenDt, time.Now),
			model.Default(t.AcctUpdateDt, time.Now), model.OnUpdate(t.AcctUpdateDt, time.Now), model.ForeignKey(t.CustID, C.ID),
		}
	})
	T = model.Map("tag", func(t *tags) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type(integer, t.ID), model.Size(30, t.Name), model.Unique(t.Name)}
	})
	CT = model.Map("customer_tag", func(t *customerTags) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.CustomerID, t.TagID), model.Type(integer, t.CustomerID, t.TagID),
			model.ForeignKey(t.CustomerID, C.ID), model.ForeignKey(t.TagID, T.ID),
		}
	})
	D = model.Map("department", func(t *departments) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type(integer, t.ID), model.Size(30, t.Name)}
	})
	E = model.Map("employee", func(t *employees) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.ManagerID, t.DeptID), model.Size(30, t.Name, t.Title),
			model.Type("numeric(10, 2)", t.Salary), model.ForeignKey(t.ManagerID, t.ID), model.ForeignKey(t.DeptID, D.ID),
		}
	})
	O = model.Map("orders", func(t *orders) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.CustomerID, t.Quantity), model.Size(12, t.Status),
			model.Type("numeric(12, 2)", t.Amount), model.Type(timestamp, t.CreatedAt), model.Type("json", t.Meta),
			model.Type("text[]", t.Labels), model.Type("integer[]", t.Scores), model.ForeignKey(t.CustomerID, C.ID),
		}
	})
	P = model.Map("product", func(t *products) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID), model.Size(12, t.Sku), model.Size(40, t.Name),
			model.Type("numeric(10, 2)", t.Price), model.Unique(t.Sku),
		}
	})
	L = model.Map("order_line", func(t *orderLines) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.OrderID, t.LineNo), model.Type(integer, t.OrderID, t.LineNo, t.ProductID),
			model.Type("numeric(10, 2)", t.UnitPrice), model.ForeignKey(t.OrderID, O.ID), model.ForeignKey(t.ProductID, P.ID),
		}
	})
	S = model.Map("shipment", func(t *shipments) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.OrderID, t.LineNo), model.Size(20, t.Carrier),
			model.ForeignKeys(model.Refer(t.OrderID, L.OrderID), model.Refer(t.LineNo, L.LineNo)),
		}
	})
	X = model.Map("transfer", func(t *transfers) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.FromAcct, t.ToAcct), model.Type("numeric(10, 2)", t.Amount),
			model.ForeignKey(t.FromAcct, A.AcctNo), model.ForeignKey(t.ToAcct, A.AcctNo),
		}
	})
	R = model.Map("region", func(t *regions) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Size(4, t.Code), model.Size(30, t.Name)}
	})
	U = model.Map("user", func(t *odds) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.Order, t.Pct), model.Size(10, t.Select, t.Camel, t.Spaced),
			model.Name("CamelName", t.Camel), model.Name("has space", t.Spaced), model.Name("pct%", t.Pct),
		}
	})
	G = model.Map("log", func(t *auditLogs) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type(integer, t.ID, t.CustID), model.InSchema("audit"), model.Size(20, t.What),
			model.ForeignKey(t.CustID, C.ID),
		}
	})
	schema = model.MustSchema(C, A, T, CT, D, E, O, P, L, S, X, R, U, G)
)

// raw makes JSON of a text.
func raw(text string) json.RawMessage { return json.RawMessage(text) }

// day returns a day of UTC.
func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
