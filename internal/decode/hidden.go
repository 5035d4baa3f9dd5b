package decode

import (
	"regexp"
	"strings"
)

// hidden is an error of pgtype's whose text does not show the value.
type hidden struct{ err error }

// shown is what may be a value in a text of pgtype's: what is in quotes, and numbers, but for those of types.
var shown = regexp.MustCompile(`"[^"]*"|(OID )?-?\b\d[\d.]*(?:[eE][+-]?\d+)?\b`)

// Error returns the text with "…" for values.
func (h *hidden) Error() string {
	return shown.ReplaceAllStringFunc(h.err.Error(), func(s string) string {
		switch {
		case strings.HasPrefix(s, "OID "):
			return s
		case strings.HasPrefix(s, `"`):
			return `"…"`
		}
		return "…"
	})
}

// Unwrap returns pgtype's error.
func (h *hidden) Unwrap() error { return h.err }
