package uow_test

import (
	"github.com/cupel-go/cupel/session"
)

var rollbackSiblings = group{
	"rollback.parent_and_child_new": byDesign(
		"objects that were inserted are new again, without the keys that were generated: added again they get new ones",
		func(r *run) {
			c, a := &Customer{FirstName: "A", LastName: "B"}, &Account{AcctNo: 6000, AcctName: "x"}
			a.Customer.Set(c)
			r.s.Add(a)
			r.flush()
			r.rollback()
			r.want("states", []any{r.state(c), r.state(a)}, []any{stateOut, stateOut})
			r.want("id after rollback", c.ID, 0)
			r.s.Add(a)
			r.commit()
			r.want("accounts", accountNumbers(all(&c.Accounts)), []int{6000})
			r.sent("BEGIN", "INSERT customer", "INSERT account", "ROLLBACK", "BEGIN", "INSERT customer", "INSERT account", "COMMIT", "SELECT account")
			r.wantRows("account WHERE acct_no > 1004", "acct_no, cust_id", `{"acct_no":6000,"cust_id":5}`)
		}),

	"rollback.moved_child": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		all(&c2.Accounts)
		a.Customer.Set(c2)
		r.flush()
		r.rollback()
		r.note("v", []any{a.CustID, one(&a.Customer).ID, accountNumbers(all(&c1.Accounts)), accountNumbers(all(&c2.Accounts))})
	}).but(restoresValues),

	"rollback.deleted_child_in_list": same(func(r *run) {
		c := r.customer(1)
		r.s.Delete(all(&c.Accounts)[0])
		r.flush()
		r.rollback()
		r.note("v", accountNumbers(all(&c.Accounts)))
	}).but(restoresValues),

	"rollback.orphan_restored": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		c.Accounts.Remove(a)
		r.flush()
		r.note("in", r.s.Contains(a))
		r.rollback()
		r.note("v", accountNumbers(all(&c.Accounts)))
		r.note("in", r.s.Contains(a))
	}).but(restoresValues),

	"rollback.m2m_restored": same(func(r *run) {
		s := r.student(1)
		r.check(s.Courses.Replace(ctx))
		r.flush()
		r.rollback()
		r.note("v", courseIDs(all(&s.Courses)))
	}).but(restoresValues, manyRows),

	"rollback.key_given_readd": same(func(r *run) {
		a := &Account{AcctNo: 6000, AcctName: "x", CustID: ptr[int64](1)}
		r.s.Add(a)
		r.flush()
		r.rollback()
		r.s.Add(a)
		r.commit()
	}),

	"rollback.cascade_delete_restored": same(func(r *run) {
		x := val(session.Get(ctx, r.s, r.Regions, 1))
		r.s.Delete(x)
		r.flush()
		r.rollback()
		r.note("v", each(all(&x.Shops), func(s *Shop) any {
			return []any{s.ID, each(all(&s.Tills), func(t *Till) any { return t.ID })}
		}))
	}).but(restoresValues, manyRows, cohortLoads),

	"rollback.to_before_unique_error": same(func(r *run) {
		u := r.user(1)
		u.Age = ptr[int32](31)
		r.flush()
		r.s.Add(&User{Name: "bob", Age: ptr[int32](1)})
		r.commitFails()
		r.note("age", u.Age)
	}).but(rollbackWaits, restoresValues),
}
