package query

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Unfiltered reads all rows of the tables or aliases given, of all tables of the statement where none is, also those that model.Filter of
// their mappings hides. A subquery, and a table of WITH, has its own:
//
//	query.Select(c).Unfiltered().Filter(c.DeletedAt.IsNotNull())   // of the deleted ones
func (q Query[R]) Unfiltered(tables ...expr.Entity) Query[R] {
	ts, err := tablesOf(tables)
	if err != nil {
		q.sel.Fail(err)
	}
	r := q.sel.Change()
	r.Open = r.Open.With(ts)
	return q
}

// Unfiltered has the statement reach all rows; see [Query.Unfiltered].
func (u UpdateStatement) Unfiltered(tables ...expr.Entity) UpdateStatement {
	return u.changed(func(s *stmt.Update) { unfilter(&s.Change, tables) })
}

// Unfiltered has the statement reach all rows; see [Query.Unfiltered].
func (d DeleteStatement) Unfiltered(tables ...expr.Entity) DeleteStatement {
	return d.changed(func(s *stmt.Delete) { unfilter(&s.Change, tables) })
}

func unfilter(c *stmt.Change, tables []expr.Entity) {
	ts, err := tablesOf(tables)
	if err != nil {
		c.Fail(err)
	}
	c.Open = c.Open.With(ts)
}

// Unfiltered has the source be all rows; see [Query.Unfiltered]. The rows that a MERGE changes are never filtered.
func (m MergeStatement) Unfiltered(tables ...expr.Entity) MergeStatement {
	return m.changed(func(s *stmt.Merge) {
		ts, err := tablesOf(tables)
		if err != nil {
			s.Fail(err)
		}
		s.Open = s.Open.With(ts)
	})
}

func tablesOf(entities []expr.Entity) ([]*ast.Table, error) {
	ts := make([]*ast.Table, 0, len(entities))
	for _, e := range entities {
		t := tableOf(e)
		if t == nil {
			return nil, expr.ErrUnmapped
		}
		ts = append(ts, t)
	}
	return ts, nil
}
