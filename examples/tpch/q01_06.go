package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func q1() beside.Query {
	price := l.revenue()
	return beside.New("Q1: pricing summary report",
		query.Select10(l.ReturnFlag, l.Status,
			expr.Sum(l.Quantity).As("sum_qty"),
			expr.Sum(l.ExtendedPrice).As("sum_base_price"),
			expr.Sum(price).As("sum_disc_price"),
			expr.Sum(price.TimesExpr(l.Tax.Const("1").PlusExpr(l.Tax))).As("sum_charge"),
			expr.Avg(l.Quantity).As("avg_qty"),
			expr.Avg(l.ExtendedPrice).As("avg_price"),
			expr.Avg(l.Discount).As("avg_disc"),
			expr.CountAll().As("count_order")).
			Filter(l.ShipDate.Le(day(1998, 12, 1).AddDate(0, 0, -90))).
			GroupBy(l.ReturnFlag, l.Status).
			OrderBy(l.ReturnFlag, l.Status),
		`select l_returnflag, l_linestatus, sum(l_quantity) as sum_qty, sum(l_extendedprice) as sum_base_price,
			sum(l_extendedprice * (1 - l_discount)) as sum_disc_price,
			sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) as sum_charge,
			avg(l_quantity) as avg_qty, avg(l_extendedprice) as avg_price, avg(l_discount) as avg_disc, count(*) as count_order
		from lineitem
		where l_shipdate <= date '1998-12-01' - interval '90' day
		group by l_returnflag, l_linestatus
		order by l_returnflag, l_linestatus`)
}

func q2() beside.Query {
	european := query.From(ps).Join(s).Join(n).Join(r).Filter(r.Name.Eq("EUROPE"))
	cheapest := expr.Scalar(expr.Min(ps.SupplyCost), european.Filter(ps.PartKey.EqExpr(p.Key)))
	return beside.New("Q2: minimum cost supplier",
		query.Select8(s.AcctBal, s.Name, n.Name, p.Key, p.Mfgr, s.Address, s.Phone, s.Comment).
			ClausesOf(european).Join(p).
			Filter(p.Size.Eq(15), p.Type.Like("%BRASS"), ps.SupplyCost.EqExpr(cheapest)).
			OrderBy(s.AcctBal.Desc(), n.Name, s.Name, p.Key).
			Limit(100),
		`select s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
		from part, supplier, partsupp, nation, region
		where p_partkey = ps_partkey and s_suppkey = ps_suppkey and p_size = 15 and p_type like '%BRASS'
			and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE'
			and ps_supplycost = (
				select min(ps_supplycost)
				from partsupp, supplier, nation, region
				where p_partkey = ps_partkey and s_suppkey = ps_suppkey and s_nationkey = n_nationkey
					and n_regionkey = r_regionkey and r_name = 'EUROPE')
		order by s_acctbal desc, n_name, s_name, p_partkey
		limit 100`)
}

func q3() beside.Query {
	revenue := expr.Sum(l.revenue()).As("revenue")
	return beside.New("Q3: shipping priority",
		query.Select4(l.OrderKey, revenue, o.Date, o.ShipPriority).
			From(c).Join(o).Join(l).
			Filter(c.Segment.Eq("BUILDING"), o.Date.Lt(day(1995, 3, 15)), l.ShipDate.Gt(day(1995, 3, 15))).
			GroupBy(l.OrderKey, o.Date, o.ShipPriority).
			OrderBy(revenue.Desc(), o.Date).
			Limit(10),
		`select l_orderkey, sum(l_extendedprice * (1 - l_discount)) as revenue, o_orderdate, o_shippriority
		from customer, orders, lineitem
		where c_mktsegment = 'BUILDING' and c_custkey = o_custkey and l_orderkey = o_orderkey
			and o_orderdate < date '1995-03-15' and l_shipdate > date '1995-03-15'
		group by l_orderkey, o_orderdate, o_shippriority
		order by revenue desc, o_orderdate
		limit 10`)
}

func q4() beside.Query {
	late := query.From(l).Filter(l.OrderKey.EqExpr(o.Key), l.CommitDate.LtExpr(l.ReceiptDate))
	from := day(1993, 7, 1)
	return beside.New("Q4: order priority checking",
		query.Select2(o.Priority, expr.CountAll().As("order_count")).
			Filter(o.Date.Ge(from), o.Date.Lt(from.AddDate(0, 3, 0)), expr.Exists(late)).
			GroupBy(o.Priority).
			OrderBy(o.Priority),
		`select o_orderpriority, count(*) as order_count
		from orders
		where o_orderdate >= date '1993-07-01' and o_orderdate < date '1993-07-01' + interval '3' month
			and exists (select * from lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate)
		group by o_orderpriority
		order by o_orderpriority`)
}

func q5() beside.Query {
	revenue := expr.Sum(l.revenue()).As("revenue")
	from := day(1994, 1, 1)
	return beside.New("Q5: local supplier volume",
		query.Select2(n.Name, revenue).
			From(c).Join(o).Join(l).
			Join(s, l.SuppKey.EqExpr(s.Key), c.NationKey.EqExpr(s.NationKey)).
			Join(n, s.NationKey.EqExpr(n.Key)).
			Join(r).
			Filter(r.Name.Eq("ASIA"), o.Date.Ge(from), o.Date.Lt(from.AddDate(1, 0, 0))).
			GroupBy(n.Name).
			OrderBy(revenue.Desc()),
		`select n_name, sum(l_extendedprice * (1 - l_discount)) as revenue
		from customer, orders, lineitem, supplier, nation, region
		where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey and c_nationkey = s_nationkey
			and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'ASIA'
			and o_orderdate >= date '1994-01-01' and o_orderdate < date '1994-01-01' + interval '1' year
		group by n_name
		order by revenue desc`)
}

func q6() beside.Query {
	from := day(1994, 1, 1)
	return beside.New("Q6: forecasting revenue change",
		query.Select(expr.Sum(l.ExtendedPrice.TimesExpr(l.Discount)).As("revenue")).
			Filter(l.ShipDate.Ge(from), l.ShipDate.Lt(from.AddDate(1, 0, 0)), l.Discount.Between("0.05", "0.07"), l.Quantity.Lt("24")),
		`select sum(l_extendedprice * l_discount) as revenue
		from lineitem
		where l_shipdate >= date '1994-01-01' and l_shipdate < date '1994-01-01' + interval '1' year
			and l_discount between 0.06 - 0.01 and 0.06 + 0.01 and l_quantity < 24`)
}
