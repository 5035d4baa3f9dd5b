package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/internal/track"
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

// planCase is a flush: what the program did, and the plan.
type planCase struct {
	name   string
	schema track.Schema
	do     func(u *unit)
	want   []string
}

func (c planCase) run(t *testing.T) {
	t.Parallel()
	u := tracktest.New(t, c.schema)
	c.do(u)
	tracktest.Lines(t, "plan", u.Flush(), c.want...)
	tracktest.Lines(t, "a second plan", u.Flush())
}

func runPlans(t *testing.T, cases []planCase) {
	t.Helper()
	t.Parallel()
	for _, c := range cases {
		t.Run(c.name, c.run)
	}
}

func TestOrderOfSteps(t *testing.T) {
	runPlans(t, []planCase{
		{"nothing", boxes, func(*unit) {}, nil},
		{"parents first, a step for each shape", boxes, func(u *unit) {
			b, tr, bi := &box{}, &tray{ID: 2}, &bit{ID: 3}
			bi.Tray.Set(tr)
			tr.Box.Set(b)
			u.Put(&label{Text: "a"}, bi, &bit{}, &bit{ID: 5, TrayID: 2}, &label{Text: "b"})
		}, []string{
			"INSERT box: Box(id not set)", "INSERT tray: Tray(id=2)", "INSERT bit: Bit(id=3), Bit(id=5)", "INSERT bit: Bit(id not set)",
			"INSERT label: Label(text=a), Label(text=b)",
		}},
		{"changed rows before new ones, those with the same columns in a step", boxes, func(u *unit) {
			a, b, c := &box{ID: 1}, &box{ID: 2}, &box{ID: 3}
			u.Put(a, b, c)
			u.Commit()
			a.Name, c.Name = "a", "c"
			u.Put(&box{ID: 4})
		}, []string{"UPDATE box: Box(id=1), Box(id=3)", "INSERT box: Box(id=4)"}},
		{"deletions last, children first", boxes, func(u *unit) {
			b, tr := &box{ID: 1}, &tray{ID: 2}
			tr.Bits.Add(&bit{ID: 3}, &bit{ID: 4})
			b.Trays.Add(tr)
			u.Put(b)
			u.Commit()
			u.Drop(b)
			u.Put(&box{ID: 9})
		}, []string{"INSERT box: Box(id=9)", "DELETE bit: Bit(id=3), Bit(id=4)", "DELETE tray: Tray(id=2)", "DELETE box: Box(id=1)"}},
		{"a child moves away from a deleted parent", boxes, func(u *unit) {
			a, b, tr := &box{ID: 1}, &box{ID: 2}, &tray{ID: 3}
			tr.Box.Set(a)
			u.Put(a, b, tr)
			u.Commit()
			tr.Box.Set(b)
			u.Drop(a)
		}, []string{"UPDATE tray: Tray(id=3)", "DELETE box: Box(id=1)"}},
		{"what refers to a new row follows it", boxes, func(u *unit) {
			a, tr := &box{ID: 1}, &tray{ID: 3}
			tr.Box.Set(a)
			u.Put(tr)
			u.Commit()
			tr.Box.Set(&box{})
		}, []string{"INSERT box: Box(id not set)", "UPDATE tray: Tray(id=3)"}},
		{"a relationship set to what it is", boxes, func(u *unit) {
			a, tr := &box{ID: 1}, &tray{ID: 3}
			tr.Box.Set(a)
			u.Put(tr)
			u.Commit()
			tr.Box.Set(a)
		}, nil},
	})
}

func TestSelfReference(t *testing.T) {
	runPlans(t, []planCase{
		{"levels", nodes, func(u *unit) {
			a, b, c, d := &node{ID: 1}, &node{ID: 2}, &node{ID: 3}, &node{ID: 4}
			c.Parent.Set(b)
			b.Parent.Set(a)
			d.Parent.Set(a)
			u.Put(c, d)
		}, []string{"INSERT node: Node(id=1)", "INSERT node: Node(id=2), Node(id=4)", "INSERT node: Node(id=3)"}},
		{"a row that is to refer to a new one", nodes, func(u *unit) {
			a, b := &node{ID: 1}, &node{ID: 2}
			u.Put(a, b)
			u.Commit()
			a.Parent.Set(&node{})
			b.Name = "b"
		}, []string{"UPDATE node: Node(id=2)", "INSERT node: Node(id not set)", "UPDATE node: Node(id=1)"}},
		{"a new row under an old one that is to be under it", nodes, func(u *unit) {
			a, b := &node{ID: 1}, &node{ID: 2}
			u.Put(a)
			u.Commit()
			a.Parent.Set(b)
			b.Parent.Set(a)
		}, []string{"INSERT node: Node(id=2)", "UPDATE node: Node(id=1)"}},
		{"a whole tree goes", trees, func(u *unit) {
			a, b, c := &node{ID: 1}, &node{ID: 2}, &node{ID: 3}
			a.Children.Add(b)
			b.Children.Add(c)
			u.Put(a)
			u.Commit()
			u.Drop(a)
		}, []string{"DELETE node: Node(id=1), Node(id=2), Node(id=3)"}},
		{"a node goes, those below stay", nodes, func(u *unit) {
			a, b := &node{ID: 1}, &node{ID: 2}
			a.Children.Add(b)
			u.Put(a)
			u.Commit()
			u.Drop(a)
		}, []string{"UPDATE node: Node(id=2)", "DELETE node: Node(id=1)"}},
	})
}

