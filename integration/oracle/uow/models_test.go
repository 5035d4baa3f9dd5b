package uow_test

import (
	"testing"

	"github.com/cupel-go/cupel/model"
)

// models are the mapped tables of one scenario. Only those of its model set are there. They are made anew for each
// scenario, since their defaults use its clock.
type models struct {
	set    string
	schema *model.Schema
	clock  *clock
	*bank
	*uniq
	*types
	*tree
	*chain
	*assoc
	*stock
	*couple
	*versioned
	*school
	*pair
	*natural
}

// newModels maps the tables of a model set. The tables themselves are made by the set's own DDL.
func newModels(t *testing.T, set string) models {
	t.Helper()
	m := models{set: set, clock: &clock{}}
	switch set {
	case "bank", "bank_plain", "bank_cascade_delete", "bank_orphan", "bank_passive", "bank_raise", "bank_oneway", "bank_dynamic",
		"bank_notnull", "bank_passive_all", "bank_viewonly":
		m.bank = newBank(m.clock, set)
		m.schema = model.MustSchema(m.Customers, m.Accounts)
	case "uniq":
		m.uniq = newUniq()
		m.schema = model.MustSchema(m.Users)
	case "types":
		m.types = newTypes()
		m.schema = model.MustSchema(m.Things)
	case "tree", "tree_cascade":
		m.tree = newTree(set)
		m.schema = model.MustSchema(m.Nodes)
	case "three_level":
		m.chain = newChain()
		m.schema = model.MustSchema(m.Regions, m.Shops, m.Tills)
	case "m2m":
		m.school = newSchool()
		m.schema = model.MustSchema(m.Courses, m.Students)
	case "one_to_one":
		m.pair = newPair()
		m.schema = model.MustSchema(m.Owners, m.Profiles)
	case "assoc", "assoc_plain":
		m.assoc = newAssoc(set)
		m.schema = model.MustSchema(m.Orders, m.Lines)
	case "defaults", "defaults_eager":
		m.stock = newStock(m.clock, set)
		m.schema = model.MustSchema(m.Items)
	case "cycle", "cycle_post":
		m.couple = newCouple(set)
		m.schema = model.MustSchema(m.Persons, m.Balls)
	case "natural":
		m.natural = newNatural()
		m.schema = model.MustSchema(m.Countries, m.Cities)
	case "version":
		m.versioned = newVersioned()
		m.schema = model.MustSchema(m.Docs)
	default:
		t.Fatalf("no models for the set %s", set)
	}
	return m
}
