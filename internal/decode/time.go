package decode

import (
	"encoding/binary"
	"encoding/json"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/sqltype"
)

var (
	timeType = reflect.TypeFor[time.Time]()
	rawJSON  = reflect.TypeFor[json.RawMessage]()
)

// epoch is 2000-01-01, from which PostgreSQL counts, in Unix seconds.
const epoch = 946684800

// Outside these the value is pgtype's to judge: infinity, or beyond what PostgreSQL stores.
const (
	maxMicros = 200000 * 365 * 86400 * 1000000 // some 200,000 years
	minMicros = -6000 * 365 * 86400 * 1000000  // 4000 B.C.
	maxDays   = 200000 * 365
	minDays   = -6000 * 365
)

// timeKind returns the kind of timestamptz, as local time, and of timestamp and date, as UTC.
func timeKind(w wire) (kind, *time.Location) {
	if !w.binary() {
		return other, nil
	}
	switch c := w.codec.(type) { // which says where, too
	case *pgtype.TimestamptzCodec:
		if c.ScanLocation != nil {
			return microsTime, c.ScanLocation
		}
		return microsTime, time.Local
	case *pgtype.TimestampCodec:
		if c.ScanLocation == nil {
			return microsTime, time.UTC
		}
	}
	if w.kind == sqltype.Date {
		return daysTime, time.UTC
	}
	return other, nil
}

// wallTime reports whether what a column stores of a time is what a clock shows.
func wallTime(w wire) bool { return w.kind == sqltype.Timestamp || w.kind == sqltype.Date }

// momentOf returns the time that is microseconds from PostgreSQL's epoch; false where that is for pgtype to judge.
func momentOf(raw []byte) (time.Time, bool) {
	if len(raw) != 8 {
		return time.Time{}, false
	}
	us := int64(binary.BigEndian.Uint64(raw))
	if us > maxMicros || us < minMicros {
		return time.Time{}, false
	}
	return time.Unix(epoch+us/1e6, us%1e6*1e3), true
}

// dayOf returns the midnight, in UTC, that is days from PostgreSQL's epoch; false where that is for pgtype to judge.
func dayOf(raw []byte) (time.Time, bool) {
	if len(raw) != 4 {
		return time.Time{}, false
	}
	d := int64(int32(binary.BigEndian.Uint32(raw)))
	if d > maxDays || d < minDays {
		return time.Time{}, false
	}
	return time.Unix(epoch+d*86400, 0).UTC(), true
}

// isMoment reports whether t is stored as us microseconds from PostgreSQL's epoch: what is less than a microsecond is cut off as it is sent, and
// without a time zone it is the wall clock that is.
func (c *Column) isMoment(t time.Time, us int64) bool {
	return (c.seconds(t)-epoch)*1e6+int64(t.Nanosecond()/1000) == us
}

// isDay reports whether t is stored as days from PostgreSQL's epoch.
func (c *Column) isDay(t time.Time, days int64) bool {
	s := c.seconds(t) - epoch - days*86400
	return s >= 0 && s < 86400
}

func (c *Column) seconds(t time.Time) int64 {
	s := t.Unix()
	if c.wall {
		_, offset := t.Zone()
		s += int64(offset)
	}
	return s
}
