package expr_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
)

func TestJSON(t *testing.T) {
	c := table
	doc := json.RawMessage(`{"a": 1}`)
	check(t, []golden{
		{"Get", c.Doc.Get("a").Get("b"), "t.doc -> $1::text -> $2::text", args{"a", "b"}},
		{"At", c.Doc.Get("a").At(-1), "t.doc -> $1::text -> $2::integer", args{"a", int32(-1)}},
		{"Path", c.Attrs.Path("a", "0").IsNull(), "t.attrs #> $1::text[] IS NULL", args{[]string{"a", "0"}}},
		{"GetText", c.Doc.GetText("a").Like("x%"), "t.doc ->> $1::text LIKE $2", args{"a", "x%"}},
		{"AtText", c.Doc.AtText(0).Eq("x"), "t.doc ->> $1::integer = $2", args{int32(0), "x"}},
		{"PathText", c.Doc.PathText("a", "b").In("x", "y"), "t.doc #>> $1::text[] IN ($2, $3)", args{[]string{"a", "b"}, "x", "y"}},
		{"PathText of all", c.Doc.PathText(), "t.doc #>> $1::text[]", args{[]string{}}},
		{"GetExpr", c.Doc.GetExpr(c.Name), "t.doc -> t.name", nil},
		{"GetTextExpr", c.Doc.GetTextExpr(c.Name.Concat("x")), "t.doc ->> (t.name || $1)", args{"x"}},
		{"Contains", c.Attrs.Contains(doc), "t.attrs @> $1", args{doc}},
		{"ContainsExpr", c.Attrs.ContainsExpr(expr.JSONVal(map[string]any{"size": 3})), "t.attrs @> $1::jsonb", args{json.RawMessage(`{"size":3}`)}},
		{"ContainedBy", c.Doc.ContainedBy(doc).Not(), "NOT t.doc <@ $1", args{doc}},
		{"ContainedByExpr", c.Doc.ContainedByExpr(c.Attrs), "t.doc <@ t.attrs", nil},
		{"HasKey", c.Doc.HasKey("a"), "t.doc ? $1::text", args{"a"}},
		{"HasAnyKey", c.Doc.HasAnyKey("a", "b"), "t.doc ?| $1::text[]", args{[]string{"a", "b"}}},
		{"HasAllKeys", c.Doc.HasAllKeys(), "t.doc ?& $1::text[]", args{[]string{}}},
		{"Concat", c.Doc.Concat(doc).GetText("a"), "t.doc || $1 ->> $2::text", args{doc, "a"}},
		{"ConcatExpr", c.Doc.ConcatExpr(c.Attrs).HasKey("a"), "t.doc || t.attrs ? $1::text", args{"a"}},
		{"Without", c.Doc.Without("a", "b"), "t.doc - $1::text[]", args{[]string{"a", "b"}}},
		{"Without, of a part", c.Doc.Get("a").Without("b"), "(t.doc -> $1::text) - $2::text[]", args{"a", []string{"b"}}},
		{"WithoutAt", c.Doc.WithoutAt(-1).Concat(doc), "t.doc - $1::integer || $2", args{int32(-1), doc}},
		{"WithoutPath", c.Doc.WithoutPath("a", "0"), "t.doc #- $1::text[]", args{[]string{"a", "0"}}},
	})
}

