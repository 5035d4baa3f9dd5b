package uow_test

import (
	"slices"
	"strings"
)

// Differences of loading with a query.
var (
	loadsApart = &difference{
		name: "loads apart",
		why:  "relationships are loaded by statements of their own, never by a join, which repeats rows",
		adds: func(c *comparison, i int) bool {
			return c.ours[i].op == "SELECT" && slices.ContainsFunc(c.theirs, func(e event) bool {
				return e.op == "SELECT" && strings.Contains(e.sql, "LEFT OUTER JOIN ") && strings.Contains(e.sql, "JOIN "+c.ours[i].table+" AS ")
			})
		},
	}
	keysInAnArray = &difference{
		name: "keys in an array",
		why:  "the keys of any number of objects are one argument, an array, so that they need not be asked for in parts",
		spares: func(c *comparison, i int) bool {
			return c.asksByKeys(i) && slices.ContainsFunc(c.theirs[:i], func(e event) bool { return e.op == "SELECT" && e.table == c.theirs[i].table })
		},
	}
	batchesArePages = &difference{
		name: "batches are pages",
		why:  "a batch is a statement of its own, behind the last row of the one before: no cursor keeps the connection busy",
		adds: func(c *comparison, i int) bool {
			return c.ours[i].op == "SELECT" && strings.Contains(c.ours[i].sql, " LIMIT ") &&
				slices.ContainsFunc(c.ours[:i], func(e event) bool { return e.op == "SELECT" && e.table == c.ours[i].table })
		},
	}
	asksByItsKeys = &difference{
		name: "asks by keys",
		why:  "a list is asked for by the keys that were read, not by the query in a subquery, which would be worked out again",
		spares: func(c *comparison, i int) bool {
			return slices.ContainsFunc(c.ours, func(e event) bool { return joinsSubquery(c.theirs[i], e) })
		},
		adds: func(c *comparison, i int) bool {
			return slices.ContainsFunc(c.theirs, func(e event) bool { return joinsSubquery(e, c.ours[i]) })
		},
	}
	refusesUnsent = &difference{
		name: "refuses unsent",
		why:  "what cannot be loaded row by row is refused before the statement is sent",
		spares: func(c *comparison, i int) bool {
			return c.theirs[i].op == "SELECT" && i+1 < len(c.theirs) && c.theirs[i+1].op == opObs
		},
	}
)

// asksByKeys reports whether theirs asks for rows by a list of keys, for which ours has an array.
func (c *comparison) asksByKeys(i int) bool {
	return c.theirs[i].op == "SELECT" && strings.Contains(c.theirs[i].sql, " IN (") && slices.ContainsFunc(c.ours, func(e event) bool {
		return e.op == "SELECT" && e.table == c.theirs[i].table && strings.Contains(e.sql, "= ANY(")
	})
}

// joinsSubquery reports whether theirs reads a table with the first query as a subquery, and ours that table alone.
func joinsSubquery(theirs, ours event) bool {
	return theirs.op == "SELECT" && ours.op == "SELECT" && strings.Contains(theirs.sql, "FROM (SELECT ") &&
		strings.Contains(theirs.sql, " AS anon_1 JOIN "+ours.table+" ON ")
}
