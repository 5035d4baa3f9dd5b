package session_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Probe has a column of each type that rows are sorted by.
type Probe struct {
	ID    int64
	At    *time.Time
	Wall  time.Time
	Day   time.Time
	Ratio *float64
	Small float32
	Price *string
	Key   [16]byte
	Data  []byte
	Flag  bool
	Span  pgtype.Interval
	List  []int64
	Rank  int16
	Code  string
}

type probeTable struct {
	model.Table[Probe]
	ID    expr.Int
	At    expr.NullTime
	Wall  expr.Time
	Day   expr.Date
	Ratio expr.NullFloat
	Small expr.Float32
	Price expr.DecimalOf[string, *string]
	Key   expr.UUID
	Data  expr.Bytes
	Flag  expr.Bool
	Span  expr.Period
	List  expr.IntArray
	Rank  expr.Int16
	Code  expr.Text
}

// TestPagesOfTypes: the place of a page is exact, whatever the type of the key, and whatever the connection's ways to write it.
func TestPagesOfTypes(t *testing.T) {
	t.Parallel()
	p := model.Map("probe", func(t *probeTable) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type("timestamp", t.Wall), model.Type(`text COLLATE "C"`, t.Code)}
	})
	dsn := pgtest.Database(t)
	eng, err := session.Open(ctx, dsn, model.MustSchema(p), session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, model.MustSchema(p).CreateAll(ctx, eng))
	s := begin(t, eng)
	random := rand.New(rand.NewPCG(3, 4))
	floats := []*float64{nil, ptr(0.1), ptr(0.1 + 0.2), ptr(math.Inf(1)), ptr(math.NaN()), ptr(-1e-300), ptr(math.Nextafter(1, 2)), ptr(1.0)}
	base := time.Date(2024, 3, 31, 1, 30, 0, 0, time.UTC)
	for i := range 40 {
		row := &Probe{
			Wall: base.Add(time.Duration(random.IntN(5)) * time.Microsecond), Day: base.AddDate(0, 0, random.IntN(4)*4000-6000),
			Ratio: floats[random.IntN(len(floats))], Small: float32(random.IntN(3)) / 3, Key: [16]byte{byte(random.IntN(3)), 0xff},
			Data: []byte{byte(random.IntN(3)), '\\', 0xff}, Flag: random.IntN(2) == 0, Rank: int16(random.IntN(3)),
			Span: pgtype.Interval{Months: int32(random.IntN(3)), Days: int32(random.IntN(40)), Microseconds: 1, Valid: true},
			List: []int64{int64(random.IntN(3)), int64(random.IntN(2))}, Code: []string{"", "a", "B", "ä", "a'\\\"{}", "null"}[random.IntN(6)],
		}
		if i%3 > 0 {
			at := base.Add(time.Duration(random.IntN(4)) * 37 * time.Minute)
			row.At = &at
			row.Price = ptr([]string{"1.0", "1.00", "-0.5", "12345678901234567890.123", "NaN"}[random.IntN(5)])
		}
		s.Add(row)
	}
	ok(t, s.Commit(ctx))
	keys := map[string]expr.Sortable{
		"timestamptz": p.At.Desc(), "timestamp": p.Wall, "date": p.Day.Desc(), "float8": p.Ratio.Desc(), "float4": p.Small, "numeric": p.Price,
		"uuid": p.Key.Desc(), "bytea": p.Data, "bool": p.Flag.Desc(), "interval": p.Span.Desc(), "int8[]": p.List, "int2": p.Rank.Desc(), "text": p.Code,
		"expression": p.Ratio.Times(2).Desc(), "collation": p.Code.Collate("und-x-icu"), "jsonb": expr.ToJSON(p.Code),
	}
	odd := []string{
		"SET LOCAL datestyle = 'SQL, DMY'", "SET LOCAL intervalstyle = 'sql_standard'", "SET LOCAL timezone = 'America/St_Johns'", "SET LOCAL bytea_output = 'escape'",
	}
	for _, settings := range [][]string{nil, odd} {
		for name, key := range keys {
			reader := begin(t, eng)
			for _, set := range settings {
				must[int64](t)(query.ExecRaw(ctx, reader, set))
			}
			q := query.Select(p.ID).OrderBy(key)
			want := must[[]int64](t)(q.OrderBy(p.ID).All(ctx, reader))
			pages := query.Pages(q, 3)
			var got []int64
			cursor := ""
			for range 20 {
				page, err := pages.After(ctx, reader, cursor)
				ok(t, err)
				got = append(got, page.Rows...)
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			equal(t, fmt.Sprint(name, settings), fmt.Sprint(got), fmt.Sprint(want))
			ok(t, reader.Close(ctx))
		}
	}
	reader := begin(t, eng)
	must[int64](t)(query.ExecRaw(ctx, reader, "SET LOCAL extra_float_digits = 0"))
	if page, err := query.Pages(query.Select(p.ID).OrderBy(p.Ratio), 3).After(ctx, reader, ""); !errors.Is(err, query.ErrKeyset) || page.Rows != nil {
		t.Errorf("%v %v", page, err)
	}
}
