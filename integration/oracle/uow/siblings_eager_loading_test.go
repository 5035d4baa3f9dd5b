package uow_test

import (
	"github.com/cupel-go/cupel/query"
)

var eagerLoadingSiblings = group{
	"eager_loading.load_with_pending_change": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)[0].AcctName = "mine"
		c.Accounts.Add(&Account{AcctNo: 6000, AcctName: "x"})
		d := val(query.Select(r.C).Load(r.C.Accounts).Filter(r.C.ID.Eq(1)).One(ctx, r.s))
		r.note("n", each(all(&d.Accounts), func(a *Account) string { return a.AcctName }))
		r.rollback()
	}).but(flushesWhatIsAsked, loadedAlready),

	"eager_loading.selectinload_many_to_one_null": same(func(r *run) {
		r.otherSQL("insert into account (acct_no, acct_name) values (7000, 'none')")
		as := val(query.Select(r.Accounts).Load(r.Accounts.Customer).OrderBy(r.Accounts.AcctNo).All(ctx, r.s))
		r.note("c", each(as, func(a *Account) any {
			if c := one(&a.Customer); c != nil {
				return c.ID
			}
			return nil
		}))
	}),

	"eager_loading.selectinload_tree": same(func(r *run) {
		n := val(query.Select(r.Nodes).Load(r.Nodes.Children.Load(r.Nodes.Children)).Filter(r.Nodes.ID.Eq(1)).One(ctx, r.s))
		ids := func(ns []*Node) any { return each(ns, func(n *Node) any { return n.ID }) }
		r.note("t", each(all(&n.Children), func(k *Node) any { return []any{k.ID, ids(all(&k.Children))} }))
	}),

	"eager_loading.selectinload_already_loaded": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		r.otherSQL("insert into account (acct_no, acct_name, cust_id) values (7000, 'none', 1)")
		val(query.Select(r.C).Load(r.C.Accounts).All(ctx, r.s))
		r.note("n", accountNumbers(all(&c.Accounts)))
	}),
}
