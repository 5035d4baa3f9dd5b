package expr

import (
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Columns of ranges. A range without an end, empty, or with other ends than those of [Span] is a pgtype.Range that is written out.
// Its Valid must be true: without it, it is NULL.
type (
	IntRange     = RangeOf[NullInt, int64, pgtype.Range[int64], pgtype.Range[int64]] // int8range
	NullIntRange = RangeOf[NullInt, int64, pgtype.Range[int64], *pgtype.Range[int64]]

	Int32Range     = RangeOf[NullInt32, int32, pgtype.Range[int32], pgtype.Range[int32]] // int4range
	NullInt32Range = RangeOf[NullInt32, int32, pgtype.Range[int32], *pgtype.Range[int32]]

	DecimalRange = RangeOf[DecimalOf[pgtype.Numeric, *pgtype.Numeric], pgtype.Numeric, pgtype.Range[pgtype.Numeric], pgtype.Range[pgtype.Numeric]] // numrange

	TimeRange     = RangeOf[NullTime, time.Time, pgtype.Range[time.Time], pgtype.Range[time.Time]] // tstzrange
	NullTimeRange = RangeOf[NullTime, time.Time, pgtype.Range[time.Time], *pgtype.Range[time.Time]]
	DateRange     = RangeOf[NullDate, time.Time, pgtype.Range[time.Time], pgtype.Range[time.Time]] // daterange
	NullDateRange = RangeOf[NullDate, time.Time, pgtype.Range[time.Time], *pgtype.Range[time.Time]]
)

// Columns of multiranges.
type (
	IntMultirange  = MultirangeOf[NullInt, int64, pgtype.Multirange[pgtype.Range[int64]], pgtype.Multirange[pgtype.Range[int64]]]              // int8multirange
	TimeMultirange = MultirangeOf[NullTime, time.Time, pgtype.Multirange[pgtype.Range[time.Time]], pgtype.Multirange[pgtype.Range[time.Time]]] // tstzmultirange
	DateMultirange = MultirangeOf[NullDate, time.Time, pgtype.Multirange[pgtype.Range[time.Time]], pgtype.Multirange[pgtype.Range[time.Time]]] // datemultirange
)

func (RangeOf[K, E, V, R]) with(b *ast.Box) (k RangeOf[K, E, V, R])       { k.box = b; return k }
func (RangeOf[K, E, V, R]) notNull(b *ast.Box) (k RangeOf[K, E, V, V])    { k.box = b; return k }
func (RangeOf[K, E, V, R]) maybeNull(b *ast.Box) (k RangeOf[K, E, V, *V]) { k.box = b; return k }

func (RangeOf[K, E, V, R]) kind() ColumnKind {
	var k K
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]()).as(rangeTypes[k.kind().SQLType])
}

func (MultirangeOf[K, E, V, R]) with(b *ast.Box) (k MultirangeOf[K, E, V, R]) { k.box = b; return k }

func (MultirangeOf[K, E, V, R]) notNull(b *ast.Box) (k MultirangeOf[K, E, V, V]) { k.box = b; return k }

func (MultirangeOf[K, E, V, R]) maybeNull(b *ast.Box) (k MultirangeOf[K, E, V, *V]) {
	k.box = b
	return k
}

func (MultirangeOf[K, E, V, R]) kind() ColumnKind {
	var k K
	t := strings.Replace(rangeTypes[k.kind().SQLType], "range", "multirange", 1)
	return kindOf(reflect.TypeFor[V](), reflect.TypeFor[R]()).as(t)
}

// rangeTypes are the types of ranges by those of their ends.
var rangeTypes = map[string]string{
	"integer": "int4range", "bigint": "int8range", "numeric": "numrange", "date": "daterange",
	"timestamp": "tsrange", "timestamptz": "tstzrange",
}

// endType returns the type of the ends of a range that n is, of kind k; "" where it is one of the database's own.
func endType(n ast.Node, k ColumnKind) string {
	name := strings.Replace(constType(n, k), "multirange", "range", 1)
	for end, of := range rangeTypes {
		if of == name {
			return end
		}
	}
	return ""
}

// RangeExpr is a range or a multirange of values with the Go type E.
type RangeExpr[E any] interface {
	Expression
	span(E)
}

// Span returns the range from lo, which belongs to it, to hi, which does not, as a Go value: "[lo,hi)".
func Span[E any](lo, hi E) pgtype.Range[E] {
	return pgtype.Range[E]{Lower: lo, Upper: hi, LowerType: pgtype.Inclusive, UpperType: pgtype.Exclusive, Valid: true}
}

