package ast

import (
	"slices"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Grouping is a key of GROUP BY that groups in more than one way: "ROLLUP (a, b)", "CUBE (a, b)", "GROUPING SETS ((a, b), ())".
type Grouping struct {
	atom

	Word string
	Keys []Node // of GROUPING SETS a Tuple for each set
}

// AppendSQL writes the word, and the keys in parentheses.
func (g *Grouping) AppendSQL(w *sqlw.Writer) {
	w.Text(g.Word)
	w.Text(" (")
	for i, k := range g.Keys {
		w.Separate(i)
		k.AppendSQL(w)
	}
	w.Byte(')')
}

// Child returns a key.
func (g *Grouping) Child(i int) Node { return nth(i, g.Keys...) }

// Lacking returns the keys that are not in all of the sets: in the rows of those that lack them they are NULL.
func (g *Grouping) Lacking() []Node {
	var lacking []Node
	for i, k := range g.Keys {
		set, ok := k.(*Tuple)
		if !ok {
			lacking = append(lacking, k)
			continue
		}
		for _, n := range set.Items {
			for j, other := range g.Keys {
				if o, ok := other.(*Tuple); !ok || j != i && !slices.Contains(o.Items, n) {
					lacking = append(lacking, n)
				}
			}
		}
	}
	return lacking
}
