package plan_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/internal/track/tracktest"
)

// TestSettle: after a flush what was written is known, and nothing is left to be written.
func TestSettle(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, boxes)
	b, tr, gone := &box{}, &tray{}, &box{Name: "gone"}
	b.Trays.Add(tr)
	u.Put(b, gone)
	u.Flush()
	tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent", "Box(id=2) persistent", "Tray(id=3) persistent")
	tracktest.Equal(t, "default", tr.Name, "unnamed")
	tracktest.Equal(t, "changes of relationships", len(u.Links), 0)
	items, loaded := b.Trays.Peek()
	tracktest.Equal(t, "list", fmt.Sprint(len(items), loaded), "1 true")
	u.Drop(gone)
	tracktest.Equal(t, "deletions wait", u.Deleting, true)
	u.Flush()
	tracktest.Equal(t, "deletions wait", u.Deleting, false)
	tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent", "Box(id=2) deleted", "Tray(id=3) persistent")
	u.Committed()
	tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent", "Tray(id=3) persistent")
}

// TestSettleOfAKey: an object whose key was changed is found by the new one, not by the old one.
func TestSettleOfAKey(t *testing.T) {
	t.Parallel()
	a, b := &box{ID: 1}, &box{ID: 2}
	u := tracktest.Stored(t, boxes, a, b)
	a.ID = 3
	b.ID = 1
	tracktest.Lines(t, "plan", u.Flush(), "UPDATE box: Box(id=3), Box(id=1)")
	e, err := u.Known(a)
	if err != nil {
		t.Fatal(err)
	}
	found := func() string {
		var s string
		for id := range int64(4) {
			s += fmt.Sprint(" ", id, ":")
			if e := e.Store().Lookup(e.Store().Keys.OfValues([]any{id})); e != nil {
				s += e.Describe()
			}
		}
		return s
	}
	tracktest.Equal(t, "objects by key", found(), " 0: 1:Box(id=1) 2: 3:Box(id=3)")
	u.RolledBack()
	tracktest.Equal(t, "objects by key", found(), " 0: 1:Box(id=1) 2:Box(id=2) 3:")
	tracktest.Equal(t, "keys", fmt.Sprint(a.ID, b.ID), "1 2")
}

// TestRollback: every object has the state and the values that it had when the transaction began.
func TestRollback(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(u *unit, b *box, tr *tray, bi *bit, l *label)
	}{
		{"nothing", func(*unit, *box, *tray, *bit, *label) {}},
		{"changes", func(_ *unit, b *box, tr *tray, _ *bit, _ *label) { b.Name, tr.Name = "changed", "too" }},
		{"a change of a key", func(_ *unit, b *box, _ *tray, _ *bit, _ *label) { b.ID = 50 }},
		{"a deletion with all that goes with it", func(u *unit, b *box, _ *tray, _ *bit, _ *label) { u.Drop(b) }},
		{"an orphan", func(_ *unit, _ *box, tr *tray, bi *bit, _ *label) { tr.Bits.Remove(bi) }},
		{"new objects", func(_ *unit, _ *box, tr *tray, _ *bit, _ *label) { tr.Bits.Add(&bit{}, &bit{ID: 70}) }},
		{"new objects that leave", func(u *unit, b *box, tr *tray, _ *bit, _ *label) {
			tr.Bits.Add(&bit{})
			u.Drop(b)
		}},
		{"another parent", func(_ *unit, _ *box, _ *tray, bi *bit, l *label) {
			next := &tray{ID: 40, BoxID: 1}
			next.Bits.Add(bi)
			l.Tray.Set(next)
		}},
		{"a row switch", func(u *unit, b *box, _ *tray, _ *bit, _ *label) {
			u.Drop(b)
			next := &box{ID: 1, Name: "next"}
			next.Trays.Add(&tray{ID: 2, Name: "next"})
			u.Put(next)
		}},
		{"deleted and added again", func(u *unit, _ *box, _ *tray, _ *bit, l *label) {
			u.Drop(l)
			u.Flush()
			u.Put(l)
		}},
	} {
		for _, flushes := range []int{0, 1, 2} {
			t.Run(fmt.Sprintf("%s, %d flushes", c.name, flushes), func(t *testing.T) {
				t.Parallel()
				u := tracktest.New(t, boxes)
				b, tr, bi, l := stored(u)
				before := u.Image()
				c.do(u, b, tr, bi, l)
				for range flushes {
					u.Flush()
				}
				u.RolledBack()
				tracktest.Lines(t, "objects", u.Image(), before...)
				tracktest.Lines(t, "plan", u.Flush())
				u.Drop(b)
				tracktest.Lines(t, "plan of a deletion", u.Commit(),
					"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)")
			})
		}
	}
}

// TestNewObjectsAfterRollback: they are as the program made them, and may be added again.
func TestNewObjectsAfterRollback(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, boxes)
	b, tr := &box{}, &tray{ID: 2}
	b.Trays.Add(tr)
	u.Put(b)
	u.Flush()
	u.RolledBack()
	tracktest.Lines(t, "objects", u.States())
	tracktest.Equal(t, "generated key", b.ID, 0)
	u.Put(b)
	tracktest.Lines(t, "plan", u.Flush(), "INSERT box: Box(id not set)", "INSERT tray: Tray(id=2)")
	tracktest.Equal(t, "foreign key", tr.BoxID, b.ID)
}
