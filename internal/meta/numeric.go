package meta

import (
	"database/sql/driver"
	"strings"

	"github.com/cupel-go/cupel/internal/mem"
)

// Decimal makes an Access compare decimals as a column with a fixed number of digits behind the point stores them: 10.5 is 10.50
// there, whatever Go type carries them. A column without one keeps the two apart.
func Decimal(a Access) Access {
	equal, get := a.Equal, a.Get
	a.Equal = func(p, q mem.Ptr) bool {
		if equal(p, q) {
			return true
		}
		x, ok := decimalText(get(p))
		y, both := decimalText(get(q))
		return ok && both && plainDecimal(x) == plainDecimal(y)
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
