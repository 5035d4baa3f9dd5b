package query_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	byName = query.Prepare2(func(name expr.Text, no expr.Int) query.Query[*Account] {
		return query.Select(account).Filter(account.Name.EqExpr(name), account.No.GeExpr(no.Plus(1))).OrderBy(account.No)
	})
	byEmail = query.Prepare1(func(email expr.NullText) query.Query[string] {
		return query.Select(customer.Name).Filter(customer.Email.IsNotDistinctFromExpr(email))
	})
	among = query.Prepare2(func(ids expr.IntArray, n expr.Int) query.Query[int64] {
		return query.Select(customer.ID).Filter(customer.ID.EqExpr(expr.Any[int64](ids))).OrderBy(customer.ID).LimitExpr(n)
	})
	planets2 = query.Prepare(query.Union(query.Select(planet.Code), query.Select(customer.Name)))
)

// TestPrepared: a prepared query is the query with its arguments.
func TestPrepared(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	mail, one := "a@x", int64(1)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	s.Add(&Customer{ID: 1, Name: "Pia", Email: &mail}, &Customer{ID: 2, Name: "Bob"}, &Customer{ID: 1 << 40, Name: "Big"},
		&Account{No: 7, Name: "x", CustID: &one}, &Account{No: 9, Name: "x"}, &Account{No: 1 << 40, Name: "y"})
	ok(t, s.Commit(ctx))
	for _, r := range []query.Runner{eng, s} {
		for range 2 { // written, and written before
			got, err := byName.With("x", 6).All(ctx, r)
			ok(t, err)
			if len(got) != 2 || got[0].No != 7 || got[1].No != 9 {
				t.Errorf("%v", got)
			}
			first, err := byName.With("x", 7).First(ctx, r)
			ok(t, err)
			if first.No != 9 {
				t.Errorf("%v", first)
			}
			wide, err := byName.With("y", 1<<40-1).One(ctx, r)
			ok(t, err)
			if wide.No != 1<<40 {
				t.Errorf("%v", wide)
			}
			if _, err = byName.With("x", 6).One(ctx, r); !errors.Is(err, query.ErrManyRows) || !strings.Contains(err.Error(), "LIMIT 2") {
				t.Errorf("%v", err)
			}
			if _, found, err := byName.With("z", 6).OneOrNone(ctx, r); found || err != nil {
				t.Errorf("%v %v", found, err)
			}
			who, err := byEmail.With(&mail).All(ctx, r)
			ok(t, err)
			none, err := byEmail.With(nil).All(ctx, r)
			ok(t, err)
			if !reflect.DeepEqual(who, []string{"Pia"}) || len(none) != 2 {
				t.Errorf("%v %v", who, none)
			}
			ids, err := among.With([]int64{2, 1 << 40, 5}, 2).All(ctx, r)
			ok(t, err)
			few, err := among.With([]int64{2, 1}, 1).All(ctx, r)
			ok(t, err)
			if !reflect.DeepEqual(ids, []int64{2, 1 << 40}) || !reflect.DeepEqual(few, []int64{1}) {
				t.Errorf("%v %v", ids, few)
			}
			n := 0
			for _, err := range planets2.Iter(ctx, r) {
				ok(t, err)
				n++
			}
			if n != 3 {
				t.Errorf("%d rows", n)
			}
		}
	}
	got, err := byName.With("x", 6).All(ctx, s)
	ok(t, err)
	got[0].Name = "changed" // flushed before the next, which is about the table
	if left, err := byName.With("x", 6).All(ctx, s); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

// TestPreparedText: the text and arguments are those of the query with values.
func TestPreparedText(t *testing.T) {
	t.Parallel()
	type text interface {
		SQL() (string, []any, error)
		String() string
	}
	for _, c := range []struct{ got, want text }{
		{byName.With("x", 6), query.Select(account).
			Filter(account.Name.Eq("x"), account.No.GeExpr(expr.Const[expr.Int](6).Plus(1))).OrderBy(account.No)},
		{among.With([]int64{1}, 3), query.Select(customer.ID).Filter(customer.ID.EqExpr(expr.Any[int64](expr.Const[expr.IntArray]([]int64{1})))).
			OrderBy(customer.ID).LimitExpr(expr.Const[expr.Int](3))},
	} {
		text, values, err := c.got.SQL()
		ok(t, err)
		wanted, args, err := c.want.SQL()
		ok(t, err)
		if text != wanted || !reflect.DeepEqual(values, args) || c.got.String() != wanted {
			t.Errorf("got  %s %v\nwant %s %v", text, values, wanted, args)
		}
	}
}

// TestPreparedMistakes: what cannot be prepared says so, and a parameter is good for nothing else.
func TestPreparedMistakes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	var leaked expr.Int
	kept := query.Prepare1(func(no expr.Int) query.Query[*Account] {
		leaked = no
		return query.Select(account).Filter(account.No.EqExpr(no))
	})
	_, err := kept.With(5).All(ctx, eng)
	ok(t, err)
	writes := query.Prepare1(func(name expr.Text) query.Returned[int64] {
		return query.Returning(query.Insert(account).Values(account.Name.ToExpr(name)), account.No)
	})
	within := query.Prepare1(func(name expr.Text) query.Query[int64] {
		fresh := query.With("fresh", query.Returning(query.Insert(account).Values(account.Name.ToExpr(name)), account.No))
		return query.Select(query.Col(fresh, account.No))
	})
	var none query.Prepared2[int64, string, *Account]
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"leaked": {errOf(query.Select(account).Filter(account.No.EqExpr(leaked)).All(ctx, eng)), expr.ErrParam},
		"writes": {errOf(writes.With("a").All(ctx, eng)), query.ErrPrepared},
		"within": {errOf(within.With("a").First(ctx, eng)), query.ErrPrepared},
		"zero":   {errOf(none.With(1, "a").One(ctx, eng)), nil},
		"none":   {errOf(query.Prepared[int64]{}.All(ctx, eng)), nil},
		"nil":    {errOf(query.Prepare[int64](nil).All(ctx, eng)), nil},
	} {
		if c.err == nil || c.want != nil && !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

// TestPreparedShares: parameters are never taken for one another, whatever their values.
func TestPreparedShares(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	twice := query.Prepare2(func(a, b expr.Text) query.Query[query.Row2[*string, *string]] {
		x, y := expr.CoalesceExpr(customer.Email, a), expr.CoalesceExpr(customer.Email, b)
		return query.Select2(x, y).GroupBy(x, y)
	})
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	s.Add(&Customer{ID: 1, Name: "Pia"})
	ok(t, s.Commit(ctx))
	got, err := twice.With("a", "b").One(ctx, eng)
	ok(t, err)
	if *got.V1 != "a" || *got.V2 != "b" {
		t.Error(got)
	}
}

// TestPreparedManyGoroutines: one prepared query, many at once, each with the rows of its own arguments.
func TestPreparedManyGoroutines(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	for i := range 50 {
		s.Add(&Account{No: int64(i + 1), Name: fmt.Sprint("n", i+1)})
	}
	ok(t, s.Commit(ctx))
	fresh := query.Prepare2(func(no expr.Int, name expr.Text) query.Query[string] {
		return query.Select(account.Name).Filter(account.No.EqExpr(no), account.Name.EqExpr(name))
	})
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			want := fmt.Sprint("n", i+1)
			for range 10 {
				if got, err := fresh.With(int64(i+1), want).One(ctx, eng); err != nil || got != want {
					t.Errorf("%s %v, want %s", got, err, want)
				}
			}
		})
	}
	wg.Wait()
}

