package expr

import "github.com/cupel-go/cupel/internal/ast"

// Member is a key of a JSON object and its value; see [JSONObject].
type Member struct{ key, value ast.Node }

// Key returns a member of a JSON object. A Go value is [Val] of it, or [JSONVal].
func Key(name string, x Expression) Member { return Member{Val(name).Node(), ast.Of(x)} }

// JSONObject renders "jsonb_build_object($1::text, x, $2::text, y)": a JSON object of expressions. NULL becomes null.
//
//	expr.JSONObject(expr.Key("id", c.ID), expr.Key("name", c.LastName))
func JSONObject(members ...Member) JSON {
	args := make([]ast.Node, 0, 2*len(members))
	for _, m := range members {
		if m.key == nil {
			return made[JSON](&ast.Bad{Err: ast.ErrNil})
		}
		args = append(args, m.key, m.value)
	}
	return call[JSON]("jsonb_build_object", args...)
}

// JSONArray renders "jsonb_build_array(x, y)": a JSON array of expressions of whatever types. NULL becomes null.
func JSONArray(xs ...Expression) JSON { return call[JSON]("jsonb_build_array", nodes(xs)...) }

// ToJSON renders "to_jsonb(x)": any expression as JSON; NULL remains NULL.
func ToJSON(x Expression) NullJSON { return call[NullJSON]("to_jsonb", ast.Of(x)) }

// RowToJSON renders "to_jsonb(t)": a row of a table, or of a derived one, as a JSON object whose keys are the names of the columns
// in the database. The row of a table that an outer join did not find is NULL.
func RowToJSON(t Entity) NullJSON {
	if ast.IsNil(t) || t.CupelTable() == nil {
		return NullJSON{} // fails with the statement
	}
	return call[NullJSON]("to_jsonb", t.CupelTable())
}

// JSONAgg renders "jsonb_agg(x)": the values as a JSON array, null for NULL; NULL when there is no row. x may be a [JSONObject], or
// [RowToJSON] of a table.
func JSONAgg(x Expression, how ...Modifier) NullJSON {
	return aggregate[NullJSON]("jsonb_agg", ast.Of(x), how)
}

// JSONObjectAgg renders "jsonb_object_agg(key, x)": a JSON object with a key for each row, the last of equal keys counts; NULL when
// there is no row. A key that is NULL is an error of the server.
func JSONObjectAgg(key, x Expression, how ...Modifier) NullJSON {
	c := ast.Call{Name: "jsonb_object_agg", Args: []ast.Node{ast.Of(key), ast.Of(x)}}
	return boxed[NullJSON](modified(ast.Boxed(c), how))
}
