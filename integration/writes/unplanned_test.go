package writes_test

import (
	"testing"

	"github.com/cupel-go/cupel/session"
)

// TestUniqueCircleChangesNothing: a flush that cannot be planned leaves everything as it was: what goes with a deleted
// object, or loses its key, does not where the program then keeps that, and a row has its object.
func TestUniqueCircleChangesNothing(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, seatSchema)
	s, all := seated(t, eng, 4)
	r := &Room{ID: 1, Name: "r"}
	r.Seats.Add(all[1], all[2])
	s.Add(r)
	ok(t, s.Commit(ctx))
	s.Delete(r)
	n := &Room{ID: 1, Name: "n"}
	s.Add(n)
	all[3].Strict, all[4].Strict = 4, 3
	is(t, s.Commit(ctx), session.ErrUniqueCircle)
	equal(t, "deleted", len(s.Deleted()), 1)
	equal(t, "new", len(s.New()), 1)
	equal(t, "dirty", len(s.Dirty()), 2)
	s.Add(r)
	s.Delete(n)
	all[3].Strict, all[4].Strict = 3, 4
	all[1].Row = 99
	ok(t, s.Commit(ctx))
	equal(t, "rooms", one[string](t, eng, "SELECT string_agg(name, ' ') FROM room"), "r")
	equal(t, "seats", one[string](t, eng, "SELECT string_agg(coalesce(room_id, 0)::text, ' ' ORDER BY id) FROM seat"), "1 1 0 0")
	equal(t, "list", len(must[[]*Seat](t)(r.Seats.All(ctx))), 2)
}
