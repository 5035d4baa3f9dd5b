package uow_test

var flushOrder = group{
	"flush_order.child_added_first": same(func(r *run) {
		c, a := &Customer{FirstName: "X", LastName: "Y"}, &Account{AcctNo: 5001, AcctName: "a"}
		a.Customer.Set(c)
		r.s.Add(a)
		r.s.Add(c)
		r.commit()
	}),

	"flush_order.fk_only_wrong_order": same(func(r *run) {
		r.s.Add(&Account{AcctNo: 5001, AcctName: "a", CustID: ptr[int64](77)})
		r.s.Add(&Customer{ID: 77, FirstName: "X", LastName: "Y"})
		r.commit()
	}),

	"flush_order.inserts_updates_deletes": same(func(r *run) {
		c1, a3, a2 := r.customer(1), r.account(1003), r.account(1002)
		r.s.Delete(a3)
		c1.Email = ptr("x")
		a2.AcctName = "renamed"
		r.s.Add(&Account{AcctNo: 5001, AcctName: "n", CustID: ptr[int64](1)})
		r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
		r.mark("flush")
		r.flush()
		r.commit()
	}),

	"flush_order.delete_insert_unique": byDesign(
		"a row lets go of a unique value before another gets it, so a flush deletes here before it inserts, and nothing fails",
		func(r *run) {
			r.s.Delete(r.user(1))
			u := &User{Name: "ann", Age: ptr[int32](5)}
			r.s.Add(u)
			r.commit()
			r.want("name", r.user(u.ID).Name, "ann")
			r.sent("SELECT users", "BEGIN", "DELETE users", "INSERT users", "COMMIT", "SELECT users")
		}),

	"flush_order.self_referential_insert": same(func(r *run) {
		root, kid, kid2, grand := &Node{Name: "r2"}, &Node{Name: "k"}, &Node{Name: "k2"}, &Node{Name: "g"}
		kid.Parent.Set(root)
		kid2.Parent.Set(root)
		grand.Parent.Set(kid)
		r.s.Add(grand, kid2, kid, root)
		r.commit()
		r.note("ids", []int64{root.ID, kid.ID, kid2.ID, grand.ID})
	}).but(keepsValues),

	"flush_order.self_referential_delete_wrong_order": same(func(r *run) {
		n2, n4 := r.node(2), r.node(4)
		r.s.Delete(n2)
		r.s.Delete(n4)
		r.commit()
	}).but(cohortLoads, parentNotLoaded, manyRows),

	"flush_order.row_cycle_self": same(func(r *run) {
		n := &Node{Name: "own"}
		n.Parent.Set(n)
		r.s.Add(n)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
	}),

	"flush_order.row_cycle_two": same(func(r *run) {
		a, b := &Node{Name: "a"}, &Node{Name: "b"}
		a.Parent.Set(b)
		b.Parent.Set(a)
		r.s.Add(a)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
	}),

	"flush_order.mutual_fk_cycle": same(func(r *run) {
		p, b := &Person{Name: ptr("p")}, &Ball{Colour: ptr("red")}
		b.Owner.Set(p)
		p.Fav.Set(b)
		r.s.Add(p)
		r.err("flush", r.s.Flush(ctx))
		r.rollback()
	}),

	"flush_order.mutual_fk_no_cycle_in_rows": same(func(r *run) {
		p, b := &Person{Name: ptr("p")}, &Ball{Colour: ptr("red")}
		b.Owner.Set(p)
		r.s.Add(p, b)
		r.commit()
	}),

	"flush_order.post_update_insert": same(func(r *run) {
		p, b := &Person{Name: ptr("p")}, &Ball{Colour: ptr("red")}
		b.Owner.Set(p)
		p.Fav.Set(b)
		r.s.Add(p)
		r.commit()
	}),

	"flush_order.three_levels_batches": same(func(r *run) {
		region, a, b := &Region{Name: ptr("r")}, &Shop{Name: ptr("a")}, &Shop{Name: ptr("b")}
		a.Tills.Add(&Till{Name: ptr("1")}, &Till{Name: ptr("2")})
		b.Tills.Add(&Till{Name: ptr("3")})
		region.Shops.Add(a, b)
		r.s.Add(region)
		r.commit()
	}),

	"flush_order.delete_parent_move_child": same(func(r *run) {
		c2, a := r.customer(2), r.account(1002)
		a.Customer.Set(&Customer{FirstName: "X", LastName: "Y"})
		r.s.Delete(c2)
		r.commit()
	}).but(loadsBeforeFlush),
}
