package query

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/stmt"
)

// UpdateStatement is an UPDATE of all rows that meet its conditions. Its text is what an engine sends; a session may add
// RETURNING, see [SyncFetch].
type UpdateStatement struct {
	text
	sync Sync
}

// Update renders "UPDATE t SET … WHERE …". It needs a Set, and a Filter or Everywhere. Columns with
// model.OnUpdate or OnUpdateExpr that no Set names are set to what these say, a Go function's result being the same in all rows.
func Update(t expr.Entity) UpdateStatement {
	return UpdateStatement{text: text{&stmt.Update{Change: changeOf(t)}}}
}

// changed returns the statement with what a function changes in a copy of it.
func (u UpdateStatement) changed(f func(s *stmt.Update)) UpdateStatement {
	var own stmt.Update
	if s, ok := u.st.(*stmt.Update); ok {
		own = *s
	}
	f(&own)
	u.st = &own
	return u
}

// Set adds columns to SET: query.Update(a).Set(a.AcctName.To("x"), a.CustID.ToNull()). An element of an array, or a slice of it, is
// set alone: Set(o.Labels.At(1).To("x")) is "SET labels[$1] = $2". So is what a jsonb has under a key or at a position, from PostgreSQL 14 on:
// Set(o.Attrs.Get("size").To(doc)) is "SET attrs[$1::text] = $2". Several columns are set by one row: see [expr.Pair.ToRow].
func (u UpdateStatement) Set(as ...expr.Assignment) UpdateStatement {
	return u.changed(func(s *stmt.Update) {
		s.Set = appendSet(s.Set, s, "an Update of", s.Table, as)
	})
}

// Filter adds conditions to WHERE. Other tables that they or Set mention go to FROM: "UPDATE t SET … FROM u WHERE …".
func (u UpdateStatement) Filter(ps ...expr.Condition) UpdateStatement {
	return u.changed(func(s *stmt.Update) { s.Where = appendNodes(s.Where, ps) })
}

// CrossJoin puts a table into FROM that no condition connects, which is an error unless it is said: "UPDATE t SET a = u.b FROM u".
// Where it has several rows, the server takes any of them.
func (u UpdateStatement) CrossJoin(t expr.Entity) UpdateStatement {
	return u.changed(func(s *stmt.Update) { crossJoin(&s.Change, t) })
}

// Everywhere allows the statement to have no Filter: it then updates every row.
func (u UpdateStatement) Everywhere() UpdateStatement {
	return u.changed(func(s *stmt.Update) { s.Everywhere = true })
}

// Sync says how the session's objects follow; the default is [SyncFetch].
func (u UpdateStatement) Sync(s Sync) UpdateStatement {
	u.sync = s
	return u
}

// Exec runs the statement and returns the number of rows updated.
func (u UpdateStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	s, ok := u.st.(*stmt.Update)
	if !ok {
		return 0, stmt.ErrEmpty
	}
	if u.sync == SyncEvaluate && len(s.Cross) > 0 {
		return 0, errCrossed
	}
	s = s.Completed()
	return exec(ctx, r, s, &run.Bulk{Table: s.Table, Where: s.Conditions(), Set: s.Set, Sync: u.sync})
}

func (u UpdateStatement) returning(list stmt.List) ast.Statement {
	return u.changed(func(s *stmt.Update) { s.List = list }).st
}
