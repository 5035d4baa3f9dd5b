package main

import (
	"context"
	"time"

	"github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/query"
)

// local is a workload without the server, which Cupel does by itself or with squirrel.
type local struct {
	name     string
	divide   float64 // how many things an operation does; the table has the time of one
	cupel    func(context.Context, *cupel) (trial, error)
	squirrel func(context.Context) error // nil: squirrel does not do that
}

func locals() []local {
	return []local{
		{"render a simple query", 1, always(renderSimple), squirrelSimple},
		{"render a complex query", 1, always(renderComplex), squirrelComplex},
		{"render a simple query, to be sent", 1, always(sendSimple), squirrelSimple},
		{"render a complex query, to be sent", 1, always(sendComplex), squirrelComplex},
		{"a complex query that is prepared, to be sent", 1, always(sendPrepared), squirrelComplex},
		{"flush of 10,000 clean objects, each", customerCount, func(ctx context.Context, l *cupel) (trial, error) {
			return l.cleanFlush(ctx, customerCount)
		}, nil},
	}
}

func always(op func(context.Context) error) func(context.Context, *cupel) (trial, error) {
	return func(context.Context, *cupel) (trial, error) { return trial{op: op}, nil }
}

// contest measures Cupel and squirrel; squirrel, where it takes part, comes second.
func (w *local) contest(ctx context.Context, dsn string, budget time.Duration) (*contest, error) {
	l, err := newCupel(ctx, newBackend(dsn, live))
	if err != nil {
		return nil, err
	}
	defer l.close()
	t, err := w.cupel(ctx, l)
	if err != nil {
		return nil, err
	}
	c := &contest{budget: budget, slice: localSlice, reset: func(context.Context) error { return nil }}
	c.competitors = append(c.competitors, &competitor{name: "Cupel", trial: t})
	if w.squirrel != nil {
		c.competitors = append(c.competitors, &competitor{name: "squirrel", trial: trial{op: w.squirrel}})
	}
	return c, c.measure(ctx)
}

func simpleQuery() query.Query[*Customer] {
	return query.Select(Customers).Filter(Customers.ID.Eq(500))
}

func renderSimple(context.Context) error {
	_, args, err := simpleQuery().SQL()
	if err != nil {
		return err
	}
	return check(len(args) == 1)
}

var names = []string{"Last 1", "Last 2", "Last 3", "Last 4", "Last 5", "Last 6", "Last 7", "Last 8", "Last 9", "Last 10"}

type complexRow = query.Row3[string, int64, *float64]

// complexQuery has a join, four conditions, one of them a list of ten, groups, an order and a limit.
func complexQuery() query.Query[complexRow] {
	o, a := Owners, Accounts
	count := expr.Count(a.ID).As("count")
	return query.Select3(o.LastName, count, expr.Sum(a.Balance).As("sum")).Join(a).
		Filter(o.LastName.In(names...), o.Active.Eq(true), a.Balance.Ge(100), o.Email.IsNotNull()).
		GroupBy(o.ID).OrderBy(count.Desc(), o.LastName).Limit(20)
}

// prepared is complexQuery with its values as parameters.
var prepared = query.Prepare4(func(names expr.TextArray, active expr.Bool, least expr.Float, n expr.Int) query.Query[complexRow] {
	o, a := Owners, Accounts
	count := expr.Count(a.ID).As("count")
	return query.Select3(o.LastName, count, expr.Sum(a.Balance).As("sum")).Join(a).
		Filter(o.LastName.EqExpr(expr.Any[string](names)), o.Active.EqExpr(active), a.Balance.GeExpr(least), o.Email.IsNotNull()).
		GroupBy(o.ID).OrderBy(count.Desc(), o.LastName).LimitExpr(n)
})

// unsent takes statements that are ready to be sent.
type unsent struct{}

// CupelSchema returns none.
func (unsent) CupelSchema() string { return "" }

func (unsent) CupelRun(_ context.Context, req *run.Request) error {
	return check(len(req.Text) > 0 && len(req.Args) > 0)
}

func sendSimple(ctx context.Context) error {
	_, err := simpleQuery().All(ctx, unsent{})
	return err
}

func sendComplex(ctx context.Context) error {
	_, err := complexQuery().All(ctx, unsent{})
	return err
}

func sendPrepared(ctx context.Context) error {
	_, err := prepared.With(names, true, 100, 20).All(ctx, unsent{})
	return err
}

func renderComplex(context.Context) error {
	_, args, err := complexQuery().SQL()
	if err != nil {
		return err
	}
	return check(len(args) == 13)
}

var dollar = squirrel.StatementBuilder.PlaceholderFormat(squirrel.Dollar)

func squirrelSimple(context.Context) error {
	_, args, err := dollar.Select("id", "first_name", "last_name", "email", "mobile", "created_at", "balance", "active").
		From("customer").Where(squirrel.Eq{"id": 500}).ToSql()
	if err != nil {
		return err
	}
	return check(len(args) == 1)
}

func squirrelComplex(context.Context) error {
	_, args, err := dollar.Select("owner.last_name", "count(account.id) AS count", "sum(account.balance) AS sum").
		From("owner").Join("account ON owner.id = account.owner_id").
		Where(squirrel.Eq{"owner.last_name": names}).Where(squirrel.Eq{"owner.active": true}).
		Where(squirrel.GtOrEq{"account.balance": 100.0}).Where(squirrel.NotEq{"owner.email": nil}).
		GroupBy("owner.id").OrderBy("count DESC", "owner.last_name").Limit(20).ToSql()
	if err != nil {
		return err
	}
	return check(len(args) == 12) // the limit is in the text
}
