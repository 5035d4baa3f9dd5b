package render_test

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/model"
)

// The structs have the names of the Python classes, since results name them, and their fields are in the order of the
// columns.
type (
	// Customer is a customer.
	Customer struct {
		ID                  int64
		FirstName, LastName string
		Email, Mobile       *string
		Accounts            model.Many[Account]
		Orders              model.Many[Order]
	}
	// Account has defaults that are functions.
	Account struct {
		AcctNo                   int64
		AcctName                 string
		AcctOpenDt, AcctUpdateDt *time.Time
		CustID                   *int64
		Customer                 model.One[Customer]
	}
	// Tag is put on customers.
	Tag struct {
		ID   int64
		Name string
	}
	// CustomerTag says which customer has which tag.
	CustomerTag struct{ CustomerID, TagID int64 }
	// Department has employees.
	Department struct {
		ID   int64
		Name string
	}
	// Employee refers to its own table.
	Employee struct {
		ID                int64
		Name              string
		Title, Salary     *string
		HiredOn           *time.Time
		ManagerID, DeptID *int64
		Reports           model.Many[Employee]
	}
	// Order has a column of every type.
	Order struct {
		ID         int64
		CustomerID *int64
		Status     string
		Amount     *string
		Quantity   *int64
		Weight     *float64
		IsPaid     *bool
		OrderDate  *time.Time
		CreatedAt  *time.Time
		ShippedAt  *time.Time
		BigNo      *int64
		Ref        *[16]byte
		Meta       json.RawMessage
		Attrs      json.RawMessage
		Labels     []*string
		Scores     []*int64
		Note       *string
		Customer   model.One[Customer]
		Lines      model.Many[OrderLine]
	}
	// Product is sold in order lines.
	Product struct {
		ID        int64
		Sku, Name string
		Price     pgtype.Numeric
		Stock     int32
	}
	// OrderLine has a composite key.
	OrderLine struct {
		OrderID, LineNo int64
		ProductID       *int64
		Qty             int32
		UnitPrice       *string
		Order           model.One[Order]
	}
	// Shipment has a composite foreign key.
	Shipment struct {
		ID, OrderID, LineNo int64
		Carrier             *string
	}
	// Transfer has two foreign keys to the same table.
	Transfer struct {
		ID               int64
		FromAcct, ToAcct *int64
		Amount           pgtype.Numeric
	}
	// Region has no foreign key at all.
	Region struct{ Code, Name string }
	// Odd has names that must be quoted, in the order in which SQLAlchemy selects them.
	Odd struct {
		Camel, Spaced *string
		Pct           *int64
		ID            int64
		Order         *int64
		Select        *string
	}
	// AuditLog is in a schema of its own.
	AuditLog struct {
		ID     int64
		What   string
		CustID *int64
	}
)

// keys are the fields of the primary keys that are not just ID.
var keys = map[string][]string{
	"Account": {"AcctNo"}, "CustomerTag": {"CustomerID", "TagID"}, "OrderLine": {"OrderID", "LineNo"}, "Region": {"Code"},
}
