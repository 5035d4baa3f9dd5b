package track_test

import (
	"errors"
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/track/tracktest"
)

// TestStates: what Add and Delete make of an object in each state.
func TestStates(t *testing.T) {
	t.Parallel()
	put := func(u *tracktest.Unit, b *box) { u.Put(b) }
	drop := func(u *tracktest.Unit, b *box) { u.Drop(b) }
	flush := func(u *tracktest.Unit, _ *box) { u.Flush() }
	commit := func(u *tracktest.Unit, _ *box) { u.Commit() }
	back := func(u *tracktest.Unit, _ *box) { u.RolledBack() }
	for _, c := range []struct {
		name string
		do   []func(u *tracktest.Unit, b *box)
		want []string
	}{
		{"added", []func(*tracktest.Unit, *box){put}, []string{"Box(id=1) pending"}},
		{"added twice", []func(*tracktest.Unit, *box){put, put}, []string{"Box(id=1) pending"}},
		{"added and deleted", []func(*tracktest.Unit, *box){put, drop}, nil},
		{"written", []func(*tracktest.Unit, *box){put, flush}, []string{"Box(id=1) persistent"}},
		{"written and added", []func(*tracktest.Unit, *box){put, flush, put}, []string{"Box(id=1) persistent"}},
		{"written and rolled back", []func(*tracktest.Unit, *box){put, flush, back}, nil},
		{"deleted", []func(*tracktest.Unit, *box){put, commit, drop}, []string{"Box(id=1) doomed"}},
		{"deleted twice", []func(*tracktest.Unit, *box){put, commit, drop, drop}, []string{"Box(id=1) doomed"}},
		{"deleted and kept", []func(*tracktest.Unit, *box){put, commit, drop, put}, []string{"Box(id=1) persistent"}},
		{"deleted and rolled back", []func(*tracktest.Unit, *box){put, commit, drop, back}, []string{"Box(id=1) persistent"}},
		{"row deleted", []func(*tracktest.Unit, *box){put, commit, drop, flush}, []string{"Box(id=1) deleted"}},
		{"row deleted, deleted", []func(*tracktest.Unit, *box){put, commit, drop, flush, drop}, []string{"Box(id=1) deleted"}},
		{"row deleted, committed", []func(*tracktest.Unit, *box){put, commit, drop, commit}, nil},
		{"row deleted, rolled back", []func(*tracktest.Unit, *box){put, commit, drop, flush, back}, []string{"Box(id=1) persistent"}},
		{"row deleted, added", []func(*tracktest.Unit, *box){put, commit, drop, flush, put}, []string{"Box(id=1) pending"}},
		{"row deleted, added, withdrawn", []func(*tracktest.Unit, *box){put, commit, drop, flush, put, drop}, []string{"Box(id=1) deleted"}},
		{"row deleted, added, rolled back", []func(*tracktest.Unit, *box){put, commit, drop, flush, put, back}, []string{"Box(id=1) persistent"}},
		{"row deleted, written again", []func(*tracktest.Unit, *box){put, commit, drop, flush, put, commit}, []string{"Box(id=1) persistent"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u, b := tracktest.New(t, boxes), &box{ID: 1}
			for _, do := range c.do {
				do(u, b)
			}
			tracktest.Lines(t, "objects", u.States(), c.want...)
		})
	}
}

// TestObjectsThatAreNotHere: each is an error that names the object, or what it is instead of one.
func TestObjectsThatAreNotHere(t *testing.T) {
	t.Parallel()
	u, other := tracktest.New(t, boxes), tracktest.New(t, boxes)
	elsewhere, fresh := &box{ID: 5}, &box{ID: 6}
	other.Put(elsewhere)
	u.Put(fresh)
	_, unknown := u.Known(&box{ID: 7})
	_, notStored := u.Stored(fresh)
	for _, c := range []struct {
		name string
		err  error
		is   error
		text string
	}{
		{"a struct", u.Add(box{}), fault.ErrNotMapped, "session: type is not mapped in this schema: tracktest.Box is not a pointer to a mapped struct, or it is nil"},
		{"nil", u.Add(nil), fault.ErrNotMapped, "session: type is not mapped in this schema: <nil> is not a pointer to a mapped struct, or it is nil"},
		{"a nil pointer", u.Delete((*box)(nil)), fault.ErrNotMapped, "session: type is not mapped in this schema: *tracktest.Box is not a pointer to a mapped struct, or it is nil"},
		{"another schema's", u.Add(&node{}), fault.ErrNotMapped, "session: type is not mapped in this schema: tracktest.Node"},
		{"in another session", u.Add(elsewhere), fault.ErrOtherSession, "session: object is in another session: Box(id=5)"},
		{"in none", u.Delete(&box{ID: 7}), fault.ErrNotInSession, "session: object is not in this session: Box(id=7)"},
		{"unknown", unknown, fault.ErrNotInSession, "session: object is not in this session: Box(id=7)"},
		{"not flushed", notStored, fault.ErrNotFlushed, "session: object has no row yet; flush it first: Box(id=6)"},
	} {
		if !errors.Is(c.err, c.is) || c.err.Error() != c.text {
			t.Errorf("%s: %v", c.name, c.err)
		}
	}
	tracktest.Lines(t, "objects", u.States(), "Box(id=6) pending")
}

