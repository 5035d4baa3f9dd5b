package uow_test

import (
	"time"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var defaultsSiblings = group{
	"defaults.server_default_explicit_none": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		r.note("v", []any{i.Status, i.Num})
	}).but(keepsValues),

	"defaults.update_status_null": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		i.Status = nil
		r.commit()
		r.note("v", i.Status)
	}).but(keepsValues),

	"defaults.default_before_flush": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.note("before", []any{i.Qty, i.Code})
		r.flush()
		r.note("after", []any{i.Qty, i.Code, i.Loud, i.Rev})
		r.rollback()
	}).but(returnsByItself),

	"defaults.rollback_then_readd": byDesign(
		"an object that was inserted is new again, without the key that was generated, but with the values that the flush gave it",
		func(r *run) {
			i := &Item{Name: ptr("a")}
			r.s.Add(i)
			r.flush()
			r.rollback()
			r.want("after rollback", []any{i.ID, i.Code}, []any{0, "code-1"})
			r.addItem(i)
			r.sent("BEGIN", "INSERT item", "ROLLBACK", "BEGIN", "INSERT item", "COMMIT")
			r.wantRows("item", "id, code, loud, status, num", `{"id":2,"code":"code-1","loud":"SQL DEFAULT","status":"new","num":42}`)
		}),

	"defaults.onupdate_explicit_wins": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		i.Name, i.Touched = ptr("b"), ptr(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
		r.commit()
		r.note("t", i.Touched)
	}).but(keepsValues),

	"defaults.onupdate_only_touched": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		i.Rev = ptr[int32](50)
		r.commit()
		r.note("rev", i.Rev)
	}).but(keepsValues),

	"defaults.bulk_update_onupdate": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr("a")})
		items := r.Items.(*items)
		r.note("n", val(query.Update(items).Set(items.Name.To("z")).Everywhere().Exec(ctx, r.s)))
		r.commit()
		r.check(r.s.Refresh(ctx, i))
		r.note("v", []any{i.Name, i.Rev, i.Touched})
	}),

	"defaults.zero_is_a_value": same(func(r *run) {
		i := r.addItem(&Item{Name: ptr(""), Qty: ptr[int32](0)})
		r.note("v", []any{i.Name, i.Qty})
	}).but(keepsValues),

	"defaults.default_taken_back_with_row": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.flush()
		r.s.Delete(i)
		r.flush()
		r.rollback()
		r.note("in", r.s.Contains(i))
		r.note("n", val(query.Select(r.Items.(*items)).Count(ctx, r.s)))
	}),

	"defaults.batch_with_one_bad": byDesign(
		"new objects keep what Default gave them in a flush that failed, as they do after Rollback: added again they are not asked again",
		func(r *run) {
			a, b := &Item{Name: ptr("a")}, &Item{Name: ptr("bbbbbbbbbbbbbbbbbbbbb")}
			r.s.Add(a, b)
			r.want("flush", database(r.s.Flush(ctx)).Code, "22001")
			r.rollback()
			r.want("after rollback", []any{a.ID, a.Code, b.ID, b.Code}, []any{0, "code-1", 0, "code-2"})
			b.Name = ptr("b")
			r.s.Add(a, b)
			r.commit()
			r.sent("BEGIN", "INSERT item × 2 FAILED", "ROLLBACK", "BEGIN", "INSERT item × 2", "COMMIT")
			r.wantRows("item", "name, qty, code, status, rev",
				`{"name":"a","qty":5,"code":"code-1","status":"new","rev":1}`, `{"name":"b","qty":5,"code":"code-2","status":"new","rev":1}`)
		}),

	"defaults.row_taken_over": byDesign(
		"a new object that takes over a row gets the values of Default, as every new one; there the row keeps those of the deleted object",
		func(r *run) {
			i := r.addItem(&Item{Name: ptr("a"), Qty: ptr[int32](1), Status: ptr("old")})
			r.s.Delete(i)
			j := r.addItem(&Item{ID: 1, Name: ptr("b")})
			r.want("item", []any{j.Name, j.Qty, j.Code, j.Status, j.Num, j.Rev}, []any{"b", 5, "code-2", "old", 42, 1})
			r.sent("BEGIN", "INSERT item", "COMMIT", "BEGIN", "UPDATE item", "COMMIT")
			r.wantRows("item", "name, qty, code, status, rev", `{"name":"b","qty":5,"code":"code-2","status":"old","rev":1}`)
		}),

	"defaults.merge_new_member": same(func(r *run) {
		given := customerWith(2, &Account{AcctNo: 1002, AcctName: "Bob Credit Account"}, &Account{AcctNo: 7000, AcctName: "x"})
		given.FirstName, given.LastName, given.Email = "Bob", "Builder", ptr("bbuilder@nomansland.bu")
		c := val(session.Merge(ctx, r.s, given))
		r.commit()
		r.note("accounts", each(all(&c.Accounts), func(a *Account) any { return []any{a.AcctNo, a.AcctOpenDt} }))
	}).but(keepsValues),

	"defaults.bulk_save": same(func(r *run) {
		items := r.Items.(*items)
		r.check(session.BulkInsert(ctx, r.s, items, &Item{Name: ptr("a")}, &Item{Name: ptr("b"), Qty: ptr[int32](1)}))
		r.commit()
		r.note("items", each(val(query.Select(items).OrderBy(items.ID).All(ctx, r.s)), func(i *Item) any {
			return []any{i.Name, i.Qty, i.Code, i.Status, i.Num, i.Rev}
		}))
	}).but(namesAllColumns),

	"defaults.onupdate_of_nulled_children_back": same(func(r *run) {
		c, a := r.customer(1), r.account(1001)
		n := r.savepoint()
		r.s.Delete(c)
		r.flush()
		r.note("update", a.AcctUpdateDt)
		r.check(n.Rollback(ctx))
		r.note("update", a.AcctUpdateDt)
		r.note("cust", a.CustID)
		r.commit()
	}).but(restoresValues, manyRows, savepointTravels),

	"defaults.server_value_after_savepoint_back": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.flush()
		n := r.savepoint()
		i.Status, i.Num = ptr("x"), ptr[int32](1)
		r.flush()
		r.check(n.Rollback(ctx))
		r.note("item", []any{i.Status, i.Num, i.Rev})
		i.Name = ptr("b")
		r.commit()
		r.note("item", []any{i.Status, i.Num, i.Rev})
	}).but(restoresValues),
}
