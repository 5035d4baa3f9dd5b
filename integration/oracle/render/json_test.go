package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// sized is a document with one key.
var sized = expr.JSONVal(map[string]int{"size": 3})

var documents = cases{
	"json.json_key":            ofOrder(1, O.Meta.Get("color")),
	"json.jsonb_key":           ofOrder(1, O.Attrs.Get("size")),
	"json.jsonb_astext":        ofOrder(1, O.Attrs.GetText("color")),
	"json.jsonb_astext_filter": ordersIn(O.Attrs.GetText("color").Eq("red")),
	"json.jsonb_path":          ofOrder(1, O.Attrs.PathText("deep", "k")),
	"json.json_chained":        ofOrder(1, O.Meta.Get("nested").Get("a").At(2)),
	"json.json_as_integer":     ordersIn(expr.JSONAs[expr.NullInt](O.Meta, "size").Eq(3)),
	"json.jsonb_cast_int":      ordersIn(expr.CastTo[expr.NullInt](O.Attrs.GetText("size")).Gt(3)),
	"json.jsonb_contains":      ordersIn(O.Attrs.ContainsExpr(sized)),
	"json.jsonb_contained_by":  ordersIn(O.Attrs.ContainedBy(raw(`{"color": "blue", "size": 7, "x": 1}`))),
	"json.jsonb_has_key":       ordersIn(O.Attrs.HasKey("size")),
	"json.jsonb_concat":        ofOrder(2, O.Attrs.Concat(raw(`{"new": 1}`))),
	"json.jsonb_delete_key":    ofOrder(2, O.Attrs.Without("size")),
	"json.json_equality":       ordersIn(O.Meta.Eq(raw(`{"color": "green"}`))),
	"json.json_null_sql":       ordersIn(O.Meta.IsNull()),
	"json.json_null_json":      ordersIn(O.Attrs.Eq(raw("null"))),
	"json.jsonb_is_null_key":   ordersIn(O.Attrs.Get("size").IsNull()),
	"json.jsonb_build_object": stmt(query.Select(expr.JSONObject(expr.Key("id", C.ID), expr.Key("n", C.LastName))).
		Filter(C.ID.Eq(1))),
	"json.jsonb_path_exists": ordersIn(expr.JSONPathExists(O.Attrs, "$.size ? (@ > 5)")),
}
