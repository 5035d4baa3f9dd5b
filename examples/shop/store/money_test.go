package store

import (
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
)

// TestMoney: what is valid comes back from PostgreSQL as it was, to the digit.
func TestMoney(t *testing.T) {
	t.Parallel()
	ctx, eng := t.Context(), openOn(t, pgtest.Database(t))
	if err := Prepare(ctx, eng); err != nil {
		t.Fatal(err)
	}
	for _, m := range []Money{"0.00", "0.01", "0.10", "1.00", "100.00", "10000.00", "12345678.90", "9999999999.99"} {
		if !m.Valid() {
			t.Errorf("%s is not valid", m)
		}
		c := Customers
		insert := query.InsertObjects(c, &Customer{Name: "x", Email: string(m), Credit: m})
		got, err := query.Returning(insert, c.Credit).One(ctx, eng)
		if got != m || err != nil {
			t.Errorf("%s came back as %s, %v", m, got, err)
		}
	}
	for _, m := range []Money{"", "0", "1", "1.5", "1.500", "-1.00", "+1.00", "01.00", ".50", "1e2", "NaN", "Infinity", " 1.00", "1.00\n", "1,00", "10000000000.00"} {
		if m.Valid() {
			t.Errorf("%q is valid", m)
		}
	}
}
