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

// InsertStatement is an INSERT of rows that are no objects. A column that is not named gets the value of its model.Default,
// a Go function that is called for each row, or of its DefaultExpr, and else the database's default. The rows of a query,
// see From, have one result of such a function in common.
type InsertStatement struct {
	text
	sync Sync // of DoUpdate
}

var (
	errRowShape = errors.New("query: every Values of an Insert names the same columns")
	errFromRows = errors.New("query: an Insert takes Values or From, not both")
	errDefaults = errors.New("query: DefaultValues is the one row of an Insert: it goes without Values and From")
	errNoValues = errors.New("query: Values of no column: a row of defaults only is DefaultValues")
)

// Insert renders "INSERT INTO t …", of which Values, From or DefaultValues say the rows. Without any it is an error.
func Insert(t expr.Entity) InsertStatement {
	s := &stmt.Insert{Table: tableOf(t)}
	if s.Table == nil {
		s.Fail(expr.ErrUnmapped)
	}
	return InsertStatement{text: text{s}}
}

// changed returns the statement with what a function changes in a copy of it.
func (s InsertStatement) changed(f func(s *stmt.Insert)) InsertStatement {
	var own stmt.Insert
	if s, ok := s.st.(*stmt.Insert); ok {
		own = *s
	}
	f(&own)
	s.st = &own
	return s
}

// Values adds a row: "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)". Rows after the first name the same columns, in
// any order.
func (s InsertStatement) Values(as ...expr.Assignment) InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		row := make([]ast.Node, len(as))
		columns := make([]*ast.Column, len(as))
		for i, a := range as {
			columns[i] = columnOf(s, a.Column)
			row[i] = setTo(s, a.Value)
			s.FailTwice(columns[:i], columns[i])
		}
		switch {
		case s.From != nil:
			s.Fail(errFromRows)
		case s.Default:
			s.Fail(errDefaults)
		case len(as) == 0:
			s.Fail(errNoValues)
		case s.Rows == nil:
			s.Columns = columns
		default:
			row = inOrder(s, columns, row)
		}
		s.AddRow(ast.Tuple{Items: row})
	})
}

// DefaultValues is one row of which nothing is said: "INSERT INTO t DEFAULT VALUES".
func (s InsertStatement) DefaultValues() InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		if s.Rows != nil || s.From != nil {
			s.Fail(errDefaults)
		}
		s.Default = true
	})
}

const insertInto = "an Insert into"

// columnOf returns the column that an Insert is to fill.
func columnOf(s *stmt.Insert, n ast.Node) *ast.Column { return columnIn(s, insertInto, s.Table, n) }

// inOrder puts a row's values into the order of the first row's columns.
func inOrder(s *stmt.Insert, columns []*ast.Column, row []ast.Node) []ast.Node {
	sorted := make([]ast.Node, len(s.Columns))
	for i, c := range columns {
		at := slices.Index(s.Columns, c)
		if at < 0 || len(columns) != len(s.Columns) || sorted[at] != nil {
			s.Fail(fmt.Errorf("%w: row %d of %s", errRowShape, len(s.Rows)+1, s.Table))
			return row
		}
		sorted[at] = row[i]
	}
	return sorted
}

// OverridingSystemValue lets Values and From give columns that are GENERATED ALWAYS AS IDENTITY: "INSERT INTO t (id) OVERRIDING SYSTEM
// VALUE …".
func (s InsertStatement) OverridingSystemValue() InsertStatement {
	return s.changed(func(s *stmt.Insert) { s.Overriding = "SYSTEM" })
}

// OverridingUserValue has the values that are given for identity columns ignored: "INSERT INTO t (id) OVERRIDING USER VALUE …".
func (s InsertStatement) OverridingUserValue() InsertStatement {
	return s.changed(func(s *stmt.Insert) { s.Overriding = "USER" })
}

// Exec runs the statement and returns the number of rows inserted, with those that DoUpdate updated. New rows are no objects of
// a session until a query reads them; objects that it has of updated rows take their values, see [UpsertStatement.Sync].
func (s InsertStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	in, ok := s.st.(*stmt.Insert)
	switch {
	case !ok:
		return 0, stmt.ErrEmpty
	case in.Conflict == nil || !in.Conflict.Update:
		return exec(ctx, r, in, nil)
	case s.sync == SyncEvaluate:
		return 0, errEvaluated
	}
	in = in.Completed()
	return exec(ctx, r, in, &run.Bulk{Table: in.Table, Set: in.Conflict.Set, Sync: s.sync})
}

func (s InsertStatement) returning(list stmt.List) ast.Statement {
	return s.changed(func(s *stmt.Insert) { s.List = list }).st
}
