package writes_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Owner has a key that its hook writes in capitals; do is what its hooks do besides.
type Owner struct {
	Code    string
	Name    string
	Size    int64
	Version int64

	Pets model.Many[Pet]

	do    func(o *Owner, when string) error
	calls []string
}

// Pet refers to its owner, and to its friends.
type Pet struct {
	ID        int64
	Name      string
	OwnerCode *string

	Owner   model.One[Owner]
	Friends model.Many[Owner]

	do func(p *Pet, when string) error
}

type owners struct {
	model.Table[Owner]
	Code    expr.Text
	Name    expr.Text
	Size    expr.Int
	Version expr.Int
	Pets    model.ToMany[Owner, Pet]
}

type pets struct {
	model.Table[Pet]
	ID        expr.Int
	Name      expr.Text
	OwnerCode expr.NullText
	Owner     model.ToOne[Pet, Owner]
	Friends   model.ToMany[Pet, Owner]
}

func (o *Owner) told(when string) error {
	o.calls = append(o.calls, when)
	if o.do == nil {
		return nil
	}
	return o.do(o, when)
}

func (o *Owner) BeforeInsert(context.Context) error {
	o.Code = strings.ToUpper(o.Code)
	return o.told("before insert")
}
func (o *Owner) AfterInsert(context.Context) error  { return o.told("after insert") }
func (o *Owner) BeforeUpdate(context.Context) error { return o.told("before update") }
func (o *Owner) AfterUpdate(context.Context) error  { return o.told("after update") }
func (o *Owner) BeforeDelete(context.Context) error { return o.told("before delete") }
func (o *Owner) AfterDelete(context.Context) error  { return o.told("after delete") }

func (p *Pet) told(when string) error {
	if p.do == nil {
		return nil
	}
	return p.do(p, when)
}
func (p *Pet) BeforeInsert(context.Context) error { return p.told("before insert") }
func (p *Pet) BeforeUpdate(context.Context) error { return p.told("before update") }

var (
	Owners = model.Map("owner", func(t *owners) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Version(t.Version), model.Unique(t.Name)}
	})
	Pets = model.Map("pet", func(t *pets) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.OwnerCode, Owners.Code).OnUpdate("CASCADE"), model.ManyToMany(t.Friends, "friend").OnUpdate("CASCADE"),
			model.OrderBy(Owners.Pets, t.ID.Asc()),
		}
	})
	petSchema = model.MustSchema(Owners, Pets)
)

var errHook = errors.New("no")

// TestHooksChangeKeys: what refers to a new object gets the key that its hook has made, also in link rows.
func TestHooksChangeKeys(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema, "INSERT INTO owner (code, name, size, version) VALUES ('b', 'wrong', 0, 1)")
	s := begin(t, eng)
	b, p := &Owner{Code: "b", Name: "right"}, &Pet{Name: "p"}
	b.Pets.Add(p)
	p.Friends.Add(b)
	s.Add(b)
	ok(t, s.Commit(ctx))
	equal(t, "in the object", *p.OwnerCode, "B")
	equal(t, "stored", one[string](t, eng, "SELECT owner_code FROM pet"), "B")
	equal(t, "friend", one[string](t, eng, "SELECT owner_code FROM friend"), "B")
	p.Owner.Set(nil)
	ok(t, s.Commit(ctx))
	b.do = func(o *Owner, _ string) error { o.Code = "C"; return nil }
	p.Owner.Set(b)
	b.Size = 1
	ok(t, s.Commit(ctx))
	equal(t, "stored after an update", one[string](t, eng, "SELECT owner_code FROM pet"), "C")
}

// TestHooksChangeForeignKeys: a relationship that was set wins over what a hook sets; else the reference and the lists follow that.
func TestHooksChangeForeignKeys(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	s := begin(t, eng)
	toB := func(p *Pet, _ string) error { p.OwnerCode = ptr("B"); return nil }
	a, b := &Owner{Code: "A", Name: "a"}, &Owner{Code: "B", Name: "b"}
	p, q := &Pet{Name: "p", do: toB}, &Pet{Name: "q", do: toB}
	a.Pets.Add(p)
	s.Add(a, b, q)
	same := func(when, inA, inB string) {
		t.Helper()
		ok(t, s.Flush(ctx))
		names := func(o *Owner) (all string) {
			for _, x := range must[[]*Pet](t)(o.Pets.All(ctx)) {
				equal(t, "owner of "+x.Name+when, must[*Owner](t)(x.Owner.Get(ctx)), o)
				equal(t, "its key"+when, *x.OwnerCode, o.Code)
				all += x.Name
			}
			return all
		}
		equal(t, "pets of A"+when, names(a), inA)
		equal(t, "pets of B"+when, names(b), inB)
	}
	same(", both new", "p", "q")
	p.Name = "P"
	same(", changed", "", "Pq")
	p.Owner.Set(a)
	same(", set back", "P", "q")
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(name || owner_code, ' ' ORDER BY id) FROM pet"), "PA qB")
}

