package expr_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

func TestPeriods(t *testing.T) {
	c, origin := table, time.Unix(0, 0)
	month := expr.Months(1)
	check(t, []golden{
		{"PlusPeriod", c.At.PlusPeriod(month), "t.at + $1::interval", args{month}},
		{"MinusPeriod of a day", c.Day.MinusPeriod(expr.Days(1)).Lt(origin), "t.day - $1::interval < $2", args{expr.Days(1), origin}},
		{"PlusPeriodExpr", c.Until.PlusPeriodExpr(c.Every.Times(3)), "t.until + t.every * $1", args{3.0}},
		{"MinusPeriodExpr", c.At.MinusPeriodExpr(c.Every.Plus(month)), "t.at - (t.every + $1)", args{month}},
		{"Minus", c.Every.Minus(month).Gt(month), "t.every - $1 > $2", args{month, month}},
		{"Over, Neg", c.Every.Over(2).Neg(), "-(t.every / $1)", args{2.0}},
		{"PlusExpr", c.Every.PlusExpr(c.Every.Const(month)), "t.every + $1::interval", args{month}},
		{"MinusExpr, TimesExpr", c.Every.MinusExpr(c.Every.TimesExpr(c.ID)), "t.every - t.every * t.id", nil},
		{"OverExpr", c.Every.OverExpr(c.F), "t.every / t.f", nil},
		{"Age", expr.Age(c.At, c.Until).IsNull(), "age(t.at, t.until) IS NULL", nil},
		{"Extract", expr.Extract("month", c.Every), "EXTRACT(month FROM t.every)", nil},
		{"an interval as a period", expr.As[expr.Period](c.Took).Plus(month), "t.took + $1", args{month}},
		{"Avg", expr.Avg(c.Every), "avg(t.every)", nil},
		{"DateBin", expr.DateBin(time.Hour, c.At, origin).Eq(origin), "date_bin($1::interval, t.at, $2::timestamptz) = $3", args{time.Hour, origin, origin}},
	})
}
