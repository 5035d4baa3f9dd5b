package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func topProducts() beside.Query {
	sales := expr.Sum(line.amount()).As("sales")
	place := expr.Over(expr.RowNumber(), expr.Window{}.PartitionBy(product.Category).OrderBy(sales.Desc(), product.Name)).As("place")
	ranked := query.Sub("ranked",
		query.Select4(product.Category, product.Name, sales, place).
			Join(line).
			GroupBy(product.ID))

	place = query.Col(ranked, place)
	return beside.New("top n per group, by a window: the two best products of each category",
		query.Select(ranked).
			Filter(place.Le(2)).
			OrderBy(query.Col(ranked, product.Category), place),
		`select category, name, sales, place
		from (
			select p.category, p.name, sum(l.price * l.quantity) as sales,
				row_number() over (partition by p.category order by sum(l.price * l.quantity) desc, p.name) as place
			from product p join line l on l.product_id = p.id
			group by p.id) ranked
		where place <= 2
		order by category, place`)
}

func latestOrders() beside.Query {
	last := query.Lateral("last",
		query.Select2(order.ID, order.Placed).
			Filter(order.CustomerID.EqExpr(customer.ID)).
			OrderBy(order.Placed.Desc(), order.ID.Desc()).
			Limit(2))

	id, placed := query.Cols2(last, order.ID, order.Placed)
	return beside.New("top n per group, by LATERAL: the last two orders of each customer, who may have none",
		query.Select3(customer.Name, id.OrNull(), placed.OrNull()).
			LeftJoin(last).
			OrderBy(customer.ID, placed.Desc(), id.Desc()),
		`select c.name, last.id, last.placed
		from customer c
			left join lateral (
				select o.id, o.placed from orders o where o.customer_id = c.id order by o.placed desc, o.id desc limit 2) last on true
		order by c.id, last.placed desc, last.id desc`)
}

func newestOrder() beside.Query {
	return beside.New("the newest row of each group, by DISTINCT ON: the last order of each customer",
		query.Select3(order.CustomerID, order.ID, order.Placed).
			DistinctOn(order.CustomerID).
			OrderBy(order.CustomerID, order.Placed.Desc(), order.ID.Desc()),
		`select distinct on (customer_id) customer_id, id, placed
		from orders
		order by customer_id, placed desc, id desc`)
}

func pivot() beside.Query {
	in := func(quarter float64) expr.NullDecimal {
		return expr.Sum(line.amount(), expr.Filter(expr.Extract("quarter", order.Placed).Eq(quarter)))
	}
	return beside.New("a pivot, by FILTER: sales of each category in the quarters of 2025",
		query.Select5(product.Category, in(1).As("q1"), in(2).As("q2"), in(3).As("q3"), in(4).As("q4")).
			Join(line).Join(order).
			Filter(order.Placed.Between(day(2025, 1, 1), day(2025, 12, 31))).
			GroupBy(product.Category).
			OrderBy(product.Category),
		`select p.category,
			sum(l.price * l.quantity) filter (where extract(quarter from o.placed) = 1) as q1,
			sum(l.price * l.quantity) filter (where extract(quarter from o.placed) = 2) as q2,
			sum(l.price * l.quantity) filter (where extract(quarter from o.placed) = 3) as q3,
			sum(l.price * l.quantity) filter (where extract(quarter from o.placed) = 4) as q4
		from product p join line l on l.product_id = p.id join orders o on o.id = l.order_id
		where o.placed between '2025-01-01' and '2025-12-31'
		group by p.category
		order by p.category`)
}

func totals() beside.Query {
	country, category := customer.Country, product.Category
	level := expr.GroupingOf(country, category).As("level")
	return beside.New("totals and subtotals, by ROLLUP: sales by country and category",
		query.Select4(level, country.OrNull(), category.OrNull(), expr.Sum(line.amount()).As("sales")).
			From(customer).Join(order).Join(line).Join(product).
			GroupBy(expr.Rollup(country, category)).
			OrderBy(level.Desc(), country, category),
		`select grouping(c.country, p.category) as level, c.country, p.category, sum(l.price * l.quantity) as sales
		from customer c join orders o on o.customer_id = c.id join line l on l.order_id = o.id join product p on p.id = l.product_id
		group by rollup (c.country, p.category)
		order by level desc, c.country, p.category`)
}

func percentiles() beside.Query {
	total := expr.Sum(line.amount()).As("total")
	each := query.Sub("each",
		query.Select3(customer.Country, order.ID, total).
			Join(order).Join(line).
			GroupBy(customer.Country, order.ID))

	country, total := query.Cols2(each, customer.Country, total)
	return beside.New("median and percentiles, by WITHIN GROUP: what an order comes to",
		query.Select4(country, expr.CountAll().As("orders"),
			expr.PercentileCont(0.5, total).As("median"),
			expr.PercentileDisc(0.9, total).As("nine_in_ten")).
			GroupBy(country).
			OrderBy(country),
		`select country, count(*) as orders, percentile_cont(0.5) within group (order by total) as median,
			percentile_disc(0.9) within group (order by total) as nine_in_ten
		from (
			select c.country, o.id, sum(l.price * l.quantity) as total
			from customer c join orders o on o.customer_id = c.id join line l on l.order_id = o.id
			group by c.country, o.id) each
		group by country
		order by country`)
}
