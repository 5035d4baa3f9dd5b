package track_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/track/tracktest"
)

type (
	box      = tracktest.Box
	tray     = tracktest.Tray
	bit      = tracktest.Bit
	label    = tracktest.Label
	node     = tracktest.Node
	tenant   = tracktest.Tenant
	customer = tracktest.Customer
	order    = tracktest.Order
)

var (
	boxes   = tracktest.Boxes()
	tenants = tracktest.Tenants()
)

// family is two boxes and a tray of the first.
type family struct {
	*tracktest.Unit
	a, b *box
	tr   *tray
}

func newFamily(t *testing.T) family {
	t.Helper()
	f := family{tracktest.New(t, boxes), &box{ID: 1}, &box{ID: 2}, &tray{ID: 3}}
	f.a.Trays.Add(f.tr)
	f.Put(f.a, f.b)
	f.Commit()
	return f
}

// load loads both sides, or forgets what is loaded.
func (f family) load(t *testing.T, loaded bool) {
	t.Helper()
	if f.sides(t); !loaded {
		f.ExpireAll()
	}
}

// sides tells what both sides of the relationship say: "a has 1, b has 0, the tray is in 1".
func (f family) sides(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	as, err := f.a.Trays.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	bs, err := f.b.Trays.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := f.tr.Box.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in := int64(0)
	if owner != nil {
		in = owner.ID
	}
	return fmt.Sprintf("a has %d, b has %d, the tray is in %d", len(as), len(bs), in)
}

// TestSidesInStep: whichever side the program changes, loaded or not, the other one follows, before and after the flush.
func TestSidesInStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(f family)
		want string
	}{
		{"nothing", func(family) {}, "a has 1, b has 0, the tray is in 1"},
		{"by the reference", func(f family) { f.tr.Box.Set(f.b) }, "a has 0, b has 1, the tray is in 2"},
		{"by the list", func(f family) { f.b.Trays.Add(f.tr) }, "a has 0, b has 1, the tray is in 2"},
		{"out of the list", func(f family) { f.a.Trays.Remove(f.tr) }, "a has 0, b has 0, the tray is in 0"},
		{"out by the reference", func(f family) { f.tr.Box.Set(nil) }, "a has 0, b has 0, the tray is in 0"},
		{"out of one list into the other", func(f family) { f.a.Trays.Remove(f.tr); f.b.Trays.Add(f.tr) }, "a has 0, b has 1, the tray is in 2"},
		{"out of a list that it is not in", func(f family) { f.b.Trays.Remove(f.tr) }, "a has 1, b has 0, the tray is in 1"},
		{"out of a list that it has left", func(f family) { f.b.Trays.Add(f.tr); f.a.Trays.Remove(f.tr) }, "a has 0, b has 1, the tray is in 2"},
		{"there and back", func(f family) { f.b.Trays.Add(f.tr); f.tr.Box.Set(f.a) }, "a has 1, b has 0, the tray is in 1"},
		{"there, out and there again", func(f family) { f.b.Trays.Add(f.tr); f.b.Trays.Remove(f.tr); f.tr.Box.Set(f.b) }, "a has 0, b has 1, the tray is in 2"},
	} {
		for _, loaded := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, loaded %t", c.name, loaded), func(t *testing.T) {
				t.Parallel()
				f := newFamily(t)
				f.load(t, loaded)
				c.do(f)
				tracktest.Equal(t, "before the flush", f.sides(t), c.want)
				f.Flush()
				tracktest.Equal(t, "after it", f.sides(t), c.want)
				f.Commit()
				f.RolledBack()
				tracktest.Equal(t, "what the rows say", f.sides(t), c.want)
			})
			t.Run(fmt.Sprintf("%s, loaded %t, rolled back", c.name, loaded), func(t *testing.T) {
				t.Parallel()
				f := newFamily(t)
				f.load(t, loaded)
				c.do(f)
				f.Flush()
				f.RolledBack()
				tracktest.Equal(t, "after it", f.sides(t), "a has 1, b has 0, the tray is in 1")
				tracktest.Lines(t, "plan", f.Flush())
			})
		}
	}
}

