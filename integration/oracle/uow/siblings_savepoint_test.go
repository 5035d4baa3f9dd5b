package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var savepointSiblings = group{
	"savepoint.new_object_rolled_back_readd": byDesign(
		"an object that was inserted is new again, without the key that was generated: added again it gets a new one",
		func(r *run) {
			n := r.savepoint()
			c := &Customer{FirstName: "A", LastName: "B"}
			r.s.Add(c)
			r.flush()
			r.check(n.Rollback(ctx))
			r.want("id after rollback", c.ID, 0)
			r.s.Add(c)
			r.commit()
			r.sent("BEGIN", "SAVEPOINT", "INSERT customer", "ROLLBACK TO SAVEPOINT", "INSERT customer", "COMMIT")
			r.wantRows("customer WHERE id > 3", "id, first_name", `{"id":5,"first_name":"A"}`)
		}),

	"savepoint.deleted_inside_rolled_back": same(func(r *run) {
		u := r.user(1)
		n := r.savepoint()
		r.s.Delete(u)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("in", r.s.Contains(u))
		u.Age = ptr[int32](31)
		r.commit()
	}),

	"savepoint.changed_outside_and_inside": same(func(r *run) {
		u := r.user(1)
		u.Age = ptr[int32](31)
		n := r.savepoint()
		u.Age = ptr[int32](32)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("age", u.Age)
		r.commit()
	}).but(restoresValues),

	"savepoint.unflushed_inside_rolled_back": byDesign(
		"Rollback of a savepoint gives objects the values that they had; nothing is read for it",
		func(r *run) {
			u := r.user(1)
			u.Age = ptr[int32](31)
			n := r.savepoint()
			u.Name = "x"
			r.check(n.Rollback(ctx))
			r.want("values", []any{u.Name, u.Age}, []any{"ann", 31})
			r.commit()
			r.sent("SELECT users", "BEGIN", "UPDATE users", "COMMIT")
			r.wantRows("users WHERE id = 1", "name, age", `{"name":"ann","age":31}`)
		}),

	"savepoint.collection_inside_rolled_back": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		n := r.savepoint()
		c.Accounts.Add(&Account{AcctNo: 6000, AcctName: "x"})
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.commit()
	}).but(restoresValues),

	"savepoint.remove_inside_rolled_back": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		n := r.savepoint()
		c.Accounts.Remove(a)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.note("cust", a.CustID)
		r.commit()
	}).but(restoresValues),

	"savepoint.release_then_rollback_all": same(func(r *run) {
		n := r.savepoint()
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.check(n.Release(ctx))
		r.rollback()
		r.note("state", r.state(c))
		r.note("n", val(query.Select(r.C).Count(ctx, r.s)))
	}).but(statesInOrOut),

	"savepoint.two_levels_inner_released_outer_rolled": same(func(r *run) {
		u := r.user(1)
		o := r.savepoint()
		u.Age = ptr[int32](31)
		i := r.savepoint()
		u.Age = ptr[int32](32)
		r.check(i.Release(ctx))
		r.check(o.Rollback(ctx))
		r.note("age", u.Age)
		r.commit()
	}).but(restoresValues),

	"savepoint.pk_change_rolled_back": same(func(r *run) {
		u := r.user(1)
		n := r.savepoint()
		u.ID = 77
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("id", u.ID)
		x := r.user(1)
		r.note("same", x == u)
		r.commit()
	}).but(restoresValues),

	"savepoint.query_in_savepoint_kept": same(func(r *run) {
		n := r.savepoint()
		u := r.user(1)
		r.check(n.Rollback(ctx))
		u.Age = ptr[int32](5)
		r.commit()
	}).but(onlyReadsWithin),

	"savepoint.bulk_update_rolled_back": same(func(r *run) {
		u := r.user(1)
		n := r.savepoint()
		val(query.Update(r.Users).Set(r.Users.Age.To(99)).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s))
		r.check(n.Rollback(ctx))
		r.note("age", u.Age)
		r.commit()
	}).but(restoresValues),

	"savepoint.m2m_rolled_back": same(func(r *run) {
		s := r.student(2)
		all(&s.Courses)
		c := r.course(3)
		n := r.savepoint()
		s.Courses.Add(c)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("courses", courseIDs(all(&s.Courses)))
		s.Courses.Add(c)
		r.commit()
	}).but(restoresValues),

	"savepoint.merge_of_version_rolled_back": same(func(r *run) {
		n := r.savepoint()
		m := val(session.Merge(ctx, r.s, &Doc{ID: 1, Title: ptr("m"), Version: 1}))
		r.flush()
		r.note("inside", []any{m.Title, m.Version})
		r.check(n.Rollback(ctx))
		r.note("after", []any{m.Title, m.Version})
		m.Title = ptr("n")
		r.commit()
		r.note("end", []any{m.Title, m.Version})
	}).but(restoresValues, savepointTravels),

	"savepoint.row_taken_over_rolled_back": same(func(r *run) {
		a := r.user(1)
		n := r.savepoint()
		r.s.Delete(a)
		u := &User{ID: 1, Name: "anna", Age: ptr[int32](1)}
		r.s.Add(u)
		r.flush()
		r.note("in", r.in(a, u))
		r.check(n.Rollback(ctx))
		r.note("in", r.in(a, u))
		a.Age = ptr[int32](31)
		r.commit()
		r.note("name", r.user(1).Name)
	}),

	"savepoint.cascade_delete_rolled_back": same(func(r *run) {
		c := r.customer(1)
		n := r.savepoint()
		r.s.Delete(c)
		r.flush()
		r.check(n.Rollback(ctx))
		as := all(&c.Accounts)
		r.note("accounts", accountNumbers(as))
		r.s.Delete(as[1])
		r.commit()
		r.note("accounts", accountNumbers(all(&c.Accounts)))
	}).but(restoresValues, manyRows, savepointTravels, distrustsReads),

	"savepoint.link_removed_inside": same(func(r *run) {
		s, c := r.student(1), r.course(3)
		s.Courses.Add(c)
		n := r.savepoint()
		s.Courses.Remove(c)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("courses", courseIDs(all(&s.Courses)))
		r.commit()
		r.note("courses", courseIDs(all(&s.Courses)))
	}).but(restoresValues, addDoesNotLoad),

	"savepoint.default_retried": same(func(r *run) {
		n := r.savepoint()
		i := &Item{Name: ptr("xxxxxxxxxxxxxxxxxxxxx")}
		r.s.Add(i)
		r.flushFails("flush")
		r.check(n.Rollback(ctx))
		r.note("code", i.Code)
		i.Name = ptr("x")
		r.addItem(i)
		r.note("item", []any{i.Name, i.Qty, i.Code, i.Status, i.Rev})
	}).but(rollbackWaits, keepsValues, keepsDefaults),

	"savepoint.onupdate_retried": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		n := r.savepoint()
		i.Name = ptr("xxxxxxxxxxxxxxxxxxxxx")
		r.flushFails("flush")
		r.check(n.Rollback(ctx))
		i.Name = ptr("b")
		r.commit()
		r.note("item", []any{i.Name, i.Touched, i.Rev})
	}).but(rollbackWaits, keepsValues),

	"savepoint.bulk_update_then_flush": same(func(r *run) {
		a := r.user(1)
		n := r.savepoint()
		val(query.Update(r.Users).Set(r.Users.Age.To(50)).Filter(r.Users.ID.Eq(1)).Exec(ctx, r.s))
		a.Name = "anna"
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("a", []any{a.Name, a.Age})
		a.Name = "annie"
		r.commit()
		r.note("a", []any{a.Name, a.Age})
	}).but(restoresValues),

	"savepoint.version_released_then_all_back": same(func(r *run) {
		d := r.doc(1)
		n := r.savepoint()
		d.Title = ptr("a")
		r.check(n.Release(ctx))
		d.Title = ptr("b")
		r.flush()
		r.note("version", d.Version)
		r.rollback()
		r.note("version", d.Version)
		d.Title = ptr("c")
		r.commit()
		r.note("doc", []any{d.Title, d.Version})
	}).but(restoresValues),

	"savepoint.key_change_inside": same(func(r *run) {
		c := r.country("DE")
		n := r.savepoint()
		c.Code = "XX"
		r.flush()
		r.s.ExpireAll()
		r.note("city", r.city(1).Code)
		r.check(n.Rollback(ctx))
		r.note("codes", []any{c.Code, r.city(1).Code})
		c.Name = ptr("D")
		r.commit()
		r.note("code", c.Code)
	}).but(restoresValues),

	"savepoint.added_twice": same(func(r *run) {
		n := r.savepoint()
		u := &User{ID: 9, Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.flush()
		r.check(n.Rollback(ctx))
		n = r.savepoint()
		r.s.Add(u)
		r.flush()
		r.check(n.Release(ctx))
		u.Age = ptr[int32](2)
		r.commit()
		r.note("u", []any{u.ID, u.Age})
	}).but(keepsValues),

	"savepoint.released_inside_failed_outer": same(func(r *run) {
		o := r.savepoint()
		n := r.savepoint()
		u := &User{Name: "carl", Age: ptr[int32](1)}
		r.s.Add(u)
		r.check(n.Release(ctx))
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		r.flushFails("flush")
		r.check(o.Rollback(ctx))
		r.note("in", r.s.Contains(u))
		r.s.Add(&User{Name: "dora", Age: ptr[int32](1)})
		r.commit()
		r.note("n", r.countUsers())
	}).but(rollbackWaits),
}
