package ast

import "github.com/cupel-go/cupel/internal/sqlw"

// Sample is the part of a table's rows that FROM reads: "TABLESAMPLE bernoulli ($1) REPEATABLE ($2)".
type Sample struct {
	atom

	Method string // written as it stands
	Args   []Node
	Seed   Node // nil: other rows each time
}

// AppendSQL writes the clause.
func (s *Sample) AppendSQL(w *sqlw.Writer) {
	w.Text("TABLESAMPLE ")
	w.Text(s.Method)
	w.Text(" (")
	list(w, s.Args)
	w.Byte(')')
	if s.Seed != nil {
		w.Text(" REPEATABLE (")
		s.Seed.AppendSQL(w)
		w.Byte(')')
	}
}

// Child returns an argument, or the seed.
func (s *Sample) Child(i int) Node { return At(i).List(s.Args).One(s.Seed).Node }
