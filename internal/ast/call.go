package ast

import "github.com/cupel-go/cupel/internal/sqlw"

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

// EachChild gives the arguments and what qualifies them.
func (c *Call) EachChild(f func(Node)) {
	each(c.Args, f)
	each(c.OrderBy, f)
	each(c.Within, f)
	if c.Where != nil {
		f(c.Where)
	}
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
	w.Text(c.Type)
	w.Byte(')')
}

// EachChild gives the operand.
func (c *Cast) EachChild(f func(Node)) { f(c.X) }

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

// EachChild gives every operand.
func (c *Case) EachChild(f func(Node)) {
	if c.Operand != nil {
		f(c.Operand)
	}
	for _, b := range c.Whens {
		f(b.Cond)
		f(b.Then)
	}
	if c.Else != nil {
		f(c.Else)
	}
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

// EachChild gives the operand.
func (e *Extract) EachChild(f func(Node)) { f(e.X) }

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
}

// EachChild gives the operand.
func (c *Collate) EachChild(f func(Node)) { f(c.X) }
