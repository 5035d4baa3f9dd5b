package uow_test

import "github.com/cupel-go/cupel/query"

var expireReload = group{
	"expire_reload.expire_on_commit_false": same(func(r *run) {
		c := r.customer(1)
		r.commit()
		r.mark("access")
		r.note("email", c.Email)
	}),

	"expire_reload.sees_other_changes": same(func(r *run) {
		r.customer(1)
		r.commit()
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		r.note("email", r.customer(1).Email)
	}).but(saysGet),

	"expire_reload.reload_deleted_row": same(func(r *run) {
		u := r.user(1)
		r.commit()
		r.otherSQL("delete from users where id = 1")
		r.err("access", r.s.Refresh(ctx, u))
	}).but(saysGet),

	"expire_reload.each_object_own_select": same(func(r *run) {
		cs := val(query.Select(r.C).OrderBy(r.C.ID).All(ctx, r.s))
		r.commit()
		r.note("names", each(cs, func(c *Customer) string { return c.FirstName }))
	}).but(keepsValues),

	"expire_reload.pk_needs_reload": same(func(r *run) {
		c := &Customer{FirstName: "X", LastName: "Y"}
		r.s.Add(c)
		r.commit()
		r.mark("id")
		r.note("id", c.ID)
		r.note("identity without SQL", []int64{c.ID})
	}).but(keepsValues),

	"expire_reload.expire_discards_changes": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("x")
		r.s.Expire(c)
		r.note("email", r.customer(1).Email)
		r.mark("commit")
		r.commit()
	}).but(saysGet),

	"expire_reload.expire_relationship": same(func(r *run) {
		c := r.customer(1)
		r.note("n", len(all(&c.Accounts)))
		r.otherSQL("insert into account (acct_no, acct_name, cust_id) values (7000, 'other', 1)")
		r.note("n cached", len(all(&c.Accounts)))
		c.Accounts.Expire()
		r.note("n after expire", len(all(&c.Accounts)))
	}),

	"expire_reload.expire_transient": same(func(r *run) {
		r.err("expire", r.later(func() { r.s.Expire(&Customer{FirstName: "x"}) }))
	}).but(mistakeLater),

	"expire_reload.refresh": same(func(r *run) {
		c := r.customer(1)
		r.otherSQL("update customer set email = 'elsewhere' where id = 1")
		r.check(r.s.Refresh(ctx, c))
		r.note("email", c.Email)
	}),

	"expire_reload.refresh_autoflush": same(func(r *run) {
		c := r.customer(1)
		c.Email = ptr("x")
		r.check(r.s.Refresh(ctx, c))
		r.note("email", c.Email)
		r.rollback()
	}),

	"expire_reload.refresh_for_update": same(func(r *run) {
		c := r.customer(1)
		r.check(r.s.Lock(ctx, c))
	}),

	"expire_reload.refresh_missing_row": same(func(r *run) {
		u := r.user(1)
		r.otherSQL("delete from users where id = 1")
		r.err("refresh", r.s.Refresh(ctx, u))
	}),
}
