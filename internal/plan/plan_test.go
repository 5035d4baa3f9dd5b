package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/track/tracktest"
)

type (
	unit     = tracktest.Unit
	box      = tracktest.Box
	tray     = tracktest.Tray
	bit      = tracktest.Bit
	label    = tracktest.Label
	node     = tracktest.Node
	person   = tracktest.Person
	ball     = tracktest.Ball
	tenant   = tracktest.Tenant
	customer = tracktest.Customer
	product  = tracktest.Product
	order    = tracktest.Order
)

var (
	boxes   = tracktest.Boxes()
	nodes   = tracktest.Nodes(false)
	trees   = tracktest.Nodes(true)
	tenants = tracktest.Tenants()
)

// TestInserts: parents first, in whatever order they were added; objects of a shape share a step.
func TestInserts(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, boxes)
	b, tr, bi := &box{}, &tray{ID: 2}, &bit{ID: 3}
	bi.Tray.Set(tr)
	tr.Box.Set(b)
	u.Put(&label{Text: "a"}, bi, &bit{}, &bit{ID: 5, TrayID: 2}, &label{Text: "b"})
	tracktest.Lines(t, "plan", u.Flush(),
		"INSERT box: Box(id not set)",
		"INSERT tray: Tray(id=2)",
		"INSERT bit: Bit(id=3), Bit(id=5)",
		"INSERT bit: Bit(id not set)",
		"INSERT label: Label(text=a), Label(text=b)")
	tracktest.Equal(t, "foreign key", tr.BoxID, b.ID)
	tracktest.Equal(t, "foreign key", bi.TrayID, tr.ID)
	tracktest.Lines(t, "a second plan", u.Flush())
}
