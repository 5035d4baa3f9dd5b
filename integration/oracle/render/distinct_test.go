package render_test

import "github.com/cupel-go/cupel/query"

var distinct = cases{
	"distinct.distinct":             stmt(query.Select(C.LastName).Distinct().OrderBy(C.LastName)),
	"distinct.distinct_query":       stmt(query.Select(C.LastName).Distinct().OrderBy(C.LastName)),
	"distinct.distinct_on":          lacks("DISTINCT ON"),
	"distinct.distinct_on_query":    lacks("DISTINCT ON"),
	"distinct.distinct_order_other": stmt(query.Select(C.LastName).Distinct().OrderBy(C.ID)),
	"distinct.distinct_on_mismatch": lacks("DISTINCT ON"),
	"distinct.distinct_join_entity": stmt(query.Select(C).Join(A).Distinct().OrderBy(C.ID)),
}
