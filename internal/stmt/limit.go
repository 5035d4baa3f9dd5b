package stmt

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Bound is the number of LIMIT or OFFSET.
type Bound struct {
	N   int64
	Set bool
}

// AtMost lowers the limit to n.
func (s *Select) AtMost(n int64) {
	if !s.Limit.Set || s.Limit.N > n {
		s.Limit = Bound{n, true}
	}
}

func (s *Select) appendLimit(w *sqlw.Writer) {
	ties := s.Limit.Set && s.Rare().Ties
	if s.Limit.Set && !ties {
		w.Text(" \n LIMIT ")
		ast.AppendInt(w, s.Limit.N)
	}
	if s.Offset.Set {
		w.Text(" OFFSET ")
		ast.AppendInt(w, s.Offset.N)
	}
	if ties {
		w.Text(" \n FETCH FIRST (")
		ast.AppendInt(w, s.Limit.N)
		w.Text(") ROWS WITH TIES")
	}
}
