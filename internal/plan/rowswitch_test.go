package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/track/tracktest"
)

func TestRowSwitch(t *testing.T) {
	runPlans(t, []planCase{
		{"a new object takes the row of a deleted one", boxes, func(u *unit) {
			b := &box{ID: 1}
			u.Put(b)
			u.Commit()
			u.Drop(b)
			u.Put(&box{ID: 1, Name: "next"})
		}, []string{"UPDATE box: Box(id=1)"}},
		{"one that is the same changes nothing", boxes, func(u *unit) {
			b := &box{ID: 1, Name: "b"}
			u.Put(b)
			u.Flush()
			u.Drop(b)
			u.Put(&box{ID: 1, Name: "b"})
		}, nil},
		{"one that is the same as a row was that others may have changed since", boxes, func(u *unit) {
			b := &box{ID: 1, Name: "b"}
			u.Put(b)
			u.Commit()
			u.Drop(b)
			u.Put(&box{ID: 1, Name: "b"})
		}, []string{"UPDATE box: Box(id=1)"}},
		{"another key", boxes, func(u *unit) {
			b := &box{ID: 1}
			u.Put(b)
			u.Commit()
			u.Drop(b)
			u.Put(&box{ID: 2})
		}, []string{"INSERT box: Box(id=2)", "DELETE box: Box(id=1)"}},
		{"a key that is not known", boxes, func(u *unit) {
			b := &box{ID: 1}
			u.Put(b)
			u.Commit()
			u.Drop(b)
			u.Put(&box{})
		}, []string{"INSERT box: Box(id not set)", "DELETE box: Box(id=1)"}},
		{"what goes with the deleted one goes, what is with the new one takes rows too", boxes, func(u *unit) {
			b, _, _, l := stored(u)
			gone := &tray{ID: 5}
			b.Trays.Add(gone)
			u.Commit()
			next, tr := &box{ID: 1, Name: "next"}, &tray{ID: 2, Name: "next"}
			next.Trays.Add(tr)
			tr.Labels.Add(l)
			u.Drop(b)
			u.Put(next)
		}, []string{"UPDATE box: Box(id=1)", "UPDATE tray: Tray(id=2)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=5)"}},
		{"the key was changed before", boxes, func(u *unit) {
			b := &box{ID: 1}
			u.Put(b)
			u.Commit()
			b.ID = 2
			u.Drop(b)
			u.Put(&box{ID: 2}, &box{ID: 1, Name: "next"})
		}, []string{"UPDATE box: Box(id=1)", "INSERT box: Box(id=2)"}},
		{"keys that are foreign keys", tenants, func(u *unit) {
			te, c := &tenant{ID: 1}, &customer{ID: 7}
			c.Tenant.Set(te)
			u.Put(c)
			u.Commit()
			next := &customer{ID: 7}
			next.Tenant.Set(te)
			u.Drop(c)
			u.Put(next)
		}, nil},
		{"keys that are foreign keys of a new row", tenants, func(u *unit) {
			c := &customer{ID: 7}
			u.Put(c)
			u.Commit()
			next := &customer{ID: 7}
			next.Tenant.Set(&tenant{})
			u.Drop(c)
			u.Put(next)
		}, []string{"INSERT tenant: Tenant(id not set)", "INSERT customer: Customer(tenant_id=0, id=7)", "DELETE customer: Customer(tenant_id=0, id=7)"}},
	})
}

// TestRowSwitchIsUndone: after a rollback the deleted object has its row, and the new one is out of the session.
func TestRowSwitchIsUndone(t *testing.T) {
	t.Parallel()
	old, next := &box{ID: 1, Name: "old"}, &box{ID: 1, Name: "next"}
	u := tracktest.Stored(t, boxes, old)
	u.Drop(old)
	u.Put(next)
	tracktest.Lines(t, "plan", u.Flush(), "UPDATE box: Box(id=1)")
	tracktest.Lines(t, "objects", u.States(), "Box(id=1) deleted", "Box(id=1) persistent")
	next.Name = "changed"
	tracktest.Lines(t, "plan", u.Flush(), "UPDATE box: Box(id=1)")
	u.RolledBack()
	tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent")
	e, err := u.Known(old)
	if err != nil {
		t.Fatal(err)
	}
	tracktest.Equal(t, "object of the key", e.Store().Lookup(e.Store().Key(e)), e)
	old.Name = "written"
	tracktest.Lines(t, "plan", u.Flush(), "UPDATE box: Box(id=1)")
	tracktest.Equal(t, "the new one's name", next.Name, "changed")
}
