package wire

import (
	"strings"
	"time"

	"github.com/cupel-go/cupel/internal/arg"
)

// firstArgs returns the arguments of a first execution, when the parameters' types are not known yet. A time is written with
// its wall clock and its offset: PostgreSQL reads the instant where the parameter is a timestamptz, and the wall clock
// where it is a timestamp or a date, since it ignores the offset there. That is what the binary form means as well; pgx's
// text form, in UTC, would shift the wall clock.
func firstArgs(args []any) []any {
	out := arg.Plains(args)
	for i, a := range out {
		if text, ok := timeText(a); ok {
			out[i] = text
		}
	}
	return out
}

// timeText writes a time or an array of times; false for anything else.
func timeText(a any) (string, bool) {
	switch x := a.(type) {
	case time.Time:
		return string(appendTime(nil, x)), true
	case *time.Time:
		if x != nil {
			return string(appendTime(nil, *x)), true
		}
	case []time.Time:
		return timeArray(len(x), func(i int) *time.Time { return &x[i] }), x != nil
	case []*time.Time:
		return timeArray(len(x), func(i int) *time.Time { return x[i] }), x != nil
	case interface {
		Len() int
		At(i int) *time.Time
	}:
		return timeArray(x.Len(), x.At), true
	}
	return "", false
}

func timeArray(n int, at func(i int) *time.Time) string {
	var b strings.Builder
	b.WriteByte('{')
	var buf []byte
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		t := at(i)
		if t == nil {
			b.WriteString("NULL")
			continue
		}
		buf = appendTime(buf[:0], *t)
		b.WriteByte('"')
		b.Write(buf)
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String()
}

// appendTime writes t to the microsecond, as PostgreSQL stores it. Years before 1 are written as B.C.
func appendTime(b []byte, t time.Time) []byte {
	t = t.Truncate(time.Microsecond)
	year := t.Year()
	if year < 1 {
		t = t.AddDate(1-2*year, 0, 0) // year 0 is 1 B.C.
	}
	b = t.AppendFormat(b, "2006-01-02 15:04:05.999999-07:00:00")
	if year < 1 {
		b = append(b, " BC"...)
	}
	return b
}
