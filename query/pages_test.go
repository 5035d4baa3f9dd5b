package query_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// walk reads all pages of a query forwards and backwards, and compares the rows with those of the query itself.
func walk[R any](t *testing.T, r query.Runner, name string, q query.Query[R], size int) {
	t.Helper()
	ctx := context.Background()
	p := query.Pages(q, size)
	all := func(step func(context.Context, query.Runner, string) (query.Page[R], error), back bool) (got []R) {
		cursor := ""
		for range 1000 {
			page, err := step(ctx, r, cursor)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(page.Rows) > size || len(page.Rows) < size && (back && page.Prev != "" || !back && page.Next != "") {
				t.Fatalf("%s: a page of %d rows, next %q, before %q", name, len(page.Rows), page.Next, page.Prev)
			}
			if back {
				got, cursor = append(append([]R{}, page.Rows...), got...), page.Prev
			} else {
				got, cursor = append(got, page.Rows...), page.Next
			}
			if cursor == "" {
				return got
			}
		}
		t.Fatalf("%s: it does not end", name)
		return nil
	}
	forth, back := all(p.After, false), all(p.Before, true)
	if len(forth) == 0 || !reflect.DeepEqual(forth, back) {
		t.Errorf("%s: %d rows forwards, %d backwards", name, len(forth), len(back))
	}
	whole, err := q.All(ctx, r)
	ok(t, err)
	if len(whole) != len(forth) {
		t.Errorf("%s: %d rows in pages of %d rows", name, len(forth), len(whole))
	}
}

// TestPages: pages are the query's rows, each once, in order, whatever the directions, with NULLs in every key.
func TestPages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		c := &Customer{ID: int64(i + 1), Name: string(rune('a' + random.IntN(4))), VIP: random.IntN(2) == 0}
		if random.IntN(3) > 0 {
			mail := fmt.Sprint(random.IntN(4), "'\\")
			c.Email = &mail
		}
		s.Add(c)
		if random.IntN(2) == 0 {
			s.Add(&Account{No: int64(i + 100), Name: string(rune('x' + random.IntN(2))), CustID: &c.ID})
		} else {
			s.Add(&Account{No: int64(i + 100), Name: "none"})
		}
	}
	ok(t, s.Commit(ctx))
	c, a := customer, account
	keys := [][]expr.Sortable{
		{c.Name, c.Name.Desc(), expr.Lower(c.Name).As("low").Desc()},
		{c.Email, c.Email.Desc(), c.Email.Asc().NullsFirst(), c.Email.Desc().NullsLast(), c.VIP, c.VIP.Desc()},
		{c.ID, c.ID.Desc(), a.No, a.No.Desc().NullsLast()},
	}
	for i, first := range keys[0] {
		for j, second := range keys[1] {
			for k, third := range keys[2] {
				order := []expr.Sortable{first, second, third}
				name := fmt.Sprint(i, j, k)
				size := 1 + (i+2*j+3*k)%11
				walk(t, eng, name+" joined", query.Select2(c.ID, a.No.OrNull()).LeftJoin(a).OrderBy(order...), size)
				if k < 2 {
					walk(t, eng, name, query.Select(c).OrderBy(order...), size)
					walk(t, eng, name+" short", query.Select(c.ID).OrderBy(order[:2]...), size)
				}
				walk(t, eng, name+" right", query.Select2(c.ID.OrNull(), a.No).RightJoin(a).OrderBy(order...), size)
			}
		}
	}
	walk(t, eng, "to one", query.Select(a).LeftJoin(c).OrderBy(c.Name.Desc(), a.Name), 7)
	walk(t, s, "tracked", query.Select2(c, a).Join(a).OrderBy(c.Name), 3)
	n := expr.Count(a.No).As("n")
	walk(t, eng, "groups", query.Select2(c.Name, n).LeftJoin(a).GroupBy(c.Name, c.VIP).OrderBy(n.Desc(), c.VIP), 2)
	walk(t, eng, "distinct", query.Select2(c.Name, c.Email).Distinct().OrderBy(c.Email.Desc()), 2)
	walk(t, eng, "no order", query.Select(c), 6)
	walk(t, eng, "an argument in a key", query.Select(c).OrderBy(expr.Coalesce(c.Email, "2")), 6)
	walk(t, eng, "an expression", query.Select(c.Name).OrderBy(c.ID.Times(-1)), 6)
}

// TestPagesText: the condition bounds the search in an index, and the key of a row that a join finds by it is not repeated.
func TestPagesText(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	for i := range 3 {
		s.Add(&Customer{ID: int64(i + 1), Name: "a"}, &Account{No: int64(i + 1), Name: "x"})
	}
	ok(t, s.Commit(ctx))
	c, a := customer, account
	for _, x := range []struct{ got, want string }{
		{pageText(t, eng, query.Select(c.ID).OrderBy(c.Name)), "WHERE (customer.name, customer.id) > ($1, $2) ORDER BY customer.name, customer.id LIMIT $3"},
		{pageText(t, eng, query.Select(c.ID).OrderBy(c.ID.Desc())), "WHERE customer.id < $1 ORDER BY customer.id DESC LIMIT $2"},
		{
			pageText(t, eng, query.Select(c.ID).OrderBy(c.Name, c.ID.Desc())),
			"WHERE customer.name >= $1 AND (customer.name > $1 OR customer.name = $1 AND customer.id < $2) ORDER BY customer.name, customer.id DESC LIMIT $3",
		},
		{
			pageText(t, eng, query.Select(a.No).LeftJoin(c).OrderBy(c.Name)),
			"WHERE customer.name IS NULL AND account.no > $1 ORDER BY customer.name, account.no LIMIT $2",
		},
	} {
		if !strings.HasSuffix(x.got, x.want) {
			t.Errorf("got  %s\nwant %s", x.got, x.want)
		}
	}
}