func TestJSONFunctions(t *testing.T) {
	c := table
	check(t, []golden{
		{"JSONAs an integer", expr.JSONAs[expr.NullInt](c.Doc, "a").Gt(3), "CAST(t.doc ->> $1::text AS bigint) > $2", args{"a", int64(3)}},
		{"JSONAs a decimal of a path", expr.JSONAs[expr.NullDecimal](c.Attrs, "a", "0").Times("2"), "CAST(t.attrs #>> $1::text[] AS numeric) * $2", args{[]string{"a", "0"}, "2"}},
		{"JSONAs a text", expr.JSONAs[expr.NullText](c.Doc, "a").Like("b%"), "t.doc ->> $1::text LIKE $2", args{"a", "b%"}},
		{"JSONAs a truth value", expr.JSONAs[expr.NullBool](c.Doc, "a").Not(), "NOT CAST(t.doc ->> $1::text AS boolean)", args{"a"}},
		{"JSONAs an uuid", expr.JSONAs[expr.NullUUID](c.Doc, "a").EqExpr(c.Key), "CAST(t.doc ->> $1::text AS uuid) = t.key", args{"a"}},
		{"JSONVal of a text", expr.JSONVal(`a"b`), "$1::jsonb", args{json.RawMessage(`"a\"b"`)}},
		{"JSONVal of nil", expr.JSONVal(nil), "$1::jsonb", args{json.RawMessage(`null`)}},
		{"JSONTypeOf", expr.JSONTypeOf(c.Doc.Get("a")).Eq("array"), "jsonb_typeof(t.doc -> $1::text) = $2", args{"a", "array"}},
		{"JSONLength", expr.JSONLength(c.Attrs).Gt(1), "jsonb_array_length(t.attrs) > $1", args{int32(1)}},
		{"JSONElements", expr.JSONElements(c.Doc).GetText("a"), "jsonb_array_elements(t.doc) ->> $1::text", args{"a"}},
		{"JSONElementsText", expr.JSONElementsText(c.Doc), "jsonb_array_elements_text(t.doc)", nil},
		{"JSONKeys", expr.JSONKeys(c.Doc), "jsonb_object_keys(t.doc)", nil},
		{"JSONStripNulls", expr.JSONStripNulls(c.Doc), "jsonb_strip_nulls(t.doc)", nil},
		{"JSONSet", expr.JSONSet(c.Attrs, expr.JSONVal(9), "size").Get("a"), "jsonb_set(t.attrs, $1::text[], $2::jsonb) -> $3::text", args{[]string{"size"}, json.RawMessage("9"), "a"}},
		{"JSONSet to an expression", expr.JSONSet(c.Doc, expr.ToJSON(c.ID), "a", "b"), "jsonb_set(t.doc, $1::text[], to_jsonb(t.id))", args{[]string{"a", "b"}}},
		{"JSONReplace", expr.JSONReplace(c.Doc, c.Attrs, "a"), "jsonb_set(t.doc, $1::text[], t.attrs, FALSE)", args{[]string{"a"}}},
		{"JSONInsert", expr.JSONInsert(c.Doc, c.Attrs, "a", "0"), "jsonb_insert(t.doc, $1::text[], t.attrs)", args{[]string{"a", "0"}}},
		{"JSONPathExists", expr.JSONPathExists(c.Doc, "$.size ? (@ > 5)").Not(), "NOT jsonb_path_exists(t.doc, $1::jsonpath)", args{"$.size ? (@ > 5)"}},
		{"JSONPathMatch", expr.JSONPathMatch(c.Doc, "$.size > 5"), "jsonb_path_match(t.doc, $1::jsonpath)", args{"$.size > 5"}},
		{"JSONPathQuery", expr.JSONPathQuery(c.Doc, "$.*"), "jsonb_path_query(t.doc, $1::jsonpath)", args{"$.*"}},
		{"JSONPathFirst", expr.JSONPathFirst(c.Doc, "$.*").GetText("a"), "jsonb_path_query_first(t.doc, $1::jsonpath) ->> $2::text", args{"$.*", "a"}},
		{"JSONPathArray", expr.JSONPathArray(c.Doc, "$.*"), "jsonb_path_query_array(t.doc, $1::jsonpath)", args{"$.*"}},
		{"JSONObject", expr.JSONObject(expr.Key("id", c.ID), expr.Key("n", c.Nick), expr.Key("v", expr.Val("x"))).GetText("n"), "jsonb_build_object($1::text, t.id, $2::text, t.nick, $3::text, $4::text) ->> $5::text", args{"id", "n", "v", "x", "n"}},
		{"JSONObject of nothing", expr.JSONObject(), "jsonb_build_object()", nil},
		{"JSONArray", expr.JSONArray(c.ID, c.Nick), "jsonb_build_array(t.id, t.nick)", nil},
		{"RowToJSON", expr.RowToJSON(c).GetText("id"), "to_jsonb(t) ->> $1::text", args{"id"}},
		{"JSONAgg", expr.JSONAgg(c.Name, expr.OrderBy(c.ID), expr.Filter(c.Yes)), "jsonb_agg(t.name ORDER BY t.id) FILTER (WHERE t.yes)", nil},
		{"JSONAgg of rows", expr.JSONAgg(expr.RowToJSON(c)), "jsonb_agg(to_jsonb(t))", nil},
		{"JSONObjectAgg", expr.JSONObjectAgg(c.Name, c.ID), "jsonb_object_agg(t.name, t.id)", nil},
	})
	if _, _, err := expr.JSONVal(make(chan int)).SQL(); err == nil || !strings.Contains(err.Error(), "unsupported type") {
		t.Errorf("JSONVal of a channel: %v", err)
	}
	if _, _, err := expr.JSONObject(expr.Member{}).SQL(); err == nil {
		t.Error("an object with a member that is zero")
	}
}
