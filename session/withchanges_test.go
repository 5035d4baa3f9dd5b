package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestObjectsOfChangingWith: objects that a statement of WITH changed or deleted, and that come back, are as it has left them.
func TestObjectsOfChangingWith(t *testing.T) {
	t.Parallel()
	eng, _, s, hs := openCoast(t)
	w := query.WithOf("w", Harbors, query.Returning(query.Update(Harbors).Set(Harbors.Name.To("new")).Everywhere(), Harbors))
	for _, h := range must[[]*Harbor](t)(query.Select(w).OrderBy(w.Code).All(ctx, s)) {
		equal(t, "name", h.Name, "new")
	}
	equal(t, "name of the known object", hs[0].Name, "new")
	ok(t, s.Rollback(ctx))
	equal(t, "name after the rollback", hs[0].Name, "a")

	s = begin(t, eng)
	b := must[*Boat](t)(query.Select(Boats).OrderBy(Boats.ID).First(ctx, s))
	gone := query.WithOf("gone", Boats, query.Returning(query.Delete(Boats).Everywhere(), Boats))
	all := must[[]query.Row2[*Dock, *Boat]](t)(query.Select2(Docks, gone).Join(gone).All(ctx, s))
	equal(t, "rows", len(all), 8)
	for _, row := range all {
		equal(t, "the dock is there", s.Contains(row.V1), true)
		equal(t, "the boat is there", s.Contains(row.V2), false)
	}
	_, err := session.Get(ctx, s, Boats, b.ID)
	is(t, err, query.ErrNoRows)
	ok(t, s.Rollback(ctx))
	equal(t, "the boat after the rollback", must[*Boat](t)(session.Get(ctx, s, Boats, b.ID)), b)
}
