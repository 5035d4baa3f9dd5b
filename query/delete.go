package query

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/stmt"
)

// DeleteStatement is a DELETE of all rows that meet its conditions. Its text is what an engine sends; a session may add
// RETURNING, see [SyncFetch].
type DeleteStatement struct {
	text
	sync Sync
}

// Delete renders "DELETE FROM t WHERE …". It needs a Filter, with a condition in it, or
// Everywhere. It does not follow relationships in memory;
// to delete objects with what belongs to them, see session.Session.Delete.
func Delete(t expr.Entity) DeleteStatement {
	return DeleteStatement{text: text{&stmt.Delete{Change: changeOf(t)}}}
}

func changeOf(t expr.Entity) stmt.Change {
	c := stmt.Change{Table: tableOf(t)}
	if c.Table == nil {
		c.Fail(expr.ErrUnmapped)
	}
	return c
}

// changed returns the statement with what a function changes in a copy of it.
func (d DeleteStatement) changed(f func(s *stmt.Delete)) DeleteStatement {
	var own stmt.Delete
	if s, ok := d.st.(*stmt.Delete); ok {
		own = *s
	}
	f(&own)
	d.st = &own
	return d
}

// Filter adds conditions to WHERE. Other tables that they mention go to USING: "DELETE FROM t USING u WHERE …".
func (d DeleteStatement) Filter(ps ...expr.Condition) DeleteStatement {
	return d.changed(func(s *stmt.Delete) { s.Where = appendNodes(s.Where, ps) })
}

// CrossJoin puts a table into USING that no condition connects, which is an error unless it is said: "DELETE FROM t USING u": where it
// has no row, none is deleted.
func (d DeleteStatement) CrossJoin(t expr.Entity) DeleteStatement {
	return d.changed(func(s *stmt.Delete) { crossJoin(&s.Change, t) })
}

func crossJoin(c *stmt.Change, t expr.Entity) {
	table := tableOf(t)
	switch table {
	case nil:
		c.Fail(expr.ErrUnmapped)
	case c.Table:
		c.Fail(fmt.Errorf("query: CrossJoin of %s: it is in the statement already; use an alias", table))
	}
	c.Cross = append(slices.Clip(c.Cross), table)
}

var errCrossed = errors.New("query: SyncEvaluate of a statement with CrossJoin: memory does not know the rows of another table")

// Everywhere allows the statement to have no Filter: it then deletes every row.
func (d DeleteStatement) Everywhere() DeleteStatement {
	return d.changed(func(s *stmt.Delete) { s.Everywhere = true })
}

// Sync says how the session's objects follow; the default is [SyncFetch].
func (d DeleteStatement) Sync(s Sync) DeleteStatement {
	d.sync = s
	return d
}

// Exec runs the statement and returns the number of rows deleted.
func (d DeleteStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	s, ok := d.st.(*stmt.Delete)
	if !ok {
		return 0, stmt.ErrEmpty
	}
	if d.sync == SyncEvaluate && len(s.Cross) > 0 {
		return 0, errCrossed
	}
	return exec(ctx, r, s, &run.Bulk{Table: s.Table, Where: s.Conditions(), Sync: d.sync})
}

func (d DeleteStatement) returning(list stmt.List) ast.Statement {
	return d.changed(func(s *stmt.Delete) { s.List = list }).st
}
