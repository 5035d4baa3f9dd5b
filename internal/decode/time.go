package decode

import (
	"encoding/binary"
	"encoding/json"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
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

// timestamp decodes timestamptz, as local time, and timestamp and date, as UTC.
func timestamp(w wire, slow Func) Func {
	if !w.binary() {
		return nil
	}
	switch c := w.codec.(type) {
	case *pgtype.TimestamptzCodec:
		loc := c.ScanLocation
		if loc == nil {
			loc = time.Local
		}
		return micros(loc, slow)
	case *pgtype.TimestampCodec:
		if c.ScanLocation != nil {
			return nil
		}
		return micros(time.UTC, slow)
	case pgtype.DateCodec:
		return days(slow)
	}
	return nil
}

func micros(loc *time.Location, slow Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != 8 {
			return slow(dst, raw, a)
		}
		us := int64(binary.BigEndian.Uint64(raw))
		if us > maxMicros || us < minMicros {
			return slow(dst, raw, a)
		}
		*mem.As[time.Time](dst) = time.Unix(epoch+us/1e6, us%1e6*1e3).In(loc)
		return nil
	}
}

func days(slow Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != 4 {
			return slow(dst, raw, a)
		}
		d := int64(int32(binary.BigEndian.Uint32(raw)))
		if d > maxDays || d < minDays {
			return slow(dst, raw, a)
		}
		*mem.As[time.Time](dst) = time.Unix(epoch+d*86400, 0).UTC()
		return nil
	}
}