// NewRange renders "int8range(lo, hi)", a range of expressions of the kind that the caller names; lo belongs to it, and hi does not.
// An end that is NULL is none. lo > hi is an error of the server.
//
//	expr.NewRange[expr.TimeRange](b.From, b.Until).Has(now)
func NewRange[K interface {
	Kind[K]
	RangeExpr[E]
}, E any](lo, hi Of[E]) K {
	return newRange[K](lo, hi)
}

// NewRangeBy is NewRange with other bounds: "[]", "(]" or "()", of which the round ones do not belong to it.
func NewRangeBy[K interface {
	Kind[K]
	RangeExpr[E]
}, E any](lo, hi Of[E], bounds string) K {
	return newRange[K](lo, hi, Val(bounds).Node())
}

func newRange[K Kind[K]](lo, hi Expression, more ...ast.Node) K {
	var k K
	return call[K](k.kind().SQLType, append([]ast.Node{ast.Of(lo), ast.Of(hi)}, more...)...)
}

// RangeLower renders "lower(x)": where a range begins; NULL where it has no such end, and of the empty one.
func RangeLower[K KindOf[K, E], E, V, R any](x RangeOf[K, E, V, R]) K {
	return call[K]("lower", x.Node())
}

// RangeUpper renders "upper(x)": where a range ends; NULL where it has no such end, and of the empty one. Ranges of integers and days
// are stored so that it does not belong to them.
func RangeUpper[K KindOf[K, E], E, V, R any](x RangeOf[K, E, V, R]) K {
	return call[K]("upper", x.Node())
}

// MultirangeLower renders "lower(x)": where the first of the ranges begins; NULL where it has no such end, and of the empty one.
func MultirangeLower[K KindOf[K, E], E, V, R any](x MultirangeOf[K, E, V, R]) K {
	return call[K]("lower", x.Node())
}

// MultirangeUpper renders "upper(x)": where the last of the ranges ends; NULL where it has no such end, and of the empty one.
func MultirangeUpper[K KindOf[K, E], E, V, R any](x MultirangeOf[K, E, V, R]) K {
	return call[K]("upper", x.Node())
}

// IsEmpty renders "isempty(x)": whether nothing lies in a range.
func IsEmpty[E any](x RangeExpr[E]) NullBool { return call[NullBool]("isempty", ast.Of(x)) }

// LowerInc renders "lower_inc(x)": whether where it begins belongs to it.
func LowerInc[E any](x RangeExpr[E]) NullBool { return call[NullBool]("lower_inc", ast.Of(x)) }

// UpperInc renders "upper_inc(x)": whether where it ends belongs to it.
func UpperInc[E any](x RangeExpr[E]) NullBool { return call[NullBool]("upper_inc", ast.Of(x)) }

// LowerInf renders "lower_inf(x)": whether it has no beginning.
func LowerInf[E any](x RangeExpr[E]) NullBool { return call[NullBool]("lower_inf", ast.Of(x)) }

// UpperInf renders "upper_inf(x)": whether it has no end.
func UpperInf[E any](x RangeExpr[E]) NullBool { return call[NullBool]("upper_inf", ast.Of(x)) }

// RangeMerge renders "range_merge(x, y)": the smallest range in which both lie. It is NULL where either is NULL.
func RangeMerge[K KindOf[K, E], E, V, R any](x RangeOf[K, E, V, R], y Of[V]) RangeOf[K, E, V, *V] {
	return call[RangeOf[K, E, V, *V]]("range_merge", x.Node(), ast.Of(y))
}

// RangeAgg renders "range_agg(x)": all that lies in any of the ranges, as a multirange; nil when there is no row where x is not NULL.
// PostgreSQL has it from version 14 on.
func RangeAgg[K KindOf[K, E], E any, V pgtype.RangeValuer, R any](x RangeOf[K, E, V, R], how ...Modifier) MultirangeOf[K, E, pgtype.Multirange[V], pgtype.Multirange[V]] {
	return aggregate[MultirangeOf[K, E, pgtype.Multirange[V], pgtype.Multirange[V]]]("range_agg", x.Node(), how)
}

// spanTest is a comparison of a range with a Go value.
func spanTest[V any](x *ast.Box, op string, v V) Predicate {
	return operated[Predicate](op, sqlw.PrecOther, nodeOf(x), v)
}

func spanWith[M Kind[M]](x *ast.Box, op string, bind sqlw.Prec, y ast.Node) M {
	return boxed[M](ast.Boxed(ast.Binary{Op: op, Bind: bind, L: nodeOf(x), R: y}))
}
