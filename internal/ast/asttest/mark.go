package asttest

import (
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// mark is a node to be found again, which stands for one of any kind.
type mark struct{ name string }

// Outputs returns nil.
func (m *mark) Outputs() []ast.Node { return nil }

// AppendSQL writes the name.
func (m *mark) AppendSQL(w *sqlw.Writer) { w.Text(m.name) }

// Prec is PrecAtom.
func (m *mark) Prec() sqlw.Prec { return sqlw.PrecAtom }

// Child returns nil.
func (m *mark) Child(int) ast.Node { return nil }
