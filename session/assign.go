package session

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// Set has the database compute columns of an object, whatever their fields hold: the expressions stand in the object's
// INSERT if it is new, else in its UPDATE, and their values are in the object after the flush.
//
//	s.Set(acct, a.Balance.ToExpr(a.Balance.Plus(1))) // UPDATE account SET balance = account.balance + $1 … RETURNING balance
//
// It counts for one flush; a later Set of the same column takes its place, Refresh and Rollback void it. Default and OnUpdate
// of such a column do not apply. Such an object is written by a statement of its own. ToNull and ToDefault work too. To(0) and ToNull store a zero and NULL in a column of a new
// object that has a default. An object that is not in the session, or a column of
// another table, is a mistake that the next Flush or Commit reports.
func (s *Session) Set(obj any, as ...expr.Assignment) {
	s.changing("Set", func(o *track.Objects) error { return assign(o, obj, as) })
}

func assign(o *track.Objects, obj any, as []expr.Assignment) error {
	e, err := o.Known(obj)
	if err != nil {
		return err
	}
	now := slices.Clone(e.Assigned())
	for _, a := range as {
		c, err := columnOf(e.Mapping, a)
		if err != nil {
			return err
		}
		now = slices.DeleteFunc(now, func(x track.Assigned) bool { return x.Column == c })
		now = append(now, track.Assigned{Column: c, Value: a.Value})
	}
	e.Assign(now)
	return nil
}

// columnOf returns the position of an assignment's column, once it is sure that the assignment can be written.
func columnOf(m *meta.Mapping, a expr.Assignment) (int, error) {
	if bad, ok := a.Column.(*ast.Bad); ok {
		return 0, bad.Err
	}
	c, ok := a.Column.(*ast.Column)
	if !ok || c.Table != m.Table {
		return 0, fmt.Errorf("%w: %s is not a column of table %s", fault.ErrNoColumn, describeNode(a.Column), m.Table)
	}
	if slices.Contains(m.Kept, c.Index) {
		return 0, fmt.Errorf("%w: %s", fault.ErrReadOnly, c)
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	a.Value.AppendSQL(w)
	if err := w.Err(); err != nil {
		return 0, fmt.Errorf("%s: %w", c, err)
	}
	return c.Index, nil
}

// describeNode names what was given in place of a column.
func describeNode(n ast.Node) string {
	if c, ok := n.(*ast.Column); ok {
		return c.String()
	}
	return "an expression"
}
