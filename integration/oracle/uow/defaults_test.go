package uow_test

// noSQLDefaults is what the scenarios of the set defaults lack.
const noSQLDefaults = "defaults that are SQL expressions: model.DefaultExpr(t.Loud, expr.Upper(…)), " +
	"model.OnUpdateExpr(t.Rev, t.Rev.Plus(1))"

var defaults = group{
	"defaults.all_on_insert": lacks(noSQLDefaults),

	"defaults.explicit_values_win": same(func(r *run) {
		i := &Item{
			Name: ptr("a"), Qty: ptr[int32](1), Code: ptr("mine"), Loud: ptr("quiet"), Status: ptr("old"), Num: ptr[int32](1),
		}
		r.s.Add(i)
		r.commit()
	}),

	"defaults.onupdate_only_on_change":     lacks(noSQLDefaults),
	"defaults.onupdate_not_without_change": lacks(noSQLDefaults),
	"defaults.none_in_update":              lacks(noSQLDefaults),
	"defaults.onupdate_sql_expired":        lacks(noSQLDefaults),

	"defaults.two_callables": same(func(r *run) {
		a := &Account{AcctNo: 9999, AcctName: "x"}
		r.s.Add(a)
		r.flush()
		r.note("open", a.AcctOpenDt)
		r.note("update", a.AcctUpdateDt)
		r.commit()
	}),

	"defaults.callable_per_row":      lacks(noSQLDefaults),
	"defaults.eager_defaults_update": lacks(noSQLDefaults),
}
