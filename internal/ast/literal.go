package ast

import (
	"strings"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Literal is a Go value. It renders as an argument, "$1"; the same Literal is the same argument everywhere in a
// statement. With a Type it renders "$1::type", for places where the server could not infer one.
type Literal struct {
	leaf

	Value any // of an Argument a reference; see Plain
	Type  string
}

// Argument is a Literal together with its value, which takes no memory of its own then. It must not be copied once it is
// Set.
type Argument[V any] struct {
	Literal

	value V
}

// Set gives the literal its value, once.
func (a *Argument[V]) Set(v V) {
	a.value = v
	a.Value = arg.At(&a.value)
}

// LiteralAt returns a literal of what p points to, which its argument is known by: that of another one is equal only where p is.
func LiteralAt[V any](p *V) *Literal { return &Literal{Value: arg.At(p)} }

// Plain returns the Go value.
func (l *Literal) Plain() any { return arg.Plain(l.Value) }

// Open reports whether the value is given when the statement runs.
func (l *Literal) Open() bool {
	_, open := l.Value.(*arg.Param)
	return open
}

// Prec is that of a cast when there is one.
func (l *Literal) Prec() sqlw.Prec {
	if l.cast() != "" {
		return sqlw.PrecCast
	}
	return sqlw.PrecAtom
}

// AppendSQL writes the placeholder.
func (l *Literal) AppendSQL(w *sqlw.Writer) {
	w.Arg(&l.Value, l.Value)
	if cast := l.cast(); cast != "" {
		w.Text("::")
		AppendType(w, cast)
	}
}

// AppendType writes the name of a type. One that is not PostgreSQL's own the server looks for, which it does in the right schema in a
// transaction only.
func AppendType(w *sqlw.Writer, name string) {
	w.Text(name)
	if w.Schema() != "" && sqltype.Parse(name).Kind == sqltype.Other {
		w.Act()
	}
}

// cast returns the type to write.
func (l *Literal) cast() string {
	if l.Type != "" {
		return l.Type
	}
	return arg.Cast(l.Value)
}

// AppendInt writes n as an argument of its own, as a Literal does.
func AppendInt(w *sqlw.Writer, n int64) {
	w.Arg(nil, n)
	if cast := arg.Cast(n); cast != "" {
		w.Text("::")
		w.Text(cast)
	}
}

// Typed returns n, a literal without a type with the type given; anything else as it is.
func Typed(n Node, sqlType string) Node {
	if l, ok := n.(*Literal); ok && l.Type == "" && sqlType != "" {
		return &Literal{Value: l.Value, Type: sqlType}
	}
	return n
}

// Untyped returns n; of a literal with a type, one without, for places where the server gets the type from elsewhere.
func Untyped(n Node) Node {
	if l, ok := n.(*Literal); ok && l.Type != "" {
		return &Literal{Value: l.Value}
	}
	return n
}

// Alike returns two operands of which a literal takes the other's type; two literals keep theirs.
func Alike(l, r Node) (Node, Node) {
	_, left := l.(*Literal)
	_, right := r.(*Literal)
	switch {
	case left && !right:
		return Untyped(l), r
	case right && !left:
		return l, Untyped(r)
	}
	return l, r
}

// Keyword is SQL text that takes no operand: NULL, DEFAULT, CURRENT_DATE, "*".
type Keyword struct {
	atom
	leaf

	Text string
}

// AppendSQL writes the keyword.
func (k *Keyword) AppendSQL(w *sqlw.Writer) {
	if strings.HasPrefix(k.Text, "CURRENT_") { // what the transaction began with
		w.Act()
	}
	w.Text(k.Text)
}

// Bad is an expression that could not be built; rendering it reports why.
type Bad struct {
	atom
	leaf

	Err error
}

// AppendSQL fails the writer.
func (b *Bad) AppendSQL(w *sqlw.Writer) { w.Fail(b.Err) }
