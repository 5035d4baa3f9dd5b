package eval_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	shorts = []int16{0, 1, -1, 2, 7, -7, 181, 182, math.MaxInt16, math.MinInt16}
	mids   = []int32{0, 1, -1, 2, 7, -7, 46340, 46341, math.MaxInt32, math.MinInt32}
	wides  = []int64{0, 1, -1, 2, 7, -7, 46340, 46341, math.MaxInt32, math.MinInt32}
	reals  = []float32{0, 1, -1, 0.1, 3, 1e-30, 1e30, float32(math.NaN()), float32(math.Inf(1)), math.MaxFloat32, math.SmallestNonzeroFloat32, 1 << 24}
	ints   = []int64{0, 1, -1, 2, 1000, math.MaxInt16, math.MinInt16, math.MaxInt64, math.MinInt64, 1 << 53, 1<<53 + 1}
	floats = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 5e-324, 1 << 53}
	texts  = []string{"", " ", "a", "A", "b", "ä", "a ", "o'clock", `back\slash`, "%", "\u00e9", "e\u0301", "日本"}
	blobs  = [][]byte{{}, {0}, {0, 1}, []byte("a"), {255}}
	times  = []time.Time{
		time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 1, 0, 0, 0, 999, time.UTC),
		time.Date(2024, 1, 1, 2, 0, 0, 0, time.FixedZone("x", 7200)), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 1000, time.UTC),
	}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func maybe[T any](r *rand.Rand, from []T) *T {
	if r.IntN(3) == 0 {
		return nil
	}
	return ptr(pick(r, from))
}

func randomSample(r *rand.Rand) *Sample {
	return &Sample{
		Num: pick(r, ints), NumN: maybe(r, ints), Small: int16(pick(r, ints[:7])), Float: pick(r, floats), FloatN: maybe(r, floats),
		Text: pick(r, texts), TextN: maybe(r, texts), Flag: r.IntN(2) == 0, FlagN: maybe(r, []bool{true, false}),
		At: pick(r, times), AtN: maybe(r, times), Raw: pick(r, blobs), UUID: [16]byte{byte(r.IntN(3))},
		Mid: pick(r, mids), MidN: maybe(r, mids), SmallN: maybe(r, shorts), Wide: pick(r, wides), Real: pick(r, reals), RealN: maybe(r, reals),
		Loose: float64(pick(r, reals)), Day: pick(r, times), Clock: pick(r, times), Price: pick(r, []string{"1", "1.0"}),
	}
}

// plain takes the operators from an expression that only some kinds have.
func plain[V, R any](x expr.ValueOf[V, R]) expr.Value[V, R] { return expr.As[expr.Value[V, R]](x) }

// values makes random predicates on two expressions of one type, the operators with an order only where it has one.
func values[V, R, S any](r *rand.Rand, x expr.Value[V, R], y expr.Value[V, S], from []V, ordered bool) expr.Predicate {
	if r.IntN(2) == 0 {
		return valuesIn(r, x, from)
	}
	v, w := pick(r, from), pick(r, from)
	n := 7
	if ordered {
		n = 14
	}
	switch r.IntN(n) {
	case 0:
		return x.Eq(v)
	case 1:
		return x.Ne(v)
	case 2:
		return x.EqExpr(y)
	case 3:
		return y.NeExpr(x)
	case 4:
		return x.IsDistinctFrom(v)
	case 5:
		return y.IsNotDistinctFromExpr(x)
	case 6:
		return y.IsDistinctFromExpr(x)
	case 7:
		return x.Lt(v)
	case 8:
		return y.LeExpr(x)
	case 9:
		return x.Gt(v)
	case 10:
		return y.Ge(v)
	case 11:
		return x.Between(v, w)
	case 12:
		return y.NotBetween(v, w)
	}
	return x.BetweenExpr(y, expr.Val(v))
}

func valuesIn[V, R any](r *rand.Rand, x expr.Value[V, R], from []V) expr.Predicate {
	n := r.IntN(4)
	if r.IntN(5) == 0 {
		n = 20
	}
	in := make([]V, n)
	for i := range in {
		in[i] = pick(r, from)
	}
	switch r.IntN(4) {
	case 0:
		return x.In(in...)
	case 1:
		return x.NotIn(in...)
	case 2:
		return x.IsNull()
	}
	return x.IsNotNull()
}