// pageText returns the text of the second page's statement.
func pageText[R any](t *testing.T, r query.Runner, q query.Query[R]) string {
	t.Helper()
	ctx := context.Background()
	p := query.Pages(q, 1)
	page, err := p.After(ctx, r, "")
	ok(t, err)
	seen := &listening{Runner: r}
	_, err = p.After(ctx, seen, page.Next)
	ok(t, err)
	return strings.Join(strings.Fields(seen.text), " ")
}

// listening is a runner that keeps the text of what it runs.
type listening struct {
	query.Runner

	text string
}

func (l *listening) CupelRun(ctx context.Context, req *run.Request) error {
	l.text = string(req.Text)
	return l.Runner.CupelRun(ctx, req)
}

// TestPagesMistakes: what cannot be read in pages, and cursors that are none.
func TestPagesMistakes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	c, a := customer, account
	per := query.Sub("per", query.Select2(a.CustID, expr.Count(a.No).As("n")).GroupBy(a.CustID))
	over := expr.Over(expr.RowNumber(), expr.Window{}.OrderBy(c.Name))
	for name, p := range map[string]query.Pager[int64]{
		"a LIMIT":           query.Pages(query.Select(c.ID).Limit(5), 5),
		"DISTINCT ON":       query.Pages(query.Select(c.ID).DistinctOn(c.Name), 5),
		"a window":          query.Pages(query.Select(c.ID).OrderBy(over), 5),
		"0 rows":            query.Pages(query.Select(c.ID), 0),
		"-1 rows":           query.Pages(query.Select(c.ID), -1),
		"rows of per apart": query.Pages(query.Select(c.ID).Join(per, c.ID.EqExpr(query.Col(per, a.CustID))), 5),
		"no ORDER BY":       query.Pages(query.Select(c.ID), 5).Unique(),
		"ROLLUP":            query.Pages(query.Select(expr.Count(c.ID)).From(c).GroupBy(expr.Rollup(c.Name)), 5),
	} {
		if _, err := p.After(ctx, eng, ""); !errors.Is(err, query.ErrKeyset) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	s.Add(&Customer{ID: 1, Name: "a"}, &Customer{ID: 2, Name: "b"})
	ok(t, s.Commit(ctx))
	up := query.Pages(query.Select(c).OrderBy(c.Name), 1)
	page, err := up.After(ctx, eng, "")
	ok(t, err)
	for name, cursor := range map[string]string{
		"another order": page.Next, "nonsense": "%%%", "short": "YQ", "cut": page.Next[:len(page.Next)-3], "more": page.Next + "AA",
	} {
		if _, err := query.Pages(query.Select(c).OrderBy(c.Name.Desc()), 1).After(ctx, eng, cursor); !errors.Is(err, query.ErrCursor) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := up.Before(ctx, eng, page.Next); err != nil {
		t.Error(err)
	}
}

// TestPagesSeveral: a join whose condition a row of the key may meet several times repeats rows, and pages have each of them.
func TestPagesSeveral(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	eng := engine(t)
	s := eng.Session()
	defer func() { _ = s.Close(ctx) }()
	for i := range int64(5) {
		s.Add(&Customer{ID: i + 1, Name: "a"}, &Account{No: i + 1, Name: "x"})
	}
	ok(t, s.Commit(ctx))
	c, a := customer, account
	ids := expr.NewArray(expr.Val(int64(1)), expr.Val(int64(2)), expr.Val(int64(4)))
	walk(t, eng, "ANY of an array", query.Select(a.No).Join(c, c.ID.EqExpr(ids.Any())).OrderBy(a.No), 2)
	other := model.Alias(c, "other")
	walk(t, eng, "ANY of rows", query.Select(a.No).Join(c, c.ID.EqExpr(expr.AnyOf(other.ID, query.From(other)))).OrderBy(a.No), 3)

	odd := expr.Func[expr.Int]("nullif", c.ID, expr.Val(int64(2))).As("odd") // NULL, which its kind denies
	sub := query.Sub("sub", query.Select2(c.ID, odd))
	pages := query.Pages(query.Select(query.Col(sub, c.ID)).OrderBy(query.Col(sub, odd), query.Col(sub, c.ID)), 2).Unique()
	var got []int64
	for cursor, more := "", true; more; more = cursor != "" {
		page, err := pages.After(ctx, eng, cursor)
		ok(t, err)
		got, cursor = append(got, page.Rows...), page.Next
	}
	if want := []int64{1, 3, 4, 5, 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("a derived column that is NULL: %v, want %v", got, want)
	}
}
