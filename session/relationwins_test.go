package session_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestRelationshipWins: a relationship gives a foreign key all its columns, whatever the program has given the columns, and Changes
// says so.
func TestRelationshipWins(t *testing.T) {
	t.Parallel()
	_, _, s, hs := openCoast(t)
	docks := must[[]*Dock](t)(hs[0].Docks.All(ctx))
	b := must[[]*Boat](t)(docks[0].Boats.All(ctx))[0]
	to := must[[]*Dock](t)(hs[1].Docks.All(ctx))[1]
	stored := func() string {
		return must[string](t)(query.Raw[string]("SELECT coalesce(harbor_code, '-') || coalesce(dock_no::text, '-') FROM boat WHERE id = ?", b.ID).One(ctx, s))
	}
	for name, set := range map[string]func(){
		"one field":  func() { b.DockNo = ptr(int64(77)) },
		"both":       func() { b.HarborCode, b.DockNo = ptr("x"), ptr(int64(77)) },
		"NULL":       func() { b.DockNo = nil },
		"expression": func() { s.Set(b, Boats.DockNo.ToExpr(Boats.DockNo.Plus(70))) },
	} {
		for _, before := range []bool{true, false} {
			if before {
				set()
			}
			b.Dock.Set(to)
			if !before {
				set()
			}
			equal(t, name+": changes", fmt.Sprint(must[[]session.Change](t)(s.Changes(b))), "[harbor_code: 'a' -> 'b' dock_no: 0 -> 1]")
			ok(t, s.Flush(ctx))
			equal(t, name+": stored", stored(), "b1")
			equal(t, name+": the field", *b.DockNo, 1)
			ok(t, s.Rollback(ctx))
			must[*Dock](t)(b.Dock.Get(ctx))
		}
	}
	s.Set(to, Docks.No.ToExpr(Docks.No.Plus(8)))
	b.Dock.Set(to)
	changes := must[[]session.Change](t)(s.Changes(b))
	equal(t, "new number", changes[1].New, any(to)) // it is not known yet
	ok(t, s.Flush(ctx))
	equal(t, "stored", stored(), "b9")
}

// TestReferenceToDeleted: what referred to a deleted object refers to nothing, and does not go on giving the object.
func TestReferenceToDeleted(t *testing.T) {
	t.Parallel()
	_, _, s, hs := openCoast(t)
	d := must[[]*Dock](t)(hs[0].Docks.All(ctx))[0]
	boats := must[[]*Boat](t)(d.Boats.All(ctx))
	for _, b := range boats {
		must[*Dock](t)(b.Dock.Get(ctx))
	}
	s.Delete(d)
	ok(t, s.Flush(ctx))
	for _, b := range boats {
		equal(t, "dock", must[*Dock](t)(b.Dock.Get(ctx)), nil)
	}
	ok(t, s.Rollback(ctx))
	for _, b := range boats {
		equal(t, "dock after the rollback", must[*Dock](t)(b.Dock.Get(ctx)), d)
	}
	equal(t, "boats after the rollback", len(must[[]*Boat](t)(d.Boats.All(ctx))), 2)
}
