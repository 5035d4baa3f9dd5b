package expr_test

import (
	"context"
	"encoding/json"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Mood is an enum.
type Mood string

// Thing has a field of every kind.
type Thing struct {
	ID    int64
	Mid   int32
	Small int16
	F     float64
	Price string
	Name  string
	Nick  *string
	Mood  Mood
	Yes   bool
	Maybe *bool
	At    time.Time
	Day   time.Time
	Took  time.Duration
	Key   [16]byte
	Blob  []byte
	Doc   json.RawMessage
	Tags  []string
	Score *int64
	Until *time.Time
	Words *[]string
	Nums  []*int64
	Moods []Mood
	Attrs *json.RawMessage
	Nos   pgtype.Range[int64]
	Units pgtype.Range[int32]
	Costs pgtype.Range[pgtype.Numeric]
	Open  *pgtype.Range[time.Time]
	Days  pgtype.Range[time.Time]
	Turns pgtype.Multirange[pgtype.Range[int64]]
	Terms *string
	Find  string
	Every pgtype.Interval
	Net   netip.Prefix
	IP    *netip.Addr
}

type things struct {
	model.Table[Thing]

	ID    expr.Int
	Mid   expr.Int32
	Small expr.Int16
	F     expr.Float
	Price expr.DecimalOf[string, string]
	Name  expr.Text
	Nick  expr.NullText
	Mood  expr.Enum[Mood]
	Yes   expr.Bool
	Maybe expr.NullBool
	At    expr.Time
	Day   expr.Date
	Took  expr.Interval
	Key   expr.UUID
	Blob  expr.Bytes
	Doc   expr.JSON
	Tags  expr.Col[[]string]
	Score expr.NullInt
	Until expr.NullTime
	Words expr.NullTextArray
	Nums  expr.SparseArray[int64]
	Moods expr.EnumArray[Mood]
	Attrs expr.NullJSON
	Nos   expr.IntRange
	Units expr.Int32Range
	Costs expr.DecimalRange
	Open  expr.NullTimeRange
	Days  expr.DateRange
	Turns expr.IntMultirange
	Terms expr.NullTSVector
	Find  expr.TSQuery
	Every expr.Period
	Net   expr.Inet
	IP    expr.NullAddr
}

var (
	table = model.Map("t", func(t *things) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Size(20, t.Nick)}
	})
	schema = model.MustSchema(table)
)

// args are the arguments wanted.
type args = []any

// golden is an expression, or a sort key, and what it must render.
type golden struct {
	name string
	x    interface{ Node() ast.Node }
	want string
	args args
}

// sqlizer is what every expression is.
type sqlizer interface {
	SQL() (string, []any, error)
	ToSql() (string, []any, error)
	String() string
}

// database returns a connection to a database with table t.
func database(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	dsn := pgtest.Clone(t, "things", func(dsn string) error {
		eng, err := session.Open(ctx, dsn, schema, session.Options{})
		if err != nil {
			return err
		}
		defer eng.Close()
		return schema.CreateAll(ctx, eng)
	})
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	return conn
}

// check compares what expressions render and has a server prepare and run each.
func check(t *testing.T, cases []golden) {
	t.Helper()
	t.Parallel()
	conn := database(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, values := render(t, c.x)
			if text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
			if !reflect.DeepEqual(values, c.args) {
				t.Errorf("arguments are %#v, want %#v", values, c.args)
			}
			statement := "SELECT " + text + " FROM t"
			if _, ok := c.x.(expr.Ordering); ok {
				statement = "SELECT 1 FROM t ORDER BY " + text
			}
			ctx := context.Background()
			if _, err := conn.Prepare(ctx, c.name, statement); err != nil {
				t.Fatalf("prepare %s: %v", statement, err)
			}
			if _, err := conn.Exec(ctx, c.name, values...); err != nil {
				t.Errorf("run %s: %v", statement, err)
			}
		})
	}
}

// render returns an expression's SQL, and checks that its other forms say the same.
func render(t *testing.T, x interface{ Node() ast.Node }) (string, []any) {
	t.Helper()
	s, ok := x.(sqlizer)
	if !ok {
		w := sqlw.Get(sqlw.Numbered)
		defer w.Release()
		x.Node().AppendSQL(w)
		text, values, err := w.Result()
		if err != nil {
			t.Fatal(err)
		}
		return text, values
	}
	text, values, err := s.SQL()
	if err != nil {
		t.Fatal(err)
	}
	if s.String() != text {
		t.Errorf("String gives %s, SQL gives %s", s.String(), text)
	}
	question, again, err := s.ToSql()
	if err != nil {
		t.Fatal(err)
	}
	if len(again) > len(values) {
		return text, values // the same argument twice
	}
	if !reflect.DeepEqual(again, values) {
		t.Errorf("ToSql gives the arguments %#v, SQL gives %#v", again, values)
	}
	numbered, err := sq.Dollar.ReplacePlaceholders(question)
	if err != nil {
		t.Fatal(err)
	}
	if numbered != text && numbered != "("+text+")" {
		t.Errorf("ToSql gives %s, SQL gives %s", question, text)
	}
	return text, values
}

// many returns the numbers from 1 to n.
func many(n int) []int64 {
	xs := make([]int64, n)
	for i := range xs {
		xs[i] = int64(i + 1)
	}
	return xs
}

// list returns "$1, $2 … $n".
func list(n int) string {
	const numbers = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16"
	return strings.Join(strings.Split(numbers, ", ")[:n], ", ")
}

// boxed returns values as arguments.
func boxed[V any](vs ...V) args {
	as := make(args, len(vs))
	for i, v := range vs {
		as[i] = v
	}
	return as
}
