package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

func q18() beside.Query {
	big := query.From(l).GroupBy(l.OrderKey).Having(expr.Sum(l.Quantity).Gt("300"))
	return beside.New("Q18: large volume customer",
		query.Select6(c.Name, c.Key, o.Key, o.Date, o.TotalPrice, expr.Sum(l.Quantity)).
			Join(o).Join(l).
			Filter(o.Key.InRows(l.OrderKey, big)).
			GroupBy(c.Name, c.Key, o.Key, o.Date, o.TotalPrice).
			OrderBy(o.TotalPrice.Desc(), o.Date).
			Limit(100),
		`select c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity)
		from customer, orders, lineitem
		where o_orderkey in (select l_orderkey from lineitem group by l_orderkey having sum(l_quantity) > 300)
			and c_custkey = o_custkey and o_orderkey = l_orderkey
		group by c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice
		order by o_totalprice desc, o_orderdate
		limit 100`)
}

func q19() beside.Query {
	return beside.New("Q19: discounted revenue",
		query.Select(expr.Sum(l.revenue()).As("revenue")).
			From(l).Join(p).
			Filter(
				l.ShipMode.In("AIR", "AIR REG"), l.ShipInstruct.Eq("DELIVER IN PERSON"),
				expr.Or(
					expr.And(p.Brand.Eq("Brand#12"), p.Container.In("SM CASE", "SM BOX", "SM PACK", "SM PKG"),
						l.Quantity.Between("1", "11"), p.Size.Between(1, 5)),
					expr.And(p.Brand.Eq("Brand#23"), p.Container.In("MED BAG", "MED BOX", "MED PKG", "MED PACK"),
						l.Quantity.Between("10", "20"), p.Size.Between(1, 10)),
					expr.And(p.Brand.Eq("Brand#34"), p.Container.In("LG CASE", "LG BOX", "LG PACK", "LG PKG"),
						l.Quantity.Between("20", "30"), p.Size.Between(1, 15)))),
		`select sum(l_extendedprice * (1 - l_discount)) as revenue
		from lineitem, part
		where (p_partkey = l_partkey and p_brand = 'Brand#12' and p_container in ('SM CASE', 'SM BOX', 'SM PACK', 'SM PKG')
				and l_quantity >= 1 and l_quantity <= 1 + 10 and p_size between 1 and 5
				and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')
			or (p_partkey = l_partkey and p_brand = 'Brand#23' and p_container in ('MED BAG', 'MED BOX', 'MED PKG', 'MED PACK')
				and l_quantity >= 10 and l_quantity <= 10 + 10 and p_size between 1 and 10
				and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')
			or (p_partkey = l_partkey and p_brand = 'Brand#34' and p_container in ('LG CASE', 'LG BOX', 'LG PACK', 'LG PKG')
				and l_quantity >= 20 and l_quantity <= 20 + 10 and p_size between 1 and 15
				and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')`)
}

func q20() beside.Query {
	from := day(1994, 1, 1)
	forest := query.From(p).Filter(p.Name.Like("forest%"))
	half := expr.Scalar(expr.Sum(l.Quantity).Times("0.5"), query.From(l).Filter(
		l.PartKey.EqExpr(ps.PartKey), l.SuppKey.EqExpr(ps.SuppKey), l.ShipDate.Ge(from), l.ShipDate.Lt(from.AddDate(1, 0, 0))))
	excess := query.From(ps).Filter(ps.PartKey.InRows(p.Key, forest), expr.As[expr.Decimal](ps.AvailQty).GtExpr(half))
	return beside.New("Q20: potential part promotion",
		query.Select2(s.Name, s.Address).
			Join(n).
			Filter(s.Key.InRows(ps.SuppKey, excess), n.Name.Eq("CANADA")).
			OrderBy(s.Name),
		`select s_name, s_address
		from supplier, nation
		where s_suppkey in (
				select ps_suppkey
				from partsupp
				where ps_partkey in (select p_partkey from part where p_name like 'forest%')
					and ps_availqty > (
						select 0.5 * sum(l_quantity)
						from lineitem
						where l_partkey = ps_partkey and l_suppkey = ps_suppkey and l_shipdate >= date '1994-01-01'
							and l_shipdate < date '1994-01-01' + interval '1' year))
			and s_nationkey = n_nationkey and n_name = 'CANADA'
		order by s_name`)
}

func q21() beside.Query {
	l1, l2, l3 := model.Alias(l, "l1"), model.Alias(l, "l2"), model.Alias(l, "l3")
	waits := expr.CountAll().As("numwait")
	others := query.From(l2).Filter(l2.OrderKey.EqExpr(l1.OrderKey), l2.SuppKey.NeExpr(l1.SuppKey))
	othersLate := query.From(l3).Filter(l3.OrderKey.EqExpr(l1.OrderKey), l3.SuppKey.NeExpr(l1.SuppKey), l3.ReceiptDate.GtExpr(l3.CommitDate))
	return beside.New("Q21: suppliers who kept orders waiting",
		query.Select2(s.Name, waits).
			Join(l1).Join(o).Join(n).
			Filter(
				o.Status.Eq("F"), l1.ReceiptDate.GtExpr(l1.CommitDate),
				expr.Exists(others), expr.Not(expr.Exists(othersLate)),
				n.Name.Eq("SAUDI ARABIA")).
			GroupBy(s.Name).
			OrderBy(waits.Desc(), s.Name).
			Limit(100),
		`select s_name, count(*) as numwait
		from supplier, lineitem l1, orders, nation
		where s_suppkey = l1.l_suppkey and o_orderkey = l1.l_orderkey and o_orderstatus = 'F' and l1.l_receiptdate > l1.l_commitdate
			and exists (select * from lineitem l2 where l2.l_orderkey = l1.l_orderkey and l2.l_suppkey <> l1.l_suppkey)
			and not exists (
				select * from lineitem l3
				where l3.l_orderkey = l1.l_orderkey and l3.l_suppkey <> l1.l_suppkey and l3.l_receiptdate > l3.l_commitdate)
			and s_nationkey = n_nationkey and n_name = 'SAUDI ARABIA'
		group by s_name
		order by numwait desc, s_name
		limit 100`)
}

func q22() beside.Query {
	code := expr.Substr(c.Phone, 1, 2).As("cntrycode")
	there := code.In("13", "31", "23", "29", "30", "18", "17")
	usual := expr.Scalar(expr.Avg(c.AcctBal), query.From(c).Filter(c.AcctBal.Gt("0.00"), there))
	sale := query.Sub("custsale", query.Select2(code, c.AcctBal).
		Filter(there, c.AcctBal.GtExpr(usual), expr.Not(expr.Exists(query.From(o).Filter(o.CustKey.EqExpr(c.Key))))))

	code, balance := query.Cols2(sale, code, c.AcctBal)
	return beside.New("Q22: global sales opportunity",
		query.Select3(code, expr.CountAll().As("numcust"), expr.Sum(balance).As("totacctbal")).
			GroupBy(code).
			OrderBy(code),
		`select cntrycode, count(*) as numcust, sum(c_acctbal) as totacctbal
		from (
			select substring(c_phone from 1 for 2) as cntrycode, c_acctbal
			from customer
			where substring(c_phone from 1 for 2) in ('13', '31', '23', '29', '30', '18', '17')
				and c_acctbal > (
					select avg(c_acctbal)
					from customer
					where c_acctbal > 0.00 and substring(c_phone from 1 for 2) in ('13', '31', '23', '29', '30', '18', '17'))
				and not exists (select * from orders where o_custkey = c_custkey)) as custsale
		group by cntrycode
		order by cntrycode`)
}
