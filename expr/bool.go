package expr

import "github.com/cupel-go/cupel/internal/ast"

func (BoolOf[R]) with(b *ast.Box) (k BoolOf[R]) { k.box = b; return k }
func (BoolOf[R]) notNull(b *ast.Box) Bool       { return boxed[Bool](b) }
func (BoolOf[R]) maybeNull(b *ast.Box) NullBool { return boxed[NullBool](b) }

// And renders "p AND q".
func (p BoolOf[R]) And(q Condition) Predicate { return And(p, q) }

// Or renders "p OR q".
func (p BoolOf[R]) Or(q Condition) Predicate { return Or(p, q) }

// Not renders the opposite: "x <> $1" for "x = $1", "x NOT LIKE $1" for "x LIKE $1" …, "NOT (p AND q)" where there is
// no operator for it. Where p is NULL, so is its opposite.
func (p BoolOf[R]) Not() Predicate { return Not(p) }

// IsTrue renders "p IS TRUE": false where p is NULL, and never NULL itself.
func (p BoolOf[R]) IsTrue() Predicate { return condition(ast.Boxed(ast.Is{X: p.Node(), What: "TRUE"})) }

// IsNotTrue renders "p IS NOT TRUE": true where p is false or NULL.
func (p BoolOf[R]) IsNotTrue() Predicate { return p.IsTrue().Not() }

// IsFalse renders "p IS FALSE": false where p is NULL, and never NULL itself.
func (p BoolOf[R]) IsFalse() Predicate {
	return condition(ast.Boxed(ast.Is{X: p.Node(), What: "FALSE"}))
}

// IsNotFalse renders "p IS NOT FALSE": true where p is true or NULL.
func (p BoolOf[R]) IsNotFalse() Predicate { return p.IsFalse().Not() }

// Predicate is a condition, a [NullBool] that was computed. Selected, it is a *bool: nil where SQL's answer is NULL. It is
// also a squirrel.Sqlizer.
type Predicate struct{ BoolOf[*bool] }

func (Predicate) with(b *ast.Box) Predicate { return condition(b) }

func predicate(n ast.Node) Predicate { return condition(&ast.Box{Node: n}) }

func condition(b *ast.Box) (p Predicate) { p.box = b; return p }
