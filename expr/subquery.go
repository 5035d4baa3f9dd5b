package expr

import (
	"github.com/cupel-go/cupel/internal/ast"
)

// Rows is a statement that returns rows: a query of package query, a set operation, an INSERT with RETURNING. As an operand it is
// in parentheses, and the tables of the statement around it that it mentions are that statement's: it does not read them anew, unless
// its own From names them, or nothing would be left for it to read.
type Rows interface {
	// CupelStatement returns the statement's untyped form, for the other packages of this module.
	CupelStatement() ast.Statement
}

// statementOf returns the untyped form of rows; false where there are none.
func statementOf(rows Rows) (ast.Statement, bool) {
	if ast.IsNil(rows) {
		return nil, false
	}
	return rows.CupelStatement(), true
}

// one is what EXISTS selects where nothing else is.
var one ast.Node = &ast.Keyword{Text: "1"}

// Exists renders "EXISTS (SELECT …)": whether there is any row. Of a query that selects nothing, see query.From, it is
// "EXISTS (SELECT 1 FROM …)".
//
//	c.ID.EqExpr(…)
//	expr.Exists(query.From(a).Filter(a.CustID.EqExpr(c.ID)))   // EXISTS (SELECT 1 FROM account WHERE account.cust_id = customer.id)
func Exists(rows Rows) Predicate {
	st, ok := statementOf(rows)
	if !ok {
		return predicate(&ast.Bad{Err: ast.ErrNil})
	}
	if len(st.Outputs()) == 0 {
		return predicate(ast.SubOf("EXISTS", one, st))
	}
	if s, ok := st.(ast.Selecting); ok {
		st = s.Select(st.Outputs()...) // which is not read into anything
	}
	return predicate(&ast.Sub{Word: "EXISTS", Stmt: st})
}

// Scalar renders "(SELECT x FROM … WHERE …)": what x is in the one row that there is, NULL where there is none; more than one row
// is an error of the server. rows selects x already, or is a query that has x as its list instead of its own, or SQL text whose
// one column is of x's type. The result is of x's kind, the one that may be NULL:
//
//	expr.Scalar(expr.Max(o.Amount), query.From(o).Filter(o.CustomerID.EqExpr(c.ID)))
func Scalar[V, N, M any](x Twins[V, N, M], rows Rows) (kind M) {
	st, ok := statementOf(rows)
	if !ok || ast.IsNil(x) {
		return kind // fails with the statement
	}
	return x.maybeNull(&ast.Box{Node: ast.SubOf("", x.Node(), st)})
}

// AnyOf renders "ANY (SELECT y FROM …)", the right side of a comparison that is true where it is for any row:
//
//	c.ID.EqExpr(expr.AnyOf(a.CustID, query.From(a)))   // customer.id = ANY (SELECT account.cust_id FROM account)
func AnyOf[V any](y Of[V], rows Rows) Elements[V] { return quantified("ANY", y, rows) }

// AllOf renders "ALL (SELECT y FROM …)", the right side of a comparison that is true where it is for all rows; see [AnyOf].
func AllOf[V any](y Of[V], rows Rows) Elements[V] { return quantified("ALL", y, rows) }

func quantified[V any](word string, y Of[V], rows Rows) Elements[V] {
	st, ok := statementOf(rows)
	if !ok {
		return Elements[V]{}
	}
	return Elements[V]{ast.SubOf(word, ast.Of(y), st)}
}

// InRows renders "x IN (SELECT y FROM … WHERE …)". rows selects y already, or is a query that has y as its list instead of its
// own, see query.From, or SQL text whose one column is of y's type. Where y is NULL in a row and x in no other, the result is NULL, so not true.
//
//	c.ID.InRows(a.CustID, query.From(a).Filter(a.AcctNo.Lt(2000)))
//	// customer.id IN (SELECT account.cust_id FROM account WHERE account.acct_no < $1)
func (v Value[V, R]) InRows(y Of[V], rows Rows) Predicate {
	return inRows(v.box, false, ast.Of(y), rows)
}

// NotInRows renders "x NOT IN (SELECT y FROM … WHERE …)". Beware of NULL: where y is NULL in any row it is true for no x at all;
// Not(Exists(…)) has no such trap.
func (v Value[V, R]) NotInRows(y Of[V], rows Rows) Predicate {
	return inRows(v.box, true, ast.Of(y), rows)
}

func inRows(x *ast.Box, not bool, y ast.Node, rows Rows) Predicate {
	return predicate(inStatement(nodeOf(x), not, y, rows))
}

func inStatement(x ast.Node, not bool, y ast.Node, rows Rows) ast.Node {
	st, ok := statementOf(rows)
	if !ok {
		return &ast.Bad{Err: ast.ErrNil}
	}
	sub, ok := ast.SubOf("", y, st).(*ast.Sub)
	if !ok {
		return ast.SubOf("", y, st)
	}
	return &ast.In{X: x, Query: sub.Stmt, Not: not}
}

// InRows renders "(a, b) IN (SELECT c, d FROM … WHERE …)"; see [Value.InRows].
func (p Pair[A, B]) InRows(q Pair[A, B], rows Rows) Predicate {
	return predicate(inStatement(p.Node(), false, q.Node(), rows))
}

// InRows renders "(a, b, c) IN (SELECT d, e, f FROM … WHERE …)"; see [Value.InRows].
func (t Triple[A, B, C]) InRows(u Triple[A, B, C], rows Rows) Predicate {
	return predicate(inStatement(t.Node(), false, u.Node(), rows))
}

// Rebound returns an expression of x's kind that stands for another node. It is for package query.
func Rebound[K Kind[K]](x K, n ast.Node) K { return x.with(&ast.Box{Node: n}) }

// ToRow renders "(a, b) = (SELECT x, y FROM …)" in the SET of an UPDATE: both columns are set by one row; where there is none, to NULL. More
// than one row is an error of the server. rows selects x and y already, or is a query that has them as its list instead of its own.
//
//	newest := query.From(o).Filter(o.CustomerID.EqExpr(c.ID)).OrderBy(o.ID.Desc()).Limit(1)
//	query.Update(c).Set(expr.Tuple2(c.LastOrder, c.LastAmount).ToRow(expr.Tuple2(o.ID, o.Amount), newest))
func (p Pair[A, B]) ToRow(q Pair[A, B], rows Rows) Assignment { return p.toRow(q.tuple, rows) }

// ToRow renders "(a, b, c) = (SELECT x, y, z FROM …)" in the SET of an UPDATE; see [Pair.ToRow].
func (t Triple[A, B, C]) ToRow(u Triple[A, B, C], rows Rows) Assignment {
	return t.toRow(u.tuple, rows)
}

func (t tuple) toRow(u tuple, rows Rows) Assignment {
	st, ok := statementOf(rows)
	if !ok {
		return Assignment{t.Node(), &ast.Bad{Err: ast.ErrNil}}
	}
	return Assignment{t.Node(), ast.SubOf("", u.Node(), st)}
}
