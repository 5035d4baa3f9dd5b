package session

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// blame takes what the error is about.
func (e *DatabaseError) blame(entries []*track.Entry) {
	key, known := keyOf(e.err)
	own := e.Table == entries[0].Mapping.Table.Name
	if known && own && e.Column == "" {
		e.Column = strings.Join(key.columns, ", ")
	}
	e.Object = culprit(key, known && (own || e.Code == "23503"), entries)
}

// keyDetail is the detail of a violated key, in whatever language: "Key (author_id, title)=(7, x) already exists." An expression
// in the place of a column is none.
var keyDetail = regexp.MustCompile(`(?s)^[^(]*\(([^()]+)\)=\((.*)\)[^)]*$`)

// brokenKey is the key that a row violates, as the server tells it.
type brokenKey struct {
	columns []string
	values  string // as text, with commas between
}

// keyOf returns the key that an error is about, if it says so.
func keyOf(pg *pgconn.PgError) (k brokenKey, ok bool) {
	if pg.Code != "23505" && pg.Code != "23503" {
		return k, false
	}
	m := keyDetail.FindStringSubmatch(pg.Detail)
	if m == nil {
		return k, false
	}
	for _, c := range strings.Split(m[1], ", ") {
		if strings.HasPrefix(c, `"`) {
			c = strings.ReplaceAll(strings.Trim(c, `"`), `""`, `"`)
		}
		k.columns = append(k.columns, c)
	}
	k.values = m[2]
	return k, true
}

// is reports whether the key is that of an object.
func (k brokenKey) is(e *track.Entry) bool {
	texts := make([]string, len(k.columns))
	for i, name := range k.columns {
		at := slices.IndexFunc(e.Mapping.Fields, func(f meta.Field) bool { return f.Column != nil && f.Column.Name == name })
		if at < 0 {
			return false
		}
		text, ok := textOf(arg.Plain(e.Mapping.Fields[at].Value(e.Object)))
		if !ok {
			return false
		}
		texts[i] = text
	}
	return strings.Join(texts, ", ") == k.values
}

// textOf returns the text that the server writes for a value, where that is certain.
func textOf(value any) (text string, ok bool) {
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())[:1], true
	case reflect.Array:
		if b, is := v.Interface().([16]byte); is {
			return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), true
		}
	}
	return "", false
}

// culprit names the object that an error is about. The server does not say which of a statement's it was, but it says the key: the values
// are compared, and not told.
func culprit(key brokenKey, known bool, entries []*track.Entry) string {
	if len(entries) == 1 {
		return entries[0].Describe()
	}
	for i := len(entries) - 1; known && i >= 0; i-- { // of several that have the same key the last came too late
		if key.is(entries[i]) {
			return fmt.Sprintf("%s, number %d of %d", entries[i].Describe(), i+1, len(entries))
		}
	}
	return fmt.Sprintf("one of %d objects of type %s", len(entries), entries[0].Mapping.Name())
}
