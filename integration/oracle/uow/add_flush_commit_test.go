package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var addFlushCommit = group{
	"add_flush_commit.add_commit": same(func(r *run) {
		c := &Customer{FirstName: "Dummy", LastName: "Joker", Email: ptr("djoker@losers.io")}
		r.note("state before add", r.state(c))
		r.note("id before add", key(c.ID))
		r.s.Add(c)
		r.note("state after add", r.state(c))
		r.commit()
		r.note("state after commit", r.state(c))
		r.note("loaded after commit", loaded(c))
		r.mark("read id")
		r.note("id", c.ID)
	}).but(keepsValues, statesInOrOut, wholeRows),

	"add_flush_commit.add_explicit_pk": same(func(r *run) {
		a := &Account{AcctNo: 9999, AcctName: "Dummy Coin Account", CustID: ptr[int64](1)}
		r.s.Add(a)
		r.flush()
		r.note("open", a.AcctOpenDt)
		r.note("update", a.AcctUpdateDt)
		r.commit()
	}),

	"add_flush_commit.nothing_to_flush": same(func(r *run) {
		r.flush()
		r.commit()
		r.rollback()
	}),

	"add_flush_commit.no_begin_until_needed": same(func(r *run) {
		r.note("in_transaction", r.s.InTransaction())
		r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
		r.note("in_transaction after add", r.s.InTransaction())
		r.mark("flush")
		r.flush()
		r.note("in_transaction after flush", r.s.InTransaction())
		r.commit()
		r.note("in_transaction after commit", r.s.InTransaction())
	}).but(beginsLater),

	"add_flush_commit.new_dirty_deleted_sets": same(func(r *run) {
		a, b := r.account(1001), r.account(1002)
		c := &Customer{FirstName: "X", LastName: "Y"}
		r.s.Add(c)
		a.AcctName = "changed"
		r.s.Delete(b)
		r.note("new", len(r.s.New()))
		r.note("dirty", len(r.s.Dirty()))
		r.note("deleted", len(r.s.Deleted()))
		r.flush()
		r.note("new after", len(r.s.New()))
		r.note("dirty after", len(r.s.Dirty()))
		r.note("deleted after", len(r.s.Deleted()))
		r.note("c in session", r.s.Contains(c))
		r.note("b in session", r.s.Contains(b))
		r.note("state b", r.state(b))
		r.commit()
		r.note("state b after commit", r.state(b))
	}).but(statesInOrOut),

	"add_flush_commit.dirty_is_optimistic": same(func(r *run) {
		a := r.account(1001)
		a.AcctName = "Alice Trade Account"
		r.note("in dirty", len(r.s.Dirty()) > 0)
		r.note("is_modified", len(val(r.s.Changes(a))) > 0)
		r.mark("flush")
		r.flush()
		r.mark("flushed")
		r.commit()
	}).but(dirtyIsExact),

	"add_flush_commit.add_none": same(func(r *run) {
		r.err("add none", r.later(func() { r.s.Add(nil) }))
	}).but(mistakeLater),

	"add_flush_commit.add_not_mapped": same(func(r *run) {
		r.err("add", r.later(func() { r.s.Add(5) }))
	}).but(mistakeLater),

	"add_flush_commit.constructor_unknown_kwarg": python("a struct literal with an unknown field does not compile"),

	"add_flush_commit.missing_not_null": same(func(r *run) {
		loose := newLooseCustomers()
		engine := session.NewEngine(r.engine.Pool(), model.MustSchema(loose), session.Options{Logger: r.log.logger()})
		r.s = engine.Session()
		r.s.Add(&LooseCustomer{FirstName: "X"})
		r.err("commit", r.s.Commit(ctx))
		r.rollback()
		r.note("count", val(query.Select(loose).Count(ctx, r.s)))
	}),

	"add_flush_commit.explicit_null_vs_unset": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
		r.flush()
		r.mark("second with explicit None")
		r.s.Add(&Customer{FirstName: "X2", LastName: "Y2", Email: nil, Mobile: ptr("1")})
		r.commit()
	}),

	"add_flush_commit.seed_create_accounts": same(func(r *run) {
		for i, name := range []string{"Alice Trade Account", "Bob Credit Account", "Charlie Trade Account"} {
			r.s.Add(&Account{AcctNo: int64(2001 + i), AcctName: name, CustID: ptr(int64(i + 1))})
			r.commit()
			r.mark("Inserted account")
		}
		r.check(r.s.Close(ctx))
	}),

	"add_flush_commit.sql_expression_update": same(func(r *run) {
		c := r.customer(1)
		r.s.Set(c, r.C.FirstName.ToExpr(expr.Concat(r.C.FirstName, expr.Val("!"))))
		r.flush()
		r.mark("access")
		r.note("first_name", c.FirstName)
		r.commit()
	}).but(returnsByItself),

	"add_flush_commit.autoflush_false_commit": same(func(r *run) {
		r.s.Add(&Customer{FirstName: "X", LastName: "Y"})
		r.commit()
	}),
}
