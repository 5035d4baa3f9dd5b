package expr

import (
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Columns of lengths of time.
type (
	Interval     = IntervalOf[time.Duration] // interval, without months; a day is 24 hours
	NullInterval = IntervalOf[*time.Duration]

	// Period is an interval whose months and days stay what they are: three months, whatever their days. A value's Valid must be
	// true: without it, it is NULL. See Months and Days.
	Period     = PeriodOf[pgtype.Interval] // interval
	NullPeriod = PeriodOf[*pgtype.Interval]
)

func (IntervalOf[R]) with(b *ast.Box) (k IntervalOf[R]) { k.box = b; return k }
func (IntervalOf[R]) notNull(b *ast.Box) Interval       { return boxed[Interval](b) }
func (IntervalOf[R]) maybeNull(b *ast.Box) NullInterval { return boxed[NullInterval](b) }

func (PeriodOf[R]) with(b *ast.Box) (k PeriodOf[R]) { k.box = b; return k }
func (PeriodOf[R]) notNull(b *ast.Box) Period       { return boxed[Period](b) }
func (PeriodOf[R]) maybeNull(b *ast.Box) NullPeriod { return boxed[NullPeriod](b) }

func (PeriodOf[R]) kind() ColumnKind {
	return kindOf(reflect.TypeFor[pgtype.Interval](), reflect.TypeFor[R]()).as("interval")
}

// Months returns a period of n months as a Go value; twelve are a year.
func Months(n int32) pgtype.Interval { return pgtype.Interval{Months: n, Valid: true} }

// Days returns a period of n days as a Go value. A day is not always 24 hours: the clock may be put on in it.
func Days(n int32) pgtype.Interval { return pgtype.Interval{Days: n, Valid: true} }

// Age renders "age(x, y)": the years, months and days from y to x. It is NULL where either is NULL.
func Age(x, y Of[time.Time]) NullPeriod { return call[NullPeriod]("age", ast.Of(x), ast.Of(y)) }

// moved is a point in time and what it is moved by.
func moved(op string, x *ast.Box, by ast.Node) *ast.Box {
	return ast.Boxed(ast.Binary{Op: op, Bind: sqlw.PrecAdd, L: nodeOf(x), R: by})
}
