package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Plus renders "x + $1::interval".
func (t TimeOf[R]) Plus(d time.Duration) TimeOf[R] { return t.shift("+", d) }

// Minus renders "x - $1::interval".
func (t TimeOf[R]) Minus(d time.Duration) TimeOf[R] { return t.shift("-", d) }

func (t TimeOf[R]) shift(op string, d time.Duration) TimeOf[R] {
	return TimeOf[R]{wrap[time.Time, R](ast.Arith(op, t.Node(), Val(d).Node()))}
}

// PlusExpr renders "x + y". It is NULL where either is NULL.
func (t TimeOf[R]) PlusExpr(y Of[time.Duration]) NullTime { return t.shiftExpr("+", y) }

// MinusExpr renders "x - y". It is NULL where either is NULL.
func (t TimeOf[R]) MinusExpr(y Of[time.Duration]) NullTime { return t.shiftExpr("-", y) }

func (t TimeOf[R]) shiftExpr(op string, y Of[time.Duration]) NullTime {
	return t.maybeNull(ast.Arith(op, t.Node(), ast.Of(y)))
}

// Since renders "x - y": the interval between two points in time, NULL where either is.
func (t TimeOf[R]) Since(y Of[time.Time]) NullInterval {
	return wrap[time.Duration, *time.Duration](ast.Arith("-", t.Node(), ast.Of(y)))
}

// AtTimeZone renders "x AT TIME ZONE $1": of a timestamptz the wall clock there, of a timestamp the point in time at
// which a clock there shows it.
func (t TimeOf[R]) AtTimeZone(zone string) TimeOf[R] {
	at := &ast.Binary{Op: "AT TIME ZONE", Bind: sqlw.PrecAt, L: t.Node(), R: Val(zone).Node()}
	return TimeOf[R]{wrap[time.Time, R](at)}
}

// PlusDays renders "x + $1::integer": n days later, or earlier where n is negative.
func (d DateOf[R]) PlusDays(n int32) DateOf[R] {
	return DateOf[R]{TimeOf[R]{wrap[time.Time, R](ast.Arith("+", d.Node(), Val(n).Node()))}}
}

// Since renders "x - y": the number of days from y, which must be a date too; NULL where either is.
func (d DateOf[R]) Since(y Of[time.Time]) NumberOf[int64, *int64] {
	l, r := ast.Alike(d.Node(), ast.Of(y))
	return number[int64, *int64](ast.Arith("-", l, r))
}

// Extract renders "EXTRACT(field FROM x)": year, month, day, hour, minute, second, dow, doy, week, quarter, epoch …, of
// a point in time or of an interval.
func Extract[V time.Time | time.Duration](field string, x Of[V]) NumberOf[float64, *float64] {
	if !functionName(field) {
		return number[float64, *float64](&ast.Bad{Err: badText("field of a time", field)})
	}
	return number[float64, *float64](&ast.Extract{Field: field, X: ast.Of(x)})
}

// DateTrunc renders "date_trunc($1, x)": x cut down to a field, "month" or "hour".
func DateTrunc[R any](field string, x ValueOf[time.Time, R]) TimeOf[R] {
	return TimeOf[R]{wrap[time.Time, R](&ast.Call{Name: "date_trunc", Args: []ast.Node{Val(field).Node(), ast.Of(x)}})}
}
