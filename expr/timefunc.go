package expr

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/ast"
)

// Now renders "now()": the time at which the transaction began.
func Now() Time { return call[Time]("now") }

// CurrentTimestamp renders "CURRENT_TIMESTAMP", which is now().
func CurrentTimestamp() Time { return boxed[Time](ast.Boxed(ast.Keyword{Text: "CURRENT_TIMESTAMP"})) }

// CurrentDate renders "CURRENT_DATE": the day on which the transaction began, in the connection's time zone.
func CurrentDate() Date { return boxed[Date](ast.Boxed(ast.Keyword{Text: "CURRENT_DATE"})) }

// Extract renders "EXTRACT(field FROM x)": year, month, day, hour, minute, second, dow, doy, week, quarter, epoch …, of a
// point in time, of a day or of an interval.
func Extract[V time.Time | time.Duration | pgtype.Interval](field string, x Of[V]) NullFloat {
	if !functionName(field) {
		return made[NullFloat](&ast.Bad{Err: badText("field of a time", field)})
	}
	return boxed[NullFloat](ast.Boxed(ast.Extract{Field: field, X: ast.Of(x)}))
}

// DateTrunc renders "date_trunc($1, x)": x cut down to a field, "month" or "hour".
func DateTrunc[R any](field string, x ValueOf[time.Time, R]) TimeOf[R] {
	return call[TimeOf[R]]("date_trunc", Val(field).Node(), ast.Of(x))
}

// DateBin renders "date_bin($1::interval, x, $2::timestamptz)": x put back to the beginning of the stretch in which it lies, stretches being of
// one length from origin on. The length has no months and is not zero. PostgreSQL has it from version 14 on.
func DateBin[R any](length time.Duration, x ValueOf[time.Time, R], origin time.Time) TimeOf[R] {
	n := ast.Of(x)
	return call[TimeOf[R]]("date_bin", Val(length).Node(), n, literal(origin, constType(n, TimeOf[R]{}.kind())).Node)
}
