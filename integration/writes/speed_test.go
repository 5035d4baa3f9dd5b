package writes_test

import (
	"fmt"
	"strings"
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

func newDocs(n int) []*Doc[int64] {
	ds := make([]*Doc[int64], n)
	for i := range ds {
		ds[i] = &Doc[int64]{Title: fmt.Sprint("title ", i), Body: "some text that is not very long"}
	}
	return ds
}

// insertValues is what is written by hand: one INSERT with many VALUES.
func insertValues(b *testing.B, eng *session.Engine, ds []*Doc[int64]) {
	b.Helper()
	var sql strings.Builder
	sql.WriteString("INSERT INTO counted (title, body, version) VALUES ")
	args := make([]any, 0, 3*len(ds))
	for i, d := range ds {
		if i > 0 {
			sql.WriteByte(',')
		}
		fmt.Fprintf(&sql, "($%d,$%d,$%d)", len(args)+1, len(args)+2, len(args)+3)
		args = append(args, d.Title, d.Body, int64(1))
	}
	sql.WriteString(" RETURNING id")
	rows, err := eng.Pool().Query(ctx, sql.String(), args...)
	ok(b, err)
	for i := 0; rows.Next(); i++ {
		ok(b, rows.Scan(&ds[i].ID))
	}
	ok(b, rows.Err())
}

// BenchmarkBulk inserts 10,000 rows with generated keys by BulkInsert and by COPY.
func BenchmarkBulk(b *testing.B) {
	eng, _ := open(b, versionSchema, byTrigger)
	for _, n := range []int{1000, 10000} {
		for _, how := range []string{"values", "insert", "copy", "copy with keys"} {
			b.Run(fmt.Sprint(how, n), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					_, err := eng.Pool().Exec(ctx, "TRUNCATE counted")
					ok(b, err)
					ds := newDocs(n)
					b.StartTimer()
					switch how {
					case "values":
						insertValues(b, eng, ds)
					case "insert":
						ok(b, session.BulkInsert(ctx, eng, ByCount, ds...))
					case "copy":
						_, err = session.CopyFrom(ctx, eng, ByCount, each(ds...))
						ok(b, err)
					default:
						ok(b, session.BulkCopy(ctx, eng, ByCount, ds...))
					}
				}
			})
		}
	}
}
