package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// flushFails notes the error of a flush under a label.
func (r *run) flushFails(label string) { r.err(label, r.s.Flush(ctx)) }

func (r *run) countAccounts() int64 { return val(query.Select(r.Accounts).Count(ctx, r.s)) }

func ages(us ...*User) []any { return each(us, func(u *User) any { return u.Age }) }

var errorsSiblings = group{
	"errors.fk_mid_flush_states": same(func(r *run) {
		c, a := &Customer{FirstName: "A", LastName: "B"}, &Account{AcctNo: 7000, AcctName: "x", CustID: ptr[int64](99)}
		b := r.customer(1)
		b.Email = ptr("new")
		r.s.Add(c, a)
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		r.note("in", r.in(c, a, b))
		r.note("email", b.Email)
		a.CustID = ptr[int64](1)
		r.s.Add(a)
		r.commit()
		r.note("n", r.countAccounts())
	}).but(rollbackWaits, restoresValues, keepsDefaults),

	"errors.second_update_fails": same(func(r *run) {
		a, b := r.user(1), r.user(2)
		a.Age, b.Age = ptr[int32](1), ptr[int32](-1)
		r.flushFails("flush")
		r.rollback()
		r.note("ages", ages(a, b))
		a.Age = ptr[int32](2)
		r.commit()
		r.note("ages", ages(a, b))
	}).but(rollbackWaits, restoresValues, manyRows),

	"errors.mended_without_rollback": same(func(r *run) {
		b := r.user(2)
		b.Age = ptr[int32](-1)
		r.err("commit", r.s.Commit(ctx))
		b.Age = ptr[int32](1)
		r.err("again", r.s.Commit(ctx))
		r.rollback()
		r.note("age", b.Age)
		b.Age = ptr[int32](1)
		r.commit()
	}).but(restoresValues),

	"errors.added_after_failure": same(func(r *run) {
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		r.err("commit", r.s.Commit(ctx))
		u := &User{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.note("in", r.s.Contains(u))
		r.rollback()
		r.note("in", r.s.Contains(u))
		r.commit()
		r.note("n", r.countUsers())
	}),

	"errors.deleted_after_failure": same(func(r *run) {
		a := r.user(1)
		r.s.Add(&User{Name: "bob", Age: ptr[int32](1)})
		r.flushFails("flush")
		r.s.Delete(a)
		r.rollback()
		r.note("in", r.s.Contains(a))
		r.note("deleted", len(r.s.Deleted()))
		r.commit()
		r.note("n", r.countUsers())
	}).but(rollbackWaits),

	"errors.get_after_failure": same(func(r *run) {
		a := r.user(1)
		r.s.Add(&User{Name: "bob", Age: ptr[int32](1)})
		r.flushFails("flush")
		b, err := session.Get(ctx, r.s, r.Users, 2)
		r.errOf("get other", b, err)
		r.err("refresh", r.s.Refresh(ctx, a))
		r.rollback()
		r.note("name", r.user(2).Name)
	}).but(rollbackWaits),

	"errors.detached_reference": same(func(r *run) {
		a := r.account(1001)
		r.s.Expunge(a)
		c, err := a.Customer.Get(ctx)
		r.errOf("customer", c, err)
	}),

	"errors.detached_list_loaded": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		a := all(&c.Accounts)[0]
		r.s.Expunge(c, a)
		r.note("n", len(all(&c.Accounts)))
		owner, err := a.Customer.Get(ctx)
		r.errOf("customer", owner == c, err)
	}).but(knowsBothSides),

	"errors.detached_after_close_null": same(func(r *run) {
		a := &Account{AcctNo: 7000, AcctName: "x"}
		r.s.Add(a)
		r.commit()
		r.note("no", a.AcctNo)
		r.check(r.s.Close(ctx))
		c, err := a.Customer.Get(ctx)
		r.errOf("customer", c, err)
	}).but(keepsValues),

	"errors.stale_and_new": byDesign(
		"the statements of a flush travel together, so those behind an UPDATE that finds no row have been run when that is noticed, and are undone with it",
		func(r *run) {
			d := r.doc(1)
			r.otherSQL("update doc set version = 7 where id = 1")
			d.Title = ptr("mine")
			n := &Doc{Title: ptr("new")}
			r.s.Add(n)
			r.wantErr("flush", r.s.Flush(ctx), session.ErrStale)
			r.rollback()
			r.want("in", r.in(d, n), []bool{true, false})
			r.want("d", []any{r.doc(1).Title, r.doc(1).Version}, []any{"one", 7})
			r.s.Add(n)
			r.commit()
			r.want("n", []any{n.Title, n.Version}, []any{"new", 1})
			r.sent("SELECT doc", "BEGIN", "UPDATE doc", "INSERT doc", "ROLLBACK", "SELECT doc", "BEGIN", "INSERT doc", "COMMIT")
			r.wantRows("doc", "title, version", `{"title":"new","version":1}`, `{"title":"one","version":7}`, `{"title":"two","version":4}`)
		}),

	"errors.update_of_gone_row": same(func(r *run) {
		a := r.user(1)
		r.otherSQL("delete from users where id = 1")
		a.Age = ptr[int32](31)
		r.flushFails("flush")
		r.rollback()
		r.errOf("get", orNone(session.Get(ctx, r.s, r.Users, 1)), nil)
		r.note("in", r.s.Contains(a))
	}).but(rollbackWaits, restoresValues),

	"errors.delete_of_gone_row": same(func(r *run) {
		a, b := r.user(1), r.user(2)
		r.otherSQL("delete from users where id = 1")
		r.s.Delete(a)
		b.Age = ptr[int32](41)
		r.commit()
		r.note("in", r.in(a, b))
	}),

	"errors.attach_second_object": same(func(r *run) {
		a := r.user(1)
		r.s.Expunge(a)
		b := r.user(1)
		r.err("add", r.later(func() { r.s.Attach(a) }))
		r.note("in", r.in(a, b))
		b.Age = ptr[int32](31)
		r.commit()
	}).but(mistakeLater),

	"errors.new_with_key_of_unloaded_row": same(func(r *run) {
		u := &User{ID: 1, Name: "other", Age: ptr[int32](1)}
		r.s.Add(u)
		r.flushFails("flush")
		r.rollback()
		r.note("name", r.user(1).Name)
		r.note("in", r.s.Contains(u))
	}).but(rollbackWaits),

	"errors.bulk_update_unique": same(func(r *run) {
		a := r.user(1)
		n, err := query.Update(r.Users).Set(r.Users.Name.To("bob")).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s)
		r.errOf("update", n, err)
		r.note("name in memory", a.Name)
		r.rollback()
		r.note("name", a.Name)
		a.Age = ptr[int32](31)
		r.commit()
	}).but(restoresValues),

	"errors.bulk_insert_fails_half": same(func(r *run) {
		u, v := &User{Name: "carl", Age: ptr[int32](1)}, &User{Name: "ann", Age: ptr[int32](2)}
		r.err("bulk", session.BulkInsert(ctx, r.s, r.Users, u, v))
		r.rollback()
		r.note("in", r.in(u, v))
		r.note("n", r.countUsers())
	}).but(rollbackWaits),

	"errors.autoflush_of_lazy_list": same(func(r *run) {
		c := r.customer(1)
		r.s.Add(&Account{AcctNo: 1001, AcctName: "twice", CustID: ptr[int64](2)})
		as, err := c.Accounts.All(ctx)
		r.errOf("accounts", len(as), err)
		n, err := query.Select(r.Accounts).Count(ctx, r.s)
		r.errOf("query", n, err)
		r.rollback()
		r.note("n", len(all(&c.Accounts)))
	}).but(rollbackWaits, restoresValues),

	"errors.delete_refused_by_database": same(func(r *run) {
		c := r.customer(1)
		r.s.Delete(c)
		r.flushFails("flush")
		r.rollback()
		r.note("in", r.s.Contains(c))
		c.Email = ptr("still")
		r.commit()
		r.note("email", c.Email)
	}).but(rollbackWaits, keepsValues, restoresValues),

	"errors.savepoint_loses_only_its_own": same(func(r *run) {
		a, b := r.user(1), r.user(2)
		a.Age = ptr[int32](31)
		n := r.savepoint()
		b.Age = ptr[int32](41)
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		r.flushFails("flush")
		r.check(n.Rollback(ctx))
		r.note("ages", ages(a, b))
		r.commit()
		r.note("ages", ages(a, b))
	}).but(rollbackWaits, restoresValues),

	"errors.savepoint_failed_then_outer_used": same(func(r *run) {
		n := r.savepoint()
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		r.flushFails("flush")
		users, err := query.Select(r.Users).Count(ctx, r.s)
		r.errOf("query", users, err)
		r.check(n.Rollback(ctx))
		r.s.Add(&User{Name: "carl", Age: ptr[int32](1)})
		r.commit()
		r.note("n", r.countUsers())
	}).but(rollbackWaits),

	"errors.own_parent": byDesign(
		"a row that is there and is to refer to itself is an UPDATE; SQLAlchemy refuses the circle that it sees",
		func(r *run) {
			n := r.node(4)
			n.Parent.Set(n)
			r.commit()
			r.want("parent", n.ParentID, 4)
			r.sent("SELECT node", "BEGIN", "UPDATE node", "COMMIT")
			r.wantRows("node WHERE id = 4", "parent_id", `{"parent_id":4}`)
		}),

	"errors.cycle_of_both": byDesign(
		"rows that refer to each other are deleted together where PostUpdate says so; else the database refuses, where SQLAlchemy does itself",
		func(r *run) {
			p := &Person{Name: ptr("p")}
			r.s.Add(p)
			r.flush()
			b := &Ball{Colour: ptr("red")}
			b.Owner.Set(p)
			r.s.Add(b)
			r.flush()
			p.Fav.Set(b)
			r.commit()
			r.want("fav", *p.FavID == b.ID, true)
			r.s.Delete(p, b)
			r.want("flush", database(r.s.Flush(ctx)).Code, "23503")
			r.rollback()
			r.want("in", r.in(p, b), []bool{true, true})
			r.wantRows("person", "fav_id", `{"fav_id":1}`)
			r.wantRows("ball", "owner_id", `{"owner_id":1}`)
		}),

	"errors.refresh_of_deleted": same(func(r *run) {
		a := r.user(1)
		r.s.Delete(a)
		r.flush()
		r.err("refresh", r.s.Refresh(ctx, a))
		r.rollback()
		r.check(r.s.Refresh(ctx, a))
		r.note("name", a.Name)
	}),

	"errors.expire_of_deleted_change_kept": same(func(r *run) {
		a := r.user(1)
		r.s.Delete(a)
		r.flush()
		a.Age = ptr[int32](99)
		r.commit()
		r.note("in", r.s.Contains(a))
		r.note("n", r.countUsers())
	}),

	"errors.composite_key_taken": same(func(r *run) {
		o := r.order(1)
		o.Lines.Add(&Line{LineNo: 2, Qty: ptr[int32](5)})
		r.flushFails("flush")
		r.rollback()
		r.note("lines", numbersAndQty(o))
		o.Lines.Add(&Line{LineNo: 3, Qty: ptr[int32](5)})
		r.commit()
		r.note("lines", numbersAndQty(o))
	}).but(rollbackWaits, keepsValues, addDoesNotLoad, restoresValues),

	"errors.link_twice": same(func(r *run) {
		s := r.student(2)
		r.note("courses", courseIDs(all(&s.Courses)))
		r.otherSQL("insert into enrolment values (2, 3)")
		s.Courses.Add(r.course(3))
		r.flushFails("flush")
		r.rollback()
		r.note("courses", courseIDs(all(&s.Courses)))
	}).but(rollbackWaits, restoresValues),

	"errors.deep_new_fails": byDesign(
		"objects that were inserted are new again, without the keys that were generated: added again they get new ones",
		func(r *run) {
			x, s, t := &Region{Name: ptr("south")}, &Shop{Name: ptr("s")}, &Till{Name: ptr("ttttttttttttttttttttt")}
			x.Shops.Add(s)
			s.Tills.Add(t)
			r.s.Add(x)
			err := r.s.Flush(ctx)
			r.want("error", database(err).Code, "22001")
			r.rollback()
			r.want("in", r.in(x, s, t), []bool{false, false, false})
			r.want("keys", []any{x.ID, s.ID}, []any{0, 0})
			t.Name = ptr("t")
			r.s.Add(x)
			r.commit()
			r.sent("BEGIN", "INSERT region", "INSERT shop", "INSERT till FAILED", "ROLLBACK", "BEGIN", "INSERT region", "INSERT shop", "INSERT till", "COMMIT")
			r.wantRows("region WHERE id > 1", "id, name", `{"id":3,"name":"south"}`)
			r.wantRows("shop WHERE id > 2", "id, region_id", `{"id":4,"region_id":3}`)
			r.wantRows("till WHERE id > 3", "name, shop_id", `{"name":"t","shop_id":4}`)
		}),
}
