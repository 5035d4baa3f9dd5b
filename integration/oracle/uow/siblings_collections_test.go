package uow_test

import (
	"slices"
)

var collectionsSiblings = group{
	"collections.orphan_via_scalar_none": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		a.Customer.Set(nil)
		r.commit()
		r.note("left", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.orphan_remove_readd": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		c.Accounts.Remove(a)
		c.Accounts.Add(a)
		r.mark("commit")
		r.commit()
		r.note("left", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.orphan_replace": same(func(r *run) {
		c := r.customer(1)
		r.check(c.Accounts.Replace(ctx, &Account{AcctNo: 6000, AcctName: "only"}))
		r.commit()
		r.note("left", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues, manyRows),

	"collections.orphan_clear": same(func(r *run) {
		c := r.customer(1)
		r.check(c.Accounts.Replace(ctx))
		r.commit()
	}).but(manyRows),

	"collections.orphan_move_loaded": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		all(&c2.Accounts)
		c1.Accounts.Remove(a)
		c2.Accounts.Add(a)
		r.commit()
		r.note("c2", accountNumbers(all(&c2.Accounts)))
	}).but(keepsValues),

	"collections.orphan_scalar_move": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		all(&c2.Accounts)
		a.Customer.Set(c2)
		r.commit()
		r.note("c2", accountNumbers(all(&c2.Accounts)))
	}).but(keepsValues),

	"collections.replace_overlap": same(func(r *run) {
		c := r.customer(1)
		b := all(&c.Accounts)[1]
		r.check(c.Accounts.Replace(ctx, b, &Account{AcctNo: 6000, AcctName: "new"}))
		r.commit()
		r.note("now", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.swap_two": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a, b := slices.Clone(all(&c1.Accounts)), slices.Clone(all(&c2.Accounts))
		r.check(c1.Accounts.Replace(ctx, b...))
		r.check(c2.Accounts.Replace(ctx, a...))
		r.commit()
		r.note("now", []any{accountNumbers(all(&c1.Accounts)), accountNumbers(all(&c2.Accounts))})
	}).but(manyRows, keepsValues, timesInTurn),

	"collections.remove_not_there": same(func(r *run) {
		c := r.customer(1)
		a := r.account(1002)
		all(&c.Accounts)
		r.err("remove", r.later(func() { c.Accounts.Remove(a) }))
		r.rollback()
	}).but(removesWhatIsThere),

	"collections.notnull_remove": same(func(r *run) {
		c := r.customer(1)
		c.Accounts.Remove(all(&c.Accounts)[0])
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		r.note("n", len(all(&c.Accounts)))
	}).but(restoresValues),

	"collections.append_then_delete_parent": byDesign(
		"a new child of a parent that is deleted has no parent; there it is inserted with its key, and the DELETE fails",
		func(r *run) {
			c := r.customer(2)
			a := &Account{AcctNo: 6000, AcctName: "new"}
			c.Accounts.Add(a)
			r.s.Delete(c)
			r.commit()
			r.want("owner", a.CustID, nil)
			r.sent("SELECT customer", "SELECT account", "BEGIN", "UPDATE account", "INSERT account", "DELETE customer", "COMMIT")
			r.wantRows("account WHERE acct_no IN (1002, 6000)", "acct_no, cust_id", `{"acct_no":1002,"cust_id":null}`, `{"acct_no":6000,"cust_id":null}`)
		}),

	"collections.append_then_delete_parent_cascade": same(func(r *run) {
		c := r.customer(2)
		c.Accounts.Add(&Account{AcctNo: 6000, AcctName: "new"})
		r.flush()
		r.s.Delete(c)
		r.commit()
	}).but(manyRows, loadsBeforeFlush),

	"collections.remove_then_delete_parent": same(func(r *run) {
		c := r.customer(1)
		c.Accounts.Remove(all(&c.Accounts)[0])
		r.s.Delete(c)
		r.commit()
	}).but(manyRows),

	"collections.remove_then_delete_child": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		c.Accounts.Remove(a)
		r.s.Delete(a)
		r.commit()
		r.note("left", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.viewonly_append": same(func(r *run) {
		c := r.customer(1)
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.s.Delete(r.account(1001))
		r.commit()
		r.note("n", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.line_qty_change": same(func(r *run) {
		o := r.order(1)
		all(&o.Lines)[0].Qty = ptr[int32](11)
		o.Lines.Add(&Line{LineNo: 3, Qty: ptr[int32](30)})
		r.commit()
	}),

	"collections.line_replaced_same_key": same(func(r *run) {
		o := r.order(1)
		o.Lines.Remove(all(&o.Lines)[0])
		o.Lines.Add(&Line{LineNo: 1, Qty: ptr[int32](99)})
		r.commit()
		r.note("lines", numbersAndQty(o))
	}).but(keepsValues),

	"collections.line_moves_order": same(func(r *run) {
		o := r.order(1)
		p := &Order{Ref: ptr("second")}
		r.s.Add(p)
		p.Lines.Add(all(&o.Lines)[0])
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}).but(flushesLater, addDoesNotLoad),

	"collections.line_key_changed": same(func(r *run) {
		o := r.order(1)
		all(&o.Lines)[0].LineNo = 7
		r.commit()
		r.note("lines", numbersAndQty(o))
	}).but(keepsValues),

	"collections.tree_cascade_remove": same(func(r *run) {
		n := r.node(1)
		n.Children.Remove(all(&n.Children)[0])
		r.commit()
		r.note("left", each(all(&n.Children), func(n *Node) string { return n.Name }))
	}).but(keepsValues, linksByOwner),

	"collections.tree_cascade_move": same(func(r *run) {
		a, b := r.node(2), r.node(3)
		all(&b.Children)
		k := all(&a.Children)[0]
		b.Children.Add(k)
		r.commit()
		r.note("parent", k.ParentID)
	}).but(keepsValues),
}
