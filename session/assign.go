package session

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// assigned is a column of an object whose value the next flush has the database compute.
type assigned struct {
	column int
	value  ast.Node
}

// Set has the database compute columns of an object, whatever their fields hold: the expressions stand in the object's
// INSERT if it is new, else in its UPDATE, and what they give is in the object after the flush.
//
//	s.Set(acct, a.Balance.ToExpr(a.Balance.Plus(1))) // UPDATE account SET balance = account.balance + $1 … RETURNING balance
//
// It counts for one flush; a later Set of the same column takes its place, Refresh and Rollback void it. Default and OnUpdate
// of such a column do not apply. Such an object is written by a statement of its own, and an UPDATE that gives values back
// takes a round trip before the COMMIT. ToNull and ToDefault work too. An object that is not in the session, or a column of
// another table, is a mistake that the next Flush or Commit reports.
func (s *Session) Set(obj any, as ...expr.Assignment) {
	if err := s.enter(); err != nil {
		s.blame(err)
		return
	}
	defer s.leave()
	if err := s.assign(obj, as); err != nil {
		s.blame(fault.During("Set", err))
	}
}

func (s *Session) assign(obj any, as []expr.Assignment) error {
	st, p, err := s.locate(obj)
	if err != nil {
		return err
	}
	e := st.find(p)
	if e == nil || e.state == deleted {
		return fmt.Errorf("%w: %s", ErrNotInSession, st.m.Describe(p))
	}
	now := slices.Clone(e.assigned())
	for _, a := range as {
		c, err := st.columnOf(a)
		if err != nil {
			return err
		}
		now = slices.DeleteFunc(now, func(x assigned) bool { return x.column == c })
		now = append(now, assigned{c, a.Value})
	}
	if s.assigned == nil {
		s.assigned = map[*entry][]assigned{}
	}
	s.assigned[e] = now
	return nil
}

// columnOf gives the position of an assignment's column, once it is sure that the assignment can be written.
func (st *store) columnOf(a expr.Assignment) (int, error) {
	if bad, ok := a.Column.(*ast.Bad); ok {
		return 0, bad.Err
	}
	c, ok := a.Column.(*ast.Column)
	if !ok || c.Table != st.m.Table {
		return 0, fmt.Errorf("%w: %s is none of table %s", fault.ErrNoColumn, describeNode(a.Column), st.m.Table)
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

// assigned gives what the program has the database compute of the object.
func (e *entry) assigned() []assigned {
	if s := e.store().session; len(s.assigned) > 0 {
		return s.assigned[e]
	}
	return nil
}

// computes tells whether the database is to compute a column of the object.
func (e *entry) computes(column int) bool { return valueOf(e.assigned(), column) != nil }

// toWrite gives the positions of the columns that an UPDATE sets to the object's own values, appended to buf.
func (e *entry) toWrite(buf []int) []int {
	buf = e.changed(buf)
	if e.assigned() == nil {
		return buf
	}
	return slices.DeleteFunc(buf, e.computes)
}

// valueOf gives the expression of a column; nil when there is none.
func valueOf(as []assigned, column int) ast.Node {
	for _, a := range as {
		if a.column == column {
			return a.value
		}
	}
	return nil
}

// unassign forgets expressions of columns that a relationship gives their value: it wins.
func (l *link) unassign() {
	as := l.child.assigned()
	if as == nil {
		return
	}
	columns, _ := l.relation.ForeignKey()
	as = slices.DeleteFunc(slices.Clone(as), func(a assigned) bool {
		return slices.Contains(columns, l.child.Mapping.Fields[a.column].Column)
	})
	if l.child.store().session.assigned[l.child] = as; len(as) == 0 {
		delete(l.child.store().session.assigned, l.child)
	}
}
