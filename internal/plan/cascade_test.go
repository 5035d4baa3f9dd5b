package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/track/tracktest"
)

// stored puts a box with a tray with a bit and a label into the session, and commits.
func stored(u *unit) (*box, *tray, *bit, *label) {
	b, tr, bi, l := &box{ID: 1}, &tray{ID: 2}, &bit{ID: 3}, &label{Text: "a"}
	b.Trays.Add(tr)
	tr.Bits.Add(bi)
	tr.Labels.Add(l)
	u.Put(b)
	u.Commit()
	return b, tr, bi, l
}

func TestCascadeToRows(t *testing.T) {
	runPlans(t, []planCase{
		{"what goes with the owner, and what stays", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			u.Drop(b)
		}, []string{"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)"}},
		{"what leaves the list goes", boxes, func(u *unit) {
			b, tr, _, _ := stored(u)
			b.Trays.Remove(tr)
		}, []string{"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)"}},
		{"what leaves by its reference goes", boxes, func(u *unit) {
			_, _, bi, _ := stored(u)
			bi.Tray.Set(nil)
		}, []string{"DELETE bit: Bit(id=3)"}},
		{"what leaves one list and joins another stays", boxes, func(u *unit) {
			b, tr, _, _ := stored(u)
			other := &box{ID: 9}
			u.Put(other)
			b.Trays.Remove(tr)
			other.Trays.Add(tr)
			u.Drop(b)
		}, []string{"INSERT box: Box(id=9)", "UPDATE tray: Tray(id=2)", "DELETE box: Box(id=1)"}},
		{"what moved by its foreign key stays", boxes, func(u *unit) {
			b, tr, _, _ := stored(u)
			u.Put(&box{ID: 9})
			tr.BoxID = 9
			u.Drop(b)
		}, []string{"INSERT box: Box(id=9)", "UPDATE tray: Tray(id=2)", "DELETE box: Box(id=1)"}},
		{"what joined by its foreign key goes", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			tr := &tray{ID: 8, BoxID: 9}
			u.Put(&box{ID: 9}, tr)
			u.Commit()
			tr.BoxID = 1
			u.Drop(b)
		}, []string{
			"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2), Tray(id=8)", "DELETE box: Box(id=1)",
		}},
		{"what is deleted already", boxes, func(u *unit) {
			b, tr, bi, l := stored(u)
			u.Drop(bi, tr, l, b)
		}, []string{"DELETE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)"}},
		{"the owner's key was changed before", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			b.ID = 77
			u.Drop(b)
		}, []string{"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=77)"}},
		{"members that left before their owner goes stay", trees, func(u *unit) {
			a, b := &node{ID: 1}, &node{ID: 2}
			a.Children.Add(b)
			u.Put(a)
			u.Commit()
			a.Children.Remove(b)
			u.Drop(a)
		}, []string{"UPDATE node: Node(id=2)", "DELETE node: Node(id=1)"}},
		{"changed members that left before their owner goes stay", trees, func(u *unit) {
			a, b := &node{ID: 1}, &node{ID: 2}
			a.Children.Add(b)
			u.Put(a)
			u.Commit()
			a.Children.Remove(b)
			b.Name = "b"
			u.Drop(a)
		}, []string{"UPDATE node: Node(id=2)", "DELETE node: Node(id=1)"}},
	})
}

func TestCascadeToNewObjects(t *testing.T) {
	goes := []string{"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)"}
	runPlans(t, []planCase{
		{"by the owner's list", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			b.Trays.Add(&tray{ID: 8})
			u.Drop(b)
		}, goes},
		{"a new subtree by the owner's list", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			tr := &tray{ID: 8}
			tr.Bits.Add(&bit{ID: 9}, &bit{})
			b.Trays.Add(tr)
			u.Drop(b)
		}, goes},
		{"a new subtree whose keys are not known", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			tr := &tray{}
			b.Trays.Add(tr)
			tr.Bits.Add(&bit{})
			u.Drop(b)
		}, goes},
		{"by the foreign key", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			u.Put(&tray{ID: 8, BoxID: 1}, &bit{ID: 9, TrayID: 2})
			u.Drop(b)
		}, goes},
		{"what may stay has no foreign key", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			tr := &tray{}
			b.Trays.Add(tr)
			tr.Labels.Add(&label{Text: "z"})
			u.Drop(b)
		}, append([]string{"UPDATE label: Label(text=a)", "INSERT label: Label(text=z)"}, goes[1:]...)},
		{"what refers to a new one that leaves, and what goes with another", boxes, func(u *unit) {
			b, _, _, _ := stored(u)
			tr, bi := &tray{ID: 8}, &bit{ID: 9}
			b.Trays.Add(tr)
			tr.Bits.Add(bi)
			other := &tray{ID: 10, BoxID: 11}
			u.Put(&box{ID: 11})
			other.Bits.Add(bi)
			u.Put(other)
			u.Drop(b)
		}, append([]string{
			"INSERT box: Box(id=11)", "INSERT tray: Tray(id=10)", "INSERT bit: Bit(id=9)",
		}, goes...)},
	})
}

// TestNewObjectsThatLeave: what goes with a deleted object is out of the session, and as the program made it.
func TestNewObjectsThatLeave(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, boxes)
	b, _, _, _ := stored(u)
	tr, bi := &tray{}, &bit{}
	b.Trays.Add(tr)
	tr.Bits.Add(bi)
	u.Drop(b)
	u.Flush()
	tracktest.Lines(t, "objects", u.States(),
		"Box(id=1) deleted", "Tray(id=2) deleted", "Bit(id=3) deleted", "Label(text=a) persistent")
	tracktest.Equal(t, "foreign key", tr.BoxID, 0)
	tracktest.Equal(t, "foreign key", bi.TrayID, 0)
	tracktest.Equal(t, "name", tr.Name, "")
	tracktest.Equal(t, "changes of relationships", len(u.Links), 0)
	now, _ := bi.Tray.Peek()
	tracktest.Equal(t, "tray of the bit", now, tr)
}
