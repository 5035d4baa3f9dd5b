package expr

import (
	"reflect"
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

func (TimeOf[R]) with(b *ast.Box) (k TimeOf[R]) { k.box = b; return k }
func (TimeOf[R]) notNull(b *ast.Box) Time       { return boxed[Time](b) }
func (TimeOf[R]) maybeNull(b *ast.Box) NullTime { return boxed[NullTime](b) }

// Since renders "x - $1": the interval from the time given to x.
func (t TimeOf[R]) Since(y time.Time) NullInterval {
	return operated[NullInterval]("-", sqlw.PrecAdd, t.Node(), y)
}

// SinceExpr renders "x - y": the interval from y, a point in time or a day, to x. It is NULL where either is NULL.
func (t TimeOf[R]) SinceExpr(y Of[time.Time]) NullInterval {
	return boxed[NullInterval](ast.Boxed(ast.Binary{Op: "-", Bind: sqlw.PrecAdd, L: t.Node(), R: ast.Of(y)}))
}

// Day is a day: a [DateOf] of whatever result. A point in time is none.
type Day interface {
	Of[time.Time]
	isDay()
}

func (DateOf[R]) with(b *ast.Box) (k DateOf[R]) { k.box = b; return k }
func (DateOf[R]) notNull(b *ast.Box) Date       { return boxed[Date](b) }
func (DateOf[R]) maybeNull(b *ast.Box) NullDate { return boxed[NullDate](b) }

func (DateOf[R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[time.Time](), reflect.TypeFor[R]()).as("date")
}
func (DateOf[R]) isDay() {}

// PlusDays renders "x + $1::integer": n days later, or earlier where n is negative.
func (d DateOf[R]) PlusDays(n int32) DateOf[R] {
	return boxed[DateOf[R]](ast.Boxed(ast.Binary{Op: "+", Bind: sqlw.PrecAdd, L: d.Node(), R: Val(n).Node()}))
}

// PlusDaysExpr renders "x + n". It is NULL where either is NULL.
func (d DateOf[R]) PlusDaysExpr(n Of[int32]) NullDate {
	return boxed[NullDate](ast.Boxed(ast.Binary{Op: "+", Bind: sqlw.PrecAdd, L: d.Node(), R: ast.Of(n)}))
}

// MinusDaysExpr renders "x - n". It is NULL where either is NULL.
func (d DateOf[R]) MinusDaysExpr(n Of[int32]) NullDate {
	return boxed[NullDate](ast.Boxed(ast.Binary{Op: "-", Bind: sqlw.PrecAdd, L: d.Node(), R: ast.Of(n)}))
}

// Since renders "x - $1": the number of days from the day given to x.
func (d DateOf[R]) Since(day time.Time) NullInt {
	return operated[NullInt]("-", sqlw.PrecAdd, d.Node(), day)
}

// SinceExpr renders "x - y": the number of days from y to x. It is NULL where either is NULL. The interval from a point in
// time is As[NullTime](x).SinceExpr(y).
func (d DateOf[R]) SinceExpr(y Day) NullInt {
	return boxed[NullInt](ast.Boxed(ast.Binary{Op: "-", Bind: sqlw.PrecAdd, L: d.Node(), R: ast.Of(y)}))
}
