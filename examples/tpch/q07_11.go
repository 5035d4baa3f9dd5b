package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// Other names for table nation: of the supplier and of the customer.
var n1, n2 = model.Alias(n, "n1"), model.Alias(n, "n2")

func q7() beside.Query {
	suppNation, custNation := n1.Name.As("supp_nation"), n2.Name.As("cust_nation")
	year, volume := expr.Extract("year", l.ShipDate).As("l_year"), l.revenue().As("volume")
	shipping := query.Sub("shipping", query.Select4(suppNation, custNation, year, volume).
		From(s).Join(l).Join(o).Join(c).
		Join(n1, s.NationKey.EqExpr(n1.Key)).
		Join(n2, c.NationKey.EqExpr(n2.Key)).
		Filter(
			expr.Or(
				expr.And(n1.Name.Eq("FRANCE"), n2.Name.Eq("GERMANY")),
				expr.And(n1.Name.Eq("GERMANY"), n2.Name.Eq("FRANCE"))),
			l.ShipDate.Between(day(1995, 1, 1), day(1996, 12, 31))))

	suppNation, custNation, year, volume = query.Cols4(shipping, suppNation, custNation, year, volume)
	return beside.New("Q7: volume shipping",
		query.Select4(suppNation, custNation, year, expr.Sum(volume).As("revenue")).
			GroupBy(suppNation, custNation, year).
			OrderBy(suppNation, custNation, year),
		`select supp_nation, cust_nation, l_year, sum(volume) as revenue
		from (
			select n1.n_name as supp_nation, n2.n_name as cust_nation, extract(year from l_shipdate) as l_year,
				l_extendedprice * (1 - l_discount) as volume
			from supplier, lineitem, orders, customer, nation n1, nation n2
			where s_suppkey = l_suppkey and o_orderkey = l_orderkey and c_custkey = o_custkey
				and s_nationkey = n1.n_nationkey and c_nationkey = n2.n_nationkey
				and ((n1.n_name = 'FRANCE' and n2.n_name = 'GERMANY') or (n1.n_name = 'GERMANY' and n2.n_name = 'FRANCE'))
				and l_shipdate between date '1995-01-01' and date '1996-12-31') as shipping
		group by supp_nation, cust_nation, l_year
		order by supp_nation, cust_nation, l_year`)
}

func q8() beside.Query {
	nation, year, volume := n2.Name.As("nation"), expr.Extract("year", o.Date).As("o_year"), l.revenue().As("volume")
	all := query.Sub("all_nations", query.Select3(year, volume, nation).
		From(p).Join(l).
		Join(s, s.Key.EqExpr(l.SuppKey)).
		Join(o).Join(c).
		Join(n1, c.NationKey.EqExpr(n1.Key)).
		Join(r).
		Join(n2, s.NationKey.EqExpr(n2.Key)).
		Filter(r.Name.Eq("AMERICA"), o.Date.Between(day(1995, 1, 1), day(1996, 12, 31)), p.Type.Eq("ECONOMY ANODIZED STEEL")))

	nation, year, volume = query.Cols3(all, nation, year, volume)
	ofBrazil := expr.Case[expr.NullDecimal]().WhenExpr(nation.Eq("BRAZIL"), volume).Else("0")
	return beside.New("Q8: national market share",
		query.Select2(year, expr.Sum(ofBrazil).OverExpr(expr.Sum(volume)).As("mkt_share")).
			GroupBy(year).
			OrderBy(year),
		`select o_year, sum(case when nation = 'BRAZIL' then volume else 0 end) / sum(volume) as mkt_share
		from (
			select extract(year from o_orderdate) as o_year, l_extendedprice * (1 - l_discount) as volume, n2.n_name as nation
			from part, supplier, lineitem, orders, customer, nation n1, nation n2, region
			where p_partkey = l_partkey and s_suppkey = l_suppkey and l_orderkey = o_orderkey and o_custkey = c_custkey
				and c_nationkey = n1.n_nationkey and n1.n_regionkey = r_regionkey and r_name = 'AMERICA'
				and s_nationkey = n2.n_nationkey and o_orderdate between date '1995-01-01' and date '1996-12-31'
				and p_type = 'ECONOMY ANODIZED STEEL') as all_nations
		group by o_year
		order by o_year`)
}

