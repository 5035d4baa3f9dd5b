package meta

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// storage says which Go values a column stores as one: what is a change of an object is what is one of its row.
type storage struct {
	moment func(time.Time) int64             // what is stored of a time; nil: nothing is known
	span   func(time.Duration) time.Duration // of a duration
	text   func(string) string               // of a text
	number func(text string) (stored string) // of a decimal's text
	real   bool                              // a float64 is rounded to a float32
	json   bool                              // white space, and the order of keys, are not kept
}

// Stored makes an Access compare values as a column of a type stores them: a timestamptz has no nanoseconds and no zone, a date no time of day, a
// numeric(10,2) two digits behind the point, a char(n) no blanks at its end, a jsonb no white space. sql is the type with its size.
func Stored(a Access, goType reflect.Type, sql string) Access {
	t := sqltype.Parse(sql)
	s, ok := storageOf(t, strings.ToLower(sql))
	if !ok {
		return a
	}
	if s.number != nil && t.Dims == 0 {
		return decimal(a, s.number)
	}
	equal := a.Equal
	at := func(p mem.Ptr) reflect.Value { return reflect.NewAt(goType, p).Elem() }
	switch {
	case s.json:
		get := a.Get
		a.Equal = func(p, q mem.Ptr) bool { return equal(p, q) || sameJSON(get(p), get(q)) }
	case s.moment == nil:
		a.Equal = func(p, q mem.Ptr) bool { return equal(p, q) || s.same(at(p), at(q)) }
	case goType == reflect.TypeFor[time.Time]():
		a.Equal = func(p, q mem.Ptr) bool { return s.moment(*mem.As[time.Time](p)) == s.moment(*mem.As[time.Time](q)) }
	case goType == reflect.TypeFor[sqlNullTime]():
		a.Equal = func(p, q mem.Ptr) bool {
			x, y := mem.As[sqlNullTime](p), mem.As[sqlNullTime](q)
			return x.Valid == y.Valid && (!x.Valid || s.moment(x.V) == s.moment(y.V))
		}
	default:
		a.Equal = func(p, q mem.Ptr) bool { return s.same(at(p), at(q)) }
	}
	return a
}

type sqlNullTime = sql.Null[time.Time]

// storageOf returns what is known of a type; false where it stores Go's values as they are.
func storageOf(t sqltype.Type, text string) (s storage, ok bool) {
	mods := sqltype.Modifiers(text)
	precision := 6
	if len(mods) == 1 {
		precision = mods[0]
	}
	switch t.Kind {
	case sqltype.Timestamptz, sqltype.Timestamp, sqltype.Date, sqltype.Time:
		s.moment = momentOf(t.Kind, precision)
	case sqltype.Interval:
		s.span = func(d time.Duration) time.Duration {
			return time.Duration(rounded(int64(d/time.Microsecond), precision)) * time.Microsecond
		}
	case sqltype.Float4:
		s.real = true
	case sqltype.Numeric:
		if len(mods) == 0 || len(mods) == 2 && mods[1] < 0 {
			return s, false
		}
		scale := append(mods, 0)[1]
		s.number = func(n string) string { return plainDecimal(roundDecimal(n, scale)) }
		s.text = s.number
	case sqltype.Text:
		switch {
		case t.Name == "bpchar", t.Name == "char":
			s.text = func(v string) string { return strings.TrimRight(v, " ") }
		case t.Name == "varchar" && len(mods) == 1:
			s.text = func(v string) string { return withoutBlanksBeyond(v, mods[0]) }
		default:
			return s, false
		}
	case sqltype.UUID:
		s.text = func(v string) string {
			if id, ok := ParseUUID(v); ok {
				return UUIDText(id)
			}
			return v
		}
	case sqltype.JSONB:
		s.json = t.Dims == 0
		return s, s.json
	case sqltype.Other:
		switch {
		case strings.HasPrefix(text, "tstzrange"), strings.HasPrefix(text, "tstzmultirange"):
			s.moment = momentOf(sqltype.Timestamptz, precision)
		case strings.HasPrefix(text, "tsrange"), strings.HasPrefix(text, "tsmultirange"):
			s.moment = momentOf(sqltype.Timestamp, precision)
		default:
			return s, false
		}
	default:
		return s, false
	}
	return s, true
}

// momentOf returns what a column stores of a time: microseconds, which are cut off as they are sent, and what the server rounds them to; without a time
// zone those of the wall clock.
func momentOf(kind sqltype.Kind, precision int) func(time.Time) int64 {
	const epoch, day = 946684800, 86400 // 2000-01-01
	return func(t time.Time) int64 {
		s := t.Unix()
		if kind != sqltype.Timestamptz {
			_, offset := t.Zone()
			s += int64(offset)
		}
		of := s % day
		if of < 0 {
			of += day
		}
		us := int64(t.Nanosecond() / 1000)
		switch kind {
		case sqltype.Date:
			return (s - of) / day
		case sqltype.Time:
			return rounded(of*1e6+us, precision)
		}
		return rounded((s-epoch)*1e6+us, precision)
	}
}

// rounded rounds microseconds to a number of digits of a second, as the server does: halves away from zero.
func rounded(us int64, precision int) int64 {
	scale := int64(1)
	for range 6 - min(max(precision, 0), 6) {
		scale *= 10
	}
	if us < 0 {
		return -((-us + scale/2) / scale * scale)
	}
	return (us + scale/2) / scale * scale
}

// withoutBlanksBeyond returns a text as varchar(n) stores it: blanks beyond n characters go, anything else there is an error of the server.
func withoutBlanksBeyond(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	end := 0
	for i := range s {
		if n--; n < 0 {
			end = i
			break
		}
	}
	if strings.Trim(s[end:], " ") != "" {
		return s
	}
	return s[:end]
}

// sameJSON reports whether two documents are one to jsonb.
func sameJSON(a, b any) bool {
	x, ok := documentOf(a)
	y, both := documentOf(b)
	return ok && both && reflect.DeepEqual(x, y)
}

// documentOf returns what a JSON text says; false where it is none, or has what Go reads as something else.
func documentOf(v any) (doc any, ok bool) {
	var text []byte
	switch rv := reflect.ValueOf(v); {
	case rv.Kind() == reflect.String:
		text = []byte(rv.String())
	case rv.Kind() == reflect.Slice && rv.Type().Elem().Kind() == reflect.Uint8:
		text = rv.Bytes()
	default:
		return nil, false
	}
	if !json.Valid(text) || !utf8.Valid(text) || bytes.Contains(bytes.ToLower(text), []byte(`\ud`)) { // halves of a character
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err := d.Decode(&doc)
	return doc, err == nil
}
