package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Bound is the number of LIMIT or OFFSET.
type Bound struct {
	N   int64
	X   ast.Node // an expression in place of N; nil: there is none
	Set bool

	own bool // N is this package's own, the same each time: it is part of the text, for which the server keeps a plan
}

// append writes a word and the number; nothing where there is none.
func (b Bound) append(w *sqlw.Writer, word string) {
	switch {
	case !b.Set:
	case b.X != nil:
		w.Text(word)
		ast.Operand(w, b.X, sqlw.PrecAtom)
	case b.own:
		w.Text(word)
		w.Int(int(b.N))
	default:
		w.Text(word)
		ast.AppendInt(w, b.N)
	}
}

// AtMost lowers the limit to n, which is written as it is: with an argument for it and an ORDER BY, the server plans anew each time.
func (s *Select) AtMost(n int64) { s.Limit = s.Limit.atMost(n) }

// AtMost lowers the limit to n.
func (s *SetOp) AtMost(n int64) { s.Limit = s.Limit.atMost(n) }

func (b Bound) atMost(n int64) Bound {
	if !b.Set || b.X == nil && b.N > n {
		return Bound{N: n, Set: true, own: true}
	}
	return b
}

func (s *Select) appendLimit(w *sqlw.Writer) {
	if s.Limit.Set && s.Rare().Ties {
		s.Offset.append(w, " OFFSET ")
		w.Text(" \n FETCH FIRST (")
		s.Limit.append(w, "")
		w.Text(") ROWS WITH TIES")
		return
	}
	s.Limit.append(w, " \n LIMIT ")
	s.Offset.append(w, " OFFSET ")
}