// idle is a runner that runs nothing.
type idle struct{ text, args int }

// CupelSchema returns none.
func (*idle) CupelSchema() string { return "" }

func (r *idle) CupelRun(_ context.Context, req *run.Request) error {
	r.text, r.args = len(req.Text), len(req.Args)
	return nil
}

// TestPreparedAllocations: a run renders nothing. What it takes is memory for the arguments, and what any statement's rows take.
func TestPreparedAllocations(t *testing.T) {
	ctx := context.Background()
	r := &idle{}
	rows := func(s interface {
		All(context.Context, query.Runner) ([]int64, error)
	},
	) float64 {
		return testing.AllocsPerRun(100, func() {
			if _, err := s.All(ctx, r); err != nil {
				t.Error(err)
			}
		})
	}
	ids := []int64{1, 2, 3}
	text := rows(query.Raw[int64]("SELECT 1"))
	prepared := among.With(ids, 2)
	if n := rows(prepared); n > text {
		t.Errorf("%v allocations, of a constant text %v", n, text)
	}
	if r.text == 0 || r.args != 2 {
		t.Errorf("%+v", r)
	}
	if n := testing.AllocsPerRun(100, func() { prepared = among.With(ids, 2) }); n != 1 {
		t.Errorf("%v allocations for the arguments", n)
	}
}

var _ query.Runner = (*session.Engine)(nil)

// TestPreparedAgain: a mistake is not kept, since what it comes from may be mended.
func TestPreparedAgain(t *testing.T) {
	t.Parallel()
	limit := -1
	q := query.Prepare1(func(no expr.Int) query.Query[int64] {
		return query.Select(account.No).Filter(account.No.EqExpr(no)).Limit(limit)
	})
	if _, _, err := q.With(1).SQL(); err == nil {
		t.Error("a negative limit is no error")
	}
	limit = 5
	if text, _, err := q.With(1).SQL(); err != nil || !strings.HasSuffix(text, "LIMIT $2") {
		t.Errorf("%s %v", text, err)
	}
}
