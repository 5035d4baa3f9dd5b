package query_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func TestUpdate(t *testing.T) {
	c, a := customer, account
	u := query.Update(c).Set(c.Name.To("x"))
	check(t, []golden{
		{"Filter", u.Filter(c.ID.Eq(1)), "UPDATE customer SET name = $1 WHERE customer.id = $2", args{"x", int64(1)}},
		{
			"Filter, two", u.Filter(c.ID.Gt(1), c.VIP), "UPDATE customer SET name = $1 WHERE customer.id > $2 AND customer.vip",
			args{"x", int64(1)},
		},
		{
			"Filter, Or", u.Filter(c.ID.Gt(1).Or(c.VIP)).Filter(c.VIP),
			"UPDATE customer SET name = $1 WHERE (customer.id > $2 OR customer.vip) AND customer.vip",
			args{"x", int64(1)},
		},
		{
			"Filter by squirrel", u.Filter(expr.Where(sq.Gt{"customer.id": 1})), "UPDATE customer SET name = $1 WHERE customer.id > $2",
			args{"x", 1},
		},
		{"Everywhere", u.Everywhere(), "UPDATE customer SET name = $1", args{"x"}},
		{"Everywhere and Filter", u.Everywhere().Filter(c.VIP), "UPDATE customer SET name = $1 WHERE customer.vip", args{"x"}},
		{
			"Set, two", query.Update(c).Set(c.Name.To("x"), c.VIP.To(true)).Everywhere(), "UPDATE customer SET name = $1, vip = $2",
			args{"x", true},
		},
		{"Set, twice", u.Set(c.Email.ToNull()).Everywhere(), "UPDATE customer SET name = $1, email = NULL", args{"x"}},
		{"ToDefault", query.Update(c).Set(c.Email.ToDefault()).Everywhere(), "UPDATE customer SET email = DEFAULT", nil},
		{"ToExpr", query.Update(c).Set(c.Email.ToExpr(c.Name)).Everywhere(), "UPDATE customer SET email = customer.name", nil},
		{
			"ToExpr of a sum", query.Update(c).Set(c.ID.ToExpr(c.ID.Plus(1))).Everywhere(), "UPDATE customer SET id = customer.id + $1",
			args{int64(1)},
		},
		{
			"FROM", query.Update(a).Set(a.Name.ToExpr(c.Name)).Filter(a.CustID.EqExpr(c.ID)),
			"UPDATE account SET name = customer.name FROM customer WHERE account.cust_id = customer.id", nil,
		},
		{
			"FROM by Filter", query.Update(a).Set(a.Name.To("x")).Filter(a.CustID.EqExpr(c.ID), c.VIP),
			"UPDATE account SET name = $1 FROM customer WHERE account.cust_id = customer.id AND customer.vip",
			args{"x"},
		},
		{
			"FROM two", query.Update(a).Set(a.Name.ToExpr(planet.Code)).Filter(a.CustID.EqExpr(c.ID), planet.Code.EqExpr(c.Name)),
			"UPDATE account SET name = planet.code FROM customer, planet WHERE account.cust_id = customer.id AND planet.code = customer.name", nil,
		},
		{
			"FROM an alias of itself", query.Update(worker).Set(worker.Name.ToExpr(boss.Name)).Filter(worker.BossID.EqExpr(boss.ID)),
			"UPDATE worker SET name = boss.name FROM worker AS boss WHERE worker.boss_id = boss.id", nil,
		},
		{
			"alias", query.Update(rich).Set(rich.Name.To("x")).Filter(rich.VIP), "UPDATE customer AS rich SET name = $1 WHERE rich.vip",
			args{"x"},
		},
	})
}

func TestDelete(t *testing.T) {
	c, a := customer, account
	check(t, []golden{
		{
			"Filter", query.Delete(a).Filter(a.No.Between(1, 2)), "DELETE FROM account WHERE account.no BETWEEN $1 AND $2",
			args{int64(1), int64(2)},
		},
		{
			"Filter, twice", query.Delete(a).Filter(a.No.Gt(1)).Filter(a.Name.Eq("x")),
			"DELETE FROM account WHERE account.no > $1 AND account.name = $2",
			args{int64(1), "x"},
		},
		{"Everywhere", query.Delete(a).Everywhere(), "DELETE FROM account", nil},
		{
			"USING", query.Delete(a).Filter(a.CustID.EqExpr(c.ID), c.VIP),
			"DELETE FROM account USING customer WHERE account.cust_id = customer.id AND customer.vip", nil,
		},
		{
			"USING two", query.Delete(a).Filter(a.CustID.EqExpr(c.ID), c.Name.EqExpr(planet.Code)),
			"DELETE FROM account USING customer, planet WHERE account.cust_id = customer.id AND customer.name = planet.code", nil,
		},
		{
			"USING an alias of itself", query.Delete(worker).Filter(worker.BossID.EqExpr(boss.ID)),
			"DELETE FROM worker USING worker AS boss WHERE worker.boss_id = boss.id", nil,
		},
		{"alias", query.Delete(boss).Filter(boss.ID.Eq(1)), "DELETE FROM worker AS boss WHERE boss.id = $1", args{int64(1)}},
		{"Sync", query.Delete(a).Everywhere().Sync(query.SyncNone), "DELETE FROM account", nil},
	})
}

