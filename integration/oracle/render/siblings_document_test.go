package render_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// documentSiblings look into arrays and documents, also where they have NULLs, are empty, or are of another shape.
func documentSiblings() []sibling {
	lines := query.From(L).Filter(L.OrderID.EqExpr(O.ID))
	doc := expr.JSONObject(expr.Key("no", L.LineNo), expr.Key("it's", L.UnitPrice))
	return []sibling{
		eachOrder("scores[2]", O.Scores.At(2)),
		eachOrder("scores[quantity]", O.Scores.AtExpr(O.Quantity)),
		eachOrder("labels[2:3]", O.Labels.Slice(2, 3)),
		eachOrder("(labels[2:])[1]", O.Labels.SliceFrom(2).At(1)),
		eachOrder("cardinality(labels || ARRAY['z'])", expr.Cardinality(O.Labels.Concat("z"))),
		eachOrder("array_position(labels, 'a')", expr.ArrayPosition(O.Labels, "a")),
		eachOrder("array_remove(labels, 'a')", expr.ArrayRemove(O.Labels, "a")),
		eachOrder("labels || labels", O.Labels.ConcatExpr(O.Labels)),
		where("labels && ARRAY['c', 'z'] AND NOT labels @> ARRAY['a']", O.Labels.Overlaps("c", "z"), O.Labels.Contains("a").Not()),
		where("labels <@ ARRAY['a', 'b']", O.Labels.ContainedBy("a", "b")),
		where("labels @> '{}'", O.Labels.Contains()),
		where("3 < ALL(scores) AND id < 7", expr.Val[int64](3).LtExpr(O.Scores.All()), O.ID.Lt(7)),
		where("status = ANY(ARRAY(SELECT status FROM orders WHERE id > 5))", O.Status.EqExpr(expr.Any[string](expr.ArrayRows(o2.Status, query.From(o2).Filter(o2.ID.Gt(5)))))),
		eachOrder("attrs -> 'deep' ->> 'k'", O.Attrs.Get("deep").GetText("k")),
		eachOrder("attrs #> '{tags,-1}'", O.Attrs.Path("tags", "-1")),
		eachOrder("meta -> 1", O.Meta.At(1)),
		eachOrder("attrs || '{\"a\": null}'", O.Attrs.Concat(raw(`{"a": null}`))),
		eachOrder("jsonb_typeof(attrs)", expr.JSONTypeOf(O.Attrs)),
		eachOrder("attrs ->> lower(upper('color'))", O.Attrs.GetTextExpr(expr.Lower(expr.Upper(expr.Val("color"))))),
		eachOrder("jsonb_path_query_array(attrs, '$.tags[*] ? (@ != \"x\")')", expr.JSONPathArray(O.Attrs, `$.tags[*] ? (@ != "x")`)),
		eachOrder("jsonb_strip_nulls(attrs || '{\"n\": null}')", expr.JSONStripNulls(O.Attrs.Concat(raw(`{"n": null}`)))),
		eachOrder("(SELECT jsonb_agg(jsonb_build_object('no', line_no, 'it''s', unit_price) ORDER BY line_no DESC) FROM order_line WHERE order_id = orders.id)",
			expr.Scalar(expr.JSONAgg(doc, expr.OrderBy(L.LineNo.Desc())), lines)),
		eachOrder("(SELECT jsonb_object_agg(line_no, qty) FILTER (WHERE qty > 1) FROM order_line WHERE order_id = orders.id)",
			expr.Scalar(expr.JSONObjectAgg(L.LineNo, L.Qty, expr.Filter(L.Qty.Gt(1))), lines)),
		where("attrs ?| ARRAY['ok', 'tags']", O.Attrs.HasAnyKey("ok", "tags")),
		where("attrs ?& ARRAY['color', 'size'] AND attrs @> '{\"size\": 3}'", O.Attrs.HasAllKeys("color", "size"), O.Attrs.Contains(raw(`{"size": 3}`))),
		where("(attrs ->> 'size')::int + 1 = 4", expr.JSONAs[expr.NullInt](O.Attrs, "size").Plus(1).Eq(4)),
	}
}

// TestDocumentSiblings: arrays and documents.
func TestDocumentSiblings(t *testing.T) { beside(t, documentSiblings()) }
