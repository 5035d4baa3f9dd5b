package query

import (
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// broken defines a table that could not be made.
type broken struct{ err error }

// AppendFrom fails the statement.
func (b broken) AppendFrom(w *sqlw.Writer, _ *ast.Table) { w.Fail(b.err) }

// Child returns nothing.
func (broken) Child(int) ast.Node { return nil }

// SeesLeft is true: it asks a join for no condition, so that the error is what is wrong with it.
func (broken) SeesLeft() bool { return true }

// With makes the rows of a statement a table of WITH: "WITH name AS (SELECT …) SELECT … FROM name". WITH is written once, before the
// outermost statement that reads the table, wherever it is read there and however often. The statement may be one that changes rows
// and returns something of them, see [Returning]: all its rows are changed, and no other part of the statement sees that they are.
// A session's objects that [WithOf] of such a statement returns take the values of their rows; the others of the table that it changes are stale
// afterwards. [Col] has its columns.
//
//	late := query.With("late", query.Select(a.CustID).Filter(a.AcctNo.Gt(2000)))
//	query.Select(c).Filter(c.ID.InRows(query.Col(late, a.CustID), query.From(late)))
//	// WITH late AS (SELECT account.cust_id FROM account WHERE account.acct_no > $1)
//	// SELECT … FROM customer WHERE customer.id IN (SELECT late.cust_id FROM late)
func With[R any](name string, q RowsOf[R]) Derived[R] { return with(name, q, "") }

// WithMaterialized is [With] of a statement that is worked out by itself, once: "WITH name AS MATERIALIZED (SELECT …)".
func WithMaterialized[R any](name string, q RowsOf[R]) Derived[R] {
	return with(name, q, "MATERIALIZED")
}

// WithNotMaterialized is [With] of a statement that the server may merge into each place that reads it, as it does by itself where
// there is only one: "WITH name AS NOT MATERIALIZED (SELECT …)".
func WithNotMaterialized[R any](name string, q RowsOf[R]) Derived[R] {
	return with(name, q, "NOT MATERIALIZED")
}

func with[R any](name string, q RowsOf[R], hint string) Derived[R] {
	return derived(q, &ast.Table{Name: name}, func(t *ast.Table, st ast.Statement) ast.Def {
		return &stmt.CTE{Stmt: st, Hint: hint, Table: t}
	})
}

// Recursive is [With] of a statement that reads its own rows: "WITH RECURSIVE name AS (base UNION ALL step)". step is called once, with
// the table that it reads: what the step before it returned. It ends when a step returns no row.
//
//	up := query.Recursive("up", query.Select2(e.ID, e.ManagerID).Filter(e.ID.Eq(9)), func(up query.Source) expr.Rows {
//		return query.Select2(e.ID, e.ManagerID).Join(up, e.ID.EqExpr(query.Col(up, e.ManagerID)))
//	})
//	// WITH RECURSIVE up AS (SELECT employee.id, employee.manager_id FROM employee WHERE employee.id = $1
//	// UNION ALL SELECT employee.id, employee.manager_id FROM employee JOIN up ON employee.id = up.manager_id)
func Recursive[R any](name string, base RowsOf[R], step func(self Source) expr.Rows) Derived[R] {
	return recursive(name, base, "UNION ALL", step)
}

// RecursiveDistinct is [Recursive] with UNION: a row that was there before is not there again, so that a circle ends.
func RecursiveDistinct[R any](name string, base RowsOf[R], step func(self Source) expr.Rows) Derived[R] {
	return recursive(name, base, "UNION", step)
}

func recursive[R any](name string, base RowsOf[R], op string, step func(self Source) expr.Rows) Derived[R] {
	d := with(name, base, "")
	if c, ok := d.table.Def.(*stmt.CTE); ok {
		c.Recursive, c.Stmt = true, union(op, c.Stmt, step(d))
	}
	return d
}

// union returns the statement of a recursive table.
func union(op string, base ast.Statement, step expr.Rows) ast.Statement {
	s := &stmt.SetOp{Op: op, Parts: []ast.Statement{base}}
	if ast.IsNil(step) {
		s.Fail(ast.ErrNil)
		return s
	}
	s.Parts = append(s.Parts, step.CupelStatement())
	return s
}

// tableStruct is a table struct S of package model whose rows are objects of T.
type tableStruct[S, T any] interface {
	*S
	expr.Entity
	expr.Item[*T]
	// CupelAs makes the table struct s another one for the same mapping, whose table is t.
	CupelAs(s any, t *ast.Table)
}

// SubOf is [Sub] of objects: it gives their table struct again, so that each column keeps its name and kind, and a session tracks the rows
// as those of the table.
//
//	recent := query.SubOf("recent", Orders, query.Select(Orders).OrderBy(Orders.ID.Desc()).Limit(10))
//	query.Select(recent).Filter(recent.Amount.Gt(100))
func SubOf[S, T any, P tableStruct[S, T]](name string, like P, q RowsOf[*T]) *S {
	return structOf(like, q, &ast.Table{Alias: name}, subquery)
}

// LateralOf is [Lateral] of objects; see [SubOf].
func LateralOf[S, T any, P tableStruct[S, T]](name string, like P, q RowsOf[*T]) *S {
	return structOf(like, q, &ast.Table{Alias: name}, lateral)
}

// WithOf is [With] of objects; see [SubOf].
func WithOf[S, T any, P tableStruct[S, T]](name string, like P, q RowsOf[*T]) *S {
	return structOf(like, q, &ast.Table{Name: name}, cte)
}

// RecursiveOf is [Recursive] of objects; see [SubOf].
//
//	tree := query.RecursiveOf("tree", Employees, query.Select(Employees).Filter(Employees.ManagerID.IsNull()),
//		func(tree *employees) query.RowsOf[*Employee] {
//			return query.Select(Employees).Join(tree, Employees.ManagerID.EqExpr(tree.ID))
//		})
func RecursiveOf[S, T any, P tableStruct[S, T]](name string, like P, base RowsOf[*T], step func(self *S) RowsOf[*T]) *S {
	t := &ast.Table{Name: name}
	s := structOf(like, base, t, cte)
	if c, ok := t.Def.(*stmt.CTE); ok {
		c.Recursive, c.Stmt = true, union("UNION ALL", c.Stmt, step(s))
	}
	return s
}

// definer defines a table by a statement.
type definer func(t *ast.Table, st ast.Statement) ast.Def

func subquery(_ *ast.Table, st ast.Statement) ast.Def { return &stmt.Derived{Stmt: st} }
func lateral(_ *ast.Table, st ast.Statement) ast.Def  { return &stmt.Derived{Stmt: st, Lateral: true} }
func cte(t *ast.Table, st ast.Statement) ast.Def      { return &stmt.CTE{Stmt: st, Table: t} }

// structOf makes a table struct for the rows of a statement, which are objects of the table struct like.
func structOf[S, T any, P tableStruct[S, T]](like P, q RowsOf[*T], t *ast.Table, def definer) *S {
	s := new(S)
	var table *ast.Table
	if like != nil {
		table = like.CupelTable()
	}
	if table == nil {
		return s // not mapped, and statements that use it say so
	}
	t.Base = table.Real()
	t.Def = defined(q, t, def)
	if d, ok := t.Def.(broken); !ok || d.err == nil {
		if outputs := q.CupelStatement().Outputs(); len(outputs) != len(t.Base.AppendColumns(nil)) {
			t.Def = broken{fmt.Errorf("query: %s: a statement of %d columns for objects of %s", t, len(outputs), t.Base)}
		}
		out := q.output()
		if err := out.whole(); err != nil {
			t.Def = broken{err}
		}
	}
	like.CupelAs(s, t)
	return s
}
