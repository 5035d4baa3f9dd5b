package uow_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Country and City are of the set natural: the key of a country is the program's and may change.
type (
	Country struct {
		Code   string
		Name   *string
		Cities model.Many[City]
	}
	City struct {
		ID      int64
		Name    *string
		Code    *string
		Country model.One[Country]
	}
	countries struct {
		model.Table[Country]
		Code   expr.Text
		Name   expr.NullText
		Cities model.ToMany[Country, City]
	}
	cities struct {
		model.Table[City]
		ID      expr.Int
		Name    expr.NullText
		Code    expr.NullText
		Country model.ToOne[City, Country]
	}
)

type natural struct {
	Countries *countries
	Cities    *cities
}

func newNatural() *natural {
	n := &natural{}
	n.Countries = model.Map("country", func(t *countries) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Size(2, t.Code)}
	})
	n.Cities = model.Map("city", func(t *cities) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Type("integer", t.ID), model.Size(2, t.Code),
			model.ForeignKey(t.Code, n.Countries.Code).OnUpdate("CASCADE"), model.OrderBy(n.Countries.Cities, t.ID),
		}
	})
	return n
}

// country and city return the objects with a key, as session.get does.
func (r *run) country(code string) *Country { return val(session.Get(ctx, r.s, r.Countries, code)) }
func (r *run) city(id int64) *City          { return val(session.Get(ctx, r.s, r.Cities, id)) }
