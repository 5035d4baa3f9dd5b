package expr_test

import (
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

// A function's result has the operators of its operand's kind.
func TestKinded(t *testing.T) {
	c := table
	none := (*string)(nil)
	check(t, []golden{
		{"Coalesce of a text", expr.Coalesce(c.Nick, "a").Like("b%"), "coalesce(t.nick, $1) LIKE $2", args{"a", "b%"}},
		{"Coalesce of a number", expr.Coalesce(c.Score, 0).Plus(1), "coalesce(t.score, $1) + $2", args{int64(0), int64(1)}},
		{"Coalesce of a decimal", expr.Coalesce(c.Price, "0").Times("2"), "coalesce(t.price, $1) * $2", args{"0", "2"}},
		{"Coalesce of a time", expr.Coalesce(c.Until, time.Unix(0, 0)).Minus(time.Hour), "coalesce(t.until, $1) - $2::interval", args{time.Unix(0, 0), time.Hour}},
		{"Coalesce of a day", expr.Coalesce(c.Day, time.Unix(0, 0)).PlusDays(1), "coalesce(t.day, $1) + $2::integer", args{time.Unix(0, 0), int32(1)}},
		{"Coalesce of a truth value", expr.Coalesce(c.Maybe, false).Not(), "NOT coalesce(t.maybe, $1)", args{false}},
		{"Coalesce of an aggregate", expr.Coalesce(expr.Sum(c.ID), 0).Gt(1), "coalesce(sum(t.id), $1) > $2", args{int64(0), int64(1)}},
		{"Coalesce of a label", expr.Coalesce(c.Nick.As("n"), "a").Eq("b"), "coalesce(t.nick, $1) = $2", args{"a", "b"}},
		{"CoalesceExpr", expr.CoalesceExpr(c.Nick, c.Name, expr.Val("a")).Concat("!"), "coalesce(t.nick, t.name, $1::text) || $2", args{"a", "!"}},
		{"NullIf", c.ID.OverExpr(expr.NullIf(c.Score, 0).Times(2)), "t.id / (nullif(t.score, $1) * $2)", args{int64(0), int64(2)}},
		{"NullIfExpr", expr.NullIfExpr(c.Name, c.Nick).IsNull(), "nullif(t.name, t.nick) IS NULL", nil},
		{"Greatest", expr.Greatest(c.ID, c.Score).Minus(1), "greatest(t.id, t.score) - $1", args{int64(1)}},
		{"Least", expr.Least(c.At, c.Until).Plus(time.Hour), "least(t.at, t.until) + $1::interval", args{time.Hour}},
		{"CastTo", expr.CastTo[expr.Text](c.ID).Like("1%"), "CAST(t.id AS text) LIKE $1", args{"1%"}},
		{"Const", expr.Const[expr.Int](10).MinusExpr(c.ID), "$1::bigint - t.id", args{int64(10)}},
		{"Max of a time", expr.Max(c.At).Plus(time.Hour), "max(t.at) + $1::interval", args{time.Hour}},
		{"As", expr.As[expr.Int](c.Mid).GtExpr(c.ID), "t.mid > t.id", nil},
		{"Nullable", expr.Nullable(new("a")), "$1::text", args{"a"}},
		{"Nullable, nil", c.Nick.InExpr(expr.Val(""), expr.Nullable(none)), "t.nick IN ($1::text, $2::text)", args{"", nil}},
		{"Nullable, of a condition", expr.And(c.Yes, expr.Nullable[bool](nil)), "t.yes AND $1::boolean", args{nil}},
		{"Const of a decimal", expr.Const[expr.Decimal]("1.19").TimesExpr(c.Price), "$1::numeric * t.price", args{"1.19"}},
	})
}

func TestTextFunctions(t *testing.T) {
	c := table
	check(t, []golden{
		{"of a value", expr.Lower(expr.Val("A")), "lower($1::text)", args{"A"}},
		{"of a function", expr.Upper(expr.Func[expr.Text]("btrim", c.Name, expr.Val("x"))), "upper(btrim(t.name, $1::text))", args{"x"}},
		{"of a label", expr.Lower(c.Name.As("n")), "lower(t.name)", nil},
		{"InitCap", expr.InitCap(c.Name), "initcap(t.name)", nil},
		{"Reverse", expr.Reverse(c.Name), "reverse(t.name)", nil},
		{"LTrim", expr.LTrim(c.Name), "ltrim(t.name)", nil},
		{"RTrim", expr.RTrim(c.Name), "rtrim(t.name)", nil},
		{"Left", expr.Left(c.Name, 2), "left(t.name, $1::integer)", args{int32(2)}},
		{"Right", expr.Right(c.Name, -1), "right(t.name, $1::integer)", args{int32(-1)}},
		{"LPad", expr.LPad(c.Name, 5, "*"), "lpad(t.name, $1::integer, $2::text)", args{int32(5), "*"}},
		{"RPad", expr.RPad(c.Name, 5, "*"), "rpad(t.name, $1::integer, $2::text)", args{int32(5), "*"}},
		{"Replace", expr.Replace(c.Nick, "a", "b"), "replace(t.nick, $1::text, $2::text)", args{"a", "b"}},
		{"RegexpReplace", expr.RegexpReplace(c.Name, "o+", "0", "gi"), "regexp_replace(t.name, $1::text, $2::text, $3::text)", args{"o+", "0", "gi"}},
		{"SplitPart", expr.SplitPart(c.Name, "@", 2), "split_part(t.name, $1::text, $2::integer)", args{"@", int32(2)}},
		{"StrPos", expr.StrPos(c.Name, "a").Gt(0), "strpos(t.name, $1::text) > $2", args{"a", int64(0)}},
		{"ConcatWS", expr.ConcatWS(", ", c.Name, c.Nick, c.ID), "concat_ws($1::text, t.name, t.nick, t.id)", args{", "}},
		{"ToChar", expr.ToChar(c.At, "YYYY-MM").Eq("2024-01"), "to_char(t.at, $1::text) = $2", args{"YYYY-MM", "2024-01"}},
		{"ToChar of a number", expr.ToChar(c.ID, "FM999"), "to_char(t.id, $1::text)", args{"FM999"}},
		{"Func with an int", expr.Func[expr.Text]("repeat", c.Name, expr.Val(2)), "repeat(t.name, $1::integer)", args{2}},
		{"HasPrefixExpr", c.Name.HasPrefixExpr(c.Nick), "starts_with(t.name, t.nick)", nil},
		{"HasSuffixExpr", c.Name.HasSuffixExpr(c.Nick), "right(t.name, length(t.nick)) = t.nick", nil},
		{"ContainsExpr", c.Name.ContainsExpr(c.Nick), "strpos(t.name, t.nick) > 0", nil},
		{"HasPrefixExpr, Not", c.Name.HasPrefixExpr(c.Nick).Not(), "NOT starts_with(t.name, t.nick)", nil},
	})
}

func TestNumberFunctions(t *testing.T) {
	c := table
	check(t, []golden{
		{"Abs of a decimal", expr.Abs(c.Price), "abs(t.price)", nil},
		{"Ceil", expr.Ceil(c.F), "ceil(t.f)", nil},
		{"Floor", expr.Floor(c.F.Times(2)), "floor(t.f * $1)", args{2.0}},
		{"Round of an aggregate", expr.Round(expr.Sum(c.Price)), "round(sum(t.price))", nil},
		{"RoundTo", expr.RoundTo(c.Price, 1).Plus("1"), "round(t.price, $1::integer) + $2", args{int32(1), "1"}},
		{"an aggregate", expr.Func[expr.NullFloat]("stddev", c.F, expr.Filter(c.Yes)), "stddev(t.f) FILTER (WHERE t.yes)", nil},
		{"WithinGroup", expr.Func[expr.NullFloat]("percentile_cont", expr.Val(0.5), expr.WithinGroup(c.F.Desc()), expr.Filter(c.Yes)), "percentile_cont($1::double precision) WITHIN GROUP (ORDER BY t.f DESC) FILTER (WHERE t.yes)", args{0.5}},
		{"WithinGroup without an argument", expr.Func[expr.NullText]("mode", expr.WithinGroup(c.Nick)), "mode() WITHIN GROUP (ORDER BY t.nick)", nil},
		{"Avg of a decimal", expr.Avg(c.Price).Gt("1.5"), "avg(t.price) > $1", args{"1.5"}},
		{"Avg of integers", expr.Avg(c.ID).Gt(1.5), "avg(t.id) > $1", args{1.5}},
		{"BoolAnd", expr.BoolAnd(c.ID.Gt(1)), "bool_and(t.id > $1)", args{int64(1)}},
		{"BoolOr", expr.BoolOr(c.Maybe, expr.Distinct()), "bool_or(DISTINCT t.maybe)", nil},
		{"Op, sums and products", expr.Op[expr.NullInt](expr.Op[expr.NullInt](c.ID, "+", c.Mid), "*", c.Score), "(t.id + t.mid) * t.score", nil},
		{"Op, products and sums", expr.Op[expr.NullInt](expr.Op[expr.NullInt](c.ID, "*", c.Mid), "+", c.Score), "t.id * t.mid + t.score", nil},
		{"Op, power", expr.Op[expr.NullFloat](c.F, "^", expr.Op[expr.NullFloat](c.F, "+", c.F)), "t.f ^ (t.f + t.f)", nil},
		{"Op, comparison", expr.Op[expr.Predicate](expr.Op[expr.Predicate](c.ID, "<", c.Mid), "=", c.Yes), "(t.id < t.mid) = t.yes", nil},
		{"Op, comparison, Not", expr.Not(expr.Op[expr.Predicate](c.ID, "!=", c.Mid)), "NOT t.id != t.mid", nil},
		{"Op, bits", expr.Op[expr.NullInt](c.ID, "&", expr.Op[expr.NullInt](c.ID, "|", c.ID)), "t.id & (t.id | t.id)", nil},
	})
}

// An integer that is too great for the type integer is a bigint wherever it stands.
func TestWide(t *testing.T) {
	c := table
	const wide = 1 << 40
	many := append(many(16), -wide)
	check(t, []golden{
		{"Eq", c.ID.Eq(wide), "t.id = $1::bigint", args{int64(wide)}},
		{"Plus", c.ID.Plus(-wide), "t.id + $1::bigint", args{int64(-wide)}},
		{"of a narrow column", expr.As[expr.Int](c.Mid).In(1, wide), "t.mid IN ($1, $2::bigint)", args{int64(1), int64(wide)}},
		{"many of a narrow column", expr.As[expr.Int](c.Mid).In(many...), "t.mid = ANY($1::bigint[])", args{many}},
		{"the greatest integer", c.ID.Eq(1<<31 - 1), "t.id = $1", args{int64(1<<31 - 1)}},
		{"the next", c.ID.Eq(1 << 31), "t.id = $1::bigint", args{int64(1 << 31)}},
	})
}

func TestTruth(t *testing.T) {
	c := table
	check(t, []golden{
		{"IsTrue of a column", c.Maybe.IsTrue(), "t.maybe IS TRUE", nil},
		{"IsNotTrue", c.Maybe.IsNotTrue(), "t.maybe IS NOT TRUE", nil},
		{"IsFalse", c.Maybe.IsFalse(), "t.maybe IS FALSE", nil},
		{"IsNotFalse", c.ID.Gt(1).IsNotFalse(), "t.id > $1 IS NOT FALSE", args{int64(1)}},
		{"And of a column", c.Yes.And(c.Maybe).Or(c.ID.Eq(1)), "t.yes AND t.maybe OR t.id = $1", args{int64(1)}},
		{"Not of a column", c.Yes.Not(), "NOT t.yes", nil},
		{"Any", expr.Val("a").EqExpr(expr.Any[string](c.Tags)), "$1 = ANY(t.tags)", args{"a"}},
		{"Any of values", c.ID.LtExpr(expr.Any[int64](expr.Val([]int64{1, 2}))), "t.id < ANY($1::bigint[])", args{[]int64{1, 2}}},
		{"All", c.Name.NeExpr(expr.All[string](c.Tags)), "t.name <> ALL(t.tags)", nil},
		{"Like of Any", c.Name.LikeExpr(expr.Any[string](expr.Val([]string{"a%"}))), "t.name LIKE ANY($1::text[])", args{[]string{"a%"}}},
		{"Any, Not", c.Name.EqExpr(expr.Any[string](c.Tags)).Not(), "NOT t.name = ANY(t.tags)", nil},
		{"Like of Any, Not", c.Name.LikeExpr(expr.Any[string](c.Tags)).Not(), "NOT t.name LIKE ANY(t.tags)", nil},
	})
}

// Many tuples are as many arguments as a tuple has columns.
func TestManyTuples(t *testing.T) {
	c := table
	two, three := expr.Tuple2(c.ID, c.Mood), expr.Tuple3(c.Small, c.Nick, c.Key)
	var pairs []expr.Pair[int64, Mood]
	var triples []expr.Triple[int16, string, [16]byte]
	var exprs []expr.Pair[int64, string]
	mixed := expr.Tuple2(c.ID.Plus(1), c.Name)
	ids, moods, smalls, nicks, keys := []int64{}, []Mood{}, []int16{}, []string{}, [][16]byte{}
	for i := range 17 {
		pairs, triples = append(pairs, two.Row(int64(i), "a")), append(triples, three.Row(int16(i), "b", [16]byte{byte(i)}))
		exprs = append(exprs, mixed.Row(1, "a"))
		ids, moods, smalls, nicks, keys = append(ids, int64(i)), append(moods, "a"), append(smalls, int16(i)), append(nicks, "b"), append(keys, [16]byte{byte(i)})
	}
	check(t, []golden{
		{"of 17", two.In(pairs...), "(t.id, t.mood) IN (SELECT * FROM unnest(nullif($1, ARRAY[(NULL::t).id]), nullif($2, ARRAY[(NULL::t).mood])))", args{ids, moods}},
		{"of 17, Not", two.NotIn(pairs...), "(t.id, t.mood) NOT IN (SELECT * FROM unnest(nullif($1, ARRAY[(NULL::t).id]), nullif($2, ARRAY[(NULL::t).mood])))", args{ids, moods}},
		{"of 17 triples", three.In(triples...), "(t.small, t.nick, t.key) IN (SELECT * FROM unnest(nullif($1, ARRAY[(NULL::t).small]), nullif($2, ARRAY[(NULL::t).nick]), nullif($3, ARRAY[(NULL::t).key])))", args{smalls, nicks, keys}},
	})
	for name, p := range map[string]expr.Predicate{"16": two.In(pairs[:16]...), "an expression": mixed.In(exprs...)} {
		if sql, _, err := p.SQL(); err != nil || strings.Contains(sql, "unnest") {
			t.Errorf("%s: %s, %v", name, sql, err)
		}
	}
}

func TestTuple(t *testing.T) {
	c := table
	two, three := expr.Tuple2(c.ID, c.Name), expr.Tuple3(c.ID, c.Nick, c.Price)
	ab := args{int64(1), "a"}
	abc := args{int64(1), "a", "2.5"}
	check(t, []golden{
		{"In", two.In(two.Row(1, "a"), two.Row(2, "b")), "(t.id, t.name) IN (($1, $2), ($3, $4))", args{int64(1), "a", int64(2), "b"}},
		{"In of none", two.In(), "FALSE", nil},
		{"NotIn", two.NotIn(two.Row(1, "a")), "(t.id, t.name) NOT IN (($1, $2))", ab},
		{"In of expressions", two.In(expr.Tuple2(c.Score, c.Nick)), "(t.id, t.name) IN ((t.score, t.nick))", nil},
		{"Eq", two.Eq(1, "a"), "(t.id, t.name) = ($1, $2)", ab},
		{"Lt", two.Lt(1, "a"), "(t.id, t.name) < ($1, $2)", ab},
		{"Le", two.Le(1, "a"), "(t.id, t.name) <= ($1, $2)", ab},
		{"Gt", two.Gt(1, "a"), "(t.id, t.name) > ($1, $2)", ab},
		{"Ge", two.Ge(1, "a"), "(t.id, t.name) >= ($1, $2)", ab},
		{"EqExpr", two.EqExpr(expr.Tuple2(c.Score, c.Nick)), "(t.id, t.name) = (t.score, t.nick)", nil},
		{"three, In", three.In(three.Row(1, "a", "2.5")), "(t.id, t.nick, t.price) IN (($1, $2, $3))", abc},
		{"three, NotIn", three.NotIn(three.Row(1, "a", "2.5")), "(t.id, t.nick, t.price) NOT IN (($1, $2, $3))", abc},
		{"three, Eq", three.Eq(1, "a", "2.5"), "(t.id, t.nick, t.price) = ($1, $2, $3)", abc},
		{"three, Lt", three.Lt(1, "a", "2.5"), "(t.id, t.nick, t.price) < ($1, $2, $3)", abc},
		{"three, Le", three.Le(1, "a", "2.5"), "(t.id, t.nick, t.price) <= ($1, $2, $3)", abc},
		{"three, Gt", three.Gt(1, "a", "2.5"), "(t.id, t.nick, t.price) > ($1, $2, $3)", abc},
		{"three, Ge", three.Ge(1, "a", "2.5"), "(t.id, t.nick, t.price) >= ($1, $2, $3)", abc},
		{"three, EqExpr", three.EqExpr(three), "(t.id, t.nick, t.price) = (t.id, t.nick, t.price)", nil},
	})
}

func TestSwitch(t *testing.T) {
	c := table
	s := expr.CaseOn[expr.NullText](c.ID).When(1, "one")
	two := s.When(2, "two")
	check(t, []golden{
		{"one branch", s.End(), "CASE t.id WHEN $1 THEN $2 END", args{int64(1), "one"}},
		{"Else", two.Else("many"), "CASE t.id WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END", args{int64(1), "one", int64(2), "two", "many"}},
		{"expressions", s.WhenExpr(c.Score, c.Name).ElseExpr(c.Nick), "CASE t.id WHEN $1 THEN $2 WHEN t.score THEN t.name ELSE t.nick END", args{int64(1), "one"}},
		{"of numbers", expr.CaseOn[expr.Int](c.Name).When("a", 1).Else(0), "CASE t.name WHEN $1 THEN $2::bigint ELSE $3::bigint END", args{"a", int64(1), int64(0)}},
	})
	for _, x := range []interface{ SQL() (string, []any, error) }{expr.CaseOn[expr.Text](c.ID).End(), expr.CaseOn[expr.Text](c.ID).Else("a")} {
		if text, _, err := x.SQL(); err == nil {
			t.Errorf("CASE without a branch is %s", text)
		}
	}
}

func TestTimes(t *testing.T) {
	c := table
	check(t, []golden{
		{"PlusExpr", c.At.PlusExpr(c.Took), "t.at + t.took", nil},
		{"MinusExpr of months", c.Day.MinusExpr(expr.Cast[expr.Interval](expr.Val("1 month"), "interval")), "t.day - CAST($1::text AS interval)", args{"1 month"}},
		{"AtTimeZone", c.At.AtTimeZone("Europe/Berlin"), "t.at AT TIME ZONE $1::text", args{"Europe/Berlin"}},
		{"AtTimeZone of a sum", c.At.Plus(time.Hour).AtTimeZone("UTC").Plus(time.Hour), "(t.at + $1::interval) AT TIME ZONE $2::text + $3::interval", args{time.Hour, "UTC", time.Hour}},
		{"MinusDaysExpr", c.Day.MinusDaysExpr(expr.Val(int32(7))), "t.day - $1::integer", args{int32(7)}},
		{"PlusDays", c.Day.PlusDays(-7), "t.day + $1::integer", args{int32(-7)}},
		{"days Since", c.Day.SinceExpr(c.Day.PlusDays(1)).Gt(2), "t.day - (t.day + $1::integer) > $2", args{int32(1), int64(2)}},
		{"days Since a value", c.Day.Since(time.Unix(0, 0)), "t.day - $1", args{time.Unix(0, 0)}},
		{"Extract of an interval", expr.Extract("epoch", c.At.SinceExpr(c.Until)), "EXTRACT(epoch FROM t.at - t.until)", nil},
		{"Extract of a day", expr.Extract("dow", c.Day), "EXTRACT(dow FROM t.day)", nil},
		{"DateTrunc of a day", expr.DateTrunc("month", c.Day), "date_trunc($1::text, t.day)", args{"month"}},
		{"CurrentTimestamp", expr.CurrentTimestamp().Ge(time.Unix(0, 0)), "CURRENT_TIMESTAMP >= $1", args{time.Unix(0, 0)}},
	})
}
