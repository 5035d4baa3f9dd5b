package uow_test

import "github.com/cupel-go/cupel/query"

var defaults = group{
	"defaults.all_on_insert": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.note("qty before flush", i.Qty)
		r.s.Add(i)
		r.flush()
		r.note("loaded after flush", loaded(i))
		r.note("qty", i.Qty)
		r.note("code", i.Code)
		r.mark("access server default")
		r.note("status", i.Status)
		r.note("num", i.Num)
		r.note("loud", i.Loud)
		r.commit()
	}).but(wholeRows, returnsByItself),

	"defaults.explicit_values_win": same(func(r *run) {
		i := &Item{
			Name: ptr("a"), Qty: ptr[int32](1), Code: ptr("mine"), Loud: ptr("quiet"), Status: ptr("old"), Num: ptr[int32](1),
		}
		r.s.Add(i)
		r.commit()
	}),

	"defaults.onupdate_only_on_change": byDesign(
		"an object keeps its values after a commit, so setting the same name is no change, and rev goes up once",
		func(r *run) {
			i := &Item{Name: ptr("a")}
			r.s.Add(i)
			r.commit()
			i.Name = ptr("a")
			r.commit()
			i.Name = ptr("b")
			r.commit()
			r.want("touched", i.Touched, "2024-01-01 00:00:00")
			r.want("rev", i.Rev, 2)
			r.sent("BEGIN", "INSERT item", "COMMIT", "BEGIN", "UPDATE item", "COMMIT")
		}),

	"defaults.onupdate_not_without_change": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.commit()
		r.note("name", i.Name)
		r.mark("no change")
		i.Name = ptr("a")
		r.commit()
		r.note("touched", i.Touched)
		r.note("rev", i.Rev)
	}).but(keepsValues),

	"defaults.none_in_update": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.commit()
		i.Qty, i.Status = nil, nil
		r.commit()
	}).but(keepsValues),

	"defaults.onupdate_sql_expired": same(func(r *run) {
		i := &Item{Name: ptr("a")}
		r.s.Add(i)
		r.flush()
		i.Name = ptr("b")
		r.flush()
		r.note("loaded", loaded(i))
		r.mark("access")
		r.note("rev", i.Rev)
		r.commit()
	}).but(wholeRows, returnsByItself),

	"defaults.two_callables": same(func(r *run) {
		a := &Account{AcctNo: 9999, AcctName: "x"}
		r.s.Add(a)
		r.flush()
		r.note("open", a.AcctOpenDt)
		r.note("update", a.AcctUpdateDt)
		r.commit()
	}),

	"defaults.callable_per_row": same(func(r *run) {
		for _, n := range []string{"a", "b", "c"} {
			r.s.Add(&Item{Name: ptr(n)})
		}
		r.commit()
		codes := query.Select(r.Items.(*items).Code).OrderBy(r.Items.(*items).ID)
		r.note("codes", val(codes.All(ctx, r.s)))
	}),

	"defaults.eager_defaults_update": same(func(r *run) {
		i := &EagerItem{Name: ptr("a")}
		r.s.Add(i)
		r.commit()
		i.Name = ptr("b")
		r.flush()
		r.note("loaded", loaded(i))
		r.note("rev", i.Rev)
		r.commit()
	}).but(keepsValues, wholeRows),
}
