package query_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/query"
)

// TestManyRows: rows that are added one by one take memory in proportion to their number, not to its square. The memory is counted in the whole
// process, so the test does not run in parallel with others.
func TestManyRows(t *testing.T) {
	const n = 16_000
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	q := query.Insert(customer)
	for i := range n {
		q = q.Values(customer.Name.To("x"), customer.ID.To(int64(i)))
	}
	runtime.ReadMemStats(&after)
	const perRow = 600 // bytes; copying what is there would be 100 times as many
	got := (after.TotalAlloc - before.TotalAlloc) / n
	if got > perRow {
		t.Errorf("a row takes %d bytes, at most %d are allowed", got, perRow)
	}
}

// TestRowsBranch: statements that are made of one another have their own rows, also when many goroutines add to one.
func TestRowsBranch(t *testing.T) {
	t.Parallel()
	base := query.Insert(customer)
	for i := range 5 {
		base = base.Values(customer.ID.To(int64(i)))
	}
	var wait sync.WaitGroup
	texts := make([]string, 8)
	for g := range texts {
		wait.Go(func() {
			q := base
			for i := range 20 {
				q = q.Values(customer.ID.To(int64(100*g + i)))
			}
			texts[g] = q.Inline()
		})
	}
	wait.Wait()
	for g, text := range texts {
		var want []string
		for i := range 5 {
			want = append(want, fmt.Sprintf("(%d)", i))
		}
		for i := range 20 {
			want = append(want, fmt.Sprintf("(%d)", 100*g+i))
		}
		plain := strings.ReplaceAll(text, "::bigint", "")
		if !strings.HasSuffix(plain, strings.Join(want, ", ")) {
			t.Errorf("goroutine %d: %s", g, text)
		}
	}
	if n := strings.Count(base.Inline(), "("); n != 6 {
		t.Errorf("the base has changed: %s", base.Inline())
	}
}
