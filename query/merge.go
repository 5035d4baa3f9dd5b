package query

import (
	"context"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// MergeStatement is a MERGE: rows of one table change, or come into, another.
type MergeStatement struct{ text }

// Merge renders "MERGE INTO t USING u ON … WHEN MATCHED THEN … WHEN NOT MATCHED THEN …", which PostgreSQL has from version 15
// on, and [Returning] of it from 17 on:
//
//	query.Merge(p).Using(d, p.Sku.EqExpr(d.Sku)).
//		WhenMatched(d.Qty.Eq(0)).Delete().
//		WhenMatched().Update(p.Stock.ToExpr(p.Stock.PlusExpr(d.Qty))).
//		WhenNotMatched().Insert(p.Sku.ToExpr(d.Sku), p.Stock.ToExpr(d.Qty))
//
// Of the clauses that a row meets the first holds; a row that meets none stays as it is. Unlike ON CONFLICT it does not wait for
// rows that others insert meanwhile: then it may fail with session.UniqueError.
func Merge(t expr.Entity) MergeStatement {
	m := &stmt.Merge{Table: tableOf(t)}
	if m.Table == nil {
		m.Fail(expr.ErrUnmapped)
	}
	return MergeStatement{text{m}}
}

// changed returns the statement with what a function changes in a copy of it.
func (m MergeStatement) changed(f func(s *stmt.Merge)) MergeStatement {
	var own stmt.Merge
	if s, ok := m.st.(*stmt.Merge); ok {
		own = *s
	}
	f(&own)
	return MergeStatement{text{&own}}
}

// Using says what is merged, a table or whatever stands in FROM, and by which conditions a row of it is a row that is there:
// "USING u ON p AND q". Of several the last one holds.
func (m MergeStatement) Using(source expr.Entity, on ...expr.Condition) MergeStatement {
	return m.changed(func(s *stmt.Merge) {
		if s.Source = tableOf(source); s.Source == nil {
			s.Fail(expr.ErrUnmapped)
		}
		s.On = appendNodes(nil, on)
	})
}

// WhenMatched is about rows of both tables that meet the condition of Using, and those given: "WHEN MATCHED AND p THEN …".
func (m MergeStatement) WhenMatched(ps ...expr.Condition) MergeMatched {
	return MergeMatched{whenOf(m, stmt.Matched, ps)}
}

// WhenNotMatched is about rows of Using that are not there: "WHEN NOT MATCHED AND p THEN …".
func (m MergeStatement) WhenNotMatched(ps ...expr.Condition) MergeNotMatched {
	return MergeNotMatched{whenOf(m, stmt.NotMatched, ps)}
}

// WhenNotMatchedBySource is about rows that are there and not in Using: "WHEN NOT MATCHED BY SOURCE AND p THEN …", from PostgreSQL
// 17 on.
func (m MergeStatement) WhenNotMatchedBySource(ps ...expr.Condition) MergeMatched {
	return MergeMatched{whenOf(m, stmt.NotMatchedBySource, ps)}
}

// Exec runs the statement and returns the number of rows inserted, updated and deleted. Objects that a session has of the table
// are stale afterwards: they take the values of their rows when they are read again.
func (m MergeStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	s, ok := m.st.(*stmt.Merge)
	if !ok {
		return 0, stmt.ErrEmpty
	}
	req := request{st: s}
	err := req.run(ctx, r)
	return req.Affected, err
}

func (m MergeStatement) returning(list stmt.List) ast.Statement {
	return m.changed(func(s *stmt.Merge) { s.List = list }).st
}

// when is a clause of a MERGE that has yet to say what is done.
type when struct {
	merge MergeStatement
	when  stmt.When
}

func whenOf(m MergeStatement, rows stmt.Match, ps []expr.Condition) when {
	return when{m, stmt.When{Rows: rows, Where: appendNodes(nil, ps)}}
}

// DoNothing leaves the rows as they are.
func (w when) DoNothing() MergeStatement { return w.then(stmt.DoNothing, nil) }

func (w when) then(do stmt.Action, as []expr.Assignment) MergeStatement {
	return w.merge.changed(func(s *stmt.Merge) {
		w.when.Action = do
		if do == stmt.DoUpdate {
			w.when.Set = appendSet(w.when.Set, s, mergeInto, s.Table, as)
		} else {
			for _, a := range as {
				w.when.Set = append(w.when.Set, assignment(s, mergeInto, s.Table, a))
			}
		}
		s.Whens = append(slices.Clip(s.Whens), w.when)
	})
}

// MergeMatched is a clause of a [Merge] about rows that are there: Update, Delete or DoNothing.
type MergeMatched struct{ when }

// Update sets columns: "THEN UPDATE SET a = x". Columns with model.OnUpdate or OnUpdateExpr that are not named are set to what
// these say.
func (w MergeMatched) Update(as ...expr.Assignment) MergeStatement { return w.then(stmt.DoUpdate, as) }

// Delete deletes the rows.
func (w MergeMatched) Delete() MergeStatement { return w.then(stmt.DoDelete, nil) }

// MergeNotMatched is a clause of a [Merge] about rows that are not there: Insert or DoNothing.
type MergeNotMatched struct{ when }

// Insert inserts a row: "THEN INSERT (a, b) VALUES (x, y)"; of nothing, "INSERT DEFAULT VALUES". Columns with model.Default or
// DefaultExpr that are not named get what these say; a Go function is called once for all rows.
func (w MergeNotMatched) Insert(as ...expr.Assignment) MergeStatement {
	return w.then(stmt.DoInsert, as)
}

const mergeInto = "a Merge into" // see columnIn
