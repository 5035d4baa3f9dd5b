package decode

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/mem"
)

// text decodes into strings: text in either format, and anything in text format.
func text(w wire, slow Func) Func {
	if w.binary() {
		switch w.codec.(type) {
		case pgtype.TextCodec, *pgtype.JSONCodec:
		default:
			return nil
		}
	}
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if raw == nil {
			return slow(dst, raw, a)
		}
		*mem.As[string](dst) = a.text(raw)
		return nil
	}
}

// document decodes bytea in binary format, and json and jsonb in text format, which is how they come, into bytes.
func document(t reflect.Type, w wire, slow Func) Func {
	_, bytea := w.codec.(pgtype.ByteaCodec)
	switch {
	case t == rawJSON && !w.binary() && isJSON(w):
		return rawMessage(slow)
	case t.Name() == "" && (w.binary() && bytea || !w.binary() && isJSON(w)):
		return func(dst mem.Ptr, raw []byte, a *Arena) error {
			if raw == nil {
				return slow(dst, raw, a)
			}
			return copied(dst, raw, a)
		}
	}
	return nil
}

func isJSON(w wire) bool {
	switch w.codec.(type) {
	case *pgtype.JSONCodec, *pgtype.JSONBCodec:
		return true
	}
	return false
}

// rawMessage copies a document without the white space around it.
func rawMessage(slow Func) Func {
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if !json.Valid(raw) {
			return slow(dst, raw, a)
		}
		return copied(dst, bytes.Trim(raw, " \t\r\n"), a)
	}
}

func copied(dst mem.Ptr, raw []byte, _ *Arena) error {
	b := make([]byte, len(raw))
	copy(b, raw)
	*mem.As[[]byte](dst) = b
	return nil
}

// uuid decodes uuid into 16 bytes.
func uuid(t reflect.Type, w wire, slow Func) Func {
	_, ok := w.codec.(pgtype.UUIDCodec)
	if !ok || !w.binary() || t.Len() != 16 || t.Elem().Kind() != reflect.Uint8 {
		return nil
	}
	return func(dst mem.Ptr, raw []byte, a *Arena) error {
		if len(raw) != 16 {
			return slow(dst, raw, a)
		}
		copy(mem.As[[16]byte](dst)[:], raw)
		return nil
	}
}