func randomLeaf(r *rand.Rand) expr.Condition {
	t := Samples
	switch r.IntN(16) {
	case 0, 1:
		return values(r, plain(t.Num), plain(t.NumN), ints, true)
	case 2:
		return values(r, plain(t.NumN), plain(t.Num), ints, true)
	case 3:
		return values(r, plain(t.Small), plain(t.Small), []int16{0, 1, -1, 2, math.MaxInt16, math.MinInt16}, true)
	case 4, 5:
		return values(r, plain(t.FloatN), plain(t.Float), floats, true)
	case 6:
		return values(r, plain(t.TextN), plain(t.Text), texts, false)
	case 7:
		return values(r, plain(t.FlagN), plain(t.Flag), []bool{true, false}, true)
	case 8:
		return values(r, plain(t.AtN), plain(t.At), times, true)
	case 9:
		return values(r, t.Raw, t.Raw, blobs, true)
	case 10:
		return values(r, t.UUID, t.UUID, [][16]byte{{0}, {1}, {2}}, true)
	case 11:
		return pick(r, []expr.Predicate{values(r, plain(t.Day), plain(t.Day), times, true), values(r, plain(t.Clock), plain(t.Clock), times, true)})
	case 12:
		return values(r, plain(t.Loose), plain(t.FloatN), []float64{0, 1, 0.1, 3, math.NaN(), 1 << 24}, true)
	case 13, 14:
		return randomComparison(r)
	}
	return pick(r, []expr.Condition{t.Flag, t.FlagN, expr.True(), expr.False()})
}

func randomPredicate(r *rand.Rand, depth int) expr.Condition {
	if depth == 0 || r.IntN(3) == 0 {
		return randomLeaf(r)
	}
	switch r.IntN(4) {
	case 0:
		return expr.Not(randomPredicate(r, depth-1))
	case 1:
		return expr.And(randomPredicate(r, depth-1), randomPredicate(r, depth-1))
	case 2:
		return expr.Or(randomPredicate(r, depth-1), randomPredicate(r, depth-1), randomPredicate(r, depth-1))
	}
	if p, isPredicate := randomPredicate(r, depth-1).(expr.Predicate); isPredicate {
		return pick(r, []expr.Predicate{p.IsNull(), p.IsNotNull(), p.Not()})
	}
	return randomLeaf(r)
}

func evaluateCases() int {
	cases, err := strconv.Atoi(os.Getenv("CUPEL_EVALUATE_CASES"))
	if err != nil {
		return 3000
	}
	return cases
}

// TestEvaluatorAgreesWithPostgreSQL compares the evaluator with the server: random conditions on random rows, NULL, NaN
// and the ends of ranges among their values. CUPEL_EVALUATE_CASES sets the number of conditions; each meets 20 rows.
func TestEvaluatorAgreesWithPostgreSQL(t *testing.T) {
	t.Parallel()
	cases := evaluateCases()
	eng, err := session.Open(ctx, pgtest.Database(t), sampleSpace, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, sampleSpace.CreateAll(ctx, eng))
	seed := uint64(20261123)
	r := rand.New(rand.NewPCG(seed, seed))
	s := begin(t, eng)
	for range 20 {
		s.Add(randomSample(r))
	}
	ok(t, s.Commit(ctx))
	rows := must[[]*Sample](t)(query.Select(Samples).OrderBy(Samples.ID).All(ctx, s))
	null := 0
	for i := range cases {
		p := randomPredicate(r, 3)
		null += compareEvaluation(t, eng, rows, p, fmt.Sprintf("case %d", i))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d conditions on %d rows agree; %d answers are NULL", cases, len(rows), null)
	if null == 0 {
		t.Error("no answer was NULL: the conditions try too little")
	}
}

func compareEvaluation(t *testing.T, eng *session.Engine, rows []*Sample, p expr.Condition, name string) (null int) {
	t.Helper()
	truth := expr.And(p) // a column is no predicate
	for i, a := range answersOf(t, eng, rows, truth, name) {
		got, known, err := eval.Truth(Samples, p, rows[i])
		switch {
		case err != nil && strings.Contains(err.Error(), "times of different types"): // refused, as it should be
			return null
		case err != nil:
			t.Errorf("%s: %v: %v", name, p, err)
			return null
		case !known || a.failed: // one side may have had no need to compute what fails
		case (got == nil) != (a.value == nil) || got != nil && *got != *a.value:
			t.Errorf("%s: %s on %+v: PostgreSQL says %s, the evaluator %s", name, p, *rows[i], spell(a.value), spell(got))
		case got == nil:
			null++
		}
	}
	return null
}

func spell(b *bool) string {
	if b == nil {
		return "NULL"
	}
	return strconv.FormatBool(*b)
}
