package integration_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// numerics returns literals of numerics: digits and zeros of many scales, both signs, and what is no number.
func numerics() (literals []string) {
	for _, whole := range []string{"0", "1", "7", "10", "9999", "10000", "10001", "123456789012", "100000000", "1" + strings.Repeat("0", 40)} {
		literals = append(literals, whole, "-"+whole)
		for scale := 1; scale <= 13; scale++ {
			for _, part := range []string{strings.Repeat("0", scale), strings.Repeat("0", scale-1) + "5", "1" + strings.Repeat("0", scale-1), strings.Repeat("9", scale)} {
				literals = append(literals, whole+"."+part, "-"+whole+"."+part)
			}
		}
	}
	for _, scale := range []int{100, 1000, 16383} {
		literals = append(literals, "0."+strings.Repeat("0", scale))
	}
	return append(literals, "1e100", "1e-100", "0e-7", "NaN", "Infinity", "-Infinity")
}

// TestNumericsAreTheirText: a numeric is read into a string, alone and in arrays, as the server writes it: a zero keeps its scale.
func TestNumericsAreTheirText(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(), session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	in := "'{" + strings.Join(numerics(), ",") + "}'::numeric[]"
	each := " FROM unnest(" + in + ") WITH ORDINALITY AS u (x, n) ORDER BY n"
	want, err := query.Raw[string]("SELECT x::text"+each).All(ctx, eng)
	if err != nil || len(want) != len(numerics()) {
		t.Fatal(len(want), err)
	}
	compare := func(what string, have []string, err error) {
		t.Helper()
		for i := range want {
			if err != nil || len(have) != len(want) || have[i] != want[i] {
				t.Fatalf("%s: %.40q, not %.40q, %v", what, have[i:min(i+1, len(have))], want[i], err)
			}
		}
	}
	have, err := query.Raw[string]("SELECT x"+each).All(ctx, eng)
	compare("string", have, err)
	pointers, err := query.Raw[*string]("SELECT x"+each).All(ctx, eng)
	compare("pointers", values(pointers), err)
	have, err = query.Raw[[]string]("SELECT "+in).One(ctx, eng)
	compare("array", have, err)
	pointers, err = query.Raw[[]*string]("SELECT "+in).One(ctx, eng)
	compare("array of pointers", values(pointers), err)
	valuers, err := query.Raw[pgtype.Numeric]("SELECT x"+each).All(ctx, eng)
	have = have[:0:0]
	for _, v := range valuers {
		text, err := v.Value()
		have = append(have, fmt.Sprint(text))
		if err != nil {
			t.Error(err)
		}
	}
	compare("pgtype.Numeric", have, err)
}

func values(ps []*string) []string {
	vs := make([]string, len(ps))
	for i, p := range ps {
		vs[i] = *p
	}
	return vs
}

// TestZeroOfAScale: a zero that has a scale is read into everything that takes numerics, with NULLs and dimensions around it.
func TestZeroOfAScale(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(), session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(eng.Close)
	if n, err := query.Raw[int64]("SELECT 0.00::numeric").One(ctx, eng); n != 0 || err != nil {
		t.Errorf("int64: %d, %v", n, err)
	}
	if n, err := query.Raw[float64]("SELECT 0.00::numeric").One(ctx, eng); n != 0 || err != nil {
		t.Errorf("float64: %v, %v", n, err)
	}
	if n, err := query.Raw[[]int64]("SELECT '{0.00,3.00}'::numeric[]").One(ctx, eng); !slices.Equal(n, []int64{0, 3}) || err != nil {
		t.Errorf("[]int64: %v, %v", n, err)
	}
	if n, err := query.Raw[[]*string]("SELECT '{0.00,NULL}'::numeric[]").One(ctx, eng); err != nil || len(n) != 2 || *n[0] != "0.00" || n[1] != nil {
		t.Errorf("[]*string: %v, %v", n, err)
	}
	a, err := query.Raw[pgtype.Array[string]]("SELECT '[0:1][5:6]={{0.00,1.5},{-2.50,0.000}}'::numeric[]").One(ctx, eng)
	if want := []string{"0.00", "1.5", "-2.50", "0.000"}; err != nil || !slices.Equal(a.Elements, want) || len(a.Dims) != 2 || a.Dims[1].LowerBound != 5 || a.Dims[0].LowerBound != 0 {
		t.Errorf("dimensions: %v, %v", a, err)
	}
	if _, err := query.Raw[[]string]("SELECT '{0.00,NULL}'::numeric[]").One(ctx, eng); err == nil {
		t.Error("a NULL is read into a string")
	}
}
