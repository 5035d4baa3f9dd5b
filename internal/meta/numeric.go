package meta

import (
	"database/sql/driver"
	"math/big"

	"github.com/cupel-go/cupel/internal/mem"
)

// Numeric makes an Access compare exact decimals as numbers: 10.5 is 10.50, whatever Go type carries them.
func Numeric(a Access) Access {
	equal, get := a.Equal, a.Get
	a.Equal = func(p, q mem.Ptr) bool {
		if equal(p, q) {
			return true
		}
		x, ok := decimal(get(p))
		if !ok {
			return false
		}
		y, ok := decimal(get(q))
		return ok && x.Cmp(y) == 0
	}
	return a
}

// decimal returns the number that a value is; false for NULL, NaN and what is no number.
func decimal(v any) (*big.Rat, bool) {
	if valuer, ok := v.(driver.Valuer); ok {
		v, _ = valuer.Value()
	}
	text, ok := v.(string)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
