package render_test

import (
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

var reserved = model.Alias(T, "order")

var quoting = cases{
	"quoting.reserved_table":      stmt(query.Select(U).OrderBy(U.ID)),
	"quoting.percent_column":      stmt(query.Select(U.Pct).Filter(U.Pct.Eq(50))),
	"quoting.space_column_bind":   stmt(query.Select(U.ID).Filter(U.Spaced.Eq("h2"))),
	"quoting.schema_table":        stmt(query.Select2(G.ID, G.What).Filter(G.CustID.Eq(1)).OrderBy(G.ID)),
	"quoting.schema_query_label":  stmt(query.Select(G).Filter(G.ID.Eq(1))),
	"quoting.alias_reserved":      stmt(query.Select(reserved.ID).Filter(reserved.ID.Eq(1))),
	"quoting.insert_quoted":       write(query.Insert(U).Values(U.ID.To(9), U.Order.To(1), U.Select.To("x"), U.Camel.To("y"))),
	"quoting.insert_quoted_names": write(query.Insert(U).Values(U.ID.To(9), U.Order.To(1), U.Camel.To("y"), U.Pct.To(3), U.Spaced.To("z"))),
}
