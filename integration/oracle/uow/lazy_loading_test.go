package uow_test

import (
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var lazyLoading = group{
	"lazy_loading.many_to_one_in_map": same(func(r *run) {
		c, a := r.customer(1), r.account(1001)
		r.mark("access")
		r.note("same", one(&a.Customer) == c)
	}),

	"lazy_loading.many_to_one_not_in_map": same(func(r *run) {
		a := r.account(1001)
		r.mark("access")
		r.note("id", one(&a.Customer).ID)
		r.mark("again")
		r.note("id", one(&a.Customer).ID)
	}),

	"lazy_loading.many_to_one_null": same(func(r *run) {
		r.otherSQL("insert into account (acct_no, acct_name, cust_id) values (7000, 'none', null)")
		a := r.account(7000)
		r.mark("access")
		r.note("customer", one(&a.Customer))
	}),

	"lazy_loading.one_to_many": same(func(r *run) {
		c := r.customer(1)
		r.mark("access")
		r.note("n", len(all(&c.Accounts)))
		r.mark("again")
		r.note("n", len(all(&c.Accounts)))
	}),

	"lazy_loading.transient": byDesign(
		"an object that is in no session cannot load a reference, and says so instead of giving none",
		func(r *run) {
			c, a := &Customer{FirstName: "x", LastName: "y"}, &Account{AcctNo: 1, AcctName: "x", CustID: ptr[int64](1)}
			r.want("accounts", len(all(&c.Accounts)), 0)
			_, err := a.Customer.Get(ctx)
			r.wantErr("customer", err, model.ErrDetached)
			r.sent()
		}),

	"lazy_loading.pending": byDesign(
		"an object that is not flushed yet gives what its foreign key refers to: Get says that it loads",
		func(r *run) {
			a := &Account{AcctNo: 5000, AcctName: "x", CustID: ptr[int64](1)}
			r.s.Add(a)
			r.want("customer", one(&a.Customer).ID, 1)
			r.sent("SELECT customer")
			r.rollback()
		}),

	"lazy_loading.detached": same(func(r *run) {
		c := r.customer(1)
		r.s.Expunge(c)
		_, err := c.Accounts.All(ctx)
		r.err("accounts", err)
		r.note("email", c.Email)
	}),

	"lazy_loading.lazy_raise_with_eager": same(func(r *run) {
		c := val(query.Select(r.C).Load(r.C.Accounts).Filter(r.C.ID.Eq(1)).One(ctx, r.s))
		r.note("n", len(all(&c.Accounts)))
	}),
	"lazy_loading.lazy_raise_many_to_one_in_map": same(func(r *run) {
		c, a := r.customer(1), r.account(1001)
		got, err := a.Customer.Get(ctx)
		r.want("customer", got == c, true)
		r.errOf("customer", c.ID, err)
		_, err = c.Accounts.All(ctx)
		r.wantErr("accounts, which would have to load", err, session.ErrLazy)
	}).but(givesWhatItHas),

	"lazy_loading.raiseload_option": same(func(r *run) {
		c := val(query.Select(r.C).Filter(r.C.ID.Eq(1)).NoLazy().One(ctx, r.s))
		_, err := c.Accounts.All(ctx)
		r.err("accounts", err)
	}),

	"lazy_loading.noload_option": same(func(r *run) {
		c := val(query.Select(r.C).Filter(r.C.ID.Eq(1)).NoLazy().One(ctx, r.s))
		_, loaded := c.Accounts.Peek()
		r.want("loaded", loaded, false)
		list, err := c.Accounts.All(ctx)
		r.errOf("accounts", accountNumbers(list), err)
	}).but(refusesEmpty),

	"lazy_loading.self_referential_lazy": same(func(r *run) {
		r.note("tree", walk(r.node(1)))
	}).but(cohortLoads),
}

// walk returns a node and what is below it.
func walk(n *Node) []any {
	kids := each(all(&n.Children), func(k *Node) any { return walk(k) })
	return []any{n.Name, kids}
}
