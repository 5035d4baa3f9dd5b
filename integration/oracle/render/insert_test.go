package render_test

import (
	"math/big"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// tagNamed inserts a tag.
func tagNamed(name string) query.InsertStatement { return query.Insert(T).Values(T.Name.To(name)) }

// tagWith inserts a tag with a key.
func tagWith(id int64, name string) []expr.Assignment {
	return []expr.Assignment{T.ID.To(id), T.Name.To(name)}
}

func ptr[V any](v V) *V { return &v }

// allTypes has a value of every column.
var allTypes = []expr.Assignment{
	O.ID.To(90), O.Status.To("new"), O.Amount.To("1.10"), O.Quantity.To(1), O.Weight.To(0.5), O.IsPaid.To(false),
	O.OrderDate.To(day(2024, 5, 6)), O.CreatedAt.To(time.Date(2024, 5, 6, 7, 8, 9, 10000, time.UTC)),
	O.ShippedAt.To(time.Date(2024, 5, 6, 7, 8, 9, 0, time.FixedZone("", 2*60*60))), O.BigNo.To(1 << 40),
	O.Ref.To(uuid("99999999-9999-9999-9999-999999999999")), O.Meta.To(raw(`{"k": [1, null, "é"]}`)),
	O.Attrs.To(raw(`{"b": true, "f": 1.5}`)), O.Labels.To([]*string{ptr("x"), ptr("y z"), ptr(`q"uote`)}),
	O.Scores.To([]*int64{ptr[int64](1), nil}), O.Note.To("n"),
}

var inserting = cases{
	"insert.values_kwargs": write(tagNamed("x1")),
	"insert.with_default_callables": write(query.Insert(A).Values(A.AcctNo.To(9000), A.AcctName.To("New"),
		A.AcctOpenDt.To(day(2024, 1, 1)), A.AcctUpdateDt.ToNull(), A.CustID.To(1))),
	"insert.none_value":         write(query.Insert(C).Values(C.FirstName.To("N"), C.LastName.To("N"), C.Email.ToNull())),
	"insert.no_values":          write(query.Insert(D).DefaultValues()),
	"insert.no_values_not_null": write(query.Insert(X).Values(X.Amount.To(pgtype.Numeric{Int: big.NewInt(1), Valid: true}))),
	"insert.expression_value":   write(query.Insert(T).Values(T.Name.ToExpr(expr.Func[expr.NullText]("upper", expr.Val("abc"))))),
	"insert.multi_values":       write(query.Insert(T).Values(tagWith(71, "m1")...).Values(tagWith(72, "m2")...)),
	"insert.multi_values_extra_key": write(query.Insert(C).Values(C.FirstName.To("a"), C.LastName.To("b")).
		Values(C.FirstName.To("c"), C.LastName.To("d"), C.Email.To("e"))),
	"insert.executemany": write(query.Insert(T).Values(tagWith(73, "e1")...).Values(tagWith(74, "e2")...).
		Values(tagWith(75, "e3")...)),
	"insert.from_select": write(query.Insert(T).From(query.Select(D.Name), T.Name)),
	"insert.from_select_filter": write(query.Insert(CT).From(
		query.Select2(C.ID, expr.Val[int64](4)).Filter(C.LastName.Eq("Doctor")), CT.CustomerID, CT.TagID)),
	"insert.from_select_no_defaults": write(query.Insert(P).From(query.Select2(T.Name, T.Name), P.Sku, P.Name)),
	"insert.returning_one":           stmt(query.Returning(tagNamed("r1"), T.ID)),
	"insert.returning_entity":        stmt(query.Returning(tagNamed("r1"), T)),
	"insert.returning_multi":         stmt(query.Returning2(tagNamed("r1").Values(T.Name.To("r2")), T.ID, T.Name)),
	"insert.returning_from_select": stmt(query.Returning2(
		query.Insert(T).From(query.Select(D.Name).OrderBy(D.ID), T.Name), T.ID, T.Name)),
	"insert.inline":         write(tagNamed("i1")),
	"insert.unknown_column": refuses(`query.Insert(T).Values(T.Nope.To(1), T.Name.To("x"))`, "T.Nope undefined"),
	"insert.too_long":       write(query.Insert(C).Values(C.FirstName.To("a"), C.LastName.To("b"), C.Mobile.To("12345678901"))),
	"insert.all_types":      write(query.Insert(O).Values(allTypes...)),
	"insert.json_none": write(query.Insert(O).Values(O.ID.To(91), O.Status.To("new"), O.Meta.To(raw("null")),
		O.Attrs.To(raw("null")))),
	"insert.positional_tuple": write(query.Insert(T).Values(tagWith(80, "pos")...)),
	"insert.returning_twice":  stmt(query.Returning2(tagNamed("q"), T.ID, T.Name)),
}