// TestListThatIsStale: what a list had before the last commit does not decide whether something is in it.
func TestListThatIsStale(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(f family)
		want string
	}{
		{"added back to the old one", func(f family) { f.a.Trays.Add(f.tr) }, "a has 1, b has 0, the tray is in 1"},
		{"set back to the old one", func(f family) { f.tr.Box.Set(f.a) }, "a has 1, b has 0, the tray is in 1"},
		{"removed from the old one", func(f family) { f.a.Trays.Remove(f.tr) }, "a has 0, b has 1, the tray is in 2"},
		{"removed from the new one", func(f family) { f.b.Trays.Remove(f.tr) }, "a has 0, b has 0, the tray is in 0"},
		{"added to the new one, and removed", func(f family) { f.b.Trays.Add(f.tr); f.b.Trays.Remove(f.tr) }, "a has 0, b has 0, the tray is in 0"},
		{"removed from the new one, and added", func(f family) { f.b.Trays.Remove(f.tr); f.b.Trays.Add(f.tr) }, "a has 0, b has 1, the tray is in 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFamily(t)
			f.sides(t)
			f.Committed()
			f.move(t)
			c.do(f)
			tracktest.Equal(t, "before the flush", f.sides(t), c.want)
			f.Flush()
			tracktest.Equal(t, "after it", f.sides(t), c.want)
			f.Commit()
			f.RolledBack()
			tracktest.Equal(t, "what the rows say", f.sides(t), c.want)
		})
	}
}

// move is another session that has moved the tray to the second box, and this one that has read it again.
func (f family) move(t *testing.T) {
	t.Helper()
	e, err := f.Known(f.tr)
	if err != nil {
		t.Fatal(err)
	}
	row := track.CopyOf(e.Mapping, e.Object)
	e.Mapping.Field(e.Mapping.Table.ForeignKeys[0].Columns[0]).Set(row, f.b.ID)
	e.Store().Overwrite(e, row)
	e.ExpireRelations()
	f.Committed()
}

// TestNewObjectLeavesWithItsMembers: what came in with a new object goes out with it, and comes in again with it.
func TestNewObjectLeavesWithItsMembers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(u *tracktest.Unit, b *box, tr *tray)
	}{
		{"out of the list", func(_ *tracktest.Unit, b *box, tr *tray) { b.Trays.Remove(tr) }},
		{"by the reference", func(_ *tracktest.Unit, _ *box, tr *tray) { tr.Box.Set(nil) }},
		{"deleted", func(u *tracktest.Unit, _ *box, tr *tray) { u.Drop(tr) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b, tr, bi, l := &box{ID: 1}, &tray{ID: 2}, &bit{ID: 3}, &label{Text: "a"}
			u := tracktest.Stored(t, boxes, b)
			b.Trays.Add(tr)
			tr.Bits.Add(bi)
			tr.Labels.Add(l)
			c.do(u, b, tr)
			tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent", "Label(text=a) pending")
			tracktest.Equal(t, "changes of relationships", len(u.Links), 0)
			b.Trays.Add(tr)
			tracktest.Lines(t, "objects", u.States(), "Box(id=1) persistent", "Tray(id=2) pending", "Bit(id=3) pending", "Label(text=a) pending")
			u.Flush()
			tracktest.Equal(t, "foreign keys", fmt.Sprint(tr.BoxID, bi.TrayID, *l.TrayID), "1 2 2")
		})
	}
}

// TestMemberThatMovedStays: a new object's member that has got another parent does not leave with it.
func TestMemberThatMovedStays(t *testing.T) {
	t.Parallel()
	b, tr, other, bi := &box{ID: 1}, &tray{ID: 2}, &tray{ID: 4}, &bit{ID: 3}
	u := tracktest.Stored(t, boxes, b)
	tr.Bits.Add(bi)
	b.Trays.Add(tr, other)
	other.Bits.Add(bi)
	b.Trays.Remove(tr)
	tracktest.Lines(t, "plan", u.Flush(), "INSERT tray: Tray(id=4)", "INSERT bit: Bit(id=3)")
	tracktest.Equal(t, "foreign key", bi.TrayID, 4)
}

// TestExpungeTogether: objects that leave together keep what they refer to.
func TestExpungeTogether(t *testing.T) {
	t.Parallel()
	tr, bi := &tray{ID: 2}, &bit{ID: 3}
	u := tracktest.New(t, boxes)
	bi.Tray.Set(tr)
	u.Put(bi)
	u.Expunge([]any{tr, bi, tr, &box{}, "no object"})
	tracktest.Lines(t, "objects", u.States())
	now, _ := bi.Tray.Peek()
	tracktest.Equal(t, "tray", now, tr)
	u.Put(bi)
	tracktest.Lines(t, "plan", u.Flush(), "INSERT tray: Tray(id=2)", "INSERT bit: Bit(id=3)")
}

// TestExpungeOfADeletedObject: its row stays, and so does what refers to it.
func TestExpungeOfADeletedObject(t *testing.T) {
	t.Parallel()
	b, other, tr := &box{ID: 1}, &box{ID: 2}, &tray{ID: 3}
	u := tracktest.Stored(t, boxes, b, other)
	tr.Box.Set(b)
	u.Put(tr)
	u.Drop(b, other)
	u.Expunge([]any{b})
	tracktest.Lines(t, "plan", u.Flush(), "INSERT tray: Tray(id=3)", "DELETE box: Box(id=2)")
	tracktest.Equal(t, "foreign key", tr.BoxID, 1)
}
