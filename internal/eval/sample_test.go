package eval_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var ctx = context.Background()

// Sample is a row of every type that the evaluator compares.
type Sample struct {
	ID     int64
	Num    int64
	NumN   *int64
	Small  int16
	Float  float64
	FloatN *float64
	Text   string
	TextN  *string
	Flag   bool
	FlagN  *bool
	At     time.Time
	AtN    *time.Time
	Raw    []byte
	UUID   [16]byte
	Mid    int32
	MidN   *int32
	SmallN *int16
	Wide   int64
	Real   float32
	RealN  *float32
	Loose  float64
	Day    time.Time
	Clock  time.Time
	Price  string
}

type samples struct {
	model.Table[Sample]
	ID     expr.Int
	Num    expr.Int
	NumN   expr.NullInt
	Small  expr.Int16
	Float  expr.Float
	FloatN expr.NullFloat
	Text   expr.Text
	TextN  expr.NullText
	Flag   expr.Bool
	FlagN  expr.NullBool
	At     expr.Time
	AtN    expr.NullTime
	Raw    expr.Bytes
	UUID   expr.UUID
	Mid    expr.Int32
	MidN   expr.NullInt32
	SmallN expr.NullInt16
	Wide   expr.Int // integer
	Real   expr.Float32
	RealN  expr.NullFloat32
	Loose  expr.Float // real
	Day    expr.Date
	Clock  expr.Time // timestamp
	Price  expr.DecimalOf[string, string]
}

var (
	Samples = model.Map("sample", func(t *samples) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.Wide), model.Type("real", t.Loose), model.Type("timestamp", t.Clock),
		}
	})
	Others      = model.Alias(Samples, "other")
	sampleSpace = model.MustSchema(Samples)
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func ptr[T any](v T) *T { return &v }

// begin returns a session that is closed at the test's end.
func begin(t testing.TB, eng *session.Engine) *session.Session {
	t.Helper()
	s := eng.Session()
	t.Cleanup(func() { ok(t, s.Close(ctx)) })
	return s
}
