package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func q12() beside.Query {
	urgent := o.Priority.In("1-URGENT", "2-HIGH")
	high := expr.Sum(expr.Case[expr.Int]().When(urgent, 1).Else(0)).As("high_line_count")
	low := expr.Sum(expr.Case[expr.Int]().When(urgent.Not(), 1).Else(0)).As("low_line_count")
	from := day(1994, 1, 1)
	return beside.New("Q12: shipping modes and order priority",
		query.Select3(l.ShipMode, high, low).
			From(o).Join(l).
			Filter(
				l.ShipMode.In("MAIL", "SHIP"),
				l.CommitDate.LtExpr(l.ReceiptDate), l.ShipDate.LtExpr(l.CommitDate),
				l.ReceiptDate.Ge(from), l.ReceiptDate.Lt(from.AddDate(1, 0, 0))).
			GroupBy(l.ShipMode).
			OrderBy(l.ShipMode),
		`select l_shipmode,
			sum(case when o_orderpriority = '1-URGENT' or o_orderpriority = '2-HIGH' then 1 else 0 end) as high_line_count,
			sum(case when o_orderpriority <> '1-URGENT' and o_orderpriority <> '2-HIGH' then 1 else 0 end) as low_line_count
		from orders, lineitem
		where o_orderkey = l_orderkey and l_shipmode in ('MAIL', 'SHIP') and l_commitdate < l_receiptdate
			and l_shipdate < l_commitdate and l_receiptdate >= date '1994-01-01'
			and l_receiptdate < date '1994-01-01' + interval '1' year
		group by l_shipmode
		order by l_shipmode`)
}

func q13() beside.Query {
	count, customers := expr.Count(o.Key).As("c_count"), expr.CountAll().As("custdist")
	per := query.Sub("c_orders", query.Select2(c.Key, count).
		LeftJoin(o, o.CustKey.EqExpr(c.Key), o.Comment.NotLike("%special%requests%")).
		GroupBy(c.Key))

	count = query.Col(per, count)
	return beside.New("Q13: customer distribution",
		query.Select2(count, customers).
			GroupBy(count).
			OrderBy(customers.Desc(), count.Desc()),
		`select c_count, count(*) as custdist
		from (
			select c_custkey, count(o_orderkey)
			from customer left outer join orders on c_custkey = o_custkey and o_comment not like '%special%requests%'
			group by c_custkey) as c_orders (c_custkey, c_count)
		group by c_count
		order by custdist desc, c_count desc`)
}

func q14() beside.Query {
	promo := expr.Case[expr.NullDecimal]().WhenExpr(p.Type.Like("PROMO%"), l.revenue()).Else("0")
	from := day(1995, 9, 1)
	return beside.New("Q14: promotion effect",
		query.Select(expr.Sum(promo).Times("100.00").OverExpr(expr.Sum(l.revenue())).As("promo_revenue")).
			From(l).Join(p).
			Filter(l.ShipDate.Ge(from), l.ShipDate.Lt(from.AddDate(0, 1, 0))),
		`select 100.00 * sum(case when p_type like 'PROMO%' then l_extendedprice * (1 - l_discount) else 0 end)
			/ sum(l_extendedprice * (1 - l_discount)) as promo_revenue
		from lineitem, part
		where l_partkey = p_partkey and l_shipdate >= date '1995-09-01' and l_shipdate < date '1995-09-01' + interval '1' month`)
}

func q15() beside.Query {
	from := day(1996, 1, 1)
	total := expr.Sum(l.revenue()).As("total_revenue")
	revenue := query.With("revenue", query.Select2(l.SuppKey, total).
		Filter(l.ShipDate.Ge(from), l.ShipDate.Lt(from.AddDate(0, 3, 0))).
		GroupBy(l.SuppKey))

	total = query.Col(revenue, total)
	return beside.New("Q15: top supplier",
		query.Select5(s.Key, s.Name, s.Address, s.Phone, total).
			Join(revenue).
			Filter(total.EqExpr(expr.Scalar(expr.Max(total), query.From(revenue)))).
			OrderBy(s.Key),
		`with revenue (supplier_no, total_revenue) as (
			select l_suppkey, sum(l_extendedprice * (1 - l_discount))
			from lineitem
			where l_shipdate >= date '1996-01-01' and l_shipdate < date '1996-01-01' + interval '3' month
			group by l_suppkey)
		select s_suppkey, s_name, s_address, s_phone, total_revenue
		from supplier, revenue
		where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from revenue)
		order by s_suppkey`)
}

func q16() beside.Query {
	suppliers := expr.Count(ps.SuppKey, expr.Distinct()).As("supplier_cnt")
	complained := query.From(s).Filter(s.Comment.Like("%Customer%Complaints%"))
	return beside.New("Q16: parts/supplier relationship",
		query.Select4(p.Brand, p.Type, p.Size, suppliers).
			Join(ps).
			Filter(
				p.Brand.Ne("Brand#45"), p.Type.NotLike("MEDIUM POLISHED%"), p.Size.In(49, 14, 23, 45, 19, 3, 36, 9),
				ps.SuppKey.NotInRows(s.Key, complained)).
			GroupBy(p.Brand, p.Type, p.Size).
			OrderBy(suppliers.Desc(), p.Brand, p.Type, p.Size),
		`select p_brand, p_type, p_size, count(distinct ps_suppkey) as supplier_cnt
		from partsupp, part
		where p_partkey = ps_partkey and p_brand <> 'Brand#45' and p_type not like 'MEDIUM POLISHED%'
			and p_size in (49, 14, 23, 45, 19, 3, 36, 9)
			and ps_suppkey not in (select s_suppkey from supplier where s_comment like '%Customer%Complaints%')
		group by p_brand, p_type, p_size
		order by supplier_cnt desc, p_brand, p_type, p_size`)
}

func q17() beside.Query {
	usual := expr.Scalar(expr.Avg(l.Quantity).Times("0.2"), query.From(l).Filter(l.PartKey.EqExpr(p.Key)))
	return beside.New("Q17: small-quantity-order revenue",
		query.Select(expr.Sum(l.ExtendedPrice).Over("7.0").As("avg_yearly")).
			From(l).Join(p).
			Filter(p.Brand.Eq("Brand#23"), p.Container.Eq("MED BOX"), l.Quantity.LtExpr(usual)),
		`select sum(l_extendedprice) / 7.0 as avg_yearly
		from lineitem, part
		where p_partkey = l_partkey and p_brand = 'Brand#23' and p_container = 'MED BOX'
			and l_quantity < (select 0.2 * avg(l_quantity) from lineitem where l_partkey = p_partkey)`)
}
