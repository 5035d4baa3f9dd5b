// Package tracktest has units of work for tests without a database: a flush's plan is printed, and taken as written.
package tracktest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// Unit is a unit of work. Its database has the rows of the objects that it knows, and no others.
type Unit struct {
	track.Objects
	Loaded []string // what was loaded, in order: "Box.Trays of Box(id=1)"
	Fail   error    // what loading returns; nil: it succeeds
	t      testing.TB
	last   int64 // generated key
}

// New returns a unit of work on the objects of a schema.
func New(t testing.TB, s track.Schema) *Unit {
	u := &Unit{t: t}
	u.Init(s, u)
	return u
}

// Stored returns a unit of work with objects that have rows, in a transaction that has just begun.
func Stored(t testing.TB, s track.Schema, objs ...any) *Unit {
	t.Helper()
	u := New(t, s)
	u.Put(objs...)
	u.Commit()
	return u
}

// Put adds objects.
func (u *Unit) Put(objs ...any) {
	u.t.Helper()
	for _, obj := range objs {
		u.check(u.Add(obj))
	}
}

// Drop marks objects for deletion.
func (u *Unit) Drop(objs ...any) {
	u.t.Helper()
	for _, obj := range objs {
		u.check(u.Delete(obj))
	}
}

func (u *Unit) check(err error) {
	u.t.Helper()
	if err != nil {
		u.t.Fatal(err)
	}
}

// Prepare prepares a flush and returns its plan.
func (u *Unit) Prepare() (plan.Plan, error) {
	if err := u.TakeMistake(); err != nil {
		return plan.Plan{}, err
	}
	var p plan.Preparation
	if err := p.Prepare(context.Background(), &u.Objects, u); err != nil {
		return plan.Plan{}, err
	}
	return p.Plan()
}

// Flush takes a flush as written and returns its plan, line by line.
func (u *Unit) Flush() []string {
	u.t.Helper()
	p, err := u.Prepare()
	u.check(err)
	var lines []string
	for i := range p.Steps {
		lines = append(lines, u.write(&p.Steps[i]))
	}
	p.Settle(&u.Objects)
	return lines
}

// Commit is Flush and the end of the transaction.
func (u *Unit) Commit() []string {
	u.t.Helper()
	lines := u.Flush()
	u.Committed()
	return lines
}

// write gives new rows their keys. The line tells of the objects as they were before.
func (u *Unit) write(st *plan.Step) string {
	u.t.Helper()
	line := strings.TrimSpace((&plan.Plan{Steps: []plan.Step{*st}}).String())
	if !st.FillIn() {
		u.t.Fatalf("%s: what it refers to has no key", line)
	}
	k := st.Store.Mapping.GeneratedKey()
	if k < 0 || st.Kind != plan.InsertStep {
		return line
	}
	f := &st.Store.Mapping.Fields[k]
	for _, e := range st.Entries {
		if f.IsZero(e.Object) {
			u.last++
			f.Set(e.Object, u.last)
			e.Stamped = true
		}
	}
	return line
}

// LoadLists fills lists from the rows.
func (u *Unit) LoadLists(_ context.Context, r *meta.Relation, owners []*track.Entry) error {
	u.Loaded = append(u.Loaded, fmt.Sprintf("%s of %s", r, track.DescribeAll(owners)))
	if u.Fail != nil {
		return u.Fail
	}
	local, remote := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote)
	for _, owner := range owners {
		var items []mem.Ptr
		for _, e := range u.Store(r.Target).Entries {
			if e.HasRow() && !remote.Null(e.Row()) && remote.Of(e.Row()) == local.Of(owner.Row()) {
				items = append(items, e.Object)
			}
		}
		relate.ListOf(r, owner.Object).Fill(items, u.Epoch())
	}
	return nil
}

// LastPlaces returns the greatest positions that the rows have.
func (u *Unit) LastPlaces(_ context.Context, r *meta.Relation, owners []*track.Entry) ([]*int64, error) {
	last := make([]*int64, len(owners))
	local, remote := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote)
	for i, owner := range owners {
		for _, e := range u.Store(r.Target).Entries {
			if e.HasRow() && !remote.Null(e.Row()) && remote.Of(e.Row()) == local.Of(owner.Row()) {
				n, _ := meta.Plain(e.Mapping.Field(r.Position).Value(e.Row())).(int64)
				if last[i] == nil || n > *last[i] {
					last[i] = &n
				}
			}
		}
	}
	return last, u.Fail
}

// LazyLoad loads a relationship of one object.
func (u *Unit) LazyLoad(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	if r.Many {
		return u.LoadLists(ctx, r, []*track.Entry{e})
	}
	ref := relate.RefOf(r, e.Object)
	ref.Object, ref.Loaded, ref.Epoch = nil, true, u.Epoch()
	if target := u.TargetOf(e, r, track.TargetKeys(r)); target != nil {
		ref.Object = target.Object
	}
	return nil
}

// States returns what the objects of some tables are, in the order of the tables: "Box(id=1) persistent".
func (u *Unit) States() []string {
	var lines []string
	for e := range u.All() {
		lines = append(lines, e.Describe()+" "+[...]string{"pending", "persistent", "doomed", "deleted", "leaving"}[e.State])
	}
	return lines
}

// Image returns all that is known of the objects and of the changes of relationships, to be compared with what is known later.
func (u *Unit) Image() []string {
	lines := u.States()
	i := 0
	for e := range u.All() {
		lines[i] += fmt.Sprintf(" %v dirty=%t defaulted=%t assigned=%d", values(e), e.HasRow() && e.Dirty(), e.State == track.Pending && e.Defaulted, len(e.Assigned()))
		if e.HasRow() {
			st := e.Store()
			lines[i] += fmt.Sprintf(" found=%t", st.Lookup(st.Key(e)) == e)
		}
		i++
	}
	for _, l := range u.Links {
		parent := "nothing"
		if l.Parent != nil {
			parent = l.Parent.Describe()
		}
		lines = append(lines, fmt.Sprintf("%s: %s to %s", l.Relation, l.Child.Describe(), parent))
	}
	for _, st := range u.Stores {
		if len(st.Entries) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d written", st.Mapping.Table, len(st.Written)))
		}
	}
	return lines
}

func values(e *track.Entry) []any {
	vs := make([]any, len(e.Mapping.Fields))
	for i := range e.Mapping.Fields {
		vs[i] = e.Mapping.Fields[i].Value(e.Object)
	}
	return vs
}

// Lines compares lines.
func Lines(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n  %s\nwant:\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// Equal compares values.
func Equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