func q9() beside.Query {
	nation, year := n.Name.As("nation"), expr.Extract("year", o.Date).As("o_year")
	amount := l.revenue().MinusExpr(ps.SupplyCost.TimesExpr(l.Quantity)).As("amount")
	profit := query.Sub("profit", query.Select3(nation, year, amount).
		From(l).Join(p).
		Join(s, s.Key.EqExpr(l.SuppKey)).
		Join(ps, ps.PartKey.EqExpr(l.PartKey), ps.SuppKey.EqExpr(l.SuppKey)).
		Join(o).Join(n).
		Filter(p.Name.Like("%green%")))

	nation, year, amount = query.Cols3(profit, nation, year, amount)
	return beside.New("Q9: product type profit measure",
		query.Select3(nation, year, expr.Sum(amount).As("sum_profit")).
			GroupBy(nation, year).
			OrderBy(nation, year.Desc()),
		`select nation, o_year, sum(amount) as sum_profit
		from (
			select n_name as nation, extract(year from o_orderdate) as o_year,
				l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity as amount
			from part, supplier, lineitem, partsupp, orders, nation
			where s_suppkey = l_suppkey and ps_suppkey = l_suppkey and ps_partkey = l_partkey and p_partkey = l_partkey
				and o_orderkey = l_orderkey and s_nationkey = n_nationkey and p_name like '%green%') as profit
		group by nation, o_year
		order by nation, o_year desc`)
}

func q10() beside.Query {
	revenue := expr.Sum(l.revenue()).As("revenue")
	from := day(1993, 10, 1)
	return beside.New("Q10: returned item reporting",
		query.Select8(c.Key, c.Name, revenue, c.AcctBal, n.Name, c.Address, c.Phone, c.Comment).
			From(c).Join(o).Join(l).Join(n).
			Filter(o.Date.Ge(from), o.Date.Lt(from.AddDate(0, 3, 0)), l.ReturnFlag.Eq("R")).
			GroupBy(c.Key, c.Name, c.AcctBal, c.Phone, n.Name, c.Address, c.Comment).
			OrderBy(revenue.Desc()).
			Limit(20),
		`select c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) as revenue, c_acctbal, n_name, c_address, c_phone, c_comment
		from customer, orders, lineitem, nation
		where c_custkey = o_custkey and l_orderkey = o_orderkey and o_orderdate >= date '1993-10-01'
			and o_orderdate < date '1993-10-01' + interval '3' month and l_returnflag = 'R' and c_nationkey = n_nationkey
		group by c_custkey, c_name, c_acctbal, c_phone, n_name, c_address, c_comment
		order by revenue desc
		limit 20`)
}

func q11() beside.Query {
	value := expr.Sum(ps.SupplyCost.TimesExpr(ps.AvailQty)).As("value")
	german := query.From(ps).Join(s).Join(n).Filter(n.Name.Eq("GERMANY"))
	return beside.New("Q11: important stock identification",
		query.Select2(ps.PartKey, value).
			ClausesOf(german).
			GroupBy(ps.PartKey).
			Having(value.GtExpr(expr.Scalar(value.Times("0.0001"), german))).
			OrderBy(value.Desc()),
		`select ps_partkey, sum(ps_supplycost * ps_availqty) as value
		from partsupp, supplier, nation
		where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY'
		group by ps_partkey
		having sum(ps_supplycost * ps_availqty) > (
			select sum(ps_supplycost * ps_availqty) * 0.0001
			from partsupp, supplier, nation
			where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY')
		order by value desc`)
}