// TestHooksKeepVersions: a version is no hook's to change.
func TestHooksKeepVersions(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	s := begin(t, eng)
	a := &Owner{Code: "A", Name: "a"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	a.do = func(o *Owner, _ string) error { o.Version = 99; return nil }
	for what, change := range map[string]func(){"update": func() { a.Size = 1 }, "delete": func() { s.Delete(a) }} {
		change()
		is(t, s.Commit(ctx), session.ErrReadOnly)
		ok(t, s.Rollback(ctx))
		equal(t, "version after "+what, a.Version, 1)
	}
}

// TestHooksMoveValues: unique values that hooks move from row to row are written in an order that the database allows.
func TestHooksMoveValues(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	s := begin(t, eng)
	a, b := &Owner{Code: "A", Name: "1"}, &Owner{Code: "B", Name: "2"}
	s.Add(a, b)
	ok(t, s.Commit(ctx))
	a.do = func(o *Owner, _ string) error { o.Name = "2"; return nil }
	b.do = func(o *Owner, _ string) error { o.Name = "3"; return nil }
	a.Size, b.Size = 1, 1
	ok(t, s.Commit(ctx))
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(name, ' ' ORDER BY code) FROM owner"), "2 3")
}

// TestHooksOfRowSwitch: a new object that takes over the row of a deleted one is told that it is inserted, the other that it is deleted.
func TestHooksOfRowSwitch(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	s := begin(t, eng)
	a, n := &Owner{Code: "A", Name: "a"}, &Owner{Code: "A", Name: "n"}
	s.Add(a)
	ok(t, s.Commit(ctx))
	a.calls = nil
	s.Delete(a)
	s.Add(n)
	ok(t, s.Commit(ctx))
	equal(t, "the old one", strings.Join(a.calls, ", "), "before delete, after delete")
	equal(t, "the new one", strings.Join(n.calls, ", "), "before insert, after insert")
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(concat_ws(' ', code, name, version), ',') FROM owner"), "A n 2")
}

// TestHooksFail: an error of any hook leaves rows and objects as they were, in a session and in a part of one, and all can be done again.
func TestHooksFail(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	for _, in := range []string{"session", "nested"} {
		for _, when := range []string{"before insert", "after insert", "before update", "after update", "before delete", "after delete"} {
			t.Run(in+" "+when, func(t *testing.T) {
				_, err := eng.Pool().Exec(ctx, "TRUNCATE owner, pet, friend")
				ok(t, err)
				s := begin(t, eng)
				fail := func(o *Owner, at string) error {
					if at == when {
						return errHook
					}
					return nil
				}
				a, b, c, d := &Owner{Code: "A", Name: "a"}, &Owner{Code: "B", Name: "b"}, &Owner{Code: "C", Name: "c"}, &Owner{Code: "d", Name: "d", do: fail}
				a.Pets.Add(&Pet{Name: "p"})
				s.Add(a, b, c)
				ok(t, s.Commit(ctx))
				p := must[[]*Pet](t)(a.Pets.All(ctx))[0]
				a.do, b.do, c.do = fail, fail, fail
				work := func() error {
					a.Code, b.Size = "A2", 7
					s.Delete(c)
					d.Pets.Add(&Pet{Name: "new"})
					s.Add(d)
					return nil
				}
				if in == "nested" {
					is(t, s.Nested(ctx, work), errHook)
				} else {
					ok(t, work())
					is(t, s.Commit(ctx), errHook)
					if err := s.Flush(ctx); !errors.Is(err, session.ErrFailed) {
						t.Fatal(err)
					}
					ok(t, s.Rollback(ctx))
				}
				equal(t, "a", a.Code, "A")
				equal(t, "b", b.Size, 0)
				equal(t, "versions", a.Version+b.Version+c.Version, 3)
				equal(t, "p", *p.OwnerCode, "A")
				equal(t, "c", s.Contains(c), true)
				equal(t, "d", s.Contains(d), false)
				equal(t, "dirty", len(s.Dirty())+len(s.New())+len(s.Deleted()), 0)
				a.do, b.do, c.do, d.do = nil, nil, nil, nil
				ok(t, work())
				ok(t, s.Commit(ctx))
				equal(t, "stored", one[string](t, eng, "SELECT string_agg(concat_ws(' ', code, size, version), ', ' ORDER BY code) FROM owner"), "A2 0 2, B 7 2, D 0 1")
				equal(t, "pets", one[string](t, eng, "SELECT string_agg(concat_ws(' ', name, owner_code), ', ' ORDER BY id) FROM pet"), "p A2, new D, new D")
				equal(t, "p", *p.OwnerCode, "A2")
			})
		}
	}
}

// Dated has a time that follows every change, and hooks.
type Dated struct {
	ID, Version int64
	Name        string
	Changed     time.Time

	do func(d *Dated)
}

type datedRows struct {
	model.Table[Dated]
	ID, Version expr.Int
	Name        expr.Text
	Changed     expr.Time
}

func (d *Dated) BeforeUpdate(context.Context) error {
	if d.do != nil {
		d.do(d)
	}
	return nil
}

// TestHooksTakeBack: an object of which a hook takes back what was changed is not written, though OnUpdate and the version were about to
// change it; what a hook sets itself is.
func TestHooksTakeBack(t *testing.T) {
	t.Parallel()
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	rows := model.Map("dated", func(t *datedRows) model.Spec {
		now := func() time.Time { at = at.Add(time.Hour); return at }
		return model.Spec{model.PrimaryKey(t.ID), model.Version(t.Version), model.Default(t.Changed, now), model.OnUpdate(t.Changed, now)}
	})
	eng, rec := open(t, model.MustSchema(rows))
	s := begin(t, eng)
	d, e := &Dated{Name: "d"}, &Dated{Name: "e"}
	s.Add(d, e)
	ok(t, s.Commit(ctx))
	changed := d.Changed
	rec.take()

	d.do = func(d *Dated) { d.Name = "d" }
	d.Name = "x"
	ok(t, s.Commit(ctx))
	sent(t, rec)
	equal(t, "version", d.Version, int64(1))
	equal(t, "changed", d.Changed.Equal(changed), true)

	e.Name = "f" // beside one that is written
	d.Name = "x"
	ok(t, s.Commit(ctx))
	equal(t, "versions", [2]int64{d.Version, e.Version}, [2]int64{1, 2})
	equal(t, "dirty", len(s.Dirty()), 0)

	own := changed.AddDate(1, 0, 0)
	d.do = func(d *Dated) { d.Name, d.Changed = "d", own }
	d.Name = "x"
	ok(t, s.Commit(ctx))
	equal(t, "version", d.Version, int64(2))
	equal(t, "changed", d.Changed.Equal(own), true)
	equal(t, "stored", one[string](t, eng, "SELECT string_agg(concat_ws(' ', name, version), ', ' ORDER BY id) FROM dated"), "d 2, f 2")
}

// TestHooksPanic: a panic in the middle of a flush fails the session as an error does; what was written by then would be written twice.
func TestHooksPanic(t *testing.T) {
	t.Parallel()
	eng, _ := open(t, petSchema)
	for _, when := range []string{"before insert", "before update", "after insert", "after update"} {
		_, err := eng.Pool().Exec(ctx, "TRUNCATE owner CASCADE; INSERT INTO owner (code, name, size, version) VALUES ('A', 'old', 0, 1)")
		ok(t, err)
		s := begin(t, eng)
		a, b, p := must[*Owner](t)(session.Get(ctx, s, Owners, "A")), &Owner{Code: "b", Name: "new"}, &Pet{Name: "p"}
		s.Add(b)
		s.Set(a, Owners.Size.ToExpr(Owners.Size.Plus(1)))
		a.do = func(_ *Owner, now string) error {
			if now == when {
				panic(now)
			}
			return nil
		}
		b.do = a.do
		func() {
			defer func() { equal(t, "panic", recover(), any(when)) }()
			_ = s.Commit(ctx)
		}()
		p.Owner.Set(b)
		s.Add(p)
		is(t, s.Commit(ctx), session.ErrFailed)
		equal(t, when, one[string](t, eng, "SELECT string_agg(code || size, ',') FROM owner"), "A0")
		ok(t, s.Rollback(ctx))
		a.do, b.do = nil, nil
		s.Add(p)
		s.Set(a, Owners.Size.ToExpr(Owners.Size.Plus(1)))
		ok(t, s.Commit(ctx))
		equal(t, when, one[string](t, eng, "SELECT string_agg(code || size || version, ',' ORDER BY code) FROM owner"), "A12,B01")
		ok(t, s.Close(ctx))
	}
}
