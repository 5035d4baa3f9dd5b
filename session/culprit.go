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
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/track"
)

// blame takes what the error is about. The server does not say which of a statement's objects it was, and of a value that does not fit not
// even the column: the objects' values are compared with what it says, and not told.
func (e *DatabaseError) blame(entries []*track.Entry) {
	m := entries[0].Mapping
	own := e.Table == m.Table.Name
	key, known := keyOf(e.err)
	if known && own && e.Column == "" {
		e.Column = strings.Join(key.columns, ", ")
	}
	at := -1
	switch {
	case known && (own || e.Code == "23503"): // of several that have the same key the last came too late
		for at = len(entries) - 1; at >= 0 && !key.is(entries[at]); at-- {
		}
	case e.Code == "23502" && own:
		at = slices.IndexFunc(entries, func(entry *track.Entry) bool { return isNull(entry, e.Column) })
	case e.Code == "22001", e.Code == "22003":
		var column *ast.Column
		at = slices.IndexFunc(entries, func(entry *track.Entry) bool { column = unfit(entry); return column != nil })
		if at >= 0 {
			e.Table, e.Column = m.Table.Name, column.Name
		}
	}
	switch {
	case len(entries) == 1:
		e.Object = entries[0].Describe()
	case at >= 0:
		e.Object = fmt.Sprintf("%s, number %d of %d", entries[at].Describe(), at+1, len(entries))
	default:
		e.Object = fmt.Sprintf("one of %d objects of type %s", len(entries), m.Name())
	}
}

// isNull reports whether an object has NULL in a column of its row.
func isNull(e *track.Entry, column string) bool {
	f := fieldOf(e.Mapping, column)
	return f != nil && ast.IsNil(arg.Plain(f.Value(e.Object)))
}

func fieldOf(m *meta.Mapping, column string) *meta.Field {
	at := slices.IndexFunc(m.Fields, func(f meta.Field) bool { return f.Column != nil && f.Column.Name == column })
	if at < 0 {
		return nil
	}
	return &m.Fields[at]
}

// unfit returns the first column that has no room for the object's value, by the size of its type; nil: there is none.
func unfit(e *track.Entry) *ast.Column {
	for i := range e.Mapping.Fields {
		f := &e.Mapping.Fields[i]
		if f.Column == nil {
			continue
		}
		size := sqltype.Modifiers(f.Column.Type)
		if f.Column.Size > 0 {
			size = []int{f.Column.Size}
		}
		if len(size) > 0 && !sqltype.Parse(f.Column.Type).Fits(arg.Plain(f.Value(e.Object)), size) {
			return f.Column
		}
	}
	return nil
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
		f := fieldOf(e.Mapping, name)
		if f == nil {
			return false
		}
		text, ok := textOf(arg.Plain(f.Value(e.Object)))
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
