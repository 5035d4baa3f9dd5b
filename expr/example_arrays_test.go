package expr_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

// How do I search an array?
func ExampleArrayOf_Contains() {
	t := Items
	show(t.Tags.Contains("a", "b"), t.Tags.ContainedBy("a", "b"), t.Tags.Overlaps("a", "b"), t.Tags.Has("a"))
	show(expr.ArrayPosition(t.Tags, "a"), expr.ArrayPositions(t.Tags, "a"))
	// Output:
	// item.tags @> $1
	// item.tags <@ $1
	// item.tags && $1
	// $1 = ANY(item.tags)
	// array_position(item.tags, $1)
	// array_positions(item.tags, $1)
}

// How do I take elements of an array? Positions count from 1.
func ExampleArrayOf_At() {
	t := Items
	show(t.Tags.At(1).HasPrefix("a"), t.Tags.Slice(2, 3), t.Tags.SliceFrom(2), t.Tags.SliceTo(2))
	// Output:
	// item.tags[$1] LIKE $2
	// item.tags[$1:$2]
	// item.tags[$1:]
	// item.tags[:$1]
}

// How do I change an array?
func ExampleArrayAppend() {
	t := Items
	show(expr.ArrayAppend(t.Tags, "a"), expr.ArrayPrepend(t.Tags, "a"), expr.ArrayRemove(t.Tags, "a"), expr.ArrayReplace(t.Tags, "a", "b"))
	show(t.Tags.Concat("a", "b"), query.Update(t).Set(t.Tags.At(1).To("a")).Filter(t.ID.Eq(1)))
	// Output:
	// array_append(item.tags, $1)
	// array_prepend($1, item.tags)
	// array_remove(item.tags, $1)
	// array_replace(item.tags, $1, $2)
	// item.tags || $1
	// UPDATE item SET tags[$1] = $2 WHERE item.id = $3
}

// How do I make an array, a text of one, or one of a text?
func ExampleNewArray() {
	t := Items
	show(expr.NewArray(t.Name, t.Note).Contains("anvil"), expr.ArrayRows(t.Name, query.From(t).OrderBy(t.ID)))
	show(expr.ArrayToString(t.Tags, ", "), expr.StringToArray(t.Name, " "))
	// Output:
	// ARRAY[item.name, item.note] @> $1
	// ARRAY (SELECT item.name FROM item ORDER BY item.id)
	// array_to_string(item.tags, $1::text)
	// string_to_array(item.name, $1::text)
}

// How long is an array?
func ExampleCardinality() {
	t := Items
	show(expr.Cardinality(t.Tags).Gt(2), expr.ArrayLength(t.Tags, 1))
	// Output:
	// cardinality(item.tags) > $1
	// array_length(item.tags, $1::integer)
}

// How do I get a row for each element?
func ExampleUnnest() {
	t := Items
	tag := expr.Unnest(t.Tags)
	tags := query.Function("tag", tag)
	show(query.Select2(t.ID, query.Col(tags, tag)).Join(tags))
	// Output:
	// SELECT item.id, tag.tag FROM item JOIN unnest(item.tags) AS tag (tag) ON TRUE
}
