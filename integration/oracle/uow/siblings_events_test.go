package uow_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func (r *run) heardUser(h *heardTables, id int64) *HeardUser {
	return val(session.Get(ctx, r.s, h.Users, id))
}

func (r *run) countHeard(h *heardTables) int64 { return val(query.Select(h.Users).Count(ctx, r.s)) }

func (r *run) countUsers() int64 { return val(query.Select(r.Users).Count(ctx, r.s)) }

// in reports which of the objects are in the session.
func (r *run) in(objs ...any) []any { return each(objs, func(o any) any { return r.s.Contains(o) }) }

// while returns a hook that fails as long as boom says so.
func while(boom *bool) func(context.Context, *session.Session) error {
	return func(context.Context, *session.Session) error {
		if *boom {
			return errBoom
		}
		return nil
	}
}

// once returns a hook that adds dora the first time.
func once() func(context.Context, *session.Session) error {
	done := false
	return func(_ context.Context, s *session.Session) error {
		if !done {
			done = true
			s.Add(&User{Name: "dora", Age: ptr[int32](2)})
		}
		return nil
	}
}

var eventsSiblings = group{
	"events.before_insert_fills_column": same(func(r *run) {
		r.listen()
		u, v := &HeardUser{Name: "carl"}, &HeardUser{Name: "dora", Age: ptr[int32](2)}
		r.s.Add(u, v)
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if u := obj.(*HeardUser); what == "before_insert" && u.Age == nil {
				u.Age = ptr[int32](7)
			}
			return nil
		})))
		r.note("ages", []any{u.Age, v.Age})
	}).but(keepsValues),

	"events.before_insert_gives_key": same(func(r *run) {
		r.listen()
		a := &HeardAccount{AcctNo: 7000, AcctName: "x"}
		a.Customer.Set(&HeardCustomer{FirstName: "A", LastName: "B"})
		r.s.Add(a)
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if c, ok := obj.(*HeardCustomer); ok && what == "before_insert" {
				c.ID = 70
			}
			return nil
		})))
		r.note("cust_id", a.CustID)
	}).but(keepsValues),

	"events.before_update_takes_change_back": same(func(r *run) {
		h := r.listen()
		var seq []string
		u := r.heardUser(h, 1)
		u.Age = ptr[int32](31)
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			u := obj.(*HeardUser)
			seq = append(seq, what+" "+u.Name)
			u.Age = ptr[int32](30)
			return nil
		})))
		r.note("sequence", seq)
		r.note("age", u.Age)
	}).but(keepsValues),

	"events.before_update_sets_second_column": same(func(r *run) {
		h := r.listen()
		a, b := r.heardUser(h, 1), r.heardUser(h, 2)
		a.Age, b.Age = ptr[int32](1), ptr[int32](2)
		r.check(r.s.Flush(listening(func(_ string, obj any) error {
			if u := obj.(*HeardUser); u.Name == "ann" {
				u.Name = "ann2"
			}
			return nil
		})))
		r.note("names", []string{a.Name, b.Name})
		r.rollback()
		r.note("names", []string{a.Name, b.Name})
	}).but(restoresValues),

	"events.before_insert_fails": same(func(r *run) {
		h := r.listen()
		boom := true
		ctx := listening(func(what string, obj any) error {
			if obj.(*HeardUser).Name == "dora" && what == "before_insert" && boom {
				return errBoom
			}
			return nil
		})
		a := r.heardUser(h, 1)
		a.Age = ptr[int32](31)
		u, v := &HeardUser{Name: "carl", Age: ptr[int32](1)}, &HeardUser{Name: "dora", Age: ptr[int32](2)}
		r.s.Add(u, v)
		r.err("commit", r.s.Commit(ctx))
		n, err := query.Select(h.Users).Count(ctx, r.s)
		r.errOf("query", n, err)
		r.rollback()
		r.note("in", append(r.in(u, v), a.Age))
		boom = false
		r.s.Add(u, v)
		r.check(r.s.Commit(ctx))
		r.note("n", r.countHeard(h))
	}).but(restoresValues),

	"events.after_insert_fails": same(func(r *run) {
		h := r.listen()
		boom := true
		ctx := listening(func(what string, _ any) error {
			if what == "after_insert" && boom {
				return errBoom
			}
			return nil
		})
		u := &HeardUser{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.err("commit", r.s.Commit(ctx))
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
		r.note("n", r.countHeard(h))
		r.note("in", r.s.Contains(u))
		boom = false
		r.s.Add(&HeardUser{Name: "carl", Age: ptr[int32](1)})
		r.check(r.s.Commit(ctx))
		r.note("n", r.countHeard(h))
	}).but(rollbackWaits, refusesFlush),

	"events.before_delete_fails_cascade": same(func(r *run) {
		h := r.listen()
		boom := func(what string, obj any) error {
			if a, ok := obj.(*HeardAccount); ok && what == "before_delete" && a.AcctNo == 1004 {
				return errBoom
			}
			return nil
		}
		c := val(session.Get(ctx, r.s, h.Customers, 1))
		r.s.Delete(c)
		r.err("commit", r.s.Commit(listening(boom)))
		r.rollback()
		r.note("in", r.s.Contains(c))
		accounts := all(&c.Accounts)
		r.note("accounts", each(accounts, func(a *HeardAccount) int64 { return a.AcctNo }))
		r.s.Delete(accounts[0])
		r.check(r.s.Commit(listening(boom)))
		r.note("left", val(query.Select(h.Accounts).Count(ctx, r.s)))
	}).but(restoresValues),

	"events.before_delete_changes_object": same(func(r *run) {
		h := r.listen()
		u := r.heardUser(h, 1)
		r.s.Delete(u)
		r.check(r.s.Flush(listening(func(_ string, obj any) error {
			obj.(*HeardUser).Age = ptr[int32](99)
			return nil
		})))
		r.rollback()
		r.note("age", u.Age)
		r.note("dirty", slices.Contains(r.s.Dirty(), any(u)))
		r.commit()
	}).but(restoresValues),

	"events.cascade_delete_told": same(func(r *run) {
		h := r.listen()
		told := map[string][]string{}
		r.s.Delete(val(session.Get(ctx, r.s, h.Customers, 1)))
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			switch x := obj.(type) {
			case *HeardAccount:
				told[what] = append(told[what], fmt.Sprintf("account %d", x.AcctNo))
			case *HeardCustomer:
				told[what] = append(told[what], fmt.Sprintf("customer %d", x.ID))
			}
			return nil
		})))
		r.note("before", told["before_delete"])
		r.note("after", told["after_delete"])
	}).but(manyRows, toldBefore),

	"events.orphan_told": same(func(r *run) {
		h := r.listen()
		var told []string
		c := val(session.Get(ctx, r.s, h.Customers, 1))
		c.Accounts.Remove(all(&c.Accounts)[0])
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if what != "after_delete" {
				told = append(told, fmt.Sprint(what, " ", obj.(*HeardAccount).AcctNo))
			}
			return nil
		})))
		r.note("told", told)
	}),

	"events.parent_deleted_children_updated": same(func(r *run) {
		h := r.listen()
		var told []string
		r.s.Delete(val(session.Get(ctx, r.s, h.Customers, 1)))
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if a, ok := obj.(*HeardAccount); ok {
				told = append(told, fmt.Sprint(what, " ", a.AcctNo))
				a.AcctName = "free"
			}
			return nil
		})))
		r.note("told", told)
	}).but(manyRows),

	"events.before_flush_adds": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.New() {
				if c, ok := o.(*Customer); ok {
					a := &Account{AcctNo: 7000, AcctName: "first"}
					a.Customer.Set(c)
					s.Add(a)
				}
			}
			return nil
		}})
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.commit()
		r.note("accounts", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"events.before_flush_deletes": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.Dirty() {
				if *o.(*User).Age == 0 {
					s.Delete(o)
				}
			}
			return nil
		}})
		a, b := r.user(1), r.user(2)
		a.Age, b.Age = ptr[int32](0), ptr[int32](41)
		r.commit()
		r.note("in", r.in(a, b))
	}),

	"events.before_flush_changes_dirty": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.Dirty() {
				o.(*User).Name += "!"
			}
			return nil
		}})
		a, b := r.user(1), r.user(2)
		a.Age = ptr[int32](31)
		r.flush()
		a.Age = ptr[int32](32)
		r.commit()
		r.note("names", []string{a.Name, b.Name})
	}).but(keepsValues),

	"events.before_flush_keeps_deleted": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.Deleted() {
				s.Add(o)
				o.(*User).Age = ptr[int32](0)
			}
			return nil
		}})
		a := r.user(1)
		r.s.Delete(a)
		r.commit()
		r.note("in", r.s.Contains(a))
		r.note("age", a.Age)
	}).but(keepsValues),

	"events.before_flush_fails": same(func(r *run) {
		boom := true
		r.hooks(session.Hooks{BeforeFlush: while(&boom)})
		a := r.user(1)
		a.Age = ptr[int32](31)
		u := &User{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.err("commit", r.s.Commit(ctx))
		r.note("in", append(r.in(a, u), a.Age))
		boom = false
		r.commit()
		r.note("n", r.countUsers())
	}),

	"events.before_flush_fails_autoflush": same(func(r *run) {
		boom := true
		r.hooks(session.Hooks{BeforeFlush: while(&boom)})
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		n, err := query.Select(r.Users).Count(ctx, r.s)
		r.errOf("query", n, err)
		boom = false
		r.note("n", r.countUsers())
		r.commit()
	}),

	"events.before_flush_queries": same(func(r *run) {
		var seen []int64
		r.hooks(session.Hooks{BeforeFlush: func(ctx context.Context, s *session.Session) error {
			seen = append(seen, val(query.Select(r.Users).NoFlush().Count(ctx, s)))
			return nil
		}})
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.commit()
		r.note("seen", seen)
	}).but(noFlushPerQuery),

	"events.after_flush_fails": same(func(r *run) {
		boom := true
		r.hooks(session.Hooks{AfterFlush: while(&boom)})
		a := r.user(1)
		a.Age = ptr[int32](31)
		u := &User{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.err("commit", r.s.Commit(ctx))
		r.err("again", r.s.Commit(ctx))
		r.rollback()
		r.note("in", append(r.in(a, u), a.Age))
		boom = false
		a.Age = ptr[int32](32)
		r.commit()
		r.note("n", r.countUsers())
	}).but(restoresValues, rollbackWaits),

	"events.after_flush_adds": same(func(r *run) {
		r.hooks(session.Hooks{AfterFlush: once()})
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.commit()
		r.note("names", val(query.Select(r.Users.Name).OrderBy(r.Users.Name).All(ctx, r.s)))
	}),

	"events.after_flush_adds_flush": same(func(r *run) {
		r.hooks(session.Hooks{AfterFlush: once()})
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.flush()
		r.note("new", len(r.s.New()))
		r.rollback()
		r.note("names", val(query.Select(r.Users.Name).OrderBy(r.Users.Name).All(ctx, r.s)))
	}),

	"events.after_flush_changes": same(func(r *run) {
		var a *User
		r.hooks(session.Hooks{AfterFlush: func(context.Context, *session.Session) error {
			if *a.Age < 33 {
				a.Age = ptr(*a.Age + 1)
			}
			return nil
		}})
		a = r.user(1)
		a.Age = ptr[int32](31)
		r.commit()
		r.note("age", a.Age)
	}).but(keepsValues),

	"events.before_commit_adds": same(func(r *run) {
		r.hooks(session.Hooks{BeforeCommit: once()})
		r.user(1).Age = ptr[int32](31)
		r.commit()
		r.note("n", r.countUsers())
	}),

	"events.before_commit_alone": same(func(r *run) {
		r.hooks(session.Hooks{BeforeCommit: once()})
		r.commit()
		r.note("n", r.countUsers())
	}),

	"events.before_commit_fails": same(func(r *run) {
		boom := true
		r.hooks(session.Hooks{BeforeCommit: while(&boom)})
		a := r.user(1)
		a.Age = ptr[int32](31)
		r.flush()
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.err("commit", r.s.Commit(ctx))
		r.note("n", r.countUsers())
		boom = false
		r.commit()
		r.note("age", a.Age)
	}).but(keepsValues),

	"events.after_commit_adds": same(func(r *run) {
		add := once()
		r.hooks(session.Hooks{AfterCommit: func(ctx context.Context, s *session.Session) { _ = add(ctx, s) }})
		r.user(1).Age = ptr[int32](31)
		r.commit()
		r.note("new", len(r.s.New()))
		r.commit()
		r.note("n", r.countUsers())
	}),

	"events.hook_called_again_on_retry": same(func(r *run) {
		r.listen()
		var told []string
		ctx := listening(func(what string, obj any) error {
			if u := obj.(*HeardUser); what == "before_insert" {
				told = append(told, u.Name)
				u.Name += "!"
			}
			return nil
		})
		u := &HeardUser{Name: "carl", Age: ptr[int32](-1)}
		r.s.Add(u)
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		r.note("name", u.Name)
		u.Age = ptr[int32](1)
		r.s.Add(u)
		r.check(r.s.Commit(ctx))
		r.note("told", told)
		r.note("name", u.Name)
	}).but(rollbackWaits, keepsValues),

	"events.row_taken_over_told": same(func(r *run) {
		h := r.listen()
		var told []string
		r.s.Delete(r.heardUser(h, 1))
		r.s.Add(&HeardUser{ID: 1, Name: "anna", Age: ptr[int32](1)})
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if what != "after_insert" {
				told = append(told, what+" "+obj.(*HeardUser).Name)
			}
			return nil
		})))
		r.note("told", told)
	}).but(toldOfBoth),

	"events.version_changed_in_hook": same(func(r *run) {
		h := r.listen()
		ctx := listening(func(_ string, obj any) error {
			d := obj.(*HeardDoc)
			d.Title = ptr(*d.Title + "!")
			return nil
		})
		d := val(session.Get(ctx, r.s, h.Docs, 1))
		d.Title = ptr("a")
		r.check(r.s.Flush(ctx))
		d.Title = ptr("b")
		r.check(r.s.Commit(ctx))
		r.note("doc", []any{d.Title, d.Version})
	}).but(keepsValues),

	"events.savepoint_told": same(func(r *run) {
		var told []string
		tell := func(what string) func(context.Context, *session.Session) error {
			return func(context.Context, *session.Session) error { told = append(told, what); return nil }
		}
		r.hooks(session.Hooks{BeforeFlush: tell("before_flush"), AfterFlush: tell("after_flush")})
		u := r.user(1)
		u.Age = ptr[int32](31)
		n := r.savepoint()
		r.note("told", told)
		u.Age = ptr[int32](32)
		r.check(n.Rollback(ctx))
		r.note("told", told)
		r.commit()
		r.note("told", told)
	}).but(asksBefore),

	"events.before_flush_moves_child": same(func(r *run) {
		var c *Customer
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.Dirty() {
				if a, ok := o.(*Account); ok && a.AcctName == "moves" {
					a.Customer.Set(c)
				}
			}
			return nil
		}})
		c = r.customer(2)
		a := r.account(1001)
		a.AcctName = "moves"
		r.commit()
		r.note("cust_id", a.CustID)
	}).but(keepsValues),

	"events.before_flush_removes_orphan": same(func(r *run) {
		var c *Customer
		r.hooks(session.Hooks{BeforeFlush: func(ctx context.Context, _ *session.Session) error {
			if c == nil {
				return nil
			}
			for _, a := range val(c.Accounts.All(ctx)) {
				if a.AcctName == "gone" {
					c.Accounts.Remove(a)
				}
			}
			return nil
		}})
		c = r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		all(&c.Accounts)[0].AcctName = "gone"
		r.commit()
		r.note("accounts", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"events.before_flush_links": same(func(r *run) {
		var c *Course
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.New() {
				o.(*Student).Courses.Add(c)
			}
			return nil
		}})
		c = r.course(3)
		x := &Student{Name: ptr("Cleo")}
		r.s.Add(x)
		r.commit()
		r.note("courses", courseIDs(all(&x.Courses)))
	}).but(keepsValues),

	"events.before_insert_sees_no_default": same(func(r *run) {
		r.listen()
		var seen []bool
		a := &HeardAccount{AcctNo: 7000, AcctName: "x"}
		r.s.Add(a)
		r.check(r.s.Commit(listening(func(_ string, obj any) error {
			a := obj.(*HeardAccount)
			seen = append(seen, a.AcctOpenDt == nil)
			a.AcctUpdateDt = ptr(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
			return nil
		})))
		r.note("seen", seen)
		r.note("open", a.AcctOpenDt)
		r.note("update", a.AcctUpdateDt)
	}).but(keepsValues, defaultsFirst),

	"events.before_update_wins_over_onupdate": same(func(r *run) {
		h := r.listen()
		a := val(session.Get(ctx, r.s, h.Accounts, 1001))
		a.AcctName = "x"
		r.check(r.s.Commit(listening(func(_ string, obj any) error {
			obj.(*HeardAccount).AcctUpdateDt = ptr(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
			return nil
		})))
		r.note("update", a.AcctUpdateDt)
	}).but(keepsValues),

	"events.change_taken_back_with_onupdate": same(func(r *run) {
		h := r.listen()
		a := val(session.Get(ctx, r.s, h.Accounts, 1001))
		a.AcctName = "x"
		r.check(r.s.Commit(listening(func(_ string, obj any) error {
			obj.(*HeardAccount).AcctName = "Alice Trade Account"
			return nil
		})))
		r.note("account", []any{a.AcctName, a.AcctUpdateDt})
	}).but(keepsValues),

	"events.change_taken_back_with_version": same(func(r *run) {
		h := r.listen()
		ctx := listening(func(_ string, obj any) error { obj.(*HeardDoc).Title = ptr("one"); return nil })
		d := val(session.Get(ctx, r.s, h.Docs, 1))
		d.Title = ptr("x")
		r.check(r.s.Commit(ctx))
		r.note("doc", []any{d.Title, d.Version})
		d.Title = ptr("y")
		r.check(r.s.Flush(ctx))
		r.note("doc", []any{d.Title, d.Version})
	}).but(keepsValues),

	"events.bulk_tells_nothing": same(func(r *run) {
		h := r.listen()
		told := []string{}
		ctx := listening(func(what string, obj any) error { told = append(told, what+" "+obj.(*HeardUser).Name); return nil })
		r.heardUser(h, 1)
		val(query.Update(h.Users).Set(h.Users.Age.To(5)).Filter(h.Users.ID.Eq(1)).Exec(ctx, r.s))
		val(query.Delete(h.Users).Filter(h.Users.ID.Eq(2)).Exec(ctx, r.s))
		r.check(r.s.Commit(ctx))
		r.note("told", told)
	}),

	"events.merge_tells": same(func(r *run) {
		r.listen()
		var told []string
		ctx := listening(func(what string, obj any) error {
			if what != "after_insert" {
				told = append(told, what+" "+obj.(*HeardUser).Name)
			}
			return nil
		})
		val(session.Merge(ctx, r.s, &HeardUser{ID: 1, Name: "anna", Age: ptr[int32](1)}))
		val(session.Merge(ctx, r.s, &HeardUser{ID: 7, Name: "carl", Age: ptr[int32](1)}))
		r.check(r.s.Commit(ctx))
		r.note("told", told)
	}),

	"events.hook_fails_in_savepoint": same(func(r *run) {
		h := r.listen()
		ctx := listening(func(_ string, obj any) error {
			if *obj.(*HeardUser).Age == 99 {
				return errBoom
			}
			return nil
		})
		a, b := r.heardUser(h, 1), r.heardUser(h, 2)
		a.Age = ptr[int32](31)
		n := val(r.s.Savepoint(ctx))
		b.Age = ptr[int32](99)
		r.err("flush", r.s.Flush(ctx))
		r.check(n.Rollback(ctx))
		r.note("ages", []any{a.Age, b.Age})
		b.Age = ptr[int32](41)
		r.check(r.s.Commit(ctx))
		r.note("ages", []any{a.Age, b.Age})
	}).but(restoresValues, onlyReadsWithin),

	"events.pending_deleted_tells_nothing": same(func(r *run) {
		r.listen()
		var told []string
		u := &HeardUser{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.s.Expunge(u)
		r.s.Add(&HeardUser{Name: "dora", Age: ptr[int32](1)})
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if what != "after_insert" {
				told = append(told, what+" "+obj.(*HeardUser).Name)
			}
			return nil
		})))
		r.note("told", told)
	}),

	"events.after_rollback_adds": same(func(r *run) {
		add := once()
		r.hooks(session.Hooks{AfterRollback: func(ctx context.Context, s *session.Session) { _ = add(ctx, s) }})
		r.user(1)
		r.rollback()
		r.note("new", len(r.s.New()))
		r.commit()
		r.note("n", r.countUsers())
	}),

	"events.before_flush_expunges": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.New() {
				if o.(*User).Name == "carl" {
					s.Expunge(o)
				}
			}
			return nil
		}})
		u, v := &User{Name: "carl", Age: ptr[int32](1)}, &User{Name: "dora", Age: ptr[int32](2)}
		r.s.Add(u, v)
		r.commit()
		r.note("in", r.in(u, v))
	}),

	"events.before_flush_expires": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(_ context.Context, s *session.Session) error {
			for _, o := range s.Dirty() {
				if *o.(*User).Age == 99 {
					s.Expire(o)
				}
			}
			return nil
		}})
		a, b := r.user(1), r.user(2)
		a.Age, b.Age = ptr[int32](99), ptr[int32](41)
		r.commit()
		r.note("ages", ages(a, b))
	}).but(keepsValues),

	"events.before_flush_queries_and_adds": same(func(r *run) {
		r.hooks(session.Hooks{BeforeFlush: func(ctx context.Context, s *session.Session) error {
			for _, o := range s.New() {
				name := o.(*User).Name
				_, err := query.Select(r.Users).Filter(r.Users.Name.Eq(name+"2")).NoFlush().First(ctx, s)
				if errors.Is(err, query.ErrNoRows) && name == "carl" {
					s.Add(&User{Name: "carl2", Age: ptr[int32](2)})
				}
			}
			return nil
		}})
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.commit()
		r.note("n", r.countUsers())
	}).but(noFlushPerQuery),

	"events.cascade_orphan_and_parent_told": same(func(r *run) {
		h := r.listen()
		var told []string
		c := val(session.Get(ctx, r.s, h.Customers, 1))
		r.note("n", len(all(&c.Accounts)))
		c.Accounts.Remove(all(&c.Accounts)[0])
		r.s.Delete(c)
		r.check(r.s.Commit(listening(func(what string, obj any) error {
			if a, ok := obj.(*HeardAccount); ok && what == "before_delete" {
				told = append(told, fmt.Sprint(what, " ", a.AcctNo))
			}
			return nil
		})))
		slices.Sort(told)
		r.note("told", told)
	}).but(manyRows),
}
