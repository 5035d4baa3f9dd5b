package decode

import (
	"bytes"
	"reflect"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// textKind returns the kind of a string: text in either format, and anything in text format. It is exact where the wire
// holds text: of another type, two texts may be the same value.
func textKind(w wire) (k kind, exact bool) {
	if w.kind == sqltype.Text || w.kind == sqltype.JSON {
		return textString, true
	}
	if w.binary() {
		return other, false
	}
	return textString, false
}

// bytesKind returns the kind of a slice of bytes: of bytea in binary format, and of json and jsonb in text format, which is
// how they come.
func bytesKind(t reflect.Type, w wire) kind {
	isJSON := w.kind == sqltype.JSON || w.kind == sqltype.JSONB
	switch {
	case t == rawJSON && !w.binary() && isJSON:
		return jsonRaw
	case t.Name() == "" && w.binary() && w.kind == sqltype.Bytea:
		return byteaBytes
	case t.Name() == "" && !w.binary() && isJSON:
		return jsonBytes
	}
	return other
}

// trimJSON returns a document without the white space around it.
func trimJSON(raw []byte) []byte { return bytes.Trim(raw, " \t\r\n") }

// copied returns a copy of raw; nil for NULL.
func copied(raw []byte) []byte {
	if raw == nil {
		return nil
	}
	b := make([]byte, len(raw))
	copy(b, raw)
	return b
}

// uuidKind returns the kind of uuid into 16 bytes.
func uuidKind(t reflect.Type, w wire) kind {
	if w.kind != sqltype.UUID || !w.binary() || t.Len() != 16 || t.Elem().Kind() != reflect.Uint8 {
		return other
	}
	return uuidArray
}
