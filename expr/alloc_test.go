package expr_test

import (
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
)

var (
	keptCondition expr.Condition
	keptItem      expr.Item[int64]
	keptKey       expr.Sortable
)

// TestAllocations: an expression that queries commonly have is one allocation with its node and its value, and none on its
// way into an interface.
func TestAllocations(t *testing.T) {
	x, at := table, time.Now()
	long, list := "a text that is no constant"[:20], []string{"a", "b", "c", "d"}
	for _, c := range []struct {
		name string
		make func()
		most float64
	}{
		{"a column", func() { keptKey, keptCondition, keptItem = x.Name, x.Yes, x.ID }, 0},
		{"Eq of an integer", func() { keptCondition = x.ID.Eq(1 << 40) }, 1},
		{"Eq of a text", func() { keptCondition = x.Name.Eq(long) }, 1},
		{"Eq of an enum", func() { keptCondition = x.Mood.Eq(Mood(long)) }, 1},
		{"Ge of a float", func() { keptCondition = x.F.Ge(1.5) }, 1},
		{"Lt of a time", func() { keptCondition = x.At.Lt(at) }, 1},
		{"Eq of a UUID", func() { keptCondition = x.Key.Eq([16]byte{1}) }, 1},
		{"Between", func() { keptCondition = x.ID.Between(1<<40, 1<<41) }, 1},
		{"Like", func() { keptCondition = x.Name.Like(long) }, 1},
		{"IsNull", func() { keptCondition = x.Nick.IsNull() }, 1},
		{"In", func() { keptCondition = x.Name.In(list...) }, 3},
		{"a label", func() { keptItem = x.ID.As("n") }, 1},
		{"an aggregate", func() { keptItem = expr.Count(x.ID) }, 1},
		{"a sort key", func() { keptKey = x.ID.Desc() }, 1},
	} {
		if got := testing.AllocsPerRun(20, c.make); got > c.most {
			t.Errorf("%s allocates %.0f times, at most %.0f are allowed", c.name, got, c.most)
		}
	}
}
