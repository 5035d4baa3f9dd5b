package expr_test

import (
	"encoding/json"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I read a part of a document? What is not there is NULL.
func ExampleJSONAs() {
	t := Items
	show(expr.JSONAs[expr.NullInt](t.Attrs, "size").Gt(3), expr.JSONAs[expr.NullDecimal](t.Attrs, "lines", "0", "price"))
	show(t.Attrs.Get("size"), t.Attrs.GetText("size"), t.Attrs.At(0), t.Attrs.AtText(-1), t.Attrs.Path("a", "0"), t.Attrs.PathText("a", "b"))
	// Output:
	// CAST(item.attrs ->> $1::text AS bigint) > $2
	// CAST(item.attrs #>> $1::text[] AS numeric)
	// item.attrs -> $1::text
	// item.attrs ->> $1::text
	// item.attrs -> $1::integer
	// item.attrs ->> $1::integer
	// item.attrs #> $1::text[]
	// item.attrs #>> $1::text[]
}

// How do I search in documents?
func ExampleJSONOf_HasKey() {
	t := Items
	show(t.Attrs.HasKey("size"), t.Attrs.HasAnyKey("a", "b"), t.Attrs.HasAllKeys("a", "b"))
	show(t.Attrs.ContainsExpr(expr.JSONVal(map[string]any{"size": 3})), t.Attrs.ContainedBy(json.RawMessage(`{}`)))
	// Output:
	// item.attrs ? $1::text
	// item.attrs ?| $1::text[]
	// item.attrs ?& $1::text[]
	// item.attrs @> $1::jsonb
	// item.attrs <@ $1
}

// How do I change a document?
func ExampleJSONSet() {
	t := Items
	nine := expr.JSONVal(9)
	show(expr.JSONSet(t.Attrs, nine, "size"), expr.JSONReplace(t.Attrs, nine, "size"), expr.JSONInsert(t.Attrs, nine, "list", "0"))
	show(t.Attrs.Without("a", "b"), t.Attrs.WithoutAt(0), t.Attrs.WithoutPath("a", "b"), t.Attrs.Concat(json.RawMessage(`{"a": 1}`)), expr.JSONStripNulls(t.Attrs))
	// Output:
	// jsonb_set(item.attrs, $1::text[], $2::jsonb)
	// jsonb_set(item.attrs, $1::text[], $2::jsonb, FALSE)
	// jsonb_insert(item.attrs, $1::text[], $2::jsonb)
	// item.attrs - $1::text[]
	// item.attrs - $1::integer
	// item.attrs #- $1::text[]
	// item.attrs || $1
	// jsonb_strip_nulls(item.attrs)
}

// How do I use SQL/JSON paths?
func ExampleJSONPathExists() {
	t := Items
	show(expr.JSONPathExists(t.Attrs, "$.size ? (@ > 5)"), expr.JSONPathMatch(t.Attrs, "$.size > 5"))
	show(expr.JSONPathFirst(t.Attrs, "$.a[*]"), expr.JSONPathArray(t.Attrs, "$.a[*]"), expr.JSONPathQuery(t.Attrs, "$.a[*]"))
	// Output:
	// jsonb_path_exists(item.attrs, $1::jsonpath)
	// jsonb_path_match(item.attrs, $1::jsonpath)
	// jsonb_path_query_first(item.attrs, $1::jsonpath)
	// jsonb_path_query_array(item.attrs, $1::jsonpath)
	// jsonb_path_query(item.attrs, $1::jsonpath)
}

// How do I build documents?
func ExampleJSONArray() {
	t := Items
	show(expr.JSONArray(t.ID, t.Name), expr.JSONObjectAgg(t.Name, t.Size), expr.ToJSON(t.Tags))
	// Output:
	// jsonb_build_array(item.id, item.name)
	// jsonb_object_agg(item.name, item.size)
	// to_jsonb(item.tags)
}

// How do I ask what a document is, and get rows of it?
func ExampleJSONElements() {
	t := Items
	show(expr.JSONTypeOf(t.Attrs), expr.JSONLength(t.Attrs))
	element := expr.JSONElements(t.Attrs)
	elements := query.Function("element", element)
	show(query.Select2(t.ID, query.Col(elements, element)).Join(elements))
	show(expr.JSONElementsText(t.Attrs), expr.JSONKeys(t.Attrs))
	// Output:
	// jsonb_typeof(item.attrs)
	// jsonb_array_length(item.attrs)
	// SELECT item.id, element.element FROM item JOIN jsonb_array_elements(item.attrs) AS element (element) ON TRUE
	// jsonb_array_elements_text(item.attrs)
	// jsonb_object_keys(item.attrs)
}
