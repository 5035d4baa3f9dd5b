package stmt

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// SetOp is "a UNION b UNION c", of at least two statements.
type SetOp struct {
	whole

	Op     string // UNION, UNION ALL, INTERSECT …
	Parts  []ast.Statement
	Order  []ast.Node
	Limit  Bound
	Offset Bound
	Err    error // the first mistake in building it
}

var errSetOrder = errors.New("query: ORDER BY of a set operation takes what its first query selects, and nothing computed from it; " +
	"to sort by anything else make it a table, with query.Sub")

// Outputs returns what the first statement returns.
func (s *SetOp) Outputs() []ast.Node {
	if len(s.Parts) == 0 {
		return nil
	}
	return s.Parts[0].Outputs()
}

// Child returns a statement, or a sort key.
func (s *SetOp) Child(i int) ast.Node {
	return ast.Pass(ast.At(i), s.Parts).List(s.Order).One(s.Limit.X).One(s.Offset.X).Node
}

// Fail records a mistake unless there is an earlier one.
func (s *SetOp) Fail(err error) {
	if s.Err == nil {
		s.Err = err
	}
}

// AppendSQL writes the statements with the operator between them. One that has an ORDER BY or LIMIT of its own, or is a set
// operation itself, is in parentheses.
func (s *SetOp) AppendSQL(w *sqlw.Writer) {
	m := w.Begin()
	s.append(w)
	if w.Needed(m) != nil {
		appendWith(w, m, s)
		s.append(w)
	}
	w.End()
}

func (s *SetOp) append(w *sqlw.Writer) {
	if s.Err != nil {
		w.Fail(s.Err)
		return
	}
	first := len(s.Outputs())
	for i, p := range s.Parts {
		if i > 0 {
			w.Text(" \n")
			w.Text(s.Op)
			w.Text(" \n")
		}
		if n := len(p.Outputs()); n != first {
			w.Fail(fmt.Errorf("query: %s of %d columns and %d", s.Op, first, n))
			return
		}
		if sel, ok := p.(*Select); ok && sel.joinable() {
			p.AppendSQL(w)
			continue
		}
		w.Byte('(')
		p.AppendSQL(w)
		w.Byte(')')
	}
	for i, n := range s.Order {
		if i == 0 {
			w.Text(" \nORDER BY ")
		} else {
			w.Text(", ")
		}
		s.appendKey(w, n)
	}
	s.Limit.append(w, " \n LIMIT ")
	s.Offset.append(w, " OFFSET ")
}

// joinable reports whether a SELECT needs no parentheses in a set operation.
func (s *Select) joinable() bool {
	return len(s.Order) == 0 && !s.Limit.Set && !s.Offset.Set && len(s.Rare().Locks) == 0 && len(s.Rare().Suffix) == 0
}

// appendKey writes a sort key: the name of what is selected, or its number where several have the name.
func (s *SetOp) appendKey(w *sqlw.Writer, n ast.Node) {
	o, _ := n.(*ast.Order)
	if o != nil {
		n = o.X
	}
	outputs := s.Outputs()
	i := slices.Index(outputs, n)
	if i < 0 {
		w.Fail(errSetOrder)
		return
	}
	name := OutputName(n)
	same := func(m ast.Node) bool { return OutputName(m) == name }
	if name == "" || slices.ContainsFunc(outputs[:i], same) || slices.ContainsFunc(outputs[i+1:], same) {
		w.Int(i + 1)
	} else {
		w.Ident(name)
	}
	if o != nil {
		o.AppendDirection(w)
	}
}
