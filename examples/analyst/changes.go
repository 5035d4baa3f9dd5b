package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

func conflicts() beside.Query {
	other := model.Alias(booking, "other")
	both := booking.During.IntersectExpr(other.During)
	return beside.New("ranges that overlap: bookings of one room at the same time",
		query.Select5(booking.Room, booking.ID, other.ID, expr.RangeLower(both).As("from"), expr.RangeUpper(both).As("until")).
			Join(other, booking.Room.EqExpr(other.Room), booking.ID.LtExpr(other.ID), booking.During.OverlapsExpr(other.During)).
			OrderBy(booking.Room, booking.ID, other.ID),
		`select b.room, b.id, other.id, lower(b.during * other.during) as from, upper(b.during * other.during) as until
		from booking b join booking other on b.room = other.room and b.id < other.id and b.during && other.during
		order by b.room, b.id, other.id`)
}

func upsertWithHistory() beside.Query {
	saved := query.WithOf("saved", price, query.Returning(
		query.Insert(price).
			Values(price.SKU.To("wheel"), price.Amount.To("22.00")).
			Values(price.SKU.To("saddle"), price.Amount.To("31.50")).
			OnConflict(price.SKU).
			DoUpdate(price.Amount.ToExcluded()),
		price))
	before := query.From(saved).LeftJoin(price, price.SKU.EqExpr(saved.SKU)).OrderBy(saved.SKU)
	return beside.New("an upsert that keeps what was before: a statement that writes two tables",
		query.Returning3(
			query.Insert(priceChange).FromRows(before,
				priceChange.SKU.ToExpr(saved.SKU), priceChange.Was.ToExpr(price.Amount), priceChange.Became.ToExpr(saved.Amount)),
			priceChange.SKU, priceChange.Was, priceChange.Became),
		`with saved as (
			insert into price (sku, amount) values ('wheel', 22.00), ('saddle', 31.50)
			on conflict (sku) do update set amount = excluded.amount
			returning sku, amount)
		insert into price_change (sku, was, became)
		select saved.sku, price.amount, saved.amount from saved left join price on price.sku = saved.sku order by saved.sku
		returning sku, was, became`)
}

func takeJobs() beside.Query {
	next := query.From(job).
		Filter(job.State.Eq("ready")).
		OrderBy(job.ID).
		Limit(3).
		ForUpdate(query.SkipLocked)
	taken := query.With("taken", query.Returning3(
		query.Update(job).Set(job.State.To("running")).Filter(job.ID.InRows(job.ID, next)),
		job.ID, job.Kind, job.State))
	return beside.New("a queue, by SKIP LOCKED: three jobs that nobody else has taken",
		query.Select(taken).OrderBy(query.Col(taken, job.ID)),
		`with taken as (
			update job set state = 'running'
			where id in (select id from job where state = 'ready' order by id limit 3 for update skip locked)
			returning id, kind, state)
		select id, kind, state
		from taken
		order by id`)
}
