package main

import (
	"github.com/cupel-go/cupel/examples/internal/beside"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

func billOfMaterials() beside.Query {
	parts := query.Recursive("parts",
		query.Select2(component.Part, component.Quantity).Filter(component.Assembly.Eq("bicycle")),
		func(parts query.Source) expr.Rows {
			whole, quantity := query.Cols2(parts, component.Part, component.Quantity)
			return query.Select2(component.Part, quantity.TimesExpr(component.Quantity)).
				Join(parts, component.Assembly.EqExpr(whole))
		})

	part, quantity := query.Cols2(parts, component.Part, component.Quantity)
	return beside.New("a recursive bill of materials: all that a bicycle is made of",
		query.Select2(part, expr.Sum(quantity).As("quantity")).
			GroupBy(part).
			OrderBy(part),
		`with recursive parts as (
			select part, quantity from component where assembly = 'bicycle'
			union all
			select c.part, p.quantity * c.quantity from component c join parts p on c.assembly = p.part)
		select part, sum(quantity) as quantity
		from parts
		group by part
		order by part`)
}

func ways() beside.Query {
	stops := expr.NewArray(route.Origin, route.Destination).As("stops")
	trips := query.Recursive("trips",
		query.Select3(route.Destination, route.Minutes, stops).Filter(route.Origin.Eq("Amsterdam")),
		func(trips query.Source) expr.Rows {
			at, minutes, stops := query.Cols3(trips, route.Destination, route.Minutes, stops)
			return query.Select3(route.Destination, minutes.PlusExpr(route.Minutes), expr.ArrayAppendExpr(stops, route.Destination)).
				Join(trips, route.Origin.EqExpr(at)).
				Filter(stops.HasExpr(route.Destination).Not()) // not in circles
		})

	to, minutes := query.Cols2(trips, route.Destination, route.Minutes)
	return beside.New("ways in a graph that has circles: the shortest from Amsterdam to everywhere",
		query.Select(trips).
			DistinctOn(to).
			OrderBy(to, minutes),
		`with recursive trips as (
			select destination, minutes, array[origin, destination] as stops from route where origin = 'Amsterdam'
			union all
			select r.destination, t.minutes + r.minutes, t.stops || r.destination
			from route r join trips t on r.origin = t.destination
			where r.destination <> all (t.stops))
		select distinct on (destination) destination, minutes, stops
		from trips
		order by destination, minutes`)
}
