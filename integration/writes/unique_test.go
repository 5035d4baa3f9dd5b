package writes_test

import (
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Seat has numbers that are unique: one that may not be NULL, one that may, one that may be there twice until the commit, and two that
// are unique together.
type Seat struct {
	ID       int64
	Strict   int64
	Loose    *int64
	Deferred int64
	Row, At  int64
	RoomID   *int64
	Version  int64

	Room model.One[Room]
}

type seats struct {
	model.Table[Seat]
	ID       expr.Int
	Strict   expr.Int
	Loose    expr.NullInt
	Deferred expr.Int
	Row, At  expr.Int
	RoomID   expr.NullInt
	Version  expr.Int
	Room     model.ToOne[Seat, Room]
}

// Room has a unique name, which the program gives, and may be within another.
type Room struct {
	ID     int64
	Name   string
	PartOf *int64
	Xmin   uint32

	Seats model.Many[Seat]
	Whole model.One[Room]
}

type rooms struct {
	model.Table[Room]
	ID     expr.Int
	Name   expr.Text
	PartOf expr.NullInt
	Xmin   expr.Col[uint32]
	Seats  model.ToMany[Room, Seat]
	Whole  model.ToOne[Room, Room]
}

var (
	Rooms = model.Map("room", func(t *rooms) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Given(t.ID), model.Unique(t.Name), model.ForeignKey(t.PartOf, t.ID), model.VersionXmin(t.Xmin),
		}
	})
	Seats = model.Map("seat", func(t *seats) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Unique(t.Strict), model.Unique(t.Loose), model.Unique(t.Deferred).Deferrable(),
			model.Unique(t.Row, t.At), model.ForeignKey(t.RoomID, Rooms.ID), model.Version(t.Version),
		}
	})
	seatSchema = model.MustSchema(Rooms, Seats)
)

func seat(n int64) *Seat { return &Seat{Strict: n, Loose: ptr(n), Deferred: n, Row: n, At: n} }

// seated returns a session with n seats, whose numbers are 1 to n.
func seated(t *testing.T, eng *session.Engine, n int64) (*session.Session, []*Seat) {
	t.Helper()
	_, err := eng.Pool().Exec(ctx, "TRUNCATE seat, room")
	ok(t, err)
	s, all := begin(t, eng), []*Seat{nil}
	for i := range n {
		all = append(all, seat(i+1))
		s.Add(all[i+1])
	}
	ok(t, s.Commit(ctx))
	return s, all
}

const seatValues = "SELECT string_agg(concat_ws(':', strict, loose, deferred, \"row\", at), ' ' ORDER BY id) FROM seat"

