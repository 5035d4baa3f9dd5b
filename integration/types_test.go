package integration_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

type (
	Box[T any] struct {
		ID int64
		V  T
	}
	boxes[T any] struct {
		model.Table[Box[T]]
		ID expr.Int
		V  expr.Col[T]
	}
)

// mood is an enum of the database.
type mood string

// sweep is a SQL type, with a Go type that it is read into and written from.
type sweep struct {
	sqlType string
	goType  string
	run     func(t *testing.T, conn *pgx.Conn, dsn, table string)
}

// swept makes a sweep of values, at least two, which PostgreSQL can compare for equality if compared says so.
func swept[T any](sqlType string, compared bool, values ...T) sweep {
	run := func(t *testing.T, conn *pgx.Conn, dsn, table string) {
		sweepType(t, conn, dsn, table, sqlType, compared, values)
	}
	return sweep{sqlType, reflect.TypeFor[T]().String(), run}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func ip(s string) netip.Addr { return netip.MustParseAddr(s) }

func hardware(s string) net.HardwareAddr {
	a, err := net.ParseMAC(s)
	if err != nil {
		panic(err)
	}
	return a
}

func numeric(s string) (n pgtype.Numeric) {
	if err := n.Scan(s); err != nil {
		panic(err)
	}
	return n
}

var moment = time.Date(2026, 3, 29, 1, 30, 15, 123456000, time.FixedZone("", 5*3600+45*60))

// sweeps are the kinds of columns, and the types of pgtype and of the database's own.
var sweeps = []sweep{
	swept("boolean", true, true, false),
	swept("smallint", true, int16(-3), 32767),
	swept("integer", true, int32(-3), 1<<30),
	swept("bigint", true, int64(-3), 1<<40),
	swept("integer", true, int64(-3), 1<<30),
	swept("smallint", true, 5, -6),
	swept("real", true, float32(1.5), -0.1),
	swept("double precision", true, 0.1, 1e300),
	swept("real", true, 1.5, -2.25),
	swept("text", true, "", "it's \\ {a,\"b\"} NULL"),
	swept("varchar(20)", true, "NULL", "ä"),
	swept("char(5)", true, "ab   ", "abcde"),
	swept("bytea", true, []byte{}, []byte{0, 255, '\\', '\''}),
	swept("timestamptz", true, moment, time.Date(0, 2, 29, 1, 2, 3, 0, time.UTC)),
	swept("timestamp", true, moment, time.Date(0, 2, 29, 1, 2, 3, 0, time.UTC)),
	swept("date", true, day(2024, 2, 29), day(0, 2, 29)),
	swept("interval", true, 36*time.Hour+time.Microsecond, -time.Minute),
	swept("uuid", true, [16]byte{1, 2}, [16]byte{15: 255}),
	swept("json", false, json.RawMessage(`{"a": [1, null]}`), json.RawMessage(`"x"`)),
	swept("jsonb", true, json.RawMessage(`{"a": [1, null]}`), json.RawMessage(`null`)),
	swept("numeric", true, numeric("1.50"), numeric("-12345678901234567890.125")),
	swept("numeric(10,2)", true, "1.50", "-3.00"),

	swept("inet", true, "10.0.0.1", "fe80::1"),
	swept("cidr", true, "10.0.0.0/8", "fe80::/64"),
	swept("macaddr", true, "08:00:2b:01:02:03", "00:00:00:00:00:01"),
	swept("bit(3)", true, "101", "010"),
	swept("varbit", true, "1", "010"),
	swept("time", true, "01:02:03", "23:59:59.5"),
	swept("timetz", true, "01:02:03+02", "23:59:59.5-08"),
	swept("uuid", true, "01020000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-0000000000ff"),
	swept("int4range", true, "[1,5)", "empty"),
	swept("point", false, "(1,2)", "(3,4)"),
	swept("xml", false, "<a/>", "<b>x</b>"),
	swept("tsvector", true, "'a' 'b'", "'c'"),
	swept("mood", true, mood("sad"), "happy"),
	swept("mood", true, "sad", "happy"),
	swept("positive", true, int64(3), 4),
	swept("name", true, "a", "b"),

	swept("inet", true, ip("10.0.0.1"), ip("fe80::1")),
	swept("cidr", true, netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fe80::/64")),
	swept("macaddr", true, hardware("08:00:2b:01:02:03"), hardware("00:00:00:00:00:01")),
	swept("interval", true, pgtype.Interval{Months: 1, Days: 2, Microseconds: 3, Valid: true}, pgtype.Interval{Days: -1, Valid: true}),
	swept("time", true, pgtype.Time{Microseconds: 3_723_000_000, Valid: true}, pgtype.Time{Valid: true}),
	swept("date", true, pgtype.Date{Time: day(2024, 2, 29), Valid: true}, pgtype.Date{InfinityModifier: pgtype.Infinity, Valid: true}),
	swept("timestamptz", true, pgtype.Timestamptz{Time: day(2024, 2, 29), Valid: true}, pgtype.Timestamptz{InfinityModifier: pgtype.NegativeInfinity, Valid: true}),
	swept("timestamp", true, pgtype.Timestamp{Time: day(2024, 2, 29), Valid: true}, pgtype.Timestamp{InfinityModifier: pgtype.Infinity, Valid: true}),
	swept("bit(3)", true, pgtype.Bits{Bytes: []byte{0xa0}, Len: 3, Valid: true}, pgtype.Bits{Bytes: []byte{0x40}, Len: 3, Valid: true}),
	swept("point", false, pgtype.Point{P: pgtype.Vec2{X: 1, Y: 2}, Valid: true}, pgtype.Point{Valid: true}),
	swept("circle", true, pgtype.Circle{P: pgtype.Vec2{X: 1, Y: 2}, R: 3, Valid: true}, pgtype.Circle{Valid: true}),
	swept("int4range", true,
		pgtype.Range[pgtype.Int4]{Lower: pgtype.Int4{Int32: 1, Valid: true}, Upper: pgtype.Int4{Int32: 5, Valid: true}, LowerType: pgtype.Inclusive, UpperType: pgtype.Exclusive, Valid: true},
		pgtype.Range[pgtype.Int4]{LowerType: pgtype.Empty, UpperType: pgtype.Empty, Valid: true}),
	swept("uuid", true, pgtype.UUID{Bytes: [16]byte{1}, Valid: true}, pgtype.UUID{Bytes: [16]byte{2}, Valid: true}),
	swept("text", true, pgtype.Text{String: "a", Valid: true}, pgtype.Text{String: "", Valid: true}),
	swept("bigint", true, pgtype.Int8{Int64: 1, Valid: true}, pgtype.Int8{Int64: 1 << 40, Valid: true}),
	swept("double precision", true, pgtype.Float8{Float64: 0.1, Valid: true}, pgtype.Float8{Float64: 2, Valid: true}),
	swept("boolean", true, pgtype.Bool{Bool: true, Valid: true}, pgtype.Bool{Valid: true}),

	swept("bigint[]", false, []int64{1, 2}, []int64{}),
	swept("text[]", false, []string{"a", "NULL", `{"`}, []string{""}),
	swept("timestamptz[]", false, []time.Time{moment}, []time.Time{}),
	swept("mood[]", false, []mood{"sad"}, []mood{"happy", "sad"}),
	swept("uuid[]", false, [][16]byte{{1}}, [][16]byte{}),
}

// TestEveryTypeEverywhere: a value is stored and read alike in the first execution of a statement and in later ones, alone
// and among many, in every mode of pgx and with any setting of the server; and it is what pgx itself reads.
func TestEveryTypeEverywhere(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	conn, err := pgx.Connect(ctx, dsn)
	check(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0)")
	check(t, err)
	types, err := conn.LoadTypes(ctx, []string{"mood", "_mood"})
	check(t, err)
	conn.TypeMap().RegisterTypes(types)
	separator := "?"
	if strings.Contains(dsn, "?") {
		separator = "&"
	}
	settings := map[string]string{
		"defaults": "",
		"others":   "&datestyle=SQL,DMY&intervalstyle=sql_standard&bytea_output=escape&extra_float_digits=-5&timezone=Asia/Kathmandu",
	}
	modes := []string{"cache_statement", "exec", "cache_describe", "describe_exec", "simple_protocol"}
	if !countsAllocations {
		modes = modes[:1] // the race detector is on, and looks at none of the values
	}
	for _, mode := range modes {
		for name, params := range settings {
			for i, s := range sweeps {
				table := fmt.Sprintf("%s_%s_%d", mode, name, i)
				t.Run(strings.Join([]string{mode, name, s.sqlType, s.goType}, "/"), func(t *testing.T) {
					_, err := conn.Exec(ctx, "CREATE TABLE "+table+" (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v "+s.sqlType+")")
					check(t, err)
					s.run(t, conn, dsn+separator+"default_query_exec_mode="+mode+params, table)
				})
			}
		}
	}
}

func sweepType[T any](t *testing.T, conn *pgx.Conn, dsn, table, sqlType string, compared bool, values []T) {
	B := model.Map(table, func(t *boxes[T]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Type(sqlType, t.V)}
	})
	eng, err := session.Open(ctx, dsn, model.MustSchema(B), session.Options{MaxConns: 1})
	check(t, err)
	defer func() {
		short, cancel := context.WithTimeout(ctx, time.Second) // a session of a test that failed is still open
		defer cancel()
		_ = eng.Shutdown(short)
	}()
	for range 2 {
		for n := range len(values) + 1 { // one, then many
			s := eng.Session()
			for i, v := range values {
				if n == 0 && i > 0 {
					break
				}
				s.Add(&Box[T]{V: v})
			}
			check(t, s.Commit(ctx))
			check(t, s.Close(ctx))
		}
		for _, v := range values {
			_, err := query.Insert(B).Values(B.V.To(v)).Exec(ctx, eng)
			check(t, err)
		}
	}
	pgxReads := theirs[T](t, conn, table)
	check(t, equalValues(pgxReads, expected(values)))
	for range 2 {
		rows, err := query.Select(B).OrderBy(B.ID).All(ctx, eng)
		check(t, err)
		for i, row := range rows {
			check(t, equalValues([]T{row.V}, pgxReads[i:i+1]))
		}
		if compared {
			checkIn(t, eng, B, values, len(pgxReads))
		}
	}
	changeTypes(t, eng, B, values)
}

// expected are the values that sweepType stores.
func expected[T any](values []T) (all []T) {
	for range 2 {
		all = append(all, values[0])
		for range values {
			all = append(all, values...)
		}
		all = append(all, values...)
	}
	return all
}

// checkIn looks for the values one by one, and among few and many.
func checkIn[T any](t *testing.T, eng *session.Engine, b *boxes[T], values []T, want int) {
	t.Helper()
	some := 0
	for _, v := range values {
		n, err := query.Select(b.ID).Filter(b.V.Eq(v)).Count(ctx, eng)
		check(t, err)
		some += int(n)
	}
	for _, many := range []int{2, 17} {
		list := make([]T, 0, many)
		for i := range many {
			list = append(list, values[i%len(values)])
		}
		n, err := query.Select(b.ID).Filter(b.V.In(list...)).Count(ctx, eng)
		check(t, err)
		m, err := query.Select(b.ID).Filter(b.V.NotIn(list...)).Count(ctx, eng)
		check(t, err)
		if int(n) != want || m != 0 || some != want {
			t.Errorf("of %d rows %d are equal to a value, %d are in %d values, and %d are not", want, some, n, many, m)
		}
	}
}

// changeTypes changes one row and many, to values of others, and deletes them.
func changeTypes[T any](t *testing.T, eng *session.Engine, b *boxes[T], values []T) {
	t.Helper()
	for _, most := range []int{1, 4} {
		s := eng.Session()
		rows, err := query.Select(b).OrderBy(b.ID).Limit(most).All(ctx, s)
		check(t, err)
		var want []T
		for i, row := range rows {
			want = append(want, values[(i+1)%len(values)])
			row.V = want[i]
		}
		check(t, s.Commit(ctx))
		again, err := query.Select(b).OrderBy(b.ID).Limit(most).All(ctx, eng)
		check(t, err)
		for i, row := range again {
			check(t, equalValues([]T{row.V}, want[i:i+1]))
		}
		for _, row := range rows {
			s.Delete(row)
		}
		check(t, s.Commit(ctx))
		check(t, s.Close(ctx))
	}
}

// theirs returns the values as pgx reads them, on a connection without settings of its own.
func theirs[T any](t *testing.T, conn *pgx.Conn, table string) (values []T) {
	t.Helper()
	sql := "SELECT v FROM " + table + " ORDER BY id"
	formats := pgx.QueryResultFormats{pgx.BinaryFormatCode}
	if reflect.TypeFor[T]().Kind() == reflect.String || strings.HasPrefix(reflect.TypeFor[T]().String(), "[]") {
		formats[0] = pgx.TextFormatCode
	}
	rows, err := conn.Query(context.Background(), sql, formats)
	check(t, err)
	values, err = pgx.CollectRows(rows, pgx.RowTo[T])
	check(t, err)
	return values
}

// equalValues compares times by what they are; the zone of a timestamptz is the connection's.
func equalValues[T any](got, want []T) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d values, want %d", len(got), len(want))
	}
	for i := range got {
		a, b := any(got[i]), any(want[i])
		if x, ok := a.(time.Time); ok {
			y, _ := b.(time.Time)
			wall := func(t time.Time) string { return t.Format("2006-01-02 15:04:05.999999") }
			if x.Equal(y) || wall(x) == wall(y) || wall(x) == wall(y.UTC()) {
				continue
			}
		}
		if xs, ok := a.([]time.Time); ok {
			ys, _ := b.([]time.Time)
			if len(xs) == len(ys) && (len(xs) == 0 || xs[0].Equal(ys[0])) {
				continue
			}
		}
		if x, err := json.Marshal(a); err == nil {
			if y, err := json.Marshal(b); err == nil && string(x) == string(y) {
				continue
			}
		}
		if !reflect.DeepEqual(a, b) {
			return fmt.Errorf("value %d is %#v, want %#v", i, a, b)
		}
	}
	return nil
}
