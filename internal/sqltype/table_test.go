package sqltype_test

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/sqltype"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	return conn
}

// TestTableIsTheServers: every name is one of a type with the OID and the array type that the table says.
func TestTableIsTheServers(t *testing.T) {
	t.Parallel()
	conn, ctx := connect(t), context.Background()
	for _, r := range sqltype.Rows() {
		if r.OID == 0 {
			continue
		}
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			var oid, array uint32
			var formal string
			err := conn.QueryRow(ctx, "SELECT oid, typarray, format_type(oid, NULL) FROM pg_type WHERE oid = $1::text::regtype", name).Scan(&oid, &array, &formal)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if oid != r.OID || array != r.Array {
				t.Errorf("%s has the OIDs %d, %d for the server, %d, %d in the table", name, oid, array, r.OID, r.Array)
			}
			if got := sqltype.Parse(formal); got.OID != r.OID || got.Kind != r.Kind {
				t.Errorf("%s is %q for format_type, which the table takes for %s, OID %d", name, formal, got.Name, got.OID)
			}
		}
	}
}

// TestSerialsAreTheServers: a serial makes a column of the type behind it, with a default that counts.
func TestSerialsAreTheServers(t *testing.T) {
	t.Parallel()
	conn, ctx := connect(t), context.Background()
	for _, r := range sqltype.Rows() {
		for _, serial := range r.Serials {
			var oid uint32
			_, err := conn.Exec(ctx, "DROP TABLE IF EXISTS counted; CREATE TABLE counted (n "+serial+")")
			if err == nil {
				err = conn.QueryRow(ctx, "SELECT atttypid FROM pg_attribute WHERE attrelid = 'counted'::regclass AND attname = 'n' AND atthasdef").Scan(&oid)
			}
			if err != nil || oid != r.OID {
				t.Errorf("%s: %d, %v", serial, oid, err)
			}
		}
	}
}

// TestElementTakesAll: an array's element type neither cuts nor refuses what a column of the type, of any size, may have.
func TestElementTakesAll(t *testing.T) {
	t.Parallel()
	conn, ctx := connect(t), context.Background()
	for sql, value := range map[string]string{
		"char": "abc", "char(5)": "abcde", "character(5)": "abcde", "varchar(3)": "abc", "character varying(3)": "abc", "bit": "101", "bit(3)": "101",
		"varbit(4)": "1011", "numeric(5, 2)": "123.45", "timestamp(3)": "2024-01-01 00:00:00.123", "timestamp(3) with time zone": "2024-01-01 00:00:00.123+00",
		"time(0)": "12:00:00.5", "interval": "1 day", "text": "abc", "bigint": "1",
	} {
		var n int
		err := conn.QueryRow(ctx, "SELECT count(*) FROM (SELECT u::text AS got, $1::text::"+sqltype.Element(sql)+"::text AS want FROM unnest(ARRAY[$1::text]::"+
			sqltype.Element(sql)+"[]) AS u) AS x WHERE got = want AND ($2 OR got = $1)", value, sqltype.Parse(sql).Kind == sqltype.Timestamptz).Scan(&n)
		if err != nil || n != 1 {
			t.Errorf("%s: %s as an element of type %s: %d, %v", sql, value, sqltype.Element(sql), n, err)
		}
	}
}

// TestTableIsPgtypes: pgtype's codecs are of the kinds that the table says, for a value and for an array, and prefer the
// format that it says.
func TestTableIsPgtypes(t *testing.T) {
	t.Parallel()
	types := pgtype.NewMap()
	for _, r := range sqltype.Rows() {
		if _, ok := types.TypeForOID(r.OID); !ok {
			if r.Binary {
				t.Errorf("%s is binary, and pgtype does not know it", r.Name)
			}
			continue
		}
		if got := codec.KindOf(types, r.OID); got != r.Kind {
			t.Errorf("%s is of kind %d, its codec of kind %d", r.Name, r.Kind, got)
		}
		if got := types.FormatCodeForOID(r.OID) == pgtype.BinaryFormatCode; got != r.Binary {
			t.Errorf("%s is binary: %v; for pgtype: %v", r.Name, r.Binary, got)
		}
		if element, ok := codec.ElementOf(types, r.Array); element != r.OID && (ok || r.Name != "macaddr8") { // of which pgtype knows no arrays
			t.Errorf("the elements of arrays of %s are %d, not %d", r.Name, element, r.OID)
		}
	}
	if got := codec.KindOf(types, 1<<20); got != sqltype.Other {
		t.Errorf("an OID that nobody knows is of kind %d", got)
	}
}

type ownCodec struct{ pgtype.Codec }

// TestOwnCodec: a codec in the place of pgtype's is left to do its work; pgtype's is known under any OID.
func TestOwnCodec(t *testing.T) {
	t.Parallel()
	types := pgtype.NewMap()
	types.RegisterType(&pgtype.Type{Name: "int8", OID: pgtype.Int8OID, Codec: ownCodec{pgtype.Int8Codec{}}})
	types.RegisterType(&pgtype.Type{Name: "domain", OID: 1 << 20, Codec: pgtype.TextCodec{}})
	if a, b := codec.KindOf(types, pgtype.Int8OID), codec.KindOf(types, 1<<20); a != sqltype.Other || b != sqltype.Text {
		t.Errorf("kinds are %d and %d", a, b)
	}
}
