package session_test

import (
	"log/slog"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Harbors, whose docks have the harbor's code in their key, whose boats refer to docks by both: changes of a code go down.
type (
	Harbor struct {
		Code  string
		Name  string
		Docks model.Many[Dock]
	}
	Dock struct {
		HarborCode string
		No         int64
		Harbor     model.One[Harbor]
		Boats      model.Many[Boat]
	}
	Boat struct {
		ID         int64
		HarborCode *string
		DockNo     *int64
		Dock       model.One[Dock]
	}
	harbors struct {
		model.Table[Harbor]
		Code, Name expr.Text
		Docks      model.ToMany[Harbor, Dock]
	}
	docks struct {
		model.Table[Dock]
		HarborCode expr.Text
		No         expr.Int
		Harbor     model.ToOne[Dock, Harbor]
		Boats      model.ToMany[Dock, Boat]
	}
	boats struct {
		model.Table[Boat]
		ID         expr.Int
		HarborCode expr.NullText
		DockNo     expr.NullInt
		Dock       model.ToOne[Boat, Dock]
	}
)

var (
	Harbors = model.Map("harbor", func(t *harbors) model.Spec { return model.Spec{model.PrimaryKey(t.Code)} })
	Docks   = model.Map("dock", func(t *docks) model.Spec {
		return model.Spec{model.PrimaryKey(t.HarborCode, t.No), model.ForeignKey(t.HarborCode, Harbors.Code).OnUpdate("CASCADE")}
	})
	Boats = model.Map("boat", func(t *boats) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID),
			model.ForeignKeys(model.Refer[string](t.HarborCode, Docks.HarborCode), model.Refer[int64](t.DockNo, Docks.No)).OnUpdate("cascade"),
		}
	})
	coast = model.MustSchema(Harbors, Docks, Boats)
)

// openCoast returns a session that has read two harbors of two docks with two boats each.
func openCoast(t *testing.T) (*session.Engine, *recorder, *session.Session, []*Harbor) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), coast, session.Options{Logger: slog.New(rec), MaxConns: 4})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, coast.CreateAll(ctx, eng))
	seed := begin(t, eng)
	for _, code := range []string{"a", "b"} {
		h := &Harbor{Code: code, Name: code}
		for no := range int64(2) {
			d := &Dock{No: no}
			d.Boats.Add(&Boat{}, &Boat{})
			h.Docks.Add(d)
		}
		seed.Add(h)
	}
	ok(t, seed.Commit(ctx))
	s := begin(t, eng)
	hs := must[[]*Harbor](t)(query.Select(Harbors).OrderBy(Harbors.Code).All(ctx, s))
	for _, h := range hs {
		for _, d := range must[[]*Dock](t)(h.Docks.All(ctx)) {
			must[[]*Boat](t)(d.Boats.All(ctx))
		}
	}
	rec.take()
	return eng, rec, s, hs
}

// TestKeyGoesDown: after a change of a key that rows of rows refer to, objects have the keys that their rows have, and are found by
// them; a rollback brings all of it back.
func TestKeyGoesDown(t *testing.T) {
	t.Parallel()
	eng, rec, s, hs := openCoast(t)
	h := hs[0]
	check := func(code string) {
		t.Helper()
		for _, d := range must[[]*Dock](t)(h.Docks.All(ctx)) {
			equal(t, "dock", d.HarborCode, code)
			equal(t, "the dock of the key", must[*Dock](t)(session.Get(ctx, s, Docks, code, d.No)), d)
			for _, b := range must[[]*Boat](t)(d.Boats.All(ctx)) {
				equal(t, "boat", *b.HarborCode, code)
				equal(t, "dock of the boat", must[*Dock](t)(b.Dock.Get(ctx)), d)
			}
		}
	}
	h.Code = "z"
	ok(t, s.Flush(ctx))
	rec.take()
	check("z")
	sent(t, rec)
	equal(t, "nothing is changed", len(s.Dirty()), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "code after the rollback", h.Code, "a")
	check("a")

	h.Code = "z"
	ok(t, s.Flush(ctx))
	d := must[[]*Dock](t)(h.Docks.All(ctx))[0]
	b := must[[]*Boat](t)(d.Boats.All(ctx))[0]
	d.No = 7
	ok(t, s.Flush(ctx))
	equal(t, "dock of the boat", *b.DockNo, 7)
	b.DockNo = ptr(int64(1)) // it goes to the other dock, and back
	ok(t, s.Flush(ctx))
	b.DockNo = ptr(int64(7))
	ok(t, s.Commit(ctx))
	equal(t, "stored", must[int64](t)(query.Select(Boats).Filter(Boats.HarborCode.Eq("z"), Boats.DockNo.Eq(7)).Count(ctx, eng)), 2)
	check("z")
}

