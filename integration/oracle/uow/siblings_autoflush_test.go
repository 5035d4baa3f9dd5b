package uow_test

import (
	"github.com/cupel-go/cupel/query"
)

var autoflushSiblings = group{
	"autoflush.lazy_list": same(func(r *run) {
		c := r.customer(2)
		r.s.Add(&Account{AcctNo: 5001, AcctName: "x", CustID: ptr[int64](2)})
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.rollback()
	}),

	"autoflush.count_sees_pending": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "A", LastName: "B"})
		r.note("n", val(query.Select(r.C).Count(ctx, r.s)))
		r.rollback()
		r.note("n after", val(query.Select(r.C).Count(ctx, r.s)))
	}),

	"autoflush.deleted_not_found": same(func(r *run) {
		r.s.Delete(r.user(1))
		r.note("names", userNames(r))
		r.commit()
	}),

	"autoflush.changed_value_in_filter": same(func(r *run) {
		u := r.user(1)
		u.Name = "zoe"
		r.note("old", val(query.Select(r.Users).Filter(r.Users.Name.Eq("ann")).Count(ctx, r.s)))
		r.note("new", val(query.Select(r.Users).Filter(r.Users.Name.Eq("zoe")).One(ctx, r.s)) == u)
		r.rollback()
		r.note("name", u.Name)
	}).but(restoresValues),

	"autoflush.get_in_map_pending": same(func(r *run) {
		c := &Customer{ID: 50, FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.note("get", r.customer(50) == c)
		r.rollback()
	}),

	"autoflush.join_of_changed_table": same(func(r *run) {
		r.account(1001).CustID = ptr[int64](3)
		rows := val(query.Select2(r.C.ID, r.Accounts.AcctNo).Join(r.Accounts).Filter(r.C.ID.Eq(3)).OrderBy(r.Accounts.AcctNo).All(ctx, r.s))
		var got []any
		for _, x := range rows {
			got = append(got, []any{x.V1, x.V2})
		}
		r.note("rows", got)
		r.rollback()
	}),

	"autoflush.subquery_of_changed_table": same(func(r *run) {
		r.account(1001).CustID = nil
		r.note("ids", val(query.Select(r.C.ID).Filter(r.C.Accounts.Any(r.Accounts.AcctNo.Eq(1001))).OrderBy(r.C.ID).All(ctx, r.s)))
		r.rollback()
	}),

	"autoflush.remove_then_query": same(func(r *run) {
		c := r.customer(1)
		c.Accounts.Remove(all(&c.Accounts)[0])
		r.note("n", val(query.Select(r.Accounts).Filter(r.Accounts.Customer.Is(c)).Count(ctx, r.s)))
		r.commit()
	}),

	"autoflush.m2m_then_query": same(func(r *run) {
		s, c := r.student(2), r.course(3)
		s.Courses.Add(c)
		r.note("who", studentIDs(val(query.Select(r.Students).Filter(r.Students.Courses.Any(r.Courses.ID.Eq(3))).All(ctx, r.s))))
		r.commit()
	}).but(addDoesNotLoad),

	"autoflush.count_after_cascade": same(func(r *run) {
		r.s.Delete(r.customer(1))
		r.note("n", r.countAccounts())
		r.rollback()
		r.note("n", r.countAccounts())
	}).but(manyRows),

	"autoflush.in_savepoint_fails": same(func(r *run) {
		n := r.savepoint()
		r.s.Add(&User{Name: "ann", Age: ptr[int32](1)})
		users, err := query.Select(r.Users).Count(ctx, r.s)
		r.errOf("query", users, err)
		r.check(n.Rollback(ctx))
		r.note("n", r.countUsers())
		r.commit()
	}).but(rollbackWaits),

	"autoflush.for_update_sees_change": same(func(r *run) {
		a := r.user(1)
		a.Age = ptr[int32](77)
		found := val(query.Select(r.Users).Filter(r.Users.Age.Eq(77)).ForUpdate().All(ctx, r.s))
		r.note("found", each(found, func(u *User) string { return u.Name }))
		r.commit()
	}),

	"autoflush.bulk_delete_flushes_parent": same(func(r *run) {
		r.account(1001).CustID = ptr[int64](3)
		r.note("n", val(query.Delete(r.Accounts).Filter(r.Accounts.CustID.Eq(1)).Exec(ctx, r.s)))
		r.commit()
		r.note("left", accountNumbers(val(query.Select(r.Accounts).OrderBy(r.Accounts.AcctNo).All(ctx, r.s))))
	}),
}
