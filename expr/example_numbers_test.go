package expr_test

import (
	"time"

	"github.com/cupel-go/cupel/expr"
)

// How do I calculate? Of a decimal the operands may be any exact number; of two columns the result may be NULL.
func ExampleDecimalOf_Times() {
	t := Items
	show(t.Price.Times("1.19"), t.Price.TimesExpr(t.Size), t.Price.Over("3"), t.Price.Minus("1").Neg())
	show(t.Size.Plus(1), t.Size.Mod(2).Eq(0), t.Weight.Times(2.5), t.Size.Minus(1))
	// Output:
	// item.price * $1
	// item.price * item.size
	// item.price / $1
	// -(item.price - $1)
	// item.size + $1
	// item.size % $1 = $2
	// item.weight * $1
	// item.size - $1
}

// How do I compare a decimal with a constant, whatever the Go type of its column?
func ExampleDecimalOf_Text() {
	t := Items // Cost is read into a pgtype.Numeric
	show(t.Cost.Text().Gt("9.99"), t.Cost.Text().Times("1.19"))
	// Output:
	// item.cost > $1
	// item.cost * $1
}

// How do I round?
func ExampleRound() {
	t := Items
	show(expr.Round(t.Price), expr.RoundTo(t.Price, 2), expr.Floor(t.Weight), expr.Ceil(t.Weight), expr.Abs(t.Size))
	// Output:
	// round(item.price)
	// round(item.price, $1::integer)
	// floor(item.weight)
	// ceil(item.weight)
	// abs(item.size)
}

// How do I calculate with times? Months and days are a period, whose length the server knows.
func ExampleTimeOf_PlusPeriod() {
	t := Items
	show(t.At.Plus(90*time.Minute), t.At.PlusPeriod(expr.Months(1)), t.At.MinusPeriod(expr.Days(3)), t.At.PlusExpr(t.Took))
	show(t.Due.PlusDays(7), t.Due.MinusDaysExpr(t.Size), t.Due.PlusPeriodExpr(t.Every), t.Took.Times(2), t.Every.Times(2), t.Took.Over(2))
	// Output:
	// item.at + $1::interval
	// item.at + $1::interval
	// item.at - $1::interval
	// item.at + item.took
	// item.due + $1::integer
	// item.due - item.size
	// item.due + item.every
	// item.took * $1
	// item.every * $1
	// item.took / $1
}

// How do I get the time between two points in time? Between two days it is a number of days.
func ExampleTimeOf_Since() {
	t := Items
	at := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	show(t.At.Since(at), expr.Now().SinceExpr(t.At), t.Due.Since(at), expr.CurrentDate().SinceExpr(t.Due), expr.Age(expr.CurrentTimestamp(), t.At))
	// Output:
	// item.at - $1
	// now() - item.at
	// item.due - $1
	// CURRENT_DATE - item.due
	// age(CURRENT_TIMESTAMP, item.at)
}

// How do I take a part of a time, or cut it down?
func ExampleDateTrunc() {
	t := Items
	show(expr.DateTrunc("month", t.At), expr.Extract("dow", t.At), expr.ToChar(t.At, "YYYY-MM"), t.At.AtTimeZone("Asia/Tokyo"))
	show(expr.DateBin(15*time.Minute, t.At, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
	// Output:
	// date_trunc($1::text, item.at)
	// EXTRACT(dow FROM item.at)
	// to_char(item.at, $1::text)
	// item.at AT TIME ZONE $1::text
	// date_bin($1::interval, item.at, $2::timestamptz)
}
