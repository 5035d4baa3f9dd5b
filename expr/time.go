package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// moments has what points in time and days have in common. K is the kind, M the kind of it that may be NULL.
type moments[K Kind[K], M Kind[M], R any] struct{ kinded[K, M, time.Time, R] }

// Plus renders "x + $1::interval": a point in time, of a day too.
func (m moments[K, M, R]) Plus(d time.Duration) TimeOf[R] { return m.shift("+", d) }

// Minus renders "x - $1::interval": a point in time, of a day too.
func (m moments[K, M, R]) Minus(d time.Duration) TimeOf[R] { return m.shift("-", d) }

func (m moments[K, M, R]) shift(op string, d time.Duration) TimeOf[R] {
	return boxed[TimeOf[R]](ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecAdd, L: m.Node(), R: Val(d).Node()}))
}

// PlusExpr renders "x + y". It is NULL where either is NULL.
func (m moments[K, M, R]) PlusExpr(y Of[time.Duration]) NullTime { return m.shiftExpr("+", y) }

// MinusExpr renders "x - y", y being an interval; for the time between two points in time see SinceExpr. It is NULL where
// either is NULL.
func (m moments[K, M, R]) MinusExpr(y Of[time.Duration]) NullTime { return m.shiftExpr("-", y) }

func (m moments[K, M, R]) shiftExpr(op string, y Of[time.Duration]) NullTime {
	return boxed[NullTime](ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecAdd, L: m.Node(), R: ast.Of(y)}))
}

// AtTimeZone renders "x AT TIME ZONE $1": of a timestamptz the wall clock there, of a timestamp the point in time at which a
// clock there shows it.
func (m moments[K, M, R]) AtTimeZone(zone string) TimeOf[R] {
	return boxed[TimeOf[R]](ast.Boxed(ast.Binary{Op: "AT TIME ZONE", Bind: sqlw.PrecAt, L: m.Node(), R: Val(zone).Node()}))
}

// TimeOf is a point in time. In its methods K is TimeOf[R] itself, and M is [NullTime].
type TimeOf[R any] struct {
	moments[TimeOf[R], TimeOf[*time.Time], R]
}

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

// DateOf is a day: the time of day of an operand is cut off. In its methods K is DateOf[R] itself, and M is [NullDate].
type DateOf[R any] struct {
	moments[DateOf[R], DateOf[*time.Time], R]
}

func (DateOf[R]) with(b *ast.Box) (k DateOf[R]) { k.box = b; return k }
func (DateOf[R]) notNull(b *ast.Box) Date       { return boxed[Date](b) }
func (DateOf[R]) maybeNull(b *ast.Box) NullDate { return boxed[NullDate](b) }

func (d DateOf[R]) kind() ColumnKind { return d.Value.kind().as("date") }
func (DateOf[R]) isDay()             {}

// PlusDays renders "x + $1::integer": n days later, or earlier where n is negative.
func (d DateOf[R]) PlusDays(n int32) DateOf[R] {
	return boxed[DateOf[R]](ast.Boxed(ast.Binary{Op: "+", Bind: sqlw.PrecAdd, L: d.Node(), R: Val(n).Node()}))
}

// PlusDaysExpr renders "x + n". It is NULL where either is NULL.
func (d DateOf[R]) PlusDaysExpr(n Of[int32]) NullDate {
	return boxed[NullDate](ast.Boxed(ast.Binary{Op: "+", Bind: sqlw.PrecAdd, L: d.Node(), R: ast.Of(n)}))
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
