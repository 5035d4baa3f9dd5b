package eval_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// numeral is what has arithmetic.
type numeral interface {
	int16 | int32 | int64 | float32 | float64
}

// computable is a kind of number: K computed with a value or not at all, M with another expression.
type computable[V, K, M any] interface {
	expr.KindOf[K, V]
	Plus(y V) K
	Minus(y V) K
	Times(y V) K
	Over(y V) K
	Neg() K
	PlusExpr(y expr.Of[V]) M
	MinusExpr(y expr.Of[V]) M
	TimesExpr(y expr.Of[V]) M
	OverExpr(y expr.Of[V]) M
}

// arithmetic makes a random expression of two columns.
func arithmetic[V numeral, K computable[V, K, M], M computable[V, M, M]](r *rand.Rand, x K, y M, from []V, depth int) M {
	if depth == 0 || r.IntN(4) == 0 {
		c := pick(r, from)
		return pick(r, []M{y, y.Neg(), y.Plus(c), y.Minus(c), y.Times(c), x.PlusExpr(y), x.MinusExpr(expr.Val(c))})
	}
	a := arithmetic(r, x, y, from, depth-1)
	b := arithmetic(r, x, y, from, depth-1)
	switch c := pick(r, from); r.IntN(12) {
	case 0:
		return a.PlusExpr(b)
	case 1:
		return a.MinusExpr(x)
	case 2:
		return x.TimesExpr(b)
	case 3:
		return a.OverExpr(b)
	case 4:
		return x.OverExpr(y)
	case 5:
		return a.Over(c)
	case 6:
		return a.Neg()
	case 7:
		if whole, ok := any(a).(interface{ ModExpr(y expr.Of[V]) M }); ok {
			return whole.ModExpr(b)
		}
		return a.Times(c)
	case 8:
		if whole, ok := any(x.MinusExpr(b)).(interface{ Mod(y V) M }); ok {
			return whole.Mod(c)
		}
		return a.Minus(c)
	}
	return a.Plus(pick(r, from))
}

// randomComparison compares what is computed.
func randomComparison(r *rand.Rand) expr.Predicate {
	t := Samples
	switch r.IntN(7) {
	case 0:
		return values(r, plain(arithmetic(r, t.Small, t.SmallN, shorts, 2)), plain(t.SmallN), shorts, true)
	case 1:
		return values(r, plain(arithmetic(r, t.Mid, t.MidN, mids, 2)), plain(t.Mid), mids, true)
	case 2:
		return values(r, plain(arithmetic(r, t.Num, t.NumN, ints, 2)), plain(t.Wide), wides, true)
	case 3:
		return values(r, plain(arithmetic(r, t.Wide, t.NumN, wides, 2)), plain(t.NumN), wides, true)
	case 4:
		return values(r, plain(arithmetic(r, t.Real, t.RealN, reals, 2)), plain(t.Real), reals, true)
	case 5:
		return values(r, plain(arithmetic(r, t.Loose, t.FloatN, []float64{0, 0.1, 1, 3}, 2)), plain(t.Float), []float64{0, 0.1, 1, 3}, true)
	}
	return values(r, plain(t.TextN.ConcatExpr(t.Text).Concat(pick(r, texts))), plain(t.TextN), texts, false)
}

// answer is what the server says of one row.
type answer[V any] struct {
	value  *V
	failed bool // an operator failed
}

// answersOf asks the server for an expression on each row, row by row where it fails on one.
func answersOf[V any](t *testing.T, eng *session.Engine, rows []*Sample, x expr.Item[*V], name string) []answer[V] {
	t.Helper()
	q := query.Select2(Samples.ID, x).OrderBy(Samples.ID)
	all, err := q.All(ctx, eng)
	answers := make([]answer[V], 0, len(rows))
	for _, a := range all {
		answers = append(answers, answer[V]{value: a.V2})
	}
	if err == nil {
		return answers
	}
	for _, row := range rows {
		one, err := q.Filter(Samples.ID.Eq(row.ID)).One(ctx, eng)
		var e *session.DatabaseError
		failed := errors.As(err, &e) && (e.Code == "22003" || e.Code == "22012") // out of range, division by zero
		if err != nil && !failed {
			t.Fatalf("%s: %v: %v", name, q, err)
		}
		answers = append(answers, answer[V]{one.V2, failed})
	}
	return answers
}

// compareArithmetic compares the value of an expression on each row with the server's; it counts what fails.
func compareArithmetic[V numeral](t *testing.T, eng *session.Engine, rows []*Sample, x expr.ValueOf[V, *V], name string) (failed int) {
	t.Helper()
	for i, a := range answersOf(t, eng, rows, x, name) {
		got, known, err := eval.Value(Samples, x, rows[i])
		if err != nil {
			t.Fatalf("%s: %v: %v", name, x, err)
		}
		if a.failed {
			failed++
		}
		if known == a.failed || known && !sameNumber(got, a.value) {
			t.Fatalf("%s: %v on %+v: PostgreSQL says %v, failing %v; the evaluator %v, failing %v",
				name, x, *rows[i], show(a.value), a.failed, got, !known)
		}
	}
	return failed
}

func show[V any](v *V) any {
	if v == nil {
		return "NULL"
	}
	return *v
}

// sameNumber reports whether the evaluator's value is the server's, to the bit.
func sameNumber[V numeral](got any, want *V) bool {
	switch {
	case want == nil || got == nil:
		return want == nil && got == nil
	}
	n, whole := got.(int64)
	if whole {
		return V(n) == *want && int64(*want) == n
	}
	f, _ := got.(float64)
	w := float64(*want)
	return math.Float64bits(f) == math.Float64bits(w) || math.IsNaN(f) && math.IsNaN(w)
}

// TestArithmeticAgreesWithPostgreSQL compares computed values with the server's: every kind of number and mixtures of them,
// NULL, NaN, infinities, overflow and division by zero among them.
func TestArithmeticAgreesWithPostgreSQL(t *testing.T) {
	t.Parallel()
	eng, err := session.Open(ctx, pgtest.Database(t), sampleSpace, session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, sampleSpace.CreateAll(ctx, eng))
	seed := uint64(20261124)
	r := rand.New(rand.NewPCG(seed, seed))
	s := begin(t, eng)
	for range 20 {
		s.Add(randomSample(r))
	}
	ok(t, s.Commit(ctx))
	rows := must[[]*Sample](t)(query.Select(Samples).OrderBy(Samples.ID).All(ctx, s))
	c, cases, failed := Samples, evaluateCases()/10, 0
	for i := range cases {
		name := fmt.Sprintf("case %d", i)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Small, c.SmallN, shorts, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Mid, c.MidN, mids, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Num, c.NumN, ints, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Wide, c.NumN, wides, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Real, c.RealN, reals, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Float, c.FloatN, floats, 2), name)
		failed += compareArithmetic(t, eng, rows, arithmetic(r, c.Loose, c.FloatN, []float64{0, 0.1, 3, 1e30}, 2), name)
	}
	t.Logf("%d expressions on %d rows agree; %d of their values fail", 7*cases, len(rows), failed)
	if failed == 0 || failed > 7*cases*len(rows)/2 {
		t.Errorf("%d values fail: the expressions try too little", failed)
	}
}
