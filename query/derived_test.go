package query_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

// mine are the accounts of the customer around.
var mine = query.From(account).Filter(account.CustID.EqExpr(customer.ID))

// perCustomer is a statement, and what it counts.
var (
	n           = expr.CountAll().As("n")
	perCustomer = query.Select2(account.CustID, n).GroupBy(account.CustID)
)

const (
	whereMine = "\nFROM account \nWHERE account.cust_id = customer.id"
	perText   = "SELECT account.cust_id, count(*) AS n \nFROM account GROUP BY account.cust_id"
)

func TestSubqueries(t *testing.T) {
	c, a, w := customer, account, worker
	greatest := expr.Scalar(expr.Max(a.No), mine)
	check(t, []golden{
		{"EXISTS", query.Select(c.Name).Filter(expr.Exists(mine)), "SELECT customer.name \nFROM customer \nWHERE EXISTS (SELECT 1 " + whereMine + ")", nil},
		{
			"EXISTS of a query", query.Select(c.Name).Filter(expr.Exists(query.Select(a.No).Filter(a.CustID.EqExpr(c.ID))).Not()),
			"SELECT customer.name \nFROM customer \nWHERE NOT EXISTS (SELECT account.no " + whereMine + ")", nil,
		},
		{
			"EXISTS as an item", query.Select2(c.ID, expr.Exists(mine).As("has")),
			"SELECT customer.id, EXISTS (SELECT 1 " + whereMine + ") AS has \nFROM customer", nil,
		},
		{"EXISTS alone", query.Select(expr.Exists(query.From(c).Filter(c.ID.Eq(1)))), "SELECT EXISTS (SELECT 1 \nFROM customer \nWHERE customer.id = $1)", args{int64(1)}},
		{
			"scalar", query.Select2(c.Name, greatest).Filter(greatest.Gt(3)).OrderBy(greatest.Desc()),
			"SELECT customer.name, (SELECT max(account.no) " + whereMine + ") \nFROM customer \nWHERE (SELECT max(account.no) " + whereMine +
				") > $1 ORDER BY (SELECT max(account.no) " + whereMine + ") DESC",
			args{int64(3)},
		},
		{
			"scalar of its own table", query.Select(c.ID).Filter(c.ID.EqExpr(expr.Scalar(expr.Max(c.ID), query.From(c)))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id = (SELECT max(customer.id) \nFROM customer)", nil,
		},
		{
			"scalar in arithmetic", query.Select(expr.Scalar(expr.CountAll(), query.From(c)).Plus(1)),
			"SELECT (SELECT count(*) \nFROM customer) + $1",
			args{int64(1)},
		},
		{
			"scalar of what is selected, with its ORDER BY", query.Select2(c.ID, expr.Scalar(a.Name, query.Select(a.Name).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.No).Limit(1))),
			"SELECT customer.id, (SELECT account.name " + whereMine + " ORDER BY account.no \n LIMIT $1) \nFROM customer",
			args{int64(1)},
		},
		{
			"IN", query.Select(c.ID).Filter(c.ID.InRows(a.CustID, query.From(a).Filter(a.No.Lt(7)))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id IN (SELECT account.cust_id \nFROM account \nWHERE account.no < $1)",
			args{int64(7)},
		},
		{
			"NOT IN, of what is selected", query.Select(c.ID).Filter(c.ID.NotInRows(a.CustID, query.Select(a.CustID).Filter(a.CustID.IsNotNull()).Limit(2))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id NOT IN (SELECT account.cust_id \nFROM account \nWHERE account.cust_id IS NOT NULL \n LIMIT $1)",
			args{int64(2)},
		},
		{
			"IN of tuples", query.Select(shipment.ID).Filter(expr.Tuple2(shipment.OrderID, shipment.LineNo).InRows(expr.Tuple2(line.OrderID, line.No), query.From(line))),
			"SELECT shipment.id \nFROM shipment \nWHERE (shipment.order_id, shipment.line_no) IN (SELECT line.order_id, line.no \nFROM line)", nil,
		},
		{
			"nested", query.Select(c.ID).Filter(c.ID.InRows(a.CustID, query.From(a).Filter(a.No.InRows(transfer.Source, query.From(transfer).Filter(transfer.ID.Ge(5)))))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id IN (SELECT account.cust_id \nFROM account \nWHERE account.no IN (SELECT transfer.source \nFROM transfer \nWHERE transfer.id >= $1))",
			args{int64(5)},
		},
		{
			"ANY and ALL", query.Select(c.ID).Filter(c.ID.EqExpr(expr.AnyOf(a.CustID, query.From(a))), c.ID.GtExpr(expr.AllOf(w.ID, query.From(w)))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id = ANY (SELECT account.cust_id \nFROM account) AND customer.id > ALL (SELECT worker.id \nFROM worker)", nil,
		},
		{
			"in LIMIT", query.Select(c.ID).LimitExpr(expr.Scalar(expr.CountAll(), query.From(a))).OffsetExpr(expr.Val[int64](1)),
			"SELECT customer.id \nFROM customer \n LIMIT (SELECT count(*) \nFROM account) OFFSET ($1::bigint)",
			args{int64(1)},
		},
		{
			"in HAVING", query.Select(a.CustID).GroupBy(a.CustID).Having(expr.CountAll().GtExpr(expr.Scalar(expr.CountAll(), query.From(c)))),
			"SELECT account.cust_id \nFROM account GROUP BY account.cust_id \nHAVING count(*) > (SELECT count(*) \nFROM customer)", nil,
		},
		{
			"named, it is read anew", query.Select(c.ID).Filter(expr.Exists(query.From(a).From(c).Filter(a.CustID.EqExpr(c.ID)))),
			"SELECT customer.id \nFROM customer \nWHERE EXISTS (SELECT 1 \nFROM account, customer \nWHERE account.cust_id = customer.id)", nil,
		},
		{
			"an alias correlates", query.Select(w.Name).Filter(expr.Exists(query.From(boss).Filter(boss.ID.EqExpr(w.BossID)))),
			"SELECT worker.name \nFROM worker \nWHERE EXISTS (SELECT 1 \nFROM worker AS boss \nWHERE boss.id = worker.boss_id)", nil,
		},
		{
			"of SQL text", query.Select(c.ID).Filter(c.ID.InRows(c.ID, query.Raw[int64]("SELECT id FROM customer WHERE id < ?", 3)), c.ID.GtExpr(expr.AllOf(c.ID, query.Raw[int64]("SELECT ?::bigint", 0)))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id IN (SELECT id FROM customer WHERE id < $1) AND customer.id > ALL (SELECT $2::bigint)",
			[]any{3, 0},
		},
		{
			"whether SQL text has rows, and its value", query.Select(expr.Scalar(c.ID, query.Raw[int64]("SELECT ?::bigint", 7))).Filter(expr.Exists(query.Raw[int64]("SELECT 1 FROM customer"))),
			"SELECT (SELECT $1::bigint) \nWHERE EXISTS (SELECT 1 FROM customer)",
			[]any{7},
		},
		{
			"of a set operation", query.Select(c.ID).Filter(c.ID.InRows(a.CustID, query.Union(query.Select(a.CustID), query.Select(w.BossID)))),
			"SELECT customer.id \nFROM customer \nWHERE customer.id IN (SELECT account.cust_id \nFROM account \nUNION \nSELECT worker.boss_id \nFROM worker)", nil,
		},
		{
			"in UPDATE", query.Update(a).Set(a.CustID.ToExpr(expr.Scalar(expr.Max(c.ID), query.From(c)))).Filter(a.No.InRows(transfer.Source, query.From(transfer))),
			"UPDATE account SET cust_id = (SELECT max(customer.id) \nFROM customer) WHERE account.no IN (SELECT transfer.source \nFROM transfer)", nil,
		},
		{
			"in VALUES", query.Insert(a).Values(a.No.ToExpr(expr.Coalesce(expr.Scalar(expr.Max(a.No), query.From(a)), 70).Plus(1)), a.Name.To("x")),
			"INSERT INTO account (no, name) VALUES (coalesce((SELECT max(account.no) \nFROM account), $1) + $2, $3)",
			args{int64(70), int64(1), "x"},
		},
		{
			"in DELETE", query.Delete(a).Filter(expr.Exists(query.From(c).Filter(c.ID.EqExpr(a.CustID), c.VIP))),
			"DELETE FROM account WHERE EXISTS (SELECT 1 \nFROM customer \nWHERE customer.id = account.cust_id AND customer.vip)", nil,
		},
	})
}

func TestDerived(t *testing.T) {
	c, a := customer, account
	per := query.Sub("per", perCustomer)
	few := query.Sub("few", query.Select2(c.ID, c.Name).OrderBy(c.ID.Desc()).Limit(3))
	last := query.Lateral("last", query.Select2(a.No, a.Name).Filter(a.CustID.EqExpr(c.ID)).OrderBy(a.No.Desc()).Limit(1))
	again := per.As("again")
	check(t, []golden{
		{
			"joined", query.Select2(c.Name, query.Col(per, n)).Join(per, c.ID.EqExpr(query.Col(per, a.CustID))).Filter(query.Col(per, n).Plus(1).Gt(2)),
			"SELECT customer.name, per.n \nFROM customer JOIN (" + perText + ") AS per ON customer.id = per.cust_id \nWHERE per.n + $1 > $2",
			args{int64(1), int64(2)},
		},
		{
			"outer", query.Select2(c.Name, query.Col(per, n).OrNull()).LeftJoin(per, c.ID.EqExpr(query.Col(per, a.CustID))),
			"SELECT customer.name, per.n \nFROM customer LEFT OUTER JOIN (" + perText + ") AS per ON customer.id = per.cust_id", nil,
		},
		{
			"selected whole", query.Select(few).OrderBy(query.Col(few, c.Name)),
			"SELECT few.id, few.name \nFROM (SELECT customer.id, customer.name \nFROM customer ORDER BY customer.id DESC \n LIMIT $1) AS few ORDER BY few.name",
			args{int64(3)},
		},
		{
			"twice", query.Select2(query.Col(per, n), query.Col(again, n)).From(per).Join(again, query.Col(again, n).GtExpr(query.Col(per, n))),
			"SELECT per.n, again.n \nFROM (" + perText + ") AS per JOIN (" + perText + ") AS again ON again.n > per.n", nil,
		},
		{
			"what has no name", query.Select(query.Col(query.Sub("x", query.Select(anon)), anon)),
			"SELECT x.column1 \nFROM (SELECT count(customer.id) \nFROM customer) AS x (column1)", nil,
		},
		{
			"a name twice", query.Select2(query.Col(twice, c.ID), query.Col(twice, rich.ID)),
			"SELECT twice.id, twice.id_2 \nFROM (SELECT customer.id, rich.id \nFROM customer JOIN customer AS rich ON rich.id > customer.id) AS twice (id, id_2)", nil,
		},
		{
			"LATERAL", query.Select2(c.Name, query.Col(last, a.No)).Join(last),
			"SELECT customer.name, last.no \nFROM customer JOIN LATERAL (SELECT account.no, account.name " + whereMine + " ORDER BY account.no DESC \n LIMIT $1) AS last ON TRUE",
			args{int64(1)},
		},
		{
			"LATERAL, outer", query.Select2(c.Name, query.Col(last, a.Name).OrNull()).LeftJoin(last),
			"SELECT customer.name, last.name \nFROM customer LEFT OUTER JOIN LATERAL (SELECT account.no, account.name " + whereMine + " ORDER BY account.no DESC \n LIMIT $1) AS last ON TRUE",
			args{int64(1)},
		},
		{
			"LATERAL in FROM, behind what it reads", query.Select2(query.Col(last, a.No), c.Name).Filter(query.Col(last, a.No).Gt(1)),
			"SELECT last.no, customer.name \nFROM customer, LATERAL (SELECT account.no, account.name " + whereMine + " ORDER BY account.no DESC \n LIMIT $1) AS last \nWHERE last.no > $2",
			args{int64(1), int64(1)},
		},
		{
			"objects", query.Select(recent).Filter(recent.Name.Like("P%")).Join(second, recent.ID.EqExpr(second.CustID)),
			"SELECT recent.id, recent.name, recent.email, recent.vip \nFROM (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id > $1) AS recent " +
				"JOIN account AS second ON recent.id = second.cust_id \nWHERE recent.name LIKE $2",
			args{int64(10), "P%"},
		},
		{
			"objects, by their foreign key", query.Select(recent.ID).Join(a),
			"SELECT recent.id \nFROM (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id > $1) AS recent JOIN account ON recent.id = account.cust_id",
			args{int64(10)},
		},
		{
			"another name of objects", query.Select(model.Alias(recent, "r").ID),
			"SELECT r.id \nFROM (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id > $1) AS r",
			args{int64(10)},
		},
		{
			"USING", query.Delete(c).Filter(c.ID.EqExpr(query.Col(per, a.CustID))),
			"DELETE FROM customer USING (" + perText + ") AS per WHERE customer.id = per.cust_id", nil,
		},
		{
			"in UPDATE", query.Update(c).Set(c.Name.To("x")).Filter(c.ID.EqExpr(query.Col(per, a.CustID)), query.Col(per, n).Gt(3)),
			"UPDATE customer SET name = $1 FROM (" + perText + ") AS per WHERE customer.id = per.cust_id AND per.n > $2",
			args{"x", int64(3)},
		},
	})
}

var (
	anon   = expr.Count(customer.ID)
	twice  = query.Sub("twice", query.Select2(customer.ID, rich.ID).Join(rich, rich.ID.GtExpr(customer.ID)))
	recent = query.SubOf("recent", customer, query.Select(customer).Filter(customer.ID.Gt(10)))
)

func TestWith(t *testing.T) {
	c, a, w := customer, account, worker
	per := query.With("per", perCustomer)
	other := per.As("other")
	m := expr.Max(query.Col(per, n)).As("m")
	most := query.With("most", query.Select(m))
	late := query.WithMaterialized("late", query.Select(a.CustID).Filter(a.No.Gt(7)))
	young := query.WithOf("young", c, query.Select(c).Filter(c.ID.Lt(3)))
	num := expr.Const[expr.Int](1).As("num")
	nums := query.Recursive("nums", query.Select(num), func(self query.Source) expr.Rows {
		return query.Select(query.Col(self, num).Plus(1)).Filter(query.Col(self, num).Lt(5))
	})
	level := expr.Const[expr.Int](0).As("level")
	tree := query.Recursive("tree", query.Select3(w.ID, w.Name, level).Filter(w.BossID.IsNull()), func(up query.Source) expr.Rows {
		return query.Select3(w.ID, w.Name, query.Col(up, level).Plus(1)).Join(up, w.BossID.EqExpr(query.Col(up, w.ID)))
	})
	crew := query.RecursiveOf("crew", w, query.Select(w).Filter(w.ID.Eq(1)), func(crew *workers) query.RowsOf[*Worker] {
		return query.Select(w).Join(crew, w.BossID.EqExpr(crew.ID))
	})
	gone := query.With("gone", query.Returning2(query.Delete(a).Filter(a.No.Gt(5)), a.No, a.CustID))
	const workerColumns = "worker.id, worker.name, worker.boss_id"
	check(t, []golden{
		{
			"one", query.Select(query.Col(per, n)).Filter(query.Col(per, n).Gt(3)),
			"WITH per AS (" + perText + ") \nSELECT per.n \nFROM per \nWHERE per.n > $1",
			args{int64(3)},
		},
		{
			"arguments in order", query.Select(c.ID).Filter(c.ID.Gt(1), c.ID.InRows(query.Col(late, a.CustID), query.From(late))),
			"WITH late AS MATERIALIZED (SELECT account.cust_id \nFROM account \nWHERE account.no > $1) " +
				"\nSELECT customer.id \nFROM customer \nWHERE customer.id > $2 AND customer.id IN (SELECT late.cust_id \nFROM late)",
			args{int64(7), int64(1)},
		},
		{
			"that reads another, twice", query.Select2(query.Col(most, m), query.Col(per, n)).CrossJoin(per),
			"WITH per AS (" + perText + "), \nmost AS (SELECT max(per.n) AS m \nFROM per) \nSELECT most.m, per.n \nFROM most CROSS JOIN per", nil,
		},
		{
			"another name", query.Select2(query.Col(per, n), query.Col(other, n)).Join(other, query.Col(other, n).GtExpr(query.Col(per, n))),
			"WITH per AS (" + perText + ") \nSELECT per.n, other.n \nFROM per JOIN per AS other ON other.n > per.n", nil,
		},
		{
			"objects", query.Select(young).Filter(young.Name.Ne("x")).OrderBy(young.ID),
			"WITH young AS (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id < $1) " +
				"\nSELECT young.id, young.name, young.email, young.vip \nFROM young \nWHERE young.name <> $2 ORDER BY young.id",
			args{int64(3), "x"},
		},
		{
			"joined by its foreign key, under another name", query.Select(model.Alias(young, "y")).Join(a),
			"WITH young AS (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id < $1) " +
				"\nSELECT y.id, y.name, y.email, y.vip \nFROM young AS y JOIN account ON y.id = account.cust_id",
			args{int64(3)},
		},
		{
			"recursive", query.Select(query.Col(nums, num)),
			"WITH RECURSIVE nums AS (SELECT $1::bigint AS num \nUNION ALL \nSELECT nums.num + $2 \nFROM nums \nWHERE nums.num < $3) \nSELECT nums.num \nFROM nums",
			args{int64(1), int64(1), int64(5)},
		},
		{
			"a tree", query.Select(tree),
			"WITH RECURSIVE tree AS (SELECT worker.id, worker.name, $1::bigint AS level \nFROM worker \nWHERE worker.boss_id IS NULL " +
				"\nUNION ALL \nSELECT worker.id, worker.name, tree.level + $2 \nFROM worker JOIN tree ON worker.boss_id = tree.id) \nSELECT tree.id, tree.name, tree.level \nFROM tree",
			args{int64(0), int64(1)},
		},
		{
			"a tree of objects", query.Select(crew),
			"WITH RECURSIVE crew AS (SELECT " + workerColumns + " \nFROM worker \nWHERE worker.id = $1 \nUNION ALL \nSELECT " + workerColumns +
				" \nFROM worker JOIN crew ON worker.boss_id = crew.id) \nSELECT crew.id, crew.name, crew.boss_id \nFROM crew",
			args{int64(1)},
		},
		{
			"that deletes", query.Select2(query.Col(gone, a.No), c.Name).Join(c, c.ID.EqExpr(query.Col(gone, a.CustID))),
			"WITH gone AS (DELETE FROM account WHERE account.no > $1 RETURNING account.no, account.cust_id) " +
				"\nSELECT gone.no, customer.name \nFROM gone JOIN customer ON customer.id = gone.cust_id",
			args{int64(5)},
		},
		{
			"of an INSERT", query.Insert(a).From(query.Select2(query.Col(tree, w.ID).Plus(100), query.Col(tree, w.Name)), a.No, a.Name),
			"WITH RECURSIVE tree AS (SELECT worker.id, worker.name, $1::bigint AS level \nFROM worker \nWHERE worker.boss_id IS NULL " +
				"\nUNION ALL \nSELECT worker.id, worker.name, tree.level + $2 \nFROM worker JOIN tree ON worker.boss_id = tree.id) " +
				"\nINSERT INTO account (no, name) SELECT tree.id + $3, tree.name \nFROM tree",
			args{int64(0), int64(1), int64(100)},
		},
		{
			"of a DELETE", query.Delete(c).Filter(c.ID.InRows(query.Col(late, a.CustID), query.From(late))),
			"WITH late AS MATERIALIZED (SELECT account.cust_id \nFROM account \nWHERE account.no > $1) " +
				"\nDELETE FROM customer WHERE customer.id IN (SELECT late.cust_id \nFROM late)",
			args{int64(7)},
		},
		{
			"of an UPDATE", query.Update(c).Set(c.VIP.To(true)).Filter(c.ID.EqExpr(query.Col(per, a.CustID))),
			"WITH per AS (" + perText + ") \nUPDATE customer SET vip = $1 FROM per WHERE customer.id = per.cust_id",
			args{true},
		},
		{
			"of a set operation", query.UnionAll(query.Select(query.Col(nums, num)), query.Select(c.ID)).OrderBy(query.Col(nums, num)),
			"WITH RECURSIVE nums AS (SELECT $1::bigint AS num \nUNION ALL \nSELECT nums.num + $2 \nFROM nums \nWHERE nums.num < $3) " +
				"\nSELECT nums.num \nFROM nums \nUNION ALL \nSELECT customer.id \nFROM customer \nORDER BY num",
			args{int64(1), int64(1), int64(5)},
		},
	})
}

func TestSetOperations(t *testing.T) {
	c, a := customer, account
	ids := func(below int64) query.Query[int64] { return query.Select(c.ID).Filter(c.ID.Lt(below)) }
	both := query.Union(query.Select(c).Filter(c.ID.Eq(1)), query.Select(c).Filter(c.ID.Eq(2)))
	kind := expr.Val("c").As("kind")
	check(t, []golden{
		{"UNION ALL", query.UnionAll(ids(3), ids(4)).OrderBy(c.ID), "SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nUNION ALL \nSELECT customer.id \nFROM customer \nWHERE customer.id < $2 \nORDER BY id", args{int64(3), int64(4)}},
		{"three, limited", query.Union(ids(1), ids(2), ids(3)).OrderBy(c.ID.Desc()).Limit(2).Offset(1), "SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nUNION \nSELECT customer.id \nFROM customer \nWHERE customer.id < $2 \nUNION \nSELECT customer.id \nFROM customer \nWHERE customer.id < $3 \nORDER BY id DESC \n LIMIT $4 OFFSET $5", args{int64(1), int64(2), int64(3), int64(2), int64(1)}},
		{"nested", query.Except(query.Union(ids(1), ids(2)), ids(3)), "(SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nUNION \nSELECT customer.id \nFROM customer \nWHERE customer.id < $2) \nEXCEPT \nSELECT customer.id \nFROM customer \nWHERE customer.id < $3", args{int64(1), int64(2), int64(3)}},
		{"of limited ones", query.UnionAll(query.Select(c.ID).OrderBy(c.ID.Desc()).Limit(1), query.Select(a.No)), "(SELECT customer.id \nFROM customer ORDER BY customer.id DESC \n LIMIT $1) \nUNION ALL \nSELECT account.no \nFROM account", args{int64(1)}},
		{"INTERSECT", query.Intersect(ids(3), query.Select(a.No)), "SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nINTERSECT \nSELECT account.no \nFROM account", args{int64(3)}},
		{"INTERSECT ALL", query.IntersectAll(ids(3), query.Select(a.No)), "SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nINTERSECT ALL \nSELECT account.no \nFROM account", args{int64(3)}},
		{"EXCEPT ALL", query.ExceptAll(ids(3), query.Select(a.No)), "SELECT customer.id \nFROM customer \nWHERE customer.id < $1 \nEXCEPT ALL \nSELECT account.no \nFROM account", args{int64(3)}},
		{"objects", both.OrderBy(c.Name), "SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id = $1 \nUNION \nSELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id = $2 \nORDER BY name", args{int64(1), int64(2)}},
		{"by a label", query.UnionAll(query.Select2(kind, c.ID), query.Select2(expr.Val("a"), a.No)).OrderBy(kind), "SELECT $1::text AS kind, customer.id \nFROM customer \nUNION ALL \nSELECT $2::text, account.no \nFROM account \nORDER BY kind", args{"c", "a"}},
		{"by what has no name of its own", query.UnionAll(query.Select2(c.ID, rich.ID).CrossJoin(rich), query.Select2(a.No, a.No)).OrderBy(rich.ID), "SELECT customer.id, rich.id \nFROM customer CROSS JOIN customer AS rich \nUNION ALL \nSELECT account.no, account.no \nFROM account \nORDER BY 2", nil},
		{"filtered", query.Select(all).Filter(query.Col(all, c.ID).Gt(3)), "SELECT every.id \nFROM (SELECT customer.id \nFROM customer \nUNION ALL \nSELECT account.no \nFROM account) AS every \nWHERE every.id > $1", args{int64(3)}},
		{"objects, filtered", query.Select(few).Filter(few.Name.Ne("x")), "SELECT few.id, few.name, few.email, few.vip \nFROM (SELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id = $1 \nUNION \nSELECT " + everyCustomer + " \nFROM customer \nWHERE customer.id = $2) AS few \nWHERE few.name <> $3", args{int64(1), int64(2), "x"}},
	})
}

var (
	all = query.Sub("every", query.UnionAll(query.Select(customer.ID), query.Select(account.No)))
	few = query.SubOf("few", customer, query.Union(query.Select(customer).Filter(customer.ID.Eq(1)), query.Select(customer).Filter(customer.ID.Eq(2))))
)

func TestTablesOfFunctionsAndValues(t *testing.T) {
	c := customer
	upTo := expr.Func[expr.Int]("generate_series", expr.Val[int64](1), expr.Val[int64](3))
	series := query.Function("n", upTo)
	upToID := expr.Func[expr.Int]("generate_series", expr.Val[int64](1), c.ID)
	perID := query.Function("k", upToID)
	key, value := query.Define[expr.Text]("key"), query.Define[expr.JSON]("value")
	each := query.FunctionOf("e", expr.Func[expr.JSON]("jsonb_each", expr.Cast[expr.JSON](expr.Val(`{"a": 1}`), "jsonb")), key, value)
	item, no := query.Define[expr.Text]("item"), query.Define[expr.Int]("no")
	numbered := query.Ordinality("u", expr.Func[expr.Text]("unnest", expr.Val([]string{"a"})), item, no)
	id, label := query.Define[expr.Int]("id"), query.Define[expr.Text]("label")
	record := query.Record("r", expr.Func[expr.JSON]("jsonb_to_recordset", expr.Cast[expr.JSON](expr.Val(`[{"id": 1}]`), "jsonb")), id, label)
	labels := query.Values2("l", id, label, query.Row2[int64, string]{V1: 1, V2: "new"}, query.Row2[int64, string]{V1: 2, V2: "paid"})
	none := query.Values3("no_rows", id, label, no)
	check(t, []golden{
		{"a function", query.Select(series).Filter(query.Col(series, upTo).Gt(1)), "SELECT n.n \nFROM generate_series($1::bigint, $2::bigint) AS n (n) \nWHERE n.n > $3", args{int64(1), int64(3), int64(1)}},
		{"a function of another table", query.Select2(c.ID, query.Col(perID, upToID)), "SELECT customer.id, k.k \nFROM customer, generate_series($1::bigint, customer.id) AS k (k)", args{int64(1)}},
		{"selected first, it stands behind", query.Select2(query.Col(perID, upToID), c.ID), "SELECT k.k, customer.id \nFROM customer, generate_series($1::bigint, customer.id) AS k (k)", args{int64(1)}},
		{"joined", query.Select2(c.ID, query.Col(perID, upToID).OrNull()).LeftJoin(perID), "SELECT customer.id, k.k \nFROM customer LEFT OUTER JOIN generate_series($1::bigint, customer.id) AS k (k) ON TRUE", args{int64(1)}},
		{"of several columns", query.Select2(query.Col(each, key), query.Col(each, value)), "SELECT e.key, e.value \nFROM jsonb_each(CAST($1::text AS jsonb)) AS e (key, value)", args{`{"a": 1}`}},
		{"WITH ORDINALITY", query.Select2(query.Col(numbered, item), query.Col(numbered, no)), "SELECT u.item, u.no \nFROM unnest($1::text[]) WITH ORDINALITY AS u (item, no)", args{[]string{"a"}}},
		{"a record", query.Select2(query.Col(record, id), query.Col(record, label)), "SELECT r.id, r.label \nFROM jsonb_to_recordset(CAST($1::text AS jsonb)) AS r (id bigint, label text)", args{`[{"id": 1}]`}},
		{"VALUES", query.Select2(c.Name, query.Col(labels, label)).Join(labels, query.Col(labels, id).EqExpr(c.ID)), "SELECT customer.name, l.label \nFROM customer JOIN (VALUES ($1::bigint, $2::text), ($3::bigint, $4::text)) AS l (id, label) ON l.id = customer.id", args{int64(1), "new", int64(2), "paid"}},
		{"VALUES, whole", query.Select(labels), "SELECT l.id, l.label \nFROM (VALUES ($1::bigint, $2::text), ($3::bigint, $4::text)) AS l (id, label)", args{int64(1), "new", int64(2), "paid"}},
		{"VALUES of nothing", query.Select(none), "SELECT no_rows.id, no_rows.label, no_rows.no \nFROM (SELECT NULL::bigint, NULL::text, NULL::bigint WHERE FALSE) AS no_rows (id, label, no)", nil},
		{"VALUES of one column", query.Select(query.Values1("v", id, 3, 4)), "SELECT v.id \nFROM (VALUES ($1::bigint), ($2::bigint)) AS v (id)", args{int64(3), int64(4)}},
		{"in an UPDATE", query.Update(c).Set(c.Name.ToExpr(query.Col(labels, label))).Filter(query.Col(labels, id).EqExpr(c.ID)), "UPDATE customer SET name = l.label FROM (VALUES ($1::bigint, $2::text), ($3::bigint, $4::text)) AS l (id, label) WHERE l.id = customer.id", args{int64(1), "new", int64(2), "paid"}},
	})
}
