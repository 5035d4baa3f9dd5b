package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func documents() beside.Query {
	ofOrder := expr.Scalar(
		expr.JSONAgg(expr.JSONObject(expr.Key("product", product.Name), expr.Key("quantity", line.Quantity)), expr.OrderBy(product.Name)),
		query.From(line).Join(product).Filter(line.OrderID.EqExpr(order.ID)))
	ofCustomer := expr.Scalar(
		expr.JSONAgg(expr.JSONObject(expr.Key("placed", order.Placed), expr.Key("lines", ofOrder)), expr.OrderBy(order.ID)),
		query.From(order).Filter(order.CustomerID.EqExpr(customer.ID)))
	return beside.New("documents three deep, in one statement: customers with their orders with their lines",
		query.Select2(customer.ID, expr.JSONObject(expr.Key("name", customer.Name), expr.Key("orders", ofCustomer))).
			OrderBy(customer.ID).
			Limit(20),
		`select c.id, jsonb_build_object('name', c.name, 'orders', (
			select jsonb_agg(jsonb_build_object('placed', o.placed, 'lines', (
				select jsonb_agg(jsonb_build_object('product', p.name, 'quantity', l.quantity) order by p.name)
				from line l join product p on p.id = l.product_id
				where l.order_id = o.id)) order by o.id)
			from orders o
			where o.customer_id = c.id))
		from customer c
		order by c.id
		limit 20`)
}

func basket() beside.Query {
	return beside.New("texts of a group in order, by string_agg: what is in each order",
		query.Select2(order.ID, expr.StringAgg(product.Name, ", ", expr.OrderBy(line.Quantity.Desc(), product.Name)).As("basket")).
			Join(line).Join(product).
			GroupBy(order.ID).
			OrderBy(order.ID).
			Limit(50),
		`select o.id, string_agg(p.name, ', ' order by l.quantity desc, p.name) as basket
		from orders o join line l on l.order_id = o.id join product p on p.id = l.product_id
		group by o.id
		order by o.id
		limit 50`)
}

func tags() beside.Query {
	tag, n := expr.Unnest(product.Tags), expr.CountAll().As("n")
	each := query.Function("tag", tag)

	tag = query.Col(each, tag)
	return beside.New("elements of arrays, by unnest: the tags of what is light or heavy, and how often they are there",
		query.Select2(tag, n).
			From(product).Join(each).
			Filter(product.Tags.Overlaps("light", "heavy")).
			GroupBy(tag).
			OrderBy(n.Desc(), tag),
		`select tag, count(*) as n
		from product p, unnest(p.tags) as tag
		where p.tags && array['light', 'heavy']
		group by tag
		order by n desc, tag`)
}

func search() beside.Query {
	text, wanted := expr.ToTSVector("english", product.Description), expr.WebSearch("english", "light or tent or lamp -novel")
	rank := expr.TSRank(text, wanted).As("rank")
	return beside.New("full-text search: what is light, a tent or a lamp, the best first",
		query.Select2(product.Name, rank).
			Filter(text.Matches(wanted)).
			OrderBy(rank.Desc(), product.Name),
		`select name, ts_rank(to_tsvector('english', description), websearch_to_tsquery('english', 'light or tent or lamp -novel')) as rank
		from product
		where to_tsvector('english', description) @@ websearch_to_tsquery('english', 'light or tent or lamp -novel')
		order by rank desc, name`)
}
