package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Late is a node that is made when the statement is rendered, since what it takes is not known when it is built.
type Late struct {
	atom

	Make func() Node // of an operand that binds like a name; it makes the same each time
}

// AppendSQL writes the node.
func (l *Late) AppendSQL(w *sqlw.Writer) { Operand(w, l.Make(), sqlw.PrecAtom) }

// Child returns the node.
func (l *Late) Child(i int) Node {
	if i > 0 || l.Make == nil {
		return nil
	}
	return l.Make()
}
