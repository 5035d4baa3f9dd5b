package uow_test

var lazyLoadingSiblings = group{
	"lazy_loading.pending_changes_in_new_list": same(func(r *run) {
		c := r.customer(1)
		a := &Account{AcctNo: 6000, AcctName: "x"}
		r.s.Add(a)
		a.Customer.Set(c)
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.rollback()
	}),

	"lazy_loading.remove_unloaded_then_load": same(func(r *run) {
		c := r.customer(1)
		r.account(1001).Customer.Set(nil)
		r.note("n", accountNumbers(all(&c.Accounts)))
		r.commit()
	}),

	"lazy_loading.fk_changed_then_load": same(func(r *run) {
		a := r.account(1001)
		a.CustID = ptr[int64](3)
		r.note("c", one(&a.Customer).ID)
		r.commit()
		r.note("c", one(&a.Customer).ID)
	}).but(flushesLater),

	"lazy_loading.target_deleted": same(func(r *run) {
		one(&r.account(1001).Customer)
		b := r.account(1002)
		b.CustID = nil
		r.flush()
		r.note("c", one(&b.Customer))
		r.rollback()
	}),
}
