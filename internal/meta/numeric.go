package meta

import (
	"database/sql/driver"
	"strings"

	"github.com/cupel-go/cupel/internal/mem"
)

// decimal makes an Access compare decimals as a column with a fixed number of digits behind the point stores them: 10.5 is 10.50
// there, and 10.499, whatever Go type carries them. A column without one keeps them apart.
func decimal(a Access, stored func(string) string) Access {
	equal, get := a.Equal, a.Get
	a.Equal = func(p, q mem.Ptr) bool {
		if equal(p, q) {
			return true
		}
		x, ok := decimalText(get(p))
		y, both := decimalText(get(q))
		return ok && both && stored(x) == stored(y)
	}
	return a
}

// decimalText returns the text of a decimal; false for NULL and what has none.
func decimalText(v any) (string, bool) {
	if valuer, ok := v.(driver.Valuer); ok {
		v, _ = valuer.Value()
	}
	text, ok := v.(string)
	return text, ok
}

// plainDecimal returns a decimal without zeros that say nothing; a text that is no plain decimal as it is.
func plainDecimal(s string) string {
	digits, negative := strings.CutPrefix(s, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if whole+part == "" || strings.Trim(whole+part, "0123456789") != "" {
		return s
	}
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	if negative && whole+part != "" {
		whole = "-" + whole
	}
	return whole + "." + part
}

// roundDecimal rounds a decimal to digits behind the point as the server does, halves away from zero; a text that is no plain decimal stays.
func roundDecimal(s string, scale int) string {
	whole, part, _ := strings.Cut(s, ".")
	digits := strings.TrimLeft(whole, "+-")
	if len(part) <= scale || strings.Trim(digits+part, "0123456789") != "" {
		return s
	}
	sign := whole[:len(whole)-len(digits)]
	up, b := part[scale] >= '5', []byte("0"+digits+part[:scale])
	for i := len(b) - 1; up && i >= 0; i-- {
		if up = b[i] == '9'; up {
			b[i] = '0'
		} else {
			b[i]++
		}
	}
	return sign + string(b[:len(b)-scale]) + "." + string(b[len(b)-scale:])
}