func TestInline(t *testing.T) {
	t.Parallel()
	c := customer
	for _, g := range []struct {
		x    statement
		want string
	}{
		{
			query.Select(c.ID).Filter(c.Name.Eq("O'Hara"), c.ID.In(1, 2)).Limit(3),
			"SELECT customer.id \nFROM customer \nWHERE customer.name = 'O''Hara' AND customer.id IN (1, 2) \n LIMIT 3",
		},
		{
			query.Update(c).Set(c.Name.To("a"), c.VIP.To(true)).Filter(c.ID.Eq(-1)),
			"UPDATE customer SET name = 'a', vip = true WHERE customer.id = -1",
		},
		{query.Delete(c).Filter(expr.Where(sq.Eq{"customer.name": "?"})), "DELETE FROM customer WHERE customer.name = '?'"},
		{query.Select(expr.Val("a")), "SELECT 'a'::text"},
	} {
		if got := g.x.Inline(); got != g.want {
			t.Errorf("got  %q\nwant %q", got, g.want)
		}
	}
}

// Two chains off one base do not see each other, whatever room the base's slices have.
func TestImmutable(t *testing.T) {
	t.Parallel()
	c, a := customer, account
	base := query.Select2(c.Name, a.Name).Filter(c.VIP, c.ID.Gt(0), c.ID.Lt(9)).OrderBy(c.ID, c.Name, c.VIP).
		GroupBy(c.ID, c.Name, a.Name).Having(c.VIP, c.VIP, c.VIP).From(c).Join(a)
	update := query.Update(c).Set(c.Name.To("a"), c.VIP.To(true), c.ID.To(1)).Filter(c.VIP, c.VIP, c.VIP)
	remove := query.Delete(c).Filter(c.VIP, c.VIP, c.VIP)
	before := base.String() + update.String() + remove.String()
	chain := func(i int64) string {
		q := base.Filter(c.ID.Eq(i)).OrderBy(c.ID.Plus(i)).GroupBy(c.ID.Plus(i)).Having(c.ID.Ne(i)).
			Limit(int(i)).Offset(int(i)).Join(second, second.No.Eq(i)).Distinct()
		return q.Inline() + update.Set(c.Email.To(fmt.Sprint(i))).Filter(c.ID.Eq(i)).Inline() + remove.Filter(c.ID.Eq(i)).Inline()
	}
	want := make([]string, 8)
	for i := range want {
		want[i] = chain(int64(i))
	}
	var wg sync.WaitGroup
	for i := range want {
		wg.Go(func() {
			for range 100 {
				if got := chain(int64(i)); got != want[i] {
					t.Errorf("chain %d gives %s, want %s", i, got, want[i])
					return
				}
			}
		})
	}
	wg.Wait()
	if after := base.String() + update.String() + remove.String(); after != before {
		t.Errorf("the bases became %s, were %s", after, before)
	}
	one, two := base.Filter(c.Name.Eq("one")), base.Filter(c.Name.Eq("two"))
	if one.Inline() == two.Inline() || one.String() != two.String() {
		t.Errorf("two chains are %s and %s", one.Inline(), two.Inline())
	}
}

// First and One limit a copy of the query, and Count and Exists wrap one.
func TestRunLeavesQuery(t *testing.T) {
	t.Parallel()
	ctx, eng := context.Background(), engine(t)
	_, err := eng.Pool().Exec(ctx, "INSERT INTO customer (name, vip) VALUES ('a', true), ('b', false)")
	ok(t, err)
	q := query.Select(customer.Name).OrderBy(customer.ID).Limit(5)
	before := q.Inline()
	first, err := q.First(ctx, eng)
	ok(t, err)
	_, many := q.One(ctx, eng)
	n, err := q.Count(ctx, eng)
	ok(t, err)
	exists, err := q.Filter(customer.Name.Eq("c")).Exists(ctx, eng)
	ok(t, err)
	none, err := q.Limit(0).Count(ctx, eng)
	ok(t, err)
	if first != "a" || many == nil || n != 2 || exists || none != 0 {
		t.Errorf("got %s, %v, %d, %v, %d", first, many, n, exists, none)
	}
	if q.Inline() != before {
		t.Errorf("the query became %s", q.Inline())
	}
	rows, err := q.All(ctx, eng)
	if err != nil || fmt.Sprint(rows) != "[a b]" {
		t.Errorf("got %v, %v", rows, err)
	}
}
