package query

import "github.com/cupel-go/cupel/expr"

// Cols2 is [Col] of two columns. It can give them the names of those that were selected:
//
//	n := expr.Count(a.ID).As("n")
//	per := query.Sub("per", query.Select2(a.CustID, n).GroupBy(a.CustID))
//	who, n := query.Cols2(per, a.CustID, n)   // per.cust_id, per.n
func Cols2[A expr.Kind[A], B expr.Kind[B]](d Source, a A, b B) (A, B) {
	return Col(d, a), Col(d, b)
}

// Cols3 is [Col] of three columns; see [Cols2].
func Cols3[A expr.Kind[A], B expr.Kind[B], C expr.Kind[C]](d Source, a A, b B, c C) (A, B, C) {
	return Col(d, a), Col(d, b), Col(d, c)
}

// Cols4 is [Col] of four columns; see [Cols2].
func Cols4[A expr.Kind[A], B expr.Kind[B], C expr.Kind[C], D expr.Kind[D]](d Source, a A, b B, c C, e D) (A, B, C, D) {
	return Col(d, a), Col(d, b), Col(d, c), Col(d, e)
}

// Cols5 is [Col] of five columns; see [Cols2].
func Cols5[A expr.Kind[A], B expr.Kind[B], C expr.Kind[C], D expr.Kind[D], E expr.Kind[E]](d Source, a A, b B, c C, e D, f E) (A, B, C, D, E) {
	return Col(d, a), Col(d, b), Col(d, c), Col(d, e), Col(d, f)
}
