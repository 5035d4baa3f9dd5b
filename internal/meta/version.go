package meta

import (
	"crypto/rand"
	"math"
	"slices"
	"time"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// Version is the column of a mapping that every write of a row changes, so that a session finds out that somebody else has written
// it since it was read.
type Version struct {
	Column int
	Next   func(after any) any // the version that follows another, as arguments; nil: the database makes it
}

// Own reports whether the program makes the versions, and not the database.
func (v *Version) Own() bool { return v != nil && v.Next != nil }

// System reports whether the column is one that every table has of itself.
func (f *Field) System() bool { return f.Column.Type == sqltype.Xid && f.Column.Name == "xmin" }

// Writable reports whether the program alone gives rows a column's values, and changes them without becoming other rows.
func (m *Mapping) Writable(column int) bool {
	return !m.Fields[column].Computed() && !m.Fields[column].Unwritten && !slices.Contains(m.Key, column) && !slices.Contains(m.Kept, column)
}

// Raise gives an object the version after that of its row.
func (m *Mapping) Raise(obj, row mem.Ptr) {
	f := &m.Fields[m.Version.Column]
	f.Set(obj, m.Version.Next(f.Value(row)))
}

// CountUp returns the Next of a version that counts. After the greatest number of the field's type comes 1 again.
func CountUp(bits int) func(after any) any {
	greatest := int64(math.MaxInt64)
	if bits < 64 {
		greatest = 1<<(bits-1) - 1
	}
	return func(after any) any {
		n, _ := Plain(after).(int64)
		if n >= greatest || n < 0 {
			n = 0
		}
		return n + 1
	}
}

// NowOrLater is the Next of a version that is a time: the time it is now, but always a later one than before, whatever the clock says.
func NowOrLater(after any) any { return later(time.Now(), after) }

// WallOrLater is NowOrLater of a column without time zone, which holds what clocks show in UTC.
func WallOrLater(after any) any { return later(time.Now().UTC(), after) }

func later(now time.Time, after any) time.Time {
	now = now.Truncate(time.Microsecond)
	if before, ok := after.(time.Time); ok && !now.After(before) {
		return before.Add(time.Microsecond)
	}
	return now
}

// AnotherUUID is the Next of a version that is a UUID.
func AnotherUUID(any) any {
	var id [16]byte
	_, _ = rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}