// TestFind: an object is found by what it is, whatever is done to its key.
func TestFind(t *testing.T) {
	t.Parallel()
	a, b, c := &box{ID: 1}, &box{ID: 2}, &customer{TenantID: 1, ID: 2}
	u, v := tracktest.Stored(t, boxes, a, b), tracktest.Stored(t, tenants, &tenant{ID: 1}, c, &customer{TenantID: 12})
	a.ID, b.ID = 2, 1
	c.TenantID, c.ID = 12, 0
	for _, obj := range []any{a, b} {
		if _, err := u.Known(obj); err != nil {
			t.Error(err)
		}
	}
	e, err := v.Known(c)
	if err != nil {
		t.Fatal(err)
	}
	tracktest.Equal(t, "object of the row's key", e.Store().Lookup(e.Store().Keys.OfValues([]any{int64(1), int64(2)})), e)
	tracktest.Equal(t, "key that looks the same", e.Store().Lookup(e.Store().Keys.OfValues([]any{int64(12), int64(2)})), (*track.Entry)(nil))
	u.Expunge([]any{a})
	if _, err := u.Known(a); !errors.Is(err, fault.ErrNotInSession) {
		t.Errorf("error is %v", err)
	}
	tracktest.Equal(t, "objects", u.Len(), 1)
}

// TestTouches: what a flush would write to.
func TestTouches(t *testing.T) {
	t.Parallel()
	b, tr := &box{ID: 1}, &tray{ID: 2}
	b.Trays.Add(tr)
	u := tracktest.Stored(t, boxes, b)
	tableOf := func(obj any) *ast.Table {
		e, err := u.Known(obj)
		if err != nil {
			t.Fatal(err)
		}
		return e.Mapping.Table
	}
	of, trays := tableOf(b), tableOf(tr)
	touches := func() [3]bool {
		return [3]bool{u.Touches([]*ast.Table{of}), u.Touches([]*ast.Table{trays}), u.Touches([]*ast.Table{nil})}
	}
	tracktest.Equal(t, "nothing", touches(), [3]bool{})
	b.Name = "x"
	tracktest.Equal(t, "a change", touches(), [3]bool{true, false, true})
	b.Name = ""
	tr.Box.Set(&box{})
	tracktest.Equal(t, "a relationship and a new object", touches(), [3]bool{true, true, true})
	u.RolledBack()
	u.Drop(tr)
	tracktest.Equal(t, "a deletion, which may reach any", touches(), [3]bool{true, true, true})
}

// TestExpire: what is not flushed of an object is discarded, on both sides.
func TestExpire(t *testing.T) {
	t.Parallel()
	f := newFamily(t)
	f.sides(t)
	f.tr.Box.Set(f.b)
	f.tr.Name = "changed"
	if err := f.Expire(f.tr); err != nil {
		t.Fatal(err)
	}
	tracktest.Equal(t, "sides", f.sides(t), "a has 1, b has 0, the tray is in 1")
	tracktest.Equal(t, "name", f.tr.Name, "unnamed")
	f.b.Trays.Add(f.tr)
	f.ExpireAll()
	tracktest.Equal(t, "sides", f.sides(t), "a has 1, b has 0, the tray is in 1")
	tracktest.Lines(t, "plan", f.Flush())
	if err := f.Expire(&box{ID: 9}); !errors.Is(err, fault.ErrNotInSession) {
		t.Errorf("error is %v", err)
	}
}

// TestFuture: the foreign keys that a flush would give, without giving them.
func TestFuture(t *testing.T) {
	t.Parallel()
	te, c, o := &tenant{}, &customer{ID: 7}, &order{No: "a"}
	u := tracktest.New(t, tenants)
	c.Tenant.Set(te)
	o.Customer.Set(c)
	u.Put(o)
	e, err := u.Known(o)
	if err != nil {
		t.Fatal(err)
	}
	row, late := u.Objects.Future(e)
	tracktest.Equal(t, "customer", e.Mapping.Fields[2].Value(row), any(int64(7)))
	tracktest.Equal(t, "columns that wait", len(late), 1)
	tracktest.Equal(t, "the tenant's", late[1].Describe(), "Tenant(id not set)")
	tracktest.Equal(t, "the object's own", o.CustID, nil)
}
