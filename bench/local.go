package main

import (
	"context"
	"time"

	"github.com/Masterminds/squirrel"

	"github.com/cupel-go/cupel/expr"
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

func renderSimple(context.Context) error {
	_, args, err := query.Select(Customers).Filter(Customers.ID.Eq(500)).SQL()
	if err != nil {
		return err
	}
	return check(len(args) == 1)
}

var names = []string{"Last 1", "Last 2", "Last 3", "Last 4", "Last 5", "Last 6", "Last 7", "Last 8", "Last 9", "Last 10"}

// renderComplex has a join, four conditions, one of them a list of ten, groups, an order and a limit.
func renderComplex(context.Context) error {
	o, a := Owners, Accounts
	count := expr.Count(a.ID).As("count")
	_, args, err := query.Select3(o.LastName, count, expr.Sum(a.Balance).As("sum")).Join(a).
		Filter(o.LastName.In(names...), o.Active.Eq(true), a.Balance.Ge(100), o.Email.IsNotNull()).
		GroupBy(o.ID).OrderBy(count.Desc(), o.LastName).Limit(20).SQL()
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
