package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

func TestLocks(t *testing.T) {
	c, a := customer, account
	q := query.Select(c.ID)
	const from = "SELECT customer.id \nFROM customer"
	two := query.Select2(c.ID, a.No).Join(a)
	const join = "SELECT customer.id, account.no \nFROM customer JOIN account ON customer.id = account.cust_id"
	check(t, []golden{
		{"ForUpdate", q.ForUpdate(), from + " FOR UPDATE", nil},
		{"ForNoKeyUpdate", q.ForNoKeyUpdate(), from + " FOR NO KEY UPDATE", nil},
		{"ForShare", q.ForShare(), from + " FOR SHARE", nil},
		{"ForKeyShare", q.ForKeyShare(), from + " FOR KEY SHARE", nil},
		{"NoWait", q.ForUpdate(query.NoWait), from + " FOR UPDATE NOWAIT", nil},
		{"SkipLocked", q.ForShare(query.SkipLocked), from + " FOR SHARE SKIP LOCKED", nil},
		{"the last wait counts", q.ForUpdate(query.NoWait, query.SkipLocked), from + " FOR UPDATE SKIP LOCKED", nil},
		{"nil option", q.ForUpdate(nil), from + " FOR UPDATE", nil},
		{"a wait that is none", q.ForUpdate(query.LockWait(9)), from + " FOR UPDATE SKIP LOCKED", nil},
		{"LockOf", two.ForUpdate(query.LockOf(a)), join + " FOR UPDATE OF account", nil},
		{"LockOf both", two.ForUpdate(query.LockOf(a, c), query.NoWait), join + " FOR UPDATE OF account, customer NOWAIT", nil},
		{"LockOf none", two.ForUpdate(query.LockOf()), join + " FOR UPDATE", nil},
		{
			"several", two.ForUpdate(query.LockOf(a)).ForShare(query.LockOf(c), query.SkipLocked),
			join + " FOR UPDATE OF account FOR SHARE OF customer SKIP LOCKED", nil,
		},
		{"an alias", query.Select(rich.ID).ForUpdate(query.LockOf(rich)), "SELECT rich.id \nFROM customer AS rich FOR UPDATE OF rich", nil},
		{"of a named table", query.Select(expr.Val("x")).From(c).ForShare(query.LockOf(c)), "SELECT $1::text \nFROM customer FOR SHARE OF customer", args{"x"}},
		{
			"after everything", q.Filter(c.VIP).OrderBy(c.ID).Limit(1).Offset(2).ForUpdate(query.SkipLocked),
			from + " \nWHERE customer.vip ORDER BY customer.id \n LIMIT $1 OFFSET $2 FOR UPDATE SKIP LOCKED",
			args{int64(1), int64(2)},
		},
		{
			"before other clauses are said", q.ForUpdate().Filter(c.VIP).Limit(1),
			from + " \nWHERE customer.vip \n LIMIT $1 FOR UPDATE",
			args{int64(1)},
		},
	})
}

// TestLocksAreBranches: two locks off one query do not meet.
func TestLocksAreBranches(t *testing.T) {
	t.Parallel()
	q := query.Select(customer.ID).ForUpdate()
	one, other := q.ForShare(query.NoWait), q.ForKeyShare()
	if got := one.String(); !strings.HasSuffix(got, "FOR UPDATE FOR SHARE NOWAIT") {
		t.Error(got)
	}
	if got := other.String(); !strings.HasSuffix(got, "FOR UPDATE FOR KEY SHARE") {
		t.Error(got)
	}
	if got := q.String(); !strings.HasSuffix(got, "customer FOR UPDATE") {
		t.Error(got)
	}
}

func TestLockOfAnotherTable(t *testing.T) {
	t.Parallel()
	for _, other := range []expr.Entity{account, rich} {
		_, _, err := query.Select(customer.ID).ForUpdate(query.LockOf(other)).SQL()
		if !errors.Is(err, query.ErrNoTable) || !strings.Contains(err.Error(), other.CupelTable().String()) {
			t.Errorf("error is %v", err)
		}
	}
	if _, _, err := query.Select(customer.ID).ForUpdate(query.LockOf(nil)).SQL(); !errors.Is(err, expr.ErrUnmapped) {
		t.Errorf("error is %v", err)
	}
}

// TestCountOfLockedRows: Count and Exists lock what they count.
func TestCountOfLockedRows(t *testing.T) {
	t.Parallel()
	eng, ctx := engine(t), context.Background()
	n, err := query.Insert(planet).Values(planet.Code.To("x")).Values(planet.Code.To("y")).Exec(ctx, eng)
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	q := query.Select(planet).ForUpdate(query.NoWait)
	if n, err := q.Count(ctx, eng); n != 2 || err != nil {
		t.Error(n, err)
	}
	if there, err := q.Exists(ctx, eng); !there || err != nil {
		t.Error(there, err)
	}
	if first, err := q.OrderBy(planet.Code.Desc()).First(ctx, eng); err != nil || first.Code != "y" {
		t.Error(first, err)
	}
}

type moon struct{ Code string }

type moons struct {
	model.Table[moon]
	Code expr.Text
}

// TestLockOfATableInASchema: PostgreSQL wants the bare name.
func TestLockOfATableInASchema(t *testing.T) {
	t.Parallel()
	eng, ctx := engine(t), context.Background()
	if _, err := eng.Pool().Exec(ctx, `CREATE SCHEMA "Far"; CREATE TABLE "Far"."Moon" (code text PRIMARY KEY)`); err != nil {
		t.Fatal(err)
	}
	m := model.Map("Moon", func(t *moons) model.Spec { return model.Spec{model.PrimaryKey(t.Code), model.InSchema("Far")} })
	_ = model.MustSchema(m)
	q := query.Select(m.Code).ForUpdate(query.LockOf(m))
	if got, want := q.String(), `SELECT "Far"."Moon".code `+"\n"+`FROM "Far"."Moon" FOR UPDATE OF "Moon"`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := q.All(ctx, eng); err != nil {
		t.Error(err)
	}
}
