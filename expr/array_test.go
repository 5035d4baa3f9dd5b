package expr_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

func TestArrays(t *testing.T) {
	c := table
	tags := expr.As[expr.TextArray](c.Tags)
	check(t, []golden{
		{"an element", c.Words.At(1), "t.words[$1]", args{int32(1)}},
		{"an element has its kind", c.Words.At(1).Like("a%"), "t.words[$1] LIKE $2", args{int32(1), "a%"}},
		{"of a plain kind", c.Nums.At(2).Eq(4), "t.nums[$1] = $2", args{int32(2), int64(4)}},
		{"of two dimensions", c.Nums.At(1, 2), "t.nums[$1][$2]", args{int32(1), int32(2)}},
		{"at an expression", c.Words.AtExpr(c.ID.Plus(1)), "t.words[t.id + $1]", args{int64(1)}},
		{"a slice", c.Words.Slice(1, 2).Has("a"), "$1 = ANY(t.words[$2:$3])", args{"a", int32(1), int32(2)}},
		{"open slices", c.Words.SliceFrom(2).EqExpr(c.Words.SliceTo(1)), "t.words[$1:] = t.words[:$2]", args{int32(2), int32(1)}},
		{"a slice's element", c.Words.SliceFrom(2).At(1), "(t.words[$1:])[$2]", args{int32(2), int32(1)}},
		{"a function's element", expr.ArrayAgg(c.Name).At(1).Concat("!"), "(array_agg(t.name))[$1] || $2", args{int32(1), "!"}},
		{"a constant's element", expr.Const[expr.TextArray]([]string{"a"}).At(1), "($1::text[])[$2]", args{[]string{"a"}, int32(1)}},
		{"a column declared otherwise", tags.At(1).Like("a"), "t.tags[$1] LIKE $2", args{int32(1), "a"}},

		{"Has", c.Moods.Has("sad"), "$1 = ANY(t.moods)", args{Mood("sad")}},
		{"Has, Not", c.Moods.Has("sad").Not(), "NOT $1 = ANY(t.moods)", args{Mood("sad")}},
		{"HasExpr", c.Moods.HasExpr(c.Mood), "t.mood = ANY(t.moods)", nil},
		{"Any", c.Name.LikeExpr(c.Words.Any()), "t.name LIKE ANY(t.words)", nil},
		{"All", c.ID.GtExpr(c.Nums.All()), "t.id > ALL(t.nums)", nil},
		{"Contains", c.Words.Contains("a", "b"), "t.words @> $1", args{[]string{"a", "b"}}},
		{"Contains nothing", c.Nums.Contains(), "t.nums @> $1", args{[]int64{}}},
		{"ContainsExpr", c.Words.ContainsExpr(tags), "t.words @> t.tags", nil},
		{"ContainedBy", c.Moods.ContainedBy("sad"), "t.moods <@ $1", args{[]Mood{"sad"}}},
		{"ContainedByExpr", c.Words.ContainedByExpr(tags.Const(nil)), "t.words <@ $1::text[]", args{[]string(nil)}},
		{"Overlaps", c.Nums.Overlaps(3, 5), "t.nums && $1", args{[]int64{3, 5}}},
		{"OverlapsExpr, Not", c.Words.OverlapsExpr(tags).Not(), "NOT t.words && t.tags", nil},
		{"Eq", c.Nums.Eq([]*int64{nil}), "t.nums = $1", args{[]*int64{nil}}},

		{"Concat", c.Words.Concat("z").At(1), "(t.words || $1)[$2]", args{[]string{"z"}, int32(1)}},
		{"ConcatExpr", c.Words.ConcatExpr(tags).Contains("a"), "t.words || t.tags @> $1", args{[]string{"a"}}},
	})
}

func TestArrayFunctions(t *testing.T) {
	c := table
	check(t, []golden{
		{"Unnest", expr.Unnest(c.Words), "unnest(t.words)", nil},
		{"Cardinality", expr.Cardinality(c.Nums).Gt(2), "cardinality(t.nums) > $1", args{int32(2)}},
		{"ArrayLength", expr.ArrayLength(c.Moods, 1), "array_length(t.moods, $1::integer)", args{int32(1)}},
		{"ArrayAppend", expr.ArrayAppend(c.Words, "a").Has("a"), "$1 = ANY(array_append(t.words, $2))", args{"a", "a"}},
		{"ArrayAppendExpr", expr.ArrayAppendExpr(c.Nums, c.Score), "array_append(t.nums, t.score)", nil},
		{"ArrayPrepend", expr.ArrayPrepend(c.Moods, "sad"), "array_prepend($1, t.moods)", args{Mood("sad")}},
		{"ArrayPrependExpr", expr.ArrayPrependExpr(c.Words, c.Nick), "array_prepend(t.nick, t.words)", nil},
		{"ArrayRemove", expr.ArrayRemove(c.Nums, 3), "array_remove(t.nums, $1)", args{int64(3)}},
		{"ArrayRemoveExpr", expr.ArrayRemoveExpr(c.Words, c.Nick), "array_remove(t.words, t.nick)", nil},
		{"ArrayReplace", expr.ArrayReplace(c.Words, "a", "b"), "array_replace(t.words, $1, $2)", args{"a", "b"}},
		{"ArrayPosition", expr.ArrayPosition(c.Words, "a").Eq(1), "array_position(t.words, $1) = $2", args{"a", int32(1)}},
		{"ArrayPositionExpr", expr.ArrayPositionExpr(c.Nums, c.ID), "array_position(t.nums, t.id)", nil},
		{"ArrayPositions", expr.ArrayPositions(c.Words, "a").Has(2), "$1 = ANY(array_positions(t.words, $2))", args{int32(2), "a"}},
		{"ArrayToString", expr.ArrayToString(c.Nums, "+").HasPrefix("1"), "array_to_string(t.nums, $1::text) LIKE $2", args{"+", "1%"}},
		{"StringToArray", expr.StringToArray(c.Name, " ").At(1).ILike("a%"), "(string_to_array(t.name, $1::text))[$2] ILIKE $3", args{" ", int32(1), "a%"}},
		{"NewArray", expr.NewArray(c.Name, c.Nick).Contains("a"), "ARRAY[t.name, t.nick] @> $1", args{[]string{"a"}}},
		{"NewArray of constants", expr.NewArray(c.ID, c.ID.Const(3)).At(2).Plus(1), "(ARRAY[t.id, $1::bigint])[$2] + $3", args{int64(3), int32(2), int64(1)}},
		{"ArrayAgg", expr.ArrayAgg(c.Score, expr.OrderBy(c.ID)).At(1).Plus(1), "(array_agg(t.score ORDER BY t.id))[$1] + $2", args{int32(1), int64(1)}},
		{"Coalesce", expr.Coalesce(c.Words, []string{}).Concat("a"), "coalesce(t.words, $1) || $2", args{[]string{}, []string{"a"}}},
		{"CastTo", expr.CastTo[expr.ArrayOf[expr.NullDecimal, string, []string, []string]](c.Nums).At(1).Over("2"), "(CAST(t.nums AS numeric[]))[$1] / $2", args{int32(1), "2"}},
		{"Const", expr.Const[expr.ArrayOf[expr.NullDate, time.Time, []time.Time, []time.Time]]([]time.Time{}).At(1).PlusDays(1), "($1::date[])[$2] + $3::integer", args{[]time.Time{}, int32(1), int32(1)}},
	})
}