// Values that move from row to row in one flush, one way or the other, or round in a circle.
func TestUniqueValuesMove(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, seatSchema)
	for _, c := range []struct {
		name string
		do   func(s *session.Session, all []*Seat)
		want string
	}{
		{"up", func(_ *session.Session, all []*Seat) {
			for _, x := range all[1:] {
				x.Strict++
			}
		}, "2:1:1:1:1 3:2:2:2:2 4:3:3:3:3"},
		{"down", func(_ *session.Session, all []*Seat) {
			for _, x := range all[1:] {
				x.Strict--
			}
		}, "0:1:1:1:1 1:2:2:2:2 2:3:3:3:3"},
		{"up and down", func(_ *session.Session, all []*Seat) {
			all[1].Strict, all[2].Strict, all[3].Strict = 2, 7, 1
			all[1].Loose, all[2].Loose, all[3].Loose = ptr[int64](7), ptr[int64](1), ptr[int64](2)
		}, "2:7:1:1:1 7:1:2:2:2 1:2:3:3:3"},
		{"a circle of what may be NULL", func(_ *session.Session, all []*Seat) {
			all[1].Loose, all[2].Loose, all[3].Loose = all[2].Loose, all[3].Loose, all[1].Loose
		}, "1:2:1:1:1 2:3:2:2:2 3:1:3:3:3"},
		{"two circles", func(_ *session.Session, all []*Seat) {
			all[1].Loose, all[2].Loose = all[2].Loose, all[1].Loose
			all[1].Strict, all[2].Strict, all[3].Strict = 2, 9, 1
		}, "2:2:1:1:1 9:1:2:2:2 1:3:3:3:3"},
		{"a circle of what is deferred", func(_ *session.Session, all []*Seat) {
			all[1].Deferred, all[2].Deferred = 2, 1
		}, "1:1:2:1:1 2:2:1:2:2 3:3:3:3:3"},
		{"two columns together", func(_ *session.Session, all []*Seat) {
			all[1].Row, all[1].At = 2, 2
			all[2].Row = 9
		}, "1:1:1:2:2 2:2:2:9:2 3:3:3:3:3"},
		{"half of two columns", func(_ *session.Session, all []*Seat) {
			all[1].Row, all[2].Row = 2, 1
		}, "1:1:1:2:1 2:2:2:1:2 3:3:3:3:3"},
		{"to a new row", func(s *session.Session, all []*Seat) {
			all[1].Strict = 8
			n := seat(9)
			n.Strict = 1
			s.Add(n)
		}, "8:1:1:1:1 2:2:2:2:2 3:3:3:3:3 1:9:9:9:9"},
		{"from a deleted row to a new one", func(s *session.Session, all []*Seat) {
			s.Delete(all[2])
			s.Add(seat(2))
		}, "1:1:1:1:1 3:3:3:3:3 2:2:2:2:2"},
		{"from a deleted row to a changed one", func(s *session.Session, all []*Seat) {
			s.Delete(all[2])
			all[1].Strict = 2
			all[3].Loose = ptr[int64](2)
		}, "2:1:1:1:1 3:2:3:3:3"},
		{"from a deleted row through a changed one to a new one", func(s *session.Session, all []*Seat) {
			s.Delete(all[2])
			all[1].Strict = 2
			n := seat(9)
			n.Strict = 1
			s.Add(n)
		}, "2:1:1:1:1 3:3:3:3:3 1:9:9:9:9"},
		{"all anew", func(s *session.Session, all []*Seat) {
			for i, x := range all[1:] {
				s.Delete(x)
				s.Add(seat(int64(i + 1)))
			}
		}, "1:1:1:1:1 2:2:2:2:2 3:3:3:3:3"},
	} {
		for _, commit := range []bool{true, false} {
			s, all := seated(t, eng, 3)
			rec.take()
			c.do(s, all)
			if !commit {
				ok(t, s.Flush(ctx))
			}
			if err := s.Commit(ctx); err != nil {
				t.Errorf("%s: %v\n\t%s", c.name, err, strings.Join(rec.take(), "\n\t"))
				ok(t, s.Rollback(ctx))
				continue
			}
			equal(t, c.name, one[string](t, eng, seatValues), c.want)
			for _, x := range all[1:] { // and the session knows them as they are
				if s.Contains(x) {
					x.At += 100
				}
			}
			ok(t, s.Commit(ctx))
			ok(t, s.Close(ctx))
		}
	}
}

// What no order and no NULL helps is an error before anything is sent, which names both rows and leaves all as it was.
func TestUniqueCircle(t *testing.T) {
	t.Parallel()
	eng, rec := open(t, seatSchema)
	s, all := seated(t, eng, 3)
	rec.take()
	all[1].Strict, all[2].Strict = 2, 1
	err := s.Commit(ctx)
	is(t, err, session.ErrUniqueCircle)
	for _, part := range []string{"Seat(id=", "strict", "Deferrable"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error has no %q: %v", part, err)
		}
	}
	sent(t, rec)
	equal(t, "version", all[1].Version, 1)
	all[1].Strict = 5
	ok(t, s.Commit(ctx)) // in two steps
	all[1].Strict = 3
	all[3].Strict = 6
	ok(t, s.Commit(ctx))
	equal(t, "values", one[string](t, eng, seatValues), "3:1:1:1:1 1:2:2:2:2 6:3:3:3:3")
}

