package render_test

import (
	"errors"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var errNotLoaded = errors.New("it is not loaded")

// counts is the call of Count.
func counts[R any](q query.Query[R]) testCase {
	return call(func(s *session.Session) (any, error) { return q.Count(ctx, s) })
}

// first is the call of First.
func first[R any](q query.Query[R]) testCase {
	return call(func(s *session.Session) (any, error) { return q.First(ctx, s) })
}

// one is the call of One.
func one[R any](q query.Query[R]) testCase {
	return call(func(s *session.Session) (any, error) { return q.One(ctx, s) })
}

// all is the call of All.
func all[R any](q query.Query[R]) testCase {
	return call(func(s *session.Session) (any, error) { return q.All(ctx, s) })
}

// each is a loop over Iter.
func each[R, V any](q query.Query[R], f func(R) V) testCase {
	return call(func(s *session.Session) (any, error) {
		var vs []V
		for row, err := range q.Iter(ctx, s) {
			if err != nil {
				return nil, err
			}
			vs = append(vs, f(row))
		}
		return vs, nil
	})
}

var queryCalls = cases{
	"query_calls.count_filtered":         counts(query.Select(C).Filter(C.LastName.Eq("Doctor"))),
	"query_calls.count_limited":          counts(query.Select(A).Limit(2)),
	"query_calls.count_distinct_columns": counts(query.Select(C.LastName).Distinct()),
	"query_calls.count_join":             counts(query.Select(C).Join(A)),
	"query_calls.count_offset":           counts(query.Select(C).Offset(7)),
	"query_calls.first":                  first(query.Select(C.ID).OrderBy(C.ID.Desc())),
	"query_calls.first_none":             first(query.Select(C.ID).Filter(C.ID.Eq(99))),
	"query_calls.first_after_offset":     first(ids.Offset(2)),
	"query_calls.one_none":               one(query.Select(C).Filter(C.ID.Eq(99))),
	"query_calls.one_or_none_many":       one(query.Select(C)),
	"query_calls.scalar_many":            one(query.Select(C.ID)),
	"query_calls.scalar_two_columns": call(func(s *session.Session) (any, error) {
		row, err := query.Select2(C.ID, C.Email).Filter(C.ID.Eq(1)).One(ctx, s)
		return row.V1, err
	}),
	"query_calls.all_tuples":  all(query.Select2(T.ID, T.Name).OrderBy(T.ID)),
	"query_calls.get_missing": call(func(s *session.Session) (any, error) { return session.Get(ctx, s, C, 99) }),
	"query_calls.get_composite_dict": call(func(s *session.Session) (any, error) {
		return session.Get(ctx, s, L, 5, 2)
	}),
	"query_calls.get_composite_wrong_count": call(func(s *session.Session) (any, error) {
		return session.Get(ctx, s, L, 5)
	}),
	"query_calls.get_on_filtered":           refuses(`query.Select(C).Filter(C.ID.Gt(1)).Get(3)`, "Get undefined"),
	"query_calls.select_scalars":            all(query.Select(T.Name).OrderBy(T.ID)),
	"query_calls.select_scalar_one":         one(query.Select(T.Name)),
	"query_calls.select_scalar_one_none":    one(query.Select(T.Name).Filter(T.ID.Eq(99))),
	"query_calls.select_scalar_one_or_none": one(query.Select(T.Name).Filter(T.ID.Eq(99))),
	"query_calls.result_one":                one(query.Select(T.Name)),
	"query_calls.result_mappings":           python("rows as dictionaries"),
	"query_calls.result_keys":               python("the names of a result's columns: a row's values have Go types and places"),
	"query_calls.result_ambiguous_attr": call(func(s *session.Session) (any, error) {
		row, err := query.Select2(C.ID.As("x"), T.Name.As("x")).Filter(C.ID.EqExpr(T.ID), T.ID.Eq(1)).First(ctx, s)
		return row.V1, err
	}),
	"query_calls.bool_query_truth":    refuses(`println(len(query.Select(C)))`, "invalid argument"),
	"query_calls.in_query_iteration":  each(query.Select(T).OrderBy(T.ID), func(t *Tag) string { return t.Name }),
	"query_calls.column_descriptions": python("what a query selects, by name: its Go type says it"),
	"query_calls.params_late": call(func(s *session.Session) (any, error) {
		late := query.Prepare1(func(x expr.Int) query.Query[int64] { return query.Select(C.ID).Filter(C.ID.EqExpr(x)) })
		return late.With(4).All(ctx, s)
	}),
	"query_calls.yield_per": each(query.Select(T).OrderBy(T.ID), func(t *Tag) int64 { return t.ID }),

	// relationships are loaded by a statement of their own, so that LIMIT means what it says
	"query_calls.joinedload_limit": call(func(s *session.Session) (any, error) {
		cs, err := query.Select(C).Load(C.Accounts).OrderBy(C.ID).Limit(4).All(ctx, s)
		var rows []query.Row2[int64, int]
		for _, c := range cs {
			accounts, loaded := c.Accounts.Peek()
			if !loaded {
				return nil, errNotLoaded
			}
			rows = append(rows, query.Row2[int64, int]{V1: c.ID, V2: len(accounts)})
		}
		return rows, err
	}),
	"query_calls.joinedload_innerjoin": call(func(s *session.Session) (any, error) {
		as, err := query.Select(A).Join(A.Customer).Load(A.Customer).OrderBy(A.AcctNo).All(ctx, s)
		var nos []int64
		for _, a := range as {
			if _, loaded := a.Customer.Peek(); !loaded {
				return nil, errNotLoaded
			}
			nos = append(nos, a.AcctNo)
		}
		return nos, err
	}),
	// a list that holds a part only of what belongs in it is none: pairs say what was read
	"query_calls.contains_eager": call(func(s *session.Session) (any, error) {
		pairs, err := query.Select2(C.ID, A.AcctNo).Join(C.Accounts).Filter(A.AcctNo.Gt(2000)).OrderBy(C.ID, A.AcctNo).All(ctx, s)
		var rows []query.Row2[int64, []int64]
		for _, p := range pairs {
			if n := len(rows); n == 0 || rows[n-1].V1 != p.V1 {
				rows = append(rows, query.Row2[int64, []int64]{V1: p.V1})
			}
			last := &rows[len(rows)-1]
			last.V2 = append(last.V2, p.V2)
		}
		return rows, err
	}),
	"query_calls.load_only": all(query.Select(C.Email).Filter(C.ID.Eq(1))),
	"query_calls.select_joinedload_no_unique": call(func(s *session.Session) (any, error) {
		cs, err := query.Select(C).Load(C.Accounts).All(ctx, s)
		return len(cs), err
	}),
}