// TestDeleteAfterKeyChange: what goes with a deleted object is found by the key that its rows have by now.
func TestDeleteAfterKeyChange(t *testing.T) {
	t.Parallel()
	eng, _, s, hs := openCoast(t)
	hs[0].Code = "z"
	ok(t, s.Flush(ctx))
	for _, d := range must[[]*Dock](t)(hs[0].Docks.All(ctx)) {
		s.Delete(d)
	}
	ok(t, s.Flush(ctx))
	s.Delete(hs[0])
	ok(t, s.Commit(ctx))
	equal(t, "boats without a dock", must[int64](t)(query.Select(Boats).Filter(Boats.DockNo.IsNull()).Count(ctx, eng)), 4)
	equal(t, "docks", must[int64](t)(query.Select(Docks).Count(ctx, eng)), 2)
}

// TestForeignKeySetByHand: references and lists follow a foreign key that was set as a value, from the flush on.
func TestForeignKeySetByHand(t *testing.T) {
	t.Parallel()
	_, _, s, hs := openCoast(t)
	docks := append(must[[]*Dock](t)(hs[0].Docks.All(ctx)), must[[]*Dock](t)(hs[1].Docks.All(ctx))...)
	from, to := docks[0], docks[3]
	b := must[[]*Boat](t)(from.Boats.All(ctx))[0]
	equal(t, "dock", must[*Dock](t)(b.Dock.Get(ctx)), from)
	b.HarborCode, b.DockNo = &to.HarborCode, &to.No
	ok(t, s.Flush(ctx))
	equal(t, "dock after the flush", must[*Dock](t)(b.Dock.Get(ctx)), to)
	equal(t, "boats left", len(must[[]*Boat](t)(from.Boats.All(ctx))), 1)
	equal(t, "boats there", len(must[[]*Boat](t)(to.Boats.All(ctx))), 3)

	s.Add(&Boat{HarborCode: &to.HarborCode, DockNo: &to.No})
	ok(t, s.Flush(ctx))
	equal(t, "with a new one", len(must[[]*Boat](t)(to.Boats.All(ctx))), 4)

	// By a statement.
	move := query.Update(Boats).Set(Boats.DockNo.To(0)).Filter(Boats.ID.Eq(b.ID))
	must[int64](t)(move.Exec(ctx, s))
	equal(t, "dock after the statement", must[*Dock](t)(b.Dock.Get(ctx)), docks[2])
	equal(t, "boats there", len(must[[]*Boat](t)(docks[2].Boats.All(ctx))), 3)
	must[int64](t)(query.Update(Boats).Set(Boats.DockNo.To(1)).Filter(Boats.ID.Eq(b.ID)).Sync(query.SyncEvaluate).Exec(ctx, s))
	equal(t, "dock after the other", must[*Dock](t)(b.Dock.Get(ctx)), to)
	ok(t, s.Rollback(ctx))
	equal(t, "dock after the rollback", must[*Dock](t)(b.Dock.Get(ctx)), from)
}

// TestStaleObjectHasTheReferenceOfItsRow: others may have changed its foreign key since.
func TestStaleObjectHasTheReferenceOfItsRow(t *testing.T) {
	t.Parallel()
	eng, rec, s, hs := openCoast(t)
	docks := must[[]*Dock](t)(hs[0].Docks.All(ctx))
	from := docks[0]
	b := must[[]*Boat](t)(from.Boats.All(ctx))
	ok(t, s.Commit(ctx))
	must[int64](t)(query.Update(Boats).Set(Boats.DockNo.To(1)).Filter(Boats.ID.Eq(b[0].ID)).Exec(ctx, eng))
	must[int64](t)(query.Delete(Boats).Filter(Boats.ID.Eq(b[1].ID)).Exec(ctx, eng))
	rec.take()
	equal(t, "dock", must[*Dock](t)(b[0].Dock.Get(ctx)), docks[1])
	equal(t, "its number", *b[0].DockNo, 1)
	_, err := b[1].Dock.Get(ctx)
	is(t, err, query.ErrNoRows)
}

// TestStaleObjectsAreNotEvaluated: a condition says nothing of an object whose row others may have changed.
func TestStaleObjectsAreNotEvaluated(t *testing.T) {
	t.Parallel()
	eng, _, s, hs := openCoast(t)
	h := hs[0]
	ok(t, s.Commit(ctx))
	must[int64](t)(query.Update(Harbors).Set(Harbors.Name.To("theirs")).Filter(Harbors.Code.Eq("a")).Exec(ctx, eng))
	n := must[int64](t)(query.Delete(Harbors).Filter(Harbors.Name.Eq("a")).Sync(query.SyncEvaluate).Exec(ctx, s))
	equal(t, "rows", n, 0)
	equal(t, "it is still here", s.Contains(h), true)
	h.Name = "mine"
	ok(t, s.Commit(ctx))
	equal(t, "stored", must[*Harbor](t)(session.Get(ctx, s, Harbors, "a")).Name, "mine")
}
