package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// ofCustomer selects something of the first customer.
func ofCustomer[R any](x expr.Item[R]) testCase {
	return stmt(query.Select(x).From(C).Filter(C.ID.Eq(1)))
}

var (
	upTo3   = expr.Func[expr.Int]("generate_series", expr.Val(int64(1)), expr.Val(int64(3)))
	series  = query.Function("n", upTo3)
	letter  = query.Define[expr.Text]("v")
	place   = query.Define[expr.Int]("ord")
	letters = query.Ordinality("u", expr.Func[expr.Text]("unnest", expr.Val([]string{"a", "b"})), letter, place)
)

var functions = cases{
	"functions.lower_query_label":       ofCustomer(expr.Lower(C.LastName)),
	"functions.two_same_functions":      stmt(query.Select2(expr.Lower(C.LastName), expr.Lower(C.FirstName)).Filter(C.ID.Eq(1))),
	"functions.labelled":                ofCustomer(expr.Upper(C.LastName).As("up")),
	"functions.count_col":               stmt(query.Select(expr.Count(C.Mobile))),
	"functions.count_star":              stmt(query.Select(expr.CountAll()).From(C)),
	"functions.count_distinct":          stmt(query.Select(expr.Count(C.LastName, expr.Distinct()))),
	"functions.count_distinct_method":   stmt(query.Select(expr.Count(C.LastName, expr.Distinct()))),
	"functions.sum_avg":                 stmt(query.Select2(expr.Sum(O.Amount), expr.Avg(O.Quantity))),
	"functions.current_date":            stmt(query.Select(expr.CurrentDate().Gt(day(2020, 1, 1)))),
	"functions.current_timestamp":       stmt(query.Select(expr.CurrentTimestamp().EqExpr(expr.Now()))),
	"functions.nested":                  ofCustomer(expr.Upper(expr.Substr(C.LastName, 1, 3))),
	"functions.concat":                  ofCustomer(expr.Concat(C.FirstName, expr.Val(" "), C.LastName)),
	"functions.literal_plus_column":     ofCustomer(expr.Const[expr.Text]("Dr. ").ConcatExpr(C.LastName)),
	"functions.column_concat_method":    ofCustomer(C.FirstName.Concat("!")),
	"functions.uppercase_function_name": stmt(query.Select(expr.Func[expr.NullText]("Lower", expr.Val("ABC")))),
	"functions.extract_year":            ofOrder(1, expr.Extract("year", O.OrderDate)),
	"functions.date_trunc":              ofOrder(1, expr.DateTrunc("month", O.CreatedAt)),
	"functions.string_agg":              stmt(query.Select(expr.StringAgg(T.Name, ","))),
	"functions.string_agg_ordered":      stmt(query.Select(expr.StringAgg(T.Name, ",", expr.OrderBy(T.Name.Desc())))),
	"functions.array_agg_ordered":       stmt(query.Select(expr.ArrayAgg(T.ID, expr.OrderBy(T.ID.Desc())))),
	"functions.filter_clause": stmt(query.Select2(expr.Count(O.ID, expr.Filter(O.IsPaid)),
		expr.Sum(O.Amount, expr.Filter(O.Status.Eq("open"), O.ID.Gt(1))))),
	"functions.generate_series_derived": stmt(query.Select(series).OrderBy(query.Col(series, upTo3))),
	"functions.generate_series":         stmt(query.Select(series).OrderBy(query.Col(series, upTo3))),
	"functions.generate_series_column":  stmt(query.Select(series).OrderBy(query.Col(series, upTo3))),
	"functions.unnest_ordinality":       stmt(query.Select2(query.Col(letters, letter), query.Col(letters, place)).OrderBy(query.Col(letters, place))),
	"functions.func_type":               stmt(query.Select(expr.Lower(expr.Val("A")).Concat("b"))),
	"functions.func_untyped_plus":       stmt(query.Select(expr.Trim(expr.Val(" a ")).Concat("b"))),
	"functions.random_unknown":          stmt(query.Select(expr.Func[expr.NullInt]("no_such_function", expr.Val(1)))),
}
