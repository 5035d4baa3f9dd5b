package ast

import (
	"strings"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Call is a function call: "count(DISTINCT x)", "coalesce(a, $1)".
type Call struct {
	atom

	Name     string // written as it stands
	Args     []Node
	Distinct bool
	Where    Node // FILTER (WHERE …) of an aggregate
	OrderBy  []Node
	Within   []Node // WITHIN GROUP (ORDER BY …) of an ordered-set aggregate
}

// AppendSQL writes the call.
func (c *Call) AppendSQL(w *sqlw.Writer) {
	if w.OnlyReads() && (!PlainFunction(c.Name) || w.Schema() != "" && c.looksUp()) {
		w.Act()
	}
	w.Text(c.Name)
	w.Byte('(')
	if c.Distinct {
		w.Text("DISTINCT ")
	}
	list(w, c.Args)
	if len(c.OrderBy) > 0 {
		w.Text(" ORDER BY ")
		list(w, c.OrderBy)
	}
	w.Byte(')')
	if len(c.Within) > 0 {
		w.Text(" WITHIN GROUP (ORDER BY ")
		list(w, c.Within)
		w.Byte(')')
	}
	if c.Where != nil {
		w.Text(" FILTER (WHERE ")
		c.Where.AppendSQL(w)
		w.Byte(')')
	}
}

// looksUp reports whether the server looks for the configuration of a full-text search that the first argument names: those of PostgreSQL are
// where it looks always.
func (c *Call) looksUp() bool {
	if len(c.Args) == 0 || !searchFunctions[c.Name] {
		return false
	}
	config, named := c.Args[0].(*Quoted)
	return named && !ownConfigurations[config.Text]
}

// Child returns an argument, or what qualifies the arguments.
func (c *Call) Child(i int) Node {
	return At(i).List(c.Args).List(c.OrderBy).List(c.Within).One(c.Where).Node
}

// Cast converts: "CAST(x AS type)".
type Cast struct {
	atom

	X    Node
	Type string
}

// AppendSQL writes the cast.
func (c *Cast) AppendSQL(w *sqlw.Writer) {
	w.Text("CAST(")
	c.X.AppendSQL(w)
	w.Text(" AS ")
	AppendType(w, c.Type)
	w.Byte(')')
}

// Child returns the operand.
func (c *Cast) Child(i int) Node { return nth(i, c.X) }

// Case is "CASE WHEN cond THEN value … ELSE value END"; with an Operand, "CASE operand WHEN value THEN …".
type Case struct {
	atom

	Operand Node // nil: a searched CASE
	Whens   []When
	Else    Node // nil: NULL
}

// When is one branch of a Case.
type When struct{ Cond, Then Node }

// AppendSQL writes the expression.
func (c *Case) AppendSQL(w *sqlw.Writer) {
	w.Text("CASE")
	if c.Operand != nil {
		w.Byte(' ')
		c.Operand.AppendSQL(w)
	}
	for _, b := range c.Whens {
		w.Text(" WHEN ")
		b.Cond.AppendSQL(w)
		w.Text(" THEN ")
		b.Then.AppendSQL(w)
	}
	if c.Else != nil {
		w.Text(" ELSE ")
		c.Else.AppendSQL(w)
	}
	w.Text(" END")
}

// Child returns the operand, a condition, or a value.
func (c *Case) Child(i int) Node { return At(i).One(c.Operand).whens(c.Whens).One(c.Else).Node }

// whens passes over branches.
func (s Seek) whens(ws []When) Seek {
	if s.Node != nil {
		return s
	}
	if s.left < 2*len(ws) {
		s.Node = nth(s.left%2, ws[s.left/2].Cond, ws[s.left/2].Then)
	}
	s.left -= 2 * len(ws)
	return s
}

// Extract takes a part of a time: "EXTRACT(year FROM x)".
type Extract struct {
	atom

	Field string
	X     Node
}

// AppendSQL writes the call.
func (e *Extract) AppendSQL(w *sqlw.Writer) {
	w.Text("EXTRACT(")
	w.Text(e.Field)
	w.Text(" FROM ")
	e.X.AppendSQL(w)
	w.Byte(')')
}

// Child returns the operand.
func (e *Extract) Child(i int) Node { return nth(i, e.X) }

// Collate names the collation of a text: `x COLLATE "C"`.
type Collate struct {
	X    Node
	Name string
}

// Prec is PrecCollate.
func (c *Collate) Prec() sqlw.Prec { return sqlw.PrecCollate }

// AppendSQL writes the operand and the collation.
func (c *Collate) AppendSQL(w *sqlw.Writer) {
	Operand(w, c.X, sqlw.PrecCollate)
	w.Text(" COLLATE ")
	w.Ident(c.Name)
	if w.Schema() != "" && c.Name != "C" && c.Name != "POSIX" && !strings.HasSuffix(c.Name, "-x-icu") { // the server looks for it
		w.Act()
	}
}

// Child returns the operand.
func (c *Collate) Child(i int) Node { return nth(i, c.X) }
