package meta

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"strings"
)

// UUIDText writes a uuid as PostgreSQL does.
func UUIDText(b [16]byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// uuidOf returns the uuid that a value of another type says it is: its text.
func uuidOf(v any) (id [16]byte, ok bool) {
	valuer, ok := v.(driver.Valuer)
	if !ok {
		return id, false
	}
	v, _ = valuer.Value()
	text, ok := v.(string)
	if !ok {
		return id, false
	}
	return ParseUUID(text)
}

// ParseUUID returns the uuid that a text is, as PostgreSQL reads it; false for any other text.
func ParseUUID(text string) (id [16]byte, ok bool) {
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		if text, ok = strings.CutSuffix(inner, "}"); !ok {
			return id, false
		}
	}
	b, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil || len(b) != len(id) {
		return id, false
	}
	return [16]byte(b), true
}