// Rows that refer to one that goes go first, or refer to another by then.
func TestUniqueBesideForeignKeys(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, seatSchema)
	s, all := seated(t, eng, 3)
	a, b := &Room{ID: 1, Name: "hall"}, &Room{ID: 2, Name: "attic"}
	part := &Room{ID: 3, Name: "corner"}
	part.Whole.Set(a)
	all[1].Room.Set(a)
	all[2].Room.Set(a)
	s.Add(a, b, part)
	ok(t, s.Commit(ctx))

	s.Delete(a) // all that refers to it is to go or to refer to another
	s.Delete(part)
	s.Delete(all[1])
	all[2].Room.Set(b)
	fresh := &Room{ID: 4, Name: "hall"}
	n := seat(1)
	n.Room.Set(fresh)
	s.Add(fresh, n, &Room{ID: 5, Name: "corner"})
	ok(t, s.Commit(ctx))
	equal(t, "rooms", one[string](t, eng, "SELECT string_agg(id || name, ' ' ORDER BY id) FROM room"), "2attic 4hall 5corner")
	equal(t, "seats", one[string](t, eng, "SELECT string_agg(strict || ' in ' || coalesce(room_id, 0), ', ' ORDER BY strict) FROM seat"), "1 in 4, 2 in 2, 3 in 0")

	// its seats want the new room, which wants the name of the old one, which is to be without seats
	for _, x := range []*Seat{n} {
		again := &Room{ID: 6, Name: "hall"}
		x.Room.Set(again)
		s.Add(again)
	}
	s.Delete(fresh)
	is(t, s.Commit(ctx), session.ErrUniqueCircle)
	ok(t, s.Rollback(ctx))
}

// A key may go to another row, too, though objects are found by it.
func TestUniqueKeysMove(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, seatSchema)
	s := begin(t, eng)
	a, b, c := &Room{ID: 1, Name: "a"}, &Room{ID: 2, Name: "b"}, &Room{ID: 3, Name: "c"}
	s.Add(a, b, c)
	ok(t, s.Commit(ctx))
	s.Delete(c)
	a.ID, b.ID = 2, 3
	d := &Room{ID: 1, Name: "d"}
	s.Add(d)
	ok(t, s.Commit(ctx))
	equal(t, "rooms", one[string](t, eng, "SELECT string_agg(id || name, ' ' ORDER BY id) FROM room"), "1d 2a 3b")
	for id, want := range map[int64]*Room{1: d, 2: a, 3: b} {
		got, err := session.Get(ctx, s, Rooms, id)
		ok(t, err)
		equal(t, "object", got, want)
	}
	a.ID, b.ID = 3, 2
	is(t, s.Commit(ctx), session.ErrUniqueCircle)
	ok(t, s.Rollback(ctx))
	got, err := session.Get(ctx, s, Rooms, 2)
	ok(t, err)
	equal(t, "object after a rollback", got, a)
}

// Rows of a table of pairs are written when the rows are there that they refer to, also where these were put in another order.
func TestUniqueBesidePairs(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, shelfSchema)
	s := begin(t, eng)
	a, tag := &Shelf{Name: "a"}, &Label{Name: "t"}
	a.Labels.Add(tag)
	s.Add(a)
	ok(t, s.Commit(ctx))
	s.Delete(a)
	s.Delete(tag)
	b, again, other := &Shelf{Name: "a"}, &Label{Name: "t"}, &Label{Name: "u"}
	b.Labels.Add(again, other)
	s.Add(b)
	ok(t, s.Commit(ctx))
	equal(t, "pairs", one[string](t, eng, "SELECT string_agg(l.name, ' ' ORDER BY l.name) FROM shelf_label p JOIN shelf s ON s.id = p.shelf_id JOIN label l ON l.id = p.label_id"), "t u")
}

// Shelf has labels, both with unique names.
type Shelf struct {
	ID   int64
	Name string

	Labels model.Many[Label]
}

// Label is on shelves.
type Label struct {
	ID   int64
	Name string
}

type shelves struct {
	model.Table[Shelf]
	ID     expr.Int
	Name   expr.Text
	Labels model.ToMany[Shelf, Label]
}

type labels struct {
	model.Table[Label]
	ID   expr.Int
	Name expr.Text
}

var (
	Labels  = model.Map("label", func(t *labels) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Name)} })
	Shelves = model.Map("shelf", func(t *shelves) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Name), model.ManyToMany(t.Labels, "shelf_label")}
	})
	shelfSchema = model.MustSchema(Labels, Shelves)
)
