package session_test

import (
	"database/sql"
	"errors"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Rows with keys of each kind.
type (
	keyed[K any]                      struct{ ID K }
	keyedBy[K any, C expr.Expression] struct {
		model.Table[keyed[K]]
		ID C
	}
	ident int64
	code  string
	guid  [16]byte
)

// keyCase is a type of key and values that are given to Get for it.
type keyCase struct {
	table string
	sql   string // of the column
	real  string // of the column as the server has it; "": sql
	row   string // SQL of the row's key
	found []any  // that find the row
	none  []any  // that no row has
	wrong []any  // of another type
}

// keyTable tries a type of key.
func keyTable[K any, C expr.Expression](t *testing.T, c keyCase) {
	t.Helper()
	table := model.Map(c.table, func(t *keyedBy[K, C]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type(c.sql, t.ID)}
	})
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(table), session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	if c.real == "" {
		c.real = c.sql
	}
	ok(t, second(eng.Pool().Exec(ctx, "CREATE TABLE "+c.table+" (id "+c.real+" PRIMARY KEY)")))
	ok(t, second(eng.Pool().Exec(ctx, "INSERT INTO "+c.table+" VALUES ("+c.row+")")))
	known := eng.Session()
	t.Cleanup(func() { ok(t, known.Close(ctx)) })
	row := must[*keyed[K]](t)(query.Select(table).One(ctx, known))
	want := *row
	try := func(key any, fails error) {
		t.Helper()
		fresh := eng.Session()
		for _, s := range []*session.Session{known, fresh, fresh} {
			rec.take()
			o, err := session.Get(ctx, s, table, key)
			switch {
			case fails == nil && err != nil:
				t.Errorf("%s: %T: %v", c.table, key, err)
			case fails == nil && (s == known && o != row || any(*o) != any(want)):
				t.Errorf("%s: %T finds another row", c.table, key)
			case fails != nil && !errors.Is(err, fails):
				t.Errorf("%s: %T: error is %v, want %v", c.table, key, err, fails)
			case fails == session.ErrKeyType, fails == session.ErrNullKey:
				sent(t, rec)
				if text := err.Error(); !strings.HasPrefix(text, "session: get "+c.table+": ") || !strings.HasSuffix(text, ": "+c.table+".id") {
					t.Errorf("error is %v, want one that names table and column", err)
				}
			}
		}
		ok(t, fresh.Close(ctx))
	}
	for _, key := range c.found {
		try(key, nil)
	}
	for _, key := range c.none {
		try(key, query.ErrNoRows)
	}
	for _, key := range c.wrong {
		try(key, session.ErrKeyType)
	}
	for _, key := range []any{nil, (*int64)(nil), (*string)(nil), sql.NullInt64{}, pgtype.UUID{}} {
		try(key, session.ErrNullKey)
	}
	try(expr.Raw[expr.Text]("now()"), expr.ErrValue)
}

// TestGetByAnyKey: the same key finds the same row whatever carries it, and what is no key of the column is an error that names
// it, or no row, the first time as any other.
func TestGetByAnyKey(t *testing.T) {
	t.Parallel()
	seven := int64(7)
	integers := []any{7, int64(7), int32(7), int16(7), int8(7), uint8(7), uint64(7), ident(7), &seven, sql.Null[int64]{V: 7, Valid: true}, pgtype.Int8{Int64: 7, Valid: true}}
	noIntegers := []any{"7", 7.0, true, []byte{7}, [16]byte{7}, time.Unix(7, 0)}
	keyTable[int64, expr.Int](t, keyCase{
		table: "wide", sql: "bigint", row: "7", found: integers, wrong: noIntegers, none: []any{int64(1) << 40, uint64(math.MaxUint64), -7},
	})
	keyTable[int64, expr.Int](t, keyCase{
		table: "narrow", sql: "integer", row: "7", found: integers, wrong: noIntegers, none: []any{int64(1) << 40, uint64(1) << 63, math.MinInt32 - 1},
	})
	keyTable[int64, expr.Int](t, keyCase{
		table: "narrower", sql: "bigint", real: "smallint", row: "7", found: integers, wrong: noIntegers, none: []any{int64(1) << 40, 1 << 20, -7},
	})
	keyTable[int16, expr.Int16](t, keyCase{
		table: "small", sql: "smallint", row: "7", found: integers, wrong: noIntegers, none: []any{int64(1) << 40, 1 << 20, ident(1 << 20)},
	})
	keyTable[ident, expr.IntOf[ident, ident]](t, keyCase{
		table: "named", sql: "bigint", row: "7", found: integers, wrong: noIntegers, none: []any{int64(1) << 40},
	})
	keyTable[string, expr.Text](t, keyCase{
		table: "texts", sql: "text", row: "'a'", found: []any{"a", code("a"), ptr("a"), sql.NullString{String: "a", Valid: true}},
		wrong: []any{7, 'a', []byte("a"), true}, none: []any{"A", "", code("b")},
	})
	keyTable[code, expr.Enum[code]](t, keyCase{
		table: "codes", sql: "varchar(3)", row: "'a'", found: []any{code("a"), "a"}, wrong: []any{7}, none: []any{"abcd"},
	})
	id := [16]byte{0xa0, 0xee, 1}
	text := "a0ee0100-0000-0000-0000-000000000000"
	uuids := []any{id, guid(id), id[:], &id, text, code(text), strings.ToUpper(text), "{" + text + "}", pgtype.UUID{Bytes: id, Valid: true}}
	noUUIDs := []any{"no uuid", "0123456789abcdef", 7, id[:15], [15]byte{}}
	other := pgtype.UUID{Valid: true}
	keyTable[[16]byte, expr.UUID](t, keyCase{table: "ids", sql: "uuid", row: "'" + text + "'", found: uuids, wrong: noUUIDs, none: []any{[16]byte{}, other}})
	keyTable[pgtype.UUID, expr.Col[pgtype.UUID]](t, keyCase{table: "pgids", sql: "uuid", row: "'" + text + "'", found: uuids, wrong: noUUIDs, none: []any{guid{}, other}})
	keyTable[string, expr.Text](t, keyCase{table: "textids", sql: "uuid", row: "'" + text + "'", found: uuids, wrong: noUUIDs, none: []any{guid{}, other}})
	keyTable[string, expr.Decimal](t, keyCase{
		table: "decimals", sql: "numeric", row: "1.50", found: []any{"1.50", "1.5", code("1.500")}, wrong: []any{"one", true}, none: []any{1, "1.51", "NaN"},
	})
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	keyTable[time.Time, expr.Date](t, keyCase{
		table: "days", sql: "date", row: "'2024-02-29'", found: []any{day, &day}, wrong: []any{"2024-02-29", 7}, none: []any{day.AddDate(0, 0, 1)},
	})
	keyTable[bool, expr.Bool](t, keyCase{table: "truths", sql: "boolean", row: "true", found: []any{true}, wrong: []any{1, "t"}, none: []any{false}})
	keyTable[float64, expr.Float](t, keyCase{
		table: "floats", sql: "double precision", row: "1.5", found: []any{1.5}, wrong: []any{"1.5", 1}, none: []any{2.5, math.NaN()},
	})
}
