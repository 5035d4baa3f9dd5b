package render_test

import "github.com/cupel-go/cupel/query"

var distinct = cases{
	"distinct.distinct":             stmt(query.Select(C.LastName).Distinct().OrderBy(C.LastName)),
	"distinct.distinct_query":       stmt(query.Select(C.LastName).Distinct().OrderBy(C.LastName)),
	"distinct.distinct_on":          stmt(query.Select2(A.CustID, A.AcctNo).DistinctOn(A.CustID).OrderBy(A.CustID, A.AcctNo.Desc())),
	"distinct.distinct_on_query":    stmt(query.Select2(A.CustID, A.AcctNo).DistinctOn(A.CustID).OrderBy(A.CustID, A.AcctNo)),
	"distinct.distinct_order_other": stmt(query.Select(C.LastName).Distinct().OrderBy(C.ID)),
	"distinct.distinct_on_mismatch": stmt(query.Select(A.CustID).DistinctOn(A.CustID).OrderBy(A.AcctNo)),
	"distinct.distinct_join_entity": stmt(query.Select(C).Join(A).Distinct().OrderBy(C.ID)),
}
