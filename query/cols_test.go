package query_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestCols: each column is what Col gives of what stands in its place.
func TestCols(t *testing.T) {
	x := account
	d := query.Sub("d", query.Select3(x.No, x.CustID, x.Name))
	two, _ := query.Cols2(d, x.Name, x.No)
	_, three, _ := query.Cols3(d, x.No, x.CustID, x.Name)
	a, b, c, e := query.Cols4(d, x.Name, x.CustID, x.No, x.Name)
	a5, b5, c5, d5, e5 := query.Cols5(d, x.CustID, x.No, x.Name, x.No, x.CustID)
	const from = "\nFROM (SELECT account.no, account.cust_id, account.name \nFROM account) AS d"
	check(t, []golden{
		{"of two and three", query.Select2(two, three), "SELECT d.name, d.cust_id " + from, nil},
		{"of four", query.Select4(a, b, c, e), "SELECT d.name, d.cust_id, d.no, d.name " + from, nil},
		{"of five", query.Select5(a5, b5, c5, d5, e5), "SELECT d.cust_id, d.no, d.name, d.no, d.cust_id " + from, nil},
	})
	_, missing := query.Cols2(d, x.No, customer.Name)
	if _, _, err := query.Select(missing).SQL(); !errors.Is(err, query.ErrNoColumn) {
		t.Errorf("of what is not selected: %v", err)
	}
}
