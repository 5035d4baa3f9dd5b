package writes_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// BenchmarkCompositeLists loads the lists of 1,000 owners with keys of two columns.
func BenchmarkCompositeLists(b *testing.B) {
	eng, _ := open(b, keySchema, entryNumbers)
	_, err := eng.Pool().Exec(ctx, `INSERT INTO entry SELECT i % 10, i, 'whole', NULL FROM generate_series(1, 1000) i;
		INSERT INTO entry SELECT i % 10, 10000 + i * 10 + k, 'part', i FROM generate_series(1, 1000) i, generate_series(1, 3) k;
		CREATE INDEX ON entry (tenant, of_number); ANALYZE entry`)
	ok(b, err)
	for b.Loop() {
		s := eng.Session()
		wholes, err := query.Select(Entries).Filter(Entries.OfNumber.IsNull()).All(ctx, s)
		ok(b, err)
		_, err = wholes[0].Parts.All(ctx)
		ok(b, err)
		ok(b, s.Close(ctx))
	}
}

// BenchmarkComputedKeys adds 200 rows whose keys an expression makes.
func BenchmarkComputedKeys(b *testing.B) {
	eng, _ := open(b, keySchema, entryNumbers)
	for b.Loop() {
		var ts []*Token
		for i := range 200 {
			ts = append(ts, &Token{Name: fmt.Sprint(i)})
		}
		ok(b, session.BulkInsert(ctx, eng, Tokens, ts...))
	}
}
