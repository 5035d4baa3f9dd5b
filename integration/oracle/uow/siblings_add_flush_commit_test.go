package uow_test

import (
	"github.com/cupel-go/cupel/query"
)

var addFlushCommitSiblings = group{
	"add_flush_commit.add_all_mixed_classes": same(func(r *run) {
		c := &Customer{FirstName: "A", LastName: "B"}
		x, y := &Account{AcctNo: 6000, AcctName: "x"}, &Account{AcctNo: 6001, AcctName: "y"}
		x.Customer.Set(c)
		y.Customer.Set(c)
		r.s.Add(x, c, y)
		r.commit()
		r.note("n", len(all(&c.Accounts)))
	}).but(keepsValues),

	"add_flush_commit.add_twice": same(func(r *run) {
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.s.Add(c)
		r.commit()
		r.s.Add(c)
		r.commit()
		r.note("n", val(query.Select(r.C).Count(ctx, r.s)))
	}),

	"add_flush_commit.change_between_add_and_flush": same(func(r *run) {
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		c.Email = ptr("late")
		r.flush()
		c.Email = ptr("later")
		r.commit()
	}),

	"add_flush_commit.flush_then_delete": same(func(r *run) {
		c := &Customer{FirstName: "A", LastName: "B"}
		r.s.Add(c)
		r.flush()
		r.s.Delete(c)
		r.commit()
		r.note("state", r.state(c))
	}).but(statesInOrOut, newHasNone),

	"add_flush_commit.explicit_duplicate_pk": same(func(r *run) {
		r.s.Add(&Customer{ID: 1, FirstName: "A", LastName: "B"})
		r.commitFails()
		r.note("name", r.customer(1).FirstName)
	}),

	"add_flush_commit.explicit_duplicate_pk_in_map": same(func(r *run) {
		r.customer(1)
		r.s.Add(&Customer{ID: 1, FirstName: "A", LastName: "B"})
		r.commitFails()
	}),

	"add_flush_commit.two_same_pk": same(func(r *run) {
		r.s.Add(&Customer{ID: 70, FirstName: "A", LastName: "B"}, &Customer{ID: 70, FirstName: "C", LastName: "D"})
		r.commitFails()
	}),

	"add_flush_commit.value_too_long": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", LastName: "B"})
		r.commitFails()
	}),

	"add_flush_commit.fk_missing_parent": same(func(r *run) {
		r.s.Add(&Account{AcctNo: 7000, AcctName: "x", CustID: ptr[int64](99)})
		r.commitFails()
		r.note("n", val(query.Select(r.Accounts).Count(ctx, r.s)))
	}),
}
