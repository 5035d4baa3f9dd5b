package expr

import (
	"time"

	"github.com/cupel-go/cupel/internal/ast"
)

// Plus renders "x + $1::interval".
func (t TimeOf[R]) Plus(d time.Duration) TimeOf[R] { return t.shift("+", d) }

// Minus renders "x - $1::interval".
func (t TimeOf[R]) Minus(d time.Duration) TimeOf[R] { return t.shift("-", d) }

func (t TimeOf[R]) shift(op string, d time.Duration) TimeOf[R] {
	return TimeOf[R]{wrap[time.Time, R](ast.Arith(op, t.Node(), Val(d).Node()))}
}

// Since renders "x - y": the interval between two points in time, NULL where either is.
func (t TimeOf[R]) Since(y Of[time.Time]) NullInterval {
	return wrap[time.Duration, *time.Duration](ast.Arith("-", t.Node(), ast.Of(y)))
}

// Extract renders "EXTRACT(field FROM x)": year, month, day, hour, minute, second, dow, doy, week, quarter, epoch …
func Extract(field string, x Of[time.Time]) NumberOf[float64, *float64] {
	if !functionName(field) {
		return number[float64, *float64](&ast.Bad{Err: badText("field of a time", field)})
	}
	return number[float64, *float64](&ast.Extract{Field: field, X: ast.Of(x)})
}

// DateTrunc renders "date_trunc($1, x)": x cut down to a field, "month" or "hour".
func DateTrunc[R any](field string, x TimeOf[R]) TimeOf[R] {
	return TimeOf[R]{wrap[time.Time, R](&ast.Call{Name: "date_trunc", Args: []ast.Node{Val(field).Node(), ast.Of(x)}})}
}

// Collate renders `x COLLATE "name"`: the order and equality of texts in comparisons and ORDER BY.
func (t TextOf[V, R]) Collate(name string) TextOf[V, R] {
	return TextOf[V, R]{wrap[V, R](&ast.Collate{X: t.Node(), Name: name})}
}
