package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// accountsWhere selects the keys of accounts that meet conditions.
func accountsWhere(ps ...expr.Condition) testCase {
	return stmt(query.Select(A.AcctNo).Filter(ps...).OrderBy(A.AcctNo))
}

var like = cases{
	"like.like":                           customersWhere(C.LastName.Like("Pl%")),
	"like.like_no_match_case":             customersWhere(C.LastName.Like("pl%")),
	"like.ilike":                          customersWhere(C.LastName.ILike("pl%")),
	"like.not_like":                       customersWhere(C.LastName.NotLike("P%")),
	"like.not_of_ilike":                   customersWhere(C.LastName.ILike("p%").Not()),
	"like.like_escape":                    accountsWhere(A.AcctName.LikeEscape("%100/%%", "/")),
	"like.ilike_escape":                   accountsWhere(A.AcctName.ILikeEscape("SUSPENSE!_%", "!")),
	"like.not_like_escape":                accountsWhere(A.AcctName.LikeEscape("%/_%", "/").Not()),
	"like.startswith":                     customersWhere(C.LastName.HasPrefix("Pl")),
	"like.endswith":                       customersWhere(C.LastName.HasSuffix("er")),
	"like.contains":                       customersWhere(C.LastName.Contains("ct")),
	"like.not_contains":                   customersWhere(C.LastName.Contains("ct").Not()),
	"like.not_startswith":                 customersWhere(expr.Not(C.LastName.HasPrefix("P"))),
	"like.contains_autoescape_percent":    customersWhere(C.LastName.Contains("%")),
	"like.contains_autoescape_underscore": customersWhere(C.LastName.Contains("_")),
	"like.contains_backslash":             customersWhere(C.LastName.Contains(`\`)),
	"like.startswith_autoescape":          accountsWhere(A.AcctName.HasPrefix("House 100%")),
	"like.startswith_column":              customersWhere(C.Email.LikeExpr(expr.Lower(C.FirstName).Concat("%"))),
	"like.like_any":                       customersWhere(C.LastName.LikeExpr(expr.Any[string](expr.Val([]string{"Pl%", "Doc%"})))),
	"like.match": customersWhere(expr.Op[expr.Predicate](C.LastName, "@@",
		expr.Func[expr.NullText]("to_tsquery", expr.Val("doctor")))),
}
