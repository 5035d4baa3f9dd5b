package main

import (
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// The rows of the eight tables. Amounts are decimals, as text.
type (
	Region struct {
		Key           int64
		Name, Comment string
	}
	Nation struct {
		Key           int64
		Name, Comment string
		RegionKey     int64
	}
	Supplier struct {
		Key                           int64
		Name, Address, Phone, Comment string
		NationKey                     int64
		AcctBal                       string
	}
	Part struct {
		Key                                             int64
		Name, Mfgr, Brand, Type, Container, RetailPrice string
		Size                                            int32
		Comment                                         string
	}
	PartSupp struct {
		PartKey, SuppKey    int64
		AvailQty            int32
		SupplyCost, Comment string
	}
	Customer struct {
		Key                                             int64
		Name, Address, Phone, AcctBal, Segment, Comment string
		NationKey                                       int64
	}
	Order struct {
		Key, CustKey       int64
		Status, TotalPrice string
		Date               time.Time
		Priority, Clerk    string
		ShipPriority       int32
		Comment            string
	}
	Line struct {
		OrderKey, PartKey, SuppKey             int64
		Number                                 int32
		Quantity, ExtendedPrice, Discount, Tax string
		ReturnFlag, Status                     string
		ShipDate, CommitDate, ReceiptDate      time.Time
		ShipInstruct, ShipMode, Comment        string
	}
)

type (
	regions struct {
		model.Table[Region]
		Key           expr.Int
		Name, Comment expr.Text
	}
	nations struct {
		model.Table[Nation]
		Key           expr.Int
		Name, Comment expr.Text
		RegionKey     expr.Int
	}
	suppliers struct {
		model.Table[Supplier]
		Key                           expr.Int
		Name, Address, Phone, Comment expr.Text
		NationKey                     expr.Int
		AcctBal                       expr.Decimal
	}
	parts struct {
		model.Table[Part]
		Key                                         expr.Int
		Name, Mfgr, Brand, Type, Container, Comment expr.Text
		RetailPrice                                 expr.Decimal
		Size                                        expr.Int32
	}
	partSupps struct {
		model.Table[PartSupp]
		PartKey, SuppKey expr.Int
		AvailQty         expr.Int32
		SupplyCost       expr.Decimal
		Comment          expr.Text
	}
	customers struct {
		model.Table[Customer]
		Key                                    expr.Int
		Name, Address, Phone, Segment, Comment expr.Text
		AcctBal                                expr.Decimal
		NationKey                              expr.Int
	}
	orders struct {
		model.Table[Order]
		Key, CustKey                     expr.Int
		Status, Priority, Clerk, Comment expr.Text
		TotalPrice                       expr.Decimal
		Date                             expr.Date
		ShipPriority                     expr.Int32
	}
	lines struct {
		model.Table[Line]
		OrderKey, PartKey, SuppKey                          expr.Int
		Number                                              expr.Int32
		Quantity, ExtendedPrice, Discount, Tax              expr.Decimal
		ReturnFlag, Status, ShipInstruct, ShipMode, Comment expr.Text
		ShipDate, CommitDate, ReceiptDate                   expr.Date
	}
)

// money is the type of every amount.
func money(amounts ...expr.Expression) model.Option { return model.Type("numeric(15,2)", amounts...) }

// named gives columns the benchmark's names, which have a letter of their table before them.
func named(names string, columns ...expr.Expression) model.Spec {
	var spec model.Spec
	for i, name := range strings.Fields(names) {
		spec = append(spec, model.Name(name, columns[i]))
	}
	return spec
}

// The eight tables. The queries call them by the letters that the benchmark gives their columns.
var (
	r = model.Map("region", func(t *regions) model.Spec {
		return append(named("r_regionkey r_name r_comment", t.Key, t.Name, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key))
	})
	n = model.Map("nation", func(t *nations) model.Spec {
		return append(named("n_nationkey n_name n_regionkey n_comment", t.Key, t.Name, t.RegionKey, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key), model.ForeignKey(t.RegionKey, r.Key))
	})
	s = model.Map("supplier", func(t *suppliers) model.Spec {
		return append(named("s_suppkey s_name s_address s_nationkey s_phone s_acctbal s_comment",
			t.Key, t.Name, t.Address, t.NationKey, t.Phone, t.AcctBal, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key), model.ForeignKey(t.NationKey, n.Key), money(t.AcctBal))
	})
	p = model.Map("part", func(t *parts) model.Spec {
		return append(named("p_partkey p_name p_mfgr p_brand p_type p_size p_container p_retailprice p_comment",
			t.Key, t.Name, t.Mfgr, t.Brand, t.Type, t.Size, t.Container, t.RetailPrice, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key), money(t.RetailPrice))
	})
	ps = model.Map("partsupp", func(t *partSupps) model.Spec {
		return append(named("ps_partkey ps_suppkey ps_availqty ps_supplycost ps_comment",
			t.PartKey, t.SuppKey, t.AvailQty, t.SupplyCost, t.Comment),
			model.PrimaryKey(t.PartKey, t.SuppKey), model.Index(t.SuppKey), money(t.SupplyCost),
			model.ForeignKey(t.PartKey, p.Key), model.ForeignKey(t.SuppKey, s.Key))
	})
	c = model.Map("customer", func(t *customers) model.Spec {
		return append(named("c_custkey c_name c_address c_nationkey c_phone c_acctbal c_mktsegment c_comment",
			t.Key, t.Name, t.Address, t.NationKey, t.Phone, t.AcctBal, t.Segment, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key), model.ForeignKey(t.NationKey, n.Key), money(t.AcctBal))
	})
	o = model.Map("orders", func(t *orders) model.Spec {
		return append(named("o_orderkey o_custkey o_orderstatus o_totalprice o_orderdate o_orderpriority o_clerk o_shippriority o_comment",
			t.Key, t.CustKey, t.Status, t.TotalPrice, t.Date, t.Priority, t.Clerk, t.ShipPriority, t.Comment),
			model.PrimaryKey(t.Key), model.Given(t.Key), model.ForeignKey(t.CustKey, c.Key), model.Index(t.CustKey), money(t.TotalPrice))
	})
	l = model.Map("lineitem", func(t *lines) model.Spec {
		return append(named("l_orderkey l_partkey l_suppkey l_linenumber l_quantity l_extendedprice l_discount l_tax "+
			"l_returnflag l_linestatus l_shipdate l_commitdate l_receiptdate l_shipinstruct l_shipmode l_comment",
			t.OrderKey, t.PartKey, t.SuppKey, t.Number, t.Quantity, t.ExtendedPrice, t.Discount, t.Tax,
			t.ReturnFlag, t.Status, t.ShipDate, t.CommitDate, t.ReceiptDate, t.ShipInstruct, t.ShipMode, t.Comment),
			model.PrimaryKey(t.OrderKey, t.Number),
			model.ForeignKey(t.OrderKey, o.Key), model.ForeignKey(t.PartKey, p.Key), model.ForeignKey(t.SuppKey, s.Key),
			model.ForeignKeys(model.Refer(t.PartKey, ps.PartKey), model.Refer(t.SuppKey, ps.SuppKey)),
			model.Index(t.PartKey, t.SuppKey), model.Index(t.SuppKey), money(t.Quantity, t.ExtendedPrice, t.Discount, t.Tax))
	})
	schema = model.MustSchema(r, n, s, p, ps, c, o, l)
)

// revenue is what a line brings in: its price less the discount.
func (t *lines) revenue() expr.NullDecimal {
	return t.ExtendedPrice.TimesExpr(t.Discount.Const("1").MinusExpr(t.Discount))
}

// day is a day of the benchmark's parameters.
func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
