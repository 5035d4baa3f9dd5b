package session

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/wire"
)

// errNoSuchKey: no row can have the key.
var errNoSuchKey = errors.New("no row can have this key")

// keyValues returns the values that a program gives as a key, of whatever types it has, as they are sent and as a mapping's
// keys are found by: a column's operands.
func keyValues(m *meta.Mapping, given []any) ([]any, error) {
	values := given
	for i, k := range m.Key {
		f := &m.Fields[k]
		v, err := keyValue(f, given[i])
		if err != nil {
			return nil, fmt.Errorf("%w: %s", err, f.Column)
		}
		if reflect.TypeOf(v) == reflect.TypeOf(given[i]) {
			continue
		}
		if &values[0] == &given[0] {
			values = slices.Clone(given)
		}
		values[i] = v
	}
	return values, nil
}

// keyValue returns one value of a key. Integers may be of any width and type, texts and times of any type that is made of one,
// uuids bytes, text or what says that it is one; where the column is numeric, a number's text will do. It is ErrNullKey for NULL,
// ErrKeyType for a value of another type, and errNoSuchKey for an integer that the column cannot hold.
func keyValue(f *meta.Field, v any) (any, error) {
	kind := sqltype.Parse(f.Column.Type).Kind
	switch n := v.(type) { // the commonest, without an allocation
	case int:
		if kind.Integer() {
			return v, within(int64(n), kind)
		}
	case int64:
		if kind.Integer() {
			return v, within(n, kind)
		}
	}
	switch v = behind(v); {
	case v == nil:
		return nil, ErrNullKey
	case arg.IsSQL(v):
		return nil, expr.ErrValue
	}
	switch {
	case kind == sqltype.UUID:
		return uuidKey(v)
	case kind.Integer():
		return integerKey(v, kind)
	case kind == sqltype.Numeric && isNumber(v):
		return v, nil
	case kind == sqltype.Numeric && reflect.TypeOf(v).Kind() == reflect.String:
		return nil, fmt.Errorf("%w: the %T is no number", ErrKeyType, v)
	case reflect.TypeOf(v) == f.Column.GoType:
		return v, nil
	}
	return convertedKey(v, f.Column.GoType)
}

// convertedKey returns a value as one of the column's Go type, where both are made of the same.
func convertedKey(v any, want reflect.Type) (any, error) {
	x := v
	if _, valuer := v.(driver.Valuer); valuer {
		x = meta.Plain(v)
	}
	rv := reflect.ValueOf(x)
	if rv.Kind() != want.Kind() || !rv.CanConvert(want) {
		return nil, unlike(v)
	}
	return rv.Convert(want).Interface(), nil
}

// behind returns what a value points to; nil for NULL.
func behind(v any) any {
	v = arg.Plain(v)
	if v == nil || meta.IsNull(v) {
		return nil
	}
	if _, valuer := v.(driver.Valuer); valuer {
		return v
	}
	rv := reflect.ValueOf(v)
	for ; rv.Kind() == reflect.Pointer; rv = rv.Elem() {
		if rv.IsNil() {
			return nil
		}
	}
	return rv.Interface()
}

// unlike returns the error of a value whose type is not the column's.
func unlike(v any) error { return fmt.Errorf("%w: %T", ErrKeyType, v) }

// integerKey returns an integer, or what says that it is one, as it is.
func integerKey(v any, kind sqltype.Kind) (any, error) {
	if rv := reflect.ValueOf(v); rv.CanUint() && rv.Uint() > math.MaxInt64 {
		return nil, errNoSuchKey
	}
	n, ok := meta.Plain(v).(int64)
	if !ok {
		return nil, unlike(v)
	}
	return v, within(n, kind)
}

// within fails where a column of a kind cannot hold an integer.
func within(n int64, kind sqltype.Kind) error {
	if kind == sqltype.Int2 && n != int64(int16(n)) || kind == sqltype.Int4 && n != int64(int32(n)) {
		return errNoSuchKey
	}
	return nil
}

// beyondColumn reports whether a key was not sent because a column of the server's holds fewer integers than the mapping says:
// no row can have the key.
func beyondColumn(m *meta.Mapping, err error) bool {
	var e *wire.EncodeError
	return errors.As(err, &e) && e.Integer && sqltype.Parse(m.Fields[m.Key[e.Parameter-1]].Column.Type).Kind.Integer()
}

// uuidKey returns a uuid as its bytes.
func uuidKey(v any) (any, error) {
	valuer, ok := v.(driver.Valuer)
	if ok {
		v, _ = valuer.Value()
	}
	rv, bytes := reflect.ValueOf(v), reflect.TypeFor[[16]byte]()
	if (rv.Kind() == reflect.Array || rv.Kind() == reflect.Slice) && rv.Len() == bytes.Len() && rv.CanConvert(bytes) {
		return rv.Convert(bytes).Interface(), nil
	}
	if rv.Kind() != reflect.String {
		return nil, unlike(v)
	}
	id, ok := meta.ParseUUID(rv.String())
	if !ok {
		return nil, fmt.Errorf("%w: the %T is no uuid", ErrKeyType, v)
	}
	return id, nil
}

// isNumber reports whether a value is a number that a numeric column takes: of whatever type, or as text.
func isNumber(v any) bool {
	switch x := meta.Plain(v).(type) {
	case int64:
		return true
	case string:
		_, ok := new(big.Rat).SetString(x)
		return ok || strings.EqualFold(x, "NaN")
	}
	return false
}
