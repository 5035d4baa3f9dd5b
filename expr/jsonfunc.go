package expr

import (
	"encoding/json"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// JSONAs renders "CAST(x ->> $1::text AS bigint)": what an object has under a key, as the kind that the caller names; with several
// keys "CAST(x #>> $1::text[] AS bigint)", what is at a path. NULL where there is nothing, or null. Of a NullText there is no CAST.
//
//	expr.JSONAs[expr.NullInt](o.Attrs, "size").Gt(3)
//	expr.JSONAs[expr.NullDecimal](o.Attrs, "lines", "0", "price")
//
// A value that is none of that kind is an error of the server, in whatever row it is.
func JSONAs[K Kind[K]](x JSONExpr, key string, more ...string) K {
	b := ast.Binary{Op: "->>", Bind: sqlw.PrecOther, L: ast.Of(x), R: Val(key).Node()}
	if len(more) > 0 {
		b.Op, b.R = "#>>", Val(append([]string{key}, more...)).Node()
	}
	var k K
	if t := k.kind().SQLType; t != "text" {
		return boxed[K](ast.Boxed(ast.Cast{X: &b, Type: t}))
	}
	return boxed[K](ast.Boxed(b))
}

// JSONVal returns a Go value as a JSON document, "$1::jsonb": what encoding/json makes of it, null of a nil. A value of which it
// makes nothing is the error of the statement.
func JSONVal(v any) JSON {
	text, err := json.Marshal(v)
	if err != nil {
		return made[JSON](&ast.Bad{Err: err})
	}
	return Const[JSON](json.RawMessage(text))
}

// JSONTypeOf renders "jsonb_typeof(x)": object, array, string, number, boolean or null; NULL where x is NULL.
func JSONTypeOf(x JSONExpr) NullText { return call[NullText]("jsonb_typeof", ast.Of(x)) }

// JSONLength renders "jsonb_array_length(x)": the number of elements. What is no array is an error of the server.
func JSONLength(x JSONExpr) NullInt32 { return call[NullInt32]("jsonb_array_length", ast.Of(x)) }

// JSONElements renders "jsonb_array_elements(x)": a row for each element; with [query.Function] a table in FROM. A document that is
// NULL gives no row, and what is no array is an error of the server.
func JSONElements(x JSONExpr) JSON { return call[JSON]("jsonb_array_elements", ast.Of(x)) }

// JSONElementsText renders "jsonb_array_elements_text(x)": [JSONElements], as text; null is NULL.
func JSONElementsText(x JSONExpr) NullText {
	return call[NullText]("jsonb_array_elements_text", ast.Of(x))
}

// JSONKeys renders "jsonb_object_keys(x)": a row for each key of an object. What is no object is an error of the server.
func JSONKeys(x JSONExpr) Text { return call[Text]("jsonb_object_keys", ast.Of(x)) }

// JSONStripNulls renders "jsonb_strip_nulls(x)": without the keys whose value is null.
func JSONStripNulls(x JSONExpr) NullJSON { return call[NullJSON]("jsonb_strip_nulls", ast.Of(x)) }

// JSONSet renders "jsonb_set(x, $1::text[], y)": with y at a path of keys, and of positions as text, in the place of what is
// there, or added where nothing is and its surroundings are. It is NULL where y is: see [JSONVal] for a Go value, and [ToJSON].
//
//	o.Attrs.ToExpr(expr.JSONSet(o.Attrs, expr.JSONVal(9), "size"))   // attrs = jsonb_set(orders.attrs, $1::text[], $2::jsonb)
func JSONSet[V, N, M any](x JSONTwins[V, N, M], y JSONExpr, path ...string) M {
	return jsonTwin(x, "jsonb_set", Val(listed(path)).Node(), ast.Of(y))
}

// JSONReplace renders "jsonb_set(x, $1::text[], y, FALSE)": [JSONSet], which adds nothing.
func JSONReplace[V, N, M any](x JSONTwins[V, N, M], y JSONExpr, path ...string) M {
	return jsonTwin(x, "jsonb_set", Val(listed(path)).Node(), ast.Of(y), &ast.Bool{})
}

// JSONInsert renders "jsonb_insert(x, $1::text[], y)": with y before the element of an array that is at a path, or as the value
// of a key that is not there.
func JSONInsert[V, N, M any](x JSONTwins[V, N, M], y JSONExpr, path ...string) M {
	return jsonTwin(x, "jsonb_insert", Val(listed(path)).Node(), ast.Of(y))
}

// JSONTwins is a JSON document of kind N, or M where it may be NULL; see [Twins].
type JSONTwins[V, N, M any] interface {
	Twins[V, N, M]
	document()
}

func jsonTwin[V, N, M any](x JSONTwins[V, N, M], name string, args ...ast.Node) (kind M) {
	if ast.IsNil(x) {
		return kind // fails with the statement
	}
	return x.maybeNull(ast.Boxed(ast.Call{Name: name, Args: append([]ast.Node{x.Node()}, args...)}))
}

// JSONPathExists renders "jsonb_path_exists(x, $1::jsonpath)": whether an SQL/JSON path, such as `$.size ? (@ > 5)`, gives anything.
// A path that is none is an error of the server.
func JSONPathExists(x JSONExpr, path string) Predicate {
	return onPath[Predicate]("jsonb_path_exists", x, path)
}

// JSONPathMatch renders "jsonb_path_match(x, $1::jsonpath)": what a predicate of an SQL/JSON path says, such as `$.size > 5`.
func JSONPathMatch(x JSONExpr, path string) Predicate {
	return onPath[Predicate]("jsonb_path_match", x, path)
}

// JSONPathQuery renders "jsonb_path_query(x, $1::jsonpath)": a row for each thing that a path gives; with [query.Function] a table in
// FROM.
func JSONPathQuery(x JSONExpr, path string) JSON { return onPath[JSON]("jsonb_path_query", x, path) }

// JSONPathFirst renders "jsonb_path_query_first(x, $1::jsonpath)": the first thing that a path gives; NULL where it gives nothing.
func JSONPathFirst(x JSONExpr, path string) NullJSON {
	return onPath[NullJSON]("jsonb_path_query_first", x, path)
}

// JSONPathArray renders "jsonb_path_query_array(x, $1::jsonpath)": all that a path gives as a JSON array.
func JSONPathArray(x JSONExpr, path string) NullJSON {
	return onPath[NullJSON]("jsonb_path_query_array", x, path)
}

func onPath[K Kind[K]](name string, x JSONExpr, path string) K {
	return call[K](name, ast.Of(x), &ast.Literal{Value: path, Type: "jsonpath"})
}
