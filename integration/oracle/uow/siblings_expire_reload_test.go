package uow_test

import (
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var expireReloadSiblings = group{
	"expire_reload.expire_one_attribute": same(func(r *run) {
		c := r.customer(1)
		r.otherSQL("update customer set email = 'e', mobile = 'm' where id = 1")
		r.check(session.RefreshColumns(ctx, r.s, r.C, []*Customer{c}, r.C.Email))
		r.note("v", []any{c.Email, c.Mobile})
	}),

	"expire_reload.expire_all_reload": same(func(r *run) {
		r.customer(1)
		r.customer(2)
		r.otherSQL("update customer set email = 'e'")
		r.s.ExpireAll()
		r.note("q", each(val(query.Select(r.C).OrderBy(r.C.ID).All(ctx, r.s)), func(c *Customer) *string { return c.Email }))
	}),

	"expire_reload.refresh_attribute_names": same(func(r *run) {
		c := r.customer(1)
		c.FirstName = "mine"
		r.otherSQL("update customer set email = 'e', last_name = 'other' where id = 1")
		r.check(session.RefreshColumns(ctx, r.s, r.C, []*Customer{c}, r.C.Email))
		r.note("v", []any{c.FirstName, c.LastName, c.Email})
		r.commit()
	}).but(flushesLater),

	"expire_reload.refresh_list": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		r.otherSQL("insert into account (acct_no, acct_name, cust_id) values (7000, 'other', 1)")
		r.check(r.s.Refresh(ctx, c))
		r.note("n", accountNumbers(all(&c.Accounts)))
	}),

	"expire_reload.refresh_pending": same(func(r *run) {
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.err("refresh", r.s.Refresh(ctx, c))
		r.rollback()
	}),

	"expire_reload.populate_existing_overwrites": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("mine")
		r.note("email", val(query.Select(r.C).NoFlush().Refresh().Filter(r.C.ID.Eq(1)).One(ctx, r.s)).Email)
		r.commit()
	}),

	"expire_reload.commit_then_set_other": same(func(r *run) {
		c := r.customer(1)
		r.commit()
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		c.Mobile = ptr("5")
		r.commit()
		c = r.customer(1)
		r.note("v", []any{c.Email, c.Mobile})
	}).but(keepsValues),

	"expire_reload.query_refreshes_after_commit": same(func(r *run) {
		c := r.customer(1)
		r.commit()
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		val(query.Select(r.C).All(ctx, r.s))
		r.note("email", c.Email)
	}),

	"expire_reload.list_after_commit": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		r.commit()
		r.otherSQL("delete from account where acct_no = 1001")
		r.note("after", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"expire_reload.many_to_one_after_commit": same(func(r *run) {
		a := r.account(1001)
		r.note("c", one(&a.Customer).ID)
		r.commit()
		r.otherSQL("update account set cust_id = 2 where acct_no = 1001")
		r.check(r.s.Refresh(ctx, a))
		r.note("c", one(&a.Customer).ID)
	}),
}
