package main

import (
	"time"

	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func runningTotal() beside.Query {
	month, sales := order.month().As("month"), expr.Sum(line.amount()).As("sales")
	return beside.New("a running total: sales of each month, and of all until then",
		query.Select3(month, sales, expr.Over(expr.Sum(sales), expr.Window{}.OrderBy(month)).As("until_then")).
			From(order).Join(line).
			GroupBy(month).
			OrderBy(month),
		`select date_trunc('month', o.placed)::date as month, sum(l.price * l.quantity) as sales,
			sum(sum(l.price * l.quantity)) over (order by date_trunc('month', o.placed)::date) as until_then
		from orders o join line l on l.order_id = o.id
		group by month
		order by month`)
}

func movingAverage() beside.Query {
	sales := expr.Sum(line.amount()).As("sales")
	week := expr.Window{}.OrderBy(order.Placed).Range(expr.PrecedingBy(expr.Val(6*24*time.Hour)), expr.CurrentRow())
	return beside.New("a moving average, by a frame: sales of each day, and of an average day of the week that ends with it",
		query.Select3(order.Placed, sales, expr.RoundTo(expr.Over(expr.Avg(sales), week), 2).As("average")).
			From(order).Join(line).
			GroupBy(order.Placed).
			OrderBy(order.Placed),
		`select o.placed, sum(l.price * l.quantity) as sales,
			round(avg(sum(l.price * l.quantity)) over (
				order by o.placed range between interval '6 days' preceding and current row), 2) as average
		from orders o join line l on l.order_id = o.id
		group by o.placed
		order by o.placed`)
}

func yearOverYear() beside.Query {
	year, sales := expr.Extract("year", order.Placed).As("year"), expr.Sum(line.amount()).As("sales")
	years := expr.Window{}.PartitionBy(product.Category).OrderBy(year).As("years")
	before := expr.Over(expr.Lag(sales), years).As("before")
	growth := expr.RoundTo(sales.MinusExpr(before).Times("100").OverExpr(before), 1).As("percent")
	return beside.New("year over year, by lag: sales of each category, and by how much they grew",
		query.Select5(product.Category, year, sales, before, growth).
			From(order).Join(line).Join(product).
			GroupBy(product.Category, year).
			Window(years).
			OrderBy(product.Category, year),
		`select p.category, extract(year from o.placed) as year, sum(l.price * l.quantity) as sales,
			lag(sum(l.price * l.quantity)) over years as before,
			round((sum(l.price * l.quantity) - lag(sum(l.price * l.quantity)) over years) * 100
				/ lag(sum(l.price * l.quantity)) over years, 1) as percent
		from orders o join line l on l.order_id = o.id join product p on p.id = l.product_id
		group by p.category, extract(year from o.placed)
		window years as (partition by p.category order by extract(year from o.placed))
		order by p.category, year`)
}

func calendar() beside.Query {
	offset := expr.Func[expr.Int32]("generate_series", expr.Val(0), expr.Val(30))
	offsets := query.Function("offset", offset)
	date := order.Placed.Const(day(2025, 3, 1)).PlusDaysExpr(query.Col(offsets, offset)).As("date")
	return beside.New("a calendar without gaps, by generate_series: the orders of each day of March 2025, days without one too",
		query.Select2(date, expr.Count(order.ID).As("orders")).
			From(offsets).LeftJoin(order, order.Placed.EqExpr(date)).
			GroupBy(date).
			OrderBy(date),
		`select date '2025-03-01' + n as date, count(o.id) as orders
		from generate_series(0, 30) as n left join orders o on o.placed = date '2025-03-01' + n
		group by date '2025-03-01' + n
		order by date`)
}

func islands() beside.Query {
	date := event.day().As("day")
	days := query.Sub("days", query.Select2(event.CustomerID, date).Distinct())

	who, date := query.Cols2(days, event.CustomerID, date)
	place := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(who).OrderBy(date))
	island := date.MinusDaysExpr(expr.CastTo[expr.Int32](place)).As("island") // the same for days in a row
	numbered := query.Sub("numbered", query.Select3(who, date, island))

	who, date, island = query.Cols3(numbered, who, date, island)
	length := expr.CountAll().As("length")
	return beside.New("gaps and islands: customers who came on three days in a row, or more",
		query.Select4(who, expr.Min(date).As("from"), expr.Max(date).As("until"), length).
			GroupBy(who, island).
			Having(length.Ge(3)).
			OrderBy(length.Desc(), who, expr.Min(date)),
		`select customer_id, min(day) as from, max(day) as until, count(*) as length
		from (
			select customer_id, day, day - row_number() over (partition by customer_id order by day)::integer as island
			from (select distinct customer_id, (at at time zone 'UTC')::date as day from event) days) numbered
		group by customer_id, island
		having count(*) >= 3
		order by length desc, customer_id, min(day)`)
}

func sessions() beside.Query {
	inOrder := expr.Window{}.PartitionBy(event.CustomerID).OrderBy(event.At, event.ID)
	before := expr.Over(expr.Lag(event.At), inOrder)
	begins := expr.Case[expr.Int]().
		When(event.At.SinceExpr(before).Le(30*time.Minute), 0).
		Else(1).As("begins")
	marked := query.Sub("marked", query.Select4(event.ID, event.CustomerID, event.At, begins))

	id, who, at, begins := query.Cols4(marked, event.ID, event.CustomerID, event.At, begins)
	session := expr.Over(expr.Sum(begins), expr.Window{}.PartitionBy(who).OrderBy(at, id)).As("session")
	numbered := query.Sub("numbered", query.Select3(who, at, session))

	who, at, session = query.Cols3(numbered, who, at, session)
	return beside.New("sessions: what a customer does with less than half an hour between",
		query.Select5(who, session, expr.Min(at).As("from"), expr.Max(at).As("until"), expr.CountAll().As("events")).
			GroupBy(who, session).
			OrderBy(who, session),
		`select customer_id, session, min(at) as from, max(at) as until, count(*) as events
		from (
			select customer_id, at, sum(begins) over (partition by customer_id order by at, id) as session
			from (
				select id, customer_id, at,
					case when at - lag(at) over (partition by customer_id order by at, id) <= interval '30 minutes' then 0 else 1 end as begins
				from event) marked) numbered
		group by customer_id, session
		order by customer_id, session`)
}
