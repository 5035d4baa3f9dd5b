package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
)

// ValueOf is an expression with operands of type V and results of type R, whatever its kind.
type ValueOf[V, R any] interface {
	Of[V]
	Item[R]
}

// Kinded is an expression of which N is the kind where it cannot be NULL, and M the kind where it can: Text and
// NullText of both. By it [Coalesce] of a text is a text, with a text's operators.
type Kinded[V, N, M any] interface {
	Of[V]
	notNull(ast.Node) N
	maybeNull(ast.Node) M
}

func (Value[V, R]) notNull(n ast.Node) Value[V, V]    { return wrap[V, V](n) }
func (Value[V, R]) maybeNull(n ast.Node) Value[V, *V] { return wrap[V, *V](n) }

func (NumberOf[V, R]) notNull(n ast.Node) NumberOf[V, V]    { return number[V, V](n) }
func (NumberOf[V, R]) maybeNull(n ast.Node) NumberOf[V, *V] { return number[V, *V](n) }

func (TextOf[V, R]) notNull(n ast.Node) TextOf[V, V]    { return TextOf[V, V]{wrap[V, V](n)} }
func (TextOf[V, R]) maybeNull(n ast.Node) TextOf[V, *V] { return TextOf[V, *V]{wrap[V, *V](n)} }

func (TimeOf[R]) notNull(n ast.Node) Time       { return Time{wrap[time.Time, time.Time](n)} }
func (TimeOf[R]) maybeNull(n ast.Node) NullTime { return NullTime{wrap[time.Time, *time.Time](n)} }

func (d DateOf[R]) notNull(n ast.Node) Date       { return Date{d.TimeOf.notNull(n)} }
func (d DateOf[R]) maybeNull(n ast.Node) NullDate { return NullDate{d.TimeOf.maybeNull(n)} }

func (BoolOf[R]) notNull(n ast.Node) Bool       { return Bool{wrap[bool, bool](n)} }
func (BoolOf[R]) maybeNull(n ast.Node) NullBool { return NullBool{wrap[bool, *bool](n)} }

// AsText is the same expression with the operators of a text: AsText(Func[string]("to_hex", x)).Like("f%").
func AsText[V ~string, R any](x ValueOf[V, R]) TextOf[V, R] {
	return TextOf[V, R]{wrap[V, R](ast.Of(x))}
}

// AsNumber is the same expression with the operators of a number: AsNumber(Val[int64](10)).MinusExpr(x).
func AsNumber[V, R any](x ValueOf[V, R]) NumberOf[V, R] { return number[V, R](ast.Of(x)) }

// AsTime is the same expression with the operators of a point in time: AsTime(Max(o.CreatedAt)).Plus(time.Hour).
func AsTime[R any](x ValueOf[time.Time, R]) TimeOf[R] {
	return TimeOf[R]{wrap[time.Time, R](ast.Of(x))}
}

// Coerce is the same expression with another Go type, which must be able to hold what the database gives: Coerce[float64]
// of a numeric column that is mapped to a string. Nothing is converted in SQL; for that see [CastTo].
func Coerce[V any](x Expression) Value[V, *V] { return wrap[V, *V](ast.Of(x)) }
