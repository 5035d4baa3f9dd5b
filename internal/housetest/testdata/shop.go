// Package shop is what the snippets of compile_test.go are type-checked with.
package shop

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// status and color are two named string types.
type (
	status string
	color  string
)

type customer struct {
	ID     int64
	Name   string
	Email  *string
	Active bool
	Vetted *bool
	Status status

	Orders model.Many[order]
}

type order struct {
	ID       int64
	Title    string
	Price    float64
	Tax      string
	Units    int32
	PlacedAt time.Time
	CustID   *int64
	Labels   []string
	Marks    []int64
	Attrs    json.RawMessage
	Due      time.Time
	Span     pgtype.Range[int64]
	Open     pgtype.Range[time.Time]

	Customer model.One[customer]
}

type customers struct {
	model.Table[customer]

	ID     expr.Int
	Name   expr.Text
	Email  expr.NullText
	Active expr.Bool
	Vetted expr.NullBool
	Status expr.Enum[status]

	Orders model.ToMany[customer, order]
}

type orders struct {
	model.Table[order]

	ID       expr.Int
	Title    expr.Text
	Price    expr.Float
	Tax      expr.DecimalOf[string, string]
	Units    expr.Int32
	PlacedAt expr.Time
	CustID   expr.NullInt
	Labels   expr.TextArray
	Marks    expr.IntArray
	Attrs    expr.JSON
	Due      expr.Date
	Span     expr.IntRange
	Open     expr.TimeRange

	Customer model.ToOne[order, customer]
}
