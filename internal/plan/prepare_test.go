package plan_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/track/tracktest"
)

var errLoad = errors.New("connection lost")

// TestFailedPreparation: every object, and what is known of it, is as it was; once the mistake is corrected the flush works.
func TestFailedPreparation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		schema  track.Schema
		do      func(u *unit) (correct func())
		is      error
		message string
		then    []string
	}{
		{"loading fails", boxes, func(u *unit) func() {
			b, _, _, _ := stored(u)
			b.Trays.Add(&tray{ID: 8})
			u.Drop(b)
			u.Fail = errLoad
			return func() { u.Fail = nil }
		}, errLoad, "session: Trays of deleted Box(id=1): connection lost", []string{
			"UPDATE label: Label(text=a)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)",
		}},
		{"a foreign key that may not be NULL, after a cascade, a row switch and new objects that leave", boxes, func(u *unit) func() {
			b, tr, _, _ := stored(u)
			kept := &tray{ID: 20, BoxID: 1}
			u.Put(kept)
			u.Commit()
			next, nextTray := &box{ID: 1, Name: "next"}, &tray{ID: 2, Name: "next"}
			nextTray.Box.Set(next)
			leaves := &tray{}
			leaves.Bits.Add(&bit{})
			leaves.Labels.Add(&label{Text: "z"})
			b.Trays.Add(leaves)
			u.Put(nextTray)
			u.Drop(b)
			other := &tray{ID: 30, BoxID: 1}
			other.Box.Set(nil)
			u.Put(other)
			tr.Name = "changed"
			return func() { other.Box.Set(next) }
		}, fault.ErrNullForeignKey, "session: foreign key would become NULL, which its column does not allow (model.DeleteMembers and model.DeleteOrphans delete the row, model.DatabaseDeletes leaves it to the database): box_id of Tray(id=30)", []string{
			"UPDATE box: Box(id=1)", "UPDATE tray: Tray(id=2)", "INSERT tray: Tray(id=30)", "UPDATE label: Label(text=a)",
			"INSERT label: Label(text=z)", "DELETE bit: Bit(id=3)", "DELETE tray: Tray(id=20)",
		}},
		{"a circle of new rows", nodes, func(u *unit) func() {
			gone, a, b := &node{ID: 9}, &node{ID: 1}, &node{ID: 2}
			below := &node{ID: 8}
			gone.Children.Add(below)
			u.Put(gone)
			u.Commit()
			u.Drop(gone)
			a.Parent.Set(b)
			b.Parent.Set(a)
			u.Put(a)
			return func() { b.Parent.Set(nil) }
		}, fault.ErrCircle, "session: new objects refer to each other in a circle, and none of the relationships has model.PostUpdate: " +
			"Node(id=2), Node(id=1), Node(id=2)", []string{
			"UPDATE node: Node(id=8)", "INSERT node: Node(id=2)", "INSERT node: Node(id=1)", "DELETE node: Node(id=9)",
		}},
		{"a circle without deletions", nodes, func(u *unit) func() {
			a := &node{ID: 1}
			a.Parent.Set(a)
			u.Put(a)
			return func() { a.Parent.Set(nil) }
		}, fault.ErrCircle, "session: new objects refer to each other in a circle, and none of the relationships has model.PostUpdate: " +
			"Node(id=1), Node(id=1)", []string{"INSERT node: Node(id=1)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u := tracktest.New(t, c.schema)
			correct := c.do(u)
			assign(u)
			before := u.Image()
			for range 2 { // the first leaves nothing behind that the second would fall over
				_, err := u.Prepare()
				if !errors.Is(err, c.is) || err.Error() != c.message {
					t.Errorf("error is %v", err)
				}
				tracktest.Lines(t, "objects", u.Image(), before...)
			}
			correct()
			tracktest.Lines(t, "plan", u.Flush(), c.then...)
		})
	}
}

// assign has the database compute the key's column of all that has a row, as an expression that changes nothing in the plan's text.
func assign(u *unit) {
	for e := range u.All() {
		if e.State == track.Doomed {
			e.Assign([]track.Assigned{{Column: 0, Value: &ast.Column{Name: "x"}}})
		}
	}
}
