package query

import (
	"errors"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Conflict is an INSERT that has yet to say what becomes of a row that is there already: DoNothing or DoUpdate.
type Conflict struct {
	insert InsertStatement
	target stmt.Conflict
}

// OnConflict names the columns, or expressions, of the unique index that a row may conflict with. Without any, a conflict with
// whatever index is meant, which DoNothing takes only.
//
//	.OnConflict().DoNothing()                                // ON CONFLICT DO NOTHING
//	.OnConflict(p.Sku).DoUpdate(p.Stock.ToExcluded())        // ON CONFLICT (sku) DO UPDATE SET stock = excluded.stock
//	.OnConflict(expr.Lower(c.Email)).DoNothing()             // ON CONFLICT ((lower(email))) DO NOTHING
//
// Values in an expression are written as literals, since the server looks for an index that is defined by the same text. That
// there is no such index is an error of the server. Of several ON CONFLICT the last one holds.
func (s InsertStatement) OnConflict(index ...expr.Expression) Conflict {
	return Conflict{s, stmt.Conflict{Index: appendNodes(nil, index)}}
}

// OnConstraint is OnConflict of a constraint by its name: "ON CONFLICT ON CONSTRAINT tag_name_key". A partial index is no
// constraint.
func (s InsertStatement) OnConstraint(name string) Conflict {
	if name == "" {
		s = s.changed(func(s *stmt.Insert) { s.Fail(errNoConstraint) })
	}
	return Conflict{s, stmt.Conflict{Constraint: name}}
}

var errNoConstraint = errors.New("query: OnConstraint without the name of a constraint")

// Filter adds conditions that the rows of a partial index meet, "ON CONFLICT (email) WHERE deleted_at IS NULL": from them the
// server must be able to conclude the index's own. Values are written as literals.
func (c Conflict) Filter(ps ...expr.Condition) Conflict {
	c.target.Partial = appendNodes(c.target.Partial, ps)
	return c
}

// DoNothing leaves the row that is there as it is: "ON CONFLICT … DO NOTHING". Such a row is not counted, and not returned.
func (c Conflict) DoNothing() InsertStatement { return c.do(c.target) }

// DoUpdate changes the row that is there: "ON CONFLICT (sku) DO UPDATE SET …". [expr.Excluded] has the values of the row that
// was to be inserted; a column of the table is that of the row that is there. Columns with model.OnUpdate or OnUpdateExpr
// that it does not set are set to what these say, as those of an [Update].
//
// One INSERT must not have two rows that conflict with one another: that is an error of the server.
func (c Conflict) DoUpdate(as ...expr.Assignment) UpsertStatement {
	c.target.Update = true
	return UpsertStatement{c.do(c.target)}.Set(as...)
}

// DoUpdateAll is DoUpdate of all columns that Values or From name but for those of OnConflict and of the primary key, each
// to the value that was to be inserted. What the mapping's Default gives a new row is not named, so it stays as it is.
//
//	.Values(p.Sku.To("W-1"), p.Name.To("Widget"), p.Stock.To(5)).OnConflict(p.Sku).DoUpdateAll()
//	// … ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock
//
// A further Set takes the place of a column's own value.
func (c Conflict) DoUpdateAll() UpsertStatement {
	c.target.Update, c.target.Rest = true, true
	return UpsertStatement{c.do(c.target)}
}

func (c Conflict) do(clause stmt.Conflict) InsertStatement {
	return c.insert.changed(func(s *stmt.Insert) { s.Conflict = &clause })
}

// UpsertStatement is an INSERT that changes the rows that are there already; see [Conflict.DoUpdate]. Its other methods are
// those of an InsertStatement.
type UpsertStatement struct{ InsertStatement }

// changed returns the statement with what a function changes in a copy of its ON CONFLICT.
func (u UpsertStatement) changed(f func(s *stmt.Insert, c *stmt.Conflict)) UpsertStatement {
	u.InsertStatement = u.InsertStatement.changed(func(s *stmt.Insert) {
		own := stmt.Conflict{Update: true}
		if s.Conflict != nil {
			own = *s.Conflict
		}
		f(s, &own)
		s.Conflict = &own
	})
	return u
}

// Set adds columns to DO UPDATE SET.
func (u UpsertStatement) Set(as ...expr.Assignment) UpsertStatement {
	return u.changed(func(s *stmt.Insert, c *stmt.Conflict) {
		c.Set = appendSet(c.Set, s, insertInto, s.Table, as)
	})
}

// Filter adds conditions to the WHERE of DO UPDATE: rows that do not meet them stay as they are, are not counted and not
// returned.
//
//	.DoUpdateAll().Filter(p.ChangedAt.LtExpr(expr.Excluded(p.ChangedAt)))    // … WHERE product.changed_at < excluded.changed_at
func (u UpsertStatement) Filter(ps ...expr.Condition) UpsertStatement {
	return u.changed(func(_ *stmt.Insert, c *stmt.Conflict) { c.Where = appendNodes(c.Where, ps) })
}

// Sync says how the session's objects follow; the default is [SyncFetch]. Memory cannot tell which rows conflict, so
// SyncEvaluate is an error.
func (u UpsertStatement) Sync(s Sync) UpsertStatement {
	u.sync = s
	return u
}

var errEvaluated = errors.New("query: SyncEvaluate of an Insert with DoUpdate: memory cannot tell which rows are there already")
