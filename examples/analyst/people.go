package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func funnel() beside.Query {
	first := func(kind string) expr.NullTime { return expr.Min(event.At, expr.Filter(event.Kind.Eq(kind))).As(kind) }
	view, cart, buy := first("view"), first("cart"), first("buy")
	steps := query.Sub("steps", query.Select4(event.CustomerID, view, cart, buy).GroupBy(event.CustomerID))

	view, cart, buy = query.Cols3(steps, view, cart, buy)
	carted, bought := cart.GtExpr(view), buy.GtExpr(cart)
	return beside.New("a funnel: how many customers looked, then put something into the cart, then bought",
		query.Select3(
			expr.Count(view).As("looked"),
			expr.CountAll(expr.Filter(carted)).As("carted"),
			expr.CountAll(expr.Filter(carted, bought)).As("bought")),
		`select count(view) as looked, count(*) filter (where cart > view) as carted,
			count(*) filter (where cart > view and buy > cart) as bought
		from (
			select customer_id, min(at) filter (where kind = 'view') as view, min(at) filter (where kind = 'cart') as cart,
				min(at) filter (where kind = 'buy') as buy
			from event
			group by customer_id) steps`)
}

func retention() beside.Query {
	cohort := expr.Min(order.month()).As("cohort")
	first := query.Sub("first", query.Select2(order.CustomerID, cohort).GroupBy(order.CustomerID))

	who, cohort := query.Cols2(first, order.CustomerID, cohort)
	later := expr.Age(order.month(), cohort)
	months := expr.Extract("year", later).Times(12).PlusExpr(expr.Extract("month", later)).As("months")
	return beside.New("retention: how many of those who first bought in a month buy again so many months later",
		query.Select3(cohort, months, expr.Count(order.CustomerID, expr.Distinct()).As("customers")).
			From(first).Join(order, order.CustomerID.EqExpr(who)).
			Filter(cohort.Lt(day(2024, 7, 1))).
			GroupBy(cohort, months).
			OrderBy(cohort, months),
		`select f.cohort, extract(year from age(date_trunc('month', o.placed)::date, f.cohort)) * 12
				+ extract(month from age(date_trunc('month', o.placed)::date, f.cohort)) as months,
			count(distinct o.customer_id) as customers
		from (
			select customer_id, min(date_trunc('month', placed)::date) as cohort from orders group by customer_id) f
			join orders o on o.customer_id = f.customer_id
		where f.cohort < '2024-07-01'
		group by f.cohort, months
		order by f.cohort, months`)
}

func cohorts() beside.Query {
	bought := func(year int) query.Query[int64] {
		return query.Select(order.CustomerID).Filter(order.Placed.Between(day(year, 1, 1), day(year, 12, 31)))
	}
	returned := query.Select(order.CustomerID).Filter(order.Returned)
	loyal := query.Except(query.Intersect(bought(2024), bought(2025)), returned)
	return beside.New("sets: who bought in both years and never sent anything back",
		loyal.OrderBy(order.CustomerID),
		`(select customer_id from orders where placed between '2024-01-01' and '2024-12-31'
			intersect select customer_id from orders where placed between '2025-01-01' and '2025-12-31')
		except select customer_id from orders where returned
		order by customer_id`)
}

func neverOrdered() beside.Query {
	return beside.New("an anti-join: customers who have ordered nothing in 2025",
		query.Select2(customer.ID, customer.Name).
			Filter(customer.Orders.None(order.Placed.Ge(day(2025, 1, 1)))).
			OrderBy(customer.ID),
		`select id, name
		from customer c
		where not exists (select from orders o where o.customer_id = c.id and o.placed >= '2025-01-01')
		order by id`)
}
