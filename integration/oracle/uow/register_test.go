package uow_test

import "maps"

// outcome says how far a scenario can be compared.
type outcome int

const (
	compared      outcome = iota // it must do what SQLAlchemy does, but for the differences that it names
	notApplicable                // it is bound to Python
	changed                      // the design differs; the function asserts what Cupel does instead
	needsPart                    // it needs a part of Cupel that is to come
	missing                      // Cupel lacks something that it needs
	wrong                        // Cupel does something wrong
)

// scenario is one registration.
type scenario struct {
	outcome outcome
	why     string
	named   []*difference
	do      func(*run)
}

// same registers a scenario that does what SQLAlchemy does.
func same(do func(*run)) scenario { return scenario{do: do} }

// but names the differences of a scenario.
func (s scenario) but(ds ...*difference) scenario {
	s.named = append(s.named, ds...)
	return s
}

// python registers a scenario that is bound to Python.
func python(why string) scenario { return scenario{outcome: notApplicable, why: why} }

// byDesign registers a scenario where the design differs.
func byDesign(why string, do func(*run)) scenario {
	return scenario{outcome: changed, why: why, do: do}
}

type group map[string]scenario

// scenarios returns the registrations of TestOracle by id.
func scenarios() group {
	return together(
		addFlushCommit, dirtyTracking, identityMap, expireReload, defaults, autoflush, backref, lazyLoading, bulk,
		rollback, batching, flushOrder, deletes, queryAPI, savepoint, version, mergeDetach, eagerLoading, events, manyToManys, collections,
	)
}

// siblings returns the registrations of TestSiblings by id.
func siblings() group {
	return together(
		backrefSiblings, autoflushSiblings, collectionsSiblings, deleteSiblings, naturalSiblings, addFlushCommitSiblings, batchingSiblings,
		bulkSiblings, defaultsSiblings, dirtyTrackingSiblings, expireReloadSiblings, savepointSiblings, versionSiblings, flushOrderSiblings,
		manyToManySiblings, rollbackSiblings, mergeDetachSiblings, lazyLoadingSiblings, eagerLoadingSiblings, identityMapSiblings, queryAPISiblings,
		eventsSiblings, errorsSiblings,
	)
}

func together(groups ...group) group {
	every := group{}
	for _, g := range groups {
		maps.Copy(every, g)
	}
	return every
}
