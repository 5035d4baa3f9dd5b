package uow_test

var collections = group{
	"collections.remove_nulls_fk": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		c.Accounts.Remove(a)
		r.note("a.customer", one(&a.Customer))
		r.commit()
	}),

	"collections.remove_orphan": same(func(r *run) {
		c := r.customer(1)
		a := all(&c.Accounts)[0]
		c.Accounts.Remove(a)
		r.note("state before flush", r.state(a))
		r.commit()
		r.note("state", r.state(a))
	}).but(statesInOrOut),

	"collections.scalar_none_composite_orphan": same(func(r *run) {
		l := all(&r.order(1).Lines)[0]
		l.Order.Set(nil)
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}),

	"collections.replace_collection_plain": same(func(r *run) {
		c := r.customer(1)
		r.check(c.Accounts.Replace(ctx))
		r.commit()
	}).but(manyRows),

	"collections.move_between_parents": same(func(r *run) {
		c1, c2 := r.customer(1), r.customer(2)
		a := all(&c1.Accounts)[0]
		all(&c2.Accounts)
		r.mark("move")
		c2.Accounts.Add(a)
		r.note("old collection", accountNumbers(all(&c1.Accounts)))
		r.note("a.customer is c2", one(&a.Customer) == c2)
		r.commit()
	}),

	"collections.move_orphan_between_parents": byDesign(
		"adding to a list that is not loaded does not load it, so nothing is flushed in between: the child moves",
		func(r *run) {
			c1, c2 := r.customer(1), r.customer(2)
			a := all(&c1.Accounts)[0]
			c1.Accounts.Remove(a)
			c2.Accounts.Add(a)
			r.commit()
			r.sent("SELECT customer", "SELECT customer", "SELECT account", "BEGIN", "UPDATE account", "COMMIT")
			r.wantRows("account WHERE acct_no = 1001", "cust_id", `{"cust_id":2}`)
		}),

	"collections.pending_orphan": same(func(r *run) {
		c := r.customer(2)
		all(&c.Accounts)
		a := &Account{AcctNo: 5000, AcctName: "x"}
		c.Accounts.Add(a)
		r.note("state", r.state(a))
		c.Accounts.Remove(a)
		r.note("state after remove", r.state(a))
		r.mark("commit")
		r.commit()
	}).but(statesInOrOut),

	"collections.orphan_never_had_parent": same(func(r *run) {
		r.s.Add(&Account{AcctNo: 5000, AcctName: "no parent"})
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}),

	"collections.append_to_persistent": same(func(r *run) {
		c := r.customer(1)
		r.mark("append")
		c.Accounts.Add(&Account{AcctNo: 5001, AcctName: "a"})
		r.note("new", len(r.s.New()))
		r.commit()
	}).but(addDoesNotLoad),

	"collections.duplicate_append": same(func(r *run) {
		c := r.customer(2)
		all(&c.Accounts)
		a := &Account{AcctNo: 5001, AcctName: "a"}
		c.Accounts.Add(a)
		c.Accounts.Add(a)
		r.note("len", len(all(&c.Accounts)))
		r.commit()
		r.note("len after", len(all(&c.Accounts)))
	}).but(keepsValues, onceInAList),

	"collections.append_wrong_type":         python("a Many[Account] takes nothing but *Account: anything else does not compile"),
	"collections.assign_none_to_collection": python("a Many is a struct: nil is no value of it"),

	"collections.order_after_append": same(func(r *run) {
		c := r.customer(1)
		all(&c.Accounts)
		c.Accounts.Add(&Account{AcctNo: 1, AcctName: "smallest"})
		r.note("before", accountNumbers(all(&c.Accounts)))
		r.commit()
		r.note("after", accountNumbers(all(&c.Accounts)))
	}).but(keepsValues),

	"collections.dynamic": same(func(r *run) {
		c := r.customer(1)
		r.mark("filter")
		r.note("filtered", accountNumbers(val(r.accountsOf(c).Filter(r.Accounts.AcctNo.Gt(1001)).All(ctx, r.s))))
		r.mark("count")
		r.note("count", val(r.accountsOf(c).Count(ctx, r.s)))
		r.mark("append")
		c.Accounts.Add(&Account{AcctNo: 5001, AcctName: "a"})
		r.mark("remove")
		c.Accounts.Remove(r.account(1001))
		r.commit()
	}).but(queryInstead),

	"collections.composite_fk_pk_no_orphan": same(func(r *run) {
		o := r.order(1)
		o.Lines.Remove(all(&o.Lines)[0])
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
	}),

	"collections.new_order_with_lines": same(func(r *run) {
		o := &Order{Ref: ptr("n")}
		o.Lines.Add(&Line{LineNo: 2, Qty: ptr[int32](1)}, &Line{LineNo: 1, Qty: ptr[int32](2)})
		r.s.Add(o)
		r.commit()
		r.note("keys", each(all(&o.Lines), func(l *Line) []int64 { return []int64{l.OrderID, int64(l.LineNo)} }))
	}).but(keepsValues),
}