// TestTablesInACircle: the rows decide, whichever of the tables comes first.
func TestTablesInACircle(t *testing.T) {
	for _, first := range []struct {
		name    string
		persons bool
	}{{"persons first", true}, {"balls first", false}} {
		t.Run(first.name, func(t *testing.T) {
			s := tracktest.Balls(false, first.persons)
			runPlans(t, []planCase{
				{"a ball has an owner", s, func(u *unit) {
					b := &ball{ID: 2}
					b.Owner.Set(&person{ID: 1})
					u.Put(b)
				}, []string{"INSERT person: Person(id=1)", "INSERT ball: Ball(id=2)"}},
				{"a person has a favourite", s, func(u *unit) {
					p := &person{ID: 1}
					p.Fav.Set(&ball{ID: 2})
					u.Put(p)
				}, []string{"INSERT ball: Ball(id=2)", "INSERT person: Person(id=1)"}},
				{"both, of different rows", s, func(u *unit) {
					p, q, b, c := &person{ID: 1}, &person{ID: 2}, &ball{ID: 3}, &ball{ID: 4}
					p.Fav.Set(b)
					b.Owner.Set(q)
					q.Fav.Set(c)
					u.Put(p)
				}, []string{"INSERT ball: Ball(id=4)", "INSERT person: Person(id=2)", "INSERT ball: Ball(id=3)", "INSERT person: Person(id=1)"}},
				{"a ball and its owner go", s, func(u *unit) {
					b, p := &ball{ID: 2}, &person{ID: 1}
					b.Owner.Set(p)
					u.Put(b)
					u.Commit()
					u.Drop(p, b)
				}, []string{"DELETE ball: Ball(id=2)", "DELETE person: Person(id=1)"}},
				{"all of some that refer to each other go", s, func(u *unit) {
					p, q, b, c := &person{ID: 1}, &person{ID: 2}, &ball{ID: 3}, &ball{ID: 4}
					p.Fav.Set(b)
					b.Owner.Set(q)
					q.Fav.Set(c)
					u.Put(p)
					u.Commit()
					u.Drop(b, p, c, q)
				}, []string{"DELETE person: Person(id=1)", "DELETE ball: Ball(id=3)", "DELETE person: Person(id=2)", "DELETE ball: Ball(id=4)"}},
				{"a person and a favourite go", s, func(u *unit) {
					b, p := &ball{ID: 2}, &person{ID: 1}
					p.Fav.Set(b)
					u.Put(p)
					u.Commit()
					u.Drop(b, p)
				}, []string{"DELETE person: Person(id=1)", "DELETE ball: Ball(id=2)"}},
			})
		})
	}
}

func TestPostponed(t *testing.T) {
	s := tracktest.Balls(true, true)
	together := func(u *unit) (*person, *ball) {
		p, b := &person{ID: 1}, &ball{ID: 2}
		p.Fav.Set(b)
		b.Owner.Set(p)
		u.Put(p)
		return p, b
	}
	runPlans(t, []planCase{
		{
			"between new rows", s, func(u *unit) { together(u) },
			[]string{"INSERT person: Person(id=1)", "INSERT ball: Ball(id=2)", "UPDATE person: Person(id=1)"},
		},
		{"where one is there", s, func(u *unit) {
			b := &ball{ID: 2}
			u.Put(b)
			u.Commit()
			p := &person{ID: 1}
			p.Fav.Set(b)
			u.Put(p)
		}, []string{"INSERT person: Person(id=1)"}},
		{"both go", s, func(u *unit) {
			p, b := together(u)
			u.Commit()
			u.Drop(p, b)
		}, []string{"UPDATE person: Person(id=1)", "DELETE ball: Ball(id=2)", "DELETE person: Person(id=1)"}},
	})
}
