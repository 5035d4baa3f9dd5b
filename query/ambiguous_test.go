package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// Purchase refers to an account, and to the customer whom that belongs to.
type Purchase struct {
	ID, CustID, AccountNo int64
}

type purchases struct {
	model.Table[Purchase]
	ID, CustID, AccountNo expr.Int
}

var (
	purchase = model.Map("purchase", func(t *purchases) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.CustID, customer.ID), model.ForeignKey(t.AccountNo, account.No),
			model.ForeignKey(t.AccountNo, account.No), // said twice, it is one way
		}
	})
	other = model.Alias(purchase, "other")
	chief = model.Alias(worker, "chief")
)

// ambiguous is a join that the foreign keys explain in several ways.
type ambiguous struct {
	name string
	join func(on ...expr.Condition) statement
	ways []expr.Condition
}

// joiner joins t to q.
func joiner[R any](q query.Query[R], t expr.Entity) func(on ...expr.Condition) statement {
	return func(on ...expr.Condition) statement { return q.Join(t, on...) }
}

// TestAmbiguousJoin: a join that could be meant in several ways is an error that has all of them, and each can be said.
func TestAmbiguousJoin(t *testing.T) {
	t.Parallel()
	c, a, x, w, p := customer, account, transfer, worker, purchase
	chain := query.Select3(c.Name, a.Name, p.ID)
	for _, g := range []ambiguous{
		{"to itself", joiner(query.Select2(w.Name, boss.Name), boss), ways(w.ID.EqExpr(boss.BossID), boss.ID.EqExpr(w.BossID))},
		{"to itself, from the alias", joiner(query.Select2(boss.Name, w.Name), w), ways(boss.ID.EqExpr(w.BossID), w.ID.EqExpr(boss.BossID))},
		{"two aliases", joiner(query.Select(boss.Name), chief), ways(boss.ID.EqExpr(chief.BossID), chief.ID.EqExpr(boss.BossID))},
		{
			"to itself, twice", joiner(query.Select(w.Name).Join(boss, w.BossID.EqExpr(boss.ID)), chief),
			ways(w.ID.EqExpr(chief.BossID), chief.ID.EqExpr(w.BossID), boss.ID.EqExpr(chief.BossID), chief.ID.EqExpr(boss.BossID)),
		},
		{"two foreign keys, upwards", joiner(query.Select(x.ID), a), ways(a.No.EqExpr(x.Source), a.No.EqExpr(x.Target))},
		{"two foreign keys, downwards", joiner(query.Select(a.No), x), ways(a.No.EqExpr(x.Source), a.No.EqExpr(x.Target))},
		{"two foreign keys of an alias", joiner(query.Select(x.ID), second), ways(second.No.EqExpr(x.Source), second.No.EqExpr(x.Target))},
		{"a diamond, downwards", joiner(chain.Join(a), p), ways(c.ID.EqExpr(p.CustID), a.No.EqExpr(p.AccountNo))},
		{"a diamond, outwards", joiner(query.Select2(c.Name, a.Name.OrNull()).From(c).LeftJoin(a), p), ways(c.ID.EqExpr(p.CustID), a.No.EqExpr(p.AccountNo))},
		{"a diamond, upwards", joiner(query.Select(p.ID).Join(c), a), ways(a.No.EqExpr(p.AccountNo), c.ID.EqExpr(a.CustID))},
		{"a diamond of aliases", joiner(query.Select(rich.Name).Join(second), other), ways(rich.ID.EqExpr(other.CustID), second.No.EqExpr(other.AccountNo))},
		{
			"a table and its alias", joiner(query.Select(c.Name).Join(a).Join(second, second.CustID.EqExpr(c.ID)), x),
			ways(a.No.EqExpr(x.Source), a.No.EqExpr(x.Target), second.No.EqExpr(x.Source), second.No.EqExpr(x.Target)),
		},
		{"two parents by comma", joiner(query.Select2(c.Name, a.Name).Filter(c.ID.EqExpr(a.CustID)), p), ways(c.ID.EqExpr(p.CustID), a.No.EqExpr(p.AccountNo))},
		{"two parents of WHERE", joiner(query.Select(expr.Val(1)).Filter(c.ID.EqExpr(a.CustID)), p), ways(c.ID.EqExpr(p.CustID), a.No.EqExpr(p.AccountNo))},
		{"in parentheses", joiner(query.Select(c.Name), query.Nested(p).Join(a)), ways(c.ID.EqExpr(p.CustID), c.ID.EqExpr(a.CustID))},
	} {
		g.check(t)
	}
}

func ways(on ...expr.Condition) []expr.Condition { return on }

func (g ambiguous) check(t *testing.T) {
	t.Helper()
	_, _, err := g.join().SQL()
	if !errors.Is(err, query.ErrAmbiguousJoin) {
		t.Errorf("%s: error is %v, text is %s", g.name, err, g.join())
		return
	}
	var texts []string
	for _, on := range g.ways {
		text, _, _ := expr.And(on).ToSql()
		texts = append(texts, text)
		if said, _, err := g.join(on).SQL(); err != nil || !strings.Contains(said, " ON "+text) {
			t.Errorf("%s: with ON %s it is %s, %v", g.name, text, said, err)
		}
	}
	if want := "could be ON " + strings.Join(texts, " or ON ") + "; say which"; !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error is %v, want %s", g.name, err, want)
	}
}

// TestOneWayToJoin: what only one foreign key explains is no guess.
func TestOneWayToJoin(t *testing.T) {
	c, a, p := customer, account, purchase
	check(t, []golden{
		{
			"a key said twice", query.Select(p.ID).Join(a),
			"SELECT purchase.id \nFROM purchase JOIN account ON account.no = purchase.account_no", nil,
		},
		{
			"what is selected goes before WHERE", query.Select(c.Name).Join(p).Filter(c.ID.EqExpr(a.CustID)),
			"SELECT customer.name \nFROM customer JOIN purchase ON customer.id = purchase.cust_id, account \nWHERE customer.id = account.cust_id", nil,
		},
		{
			"a diamond, each side said", query.Select(c.Name).Join(a).Join(p, p.AccountNo.EqExpr(a.No), p.CustID.EqExpr(c.ID)),
			"SELECT customer.name \nFROM customer JOIN account ON customer.id = account.cust_id" +
				" JOIN purchase ON purchase.account_no = account.no AND purchase.cust_id = customer.id", nil,
		},
	})
}
