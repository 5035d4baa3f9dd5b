package uow_test

import (
	"errors"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/session"
)

// Differences that only siblings have.
var (
	flushesLater = &difference{
		name: "flushes later",
		why: "loading a relationship or some columns flushes only what is pending for the tables that it reads, Delete nothing: " +
			"the same write comes later",
		spares: func(c *comparison, i int) bool {
			return c.beforeSelect(i) && c.oursHas(c.theirs[i])
		},
		adds: func(c *comparison, i int) bool { return c.ours[i].write() && c.theirsHas(c.ours[i]) },
	}
	readsByTable = &difference{
		name:   "reads by table",
		why:    "Merge reads all rows before it changes anything, table by table, parents first",
		spares: func(c *comparison, i int) bool { return c.theirs[i].op == "SELECT" && c.oursHas(c.theirs[i]) },
		adds:   func(c *comparison, i int) bool { return c.ours[i].op == "SELECT" && c.theirsHas(c.ours[i]) },
	}
	onlyReadsWithin = &difference{
		name: "only reads within",
		why:  "a savepoint within which nothing is written is not sent",
		spares: func(c *comparison, i int) bool {
			return c.theirs[i].op == "SAVEPOINT" && c.readsUntil(i+1, opBack) || c.theirs[i].op == opBack && c.readsSince(i-1, "SAVEPOINT")
		},
	}
	columnsAsWritten = &difference{
		name:   "columns as written",
		why:    "query.Update sets columns in the program's order, and then those of OnUpdate; SQLAlchemy in the table's",
		spares: func(c *comparison, i int) bool { return setsTheSame(c.ours, c.theirs[i]) },
		adds:   func(c *comparison, i int) bool { return setsTheSame(c.theirs, c.ours[i]) },
	}
	leavesAtOnce = &difference{
		name: "leaves at once",
		why:  "who gave a one-to-one away to another has none at once, and not only after the flush",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "u1" && theirs.Value == false && ours.Value == true
		},
	}
	timesInTurn = &difference{
		name: "times in turn",
		why:  "OnUpdate is called object by object in the order in which they were changed, there by key: their times are exchanged",
	}
	loadedAlready = &difference{
		name: "loaded already",
		why:  "Load of a query reads no list again that its objects have already",
		spares: func(c *comparison, i int) bool {
			return c.theirs[i].op == "SELECT" && strings.Contains(c.theirs[i].sql, " IN (") &&
				slices.ContainsFunc(c.theirs[:i], func(e event) bool { return byForeignKey(e) && e.table == c.theirs[i].table })
		},
	}
	removesWhatIsThere = &difference{
		name: "removes what is there",
		why:  "Remove of an object that is not in the list does nothing, where Python's list raises ValueError",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "remove" && theirs.Error != nil && theirs.Error.Class == "builtins.ValueError" && ours.err == nil
		},
	}
	newHasNone = &difference{
		name: "new ones are known",
		why:  "what a row that this session has inserted has in its lists is known: nothing is read to delete it",
		spares: func(c *comparison, i int) bool {
			return byForeignKey(c.theirs[i]) && i+1 < len(c.theirs) && c.theirs[i+1].op == "DELETE" &&
				slices.ContainsFunc(c.theirs[:i], func(e event) bool { return e.op == "INSERT" && e.table == c.theirs[i+1].table })
		},
	}
	toldBefore = &difference{
		name: "told before it is planned",
		why: "objects are told before the flush is planned, since they may change keys: in the order in which they were found, not in that " +
			"of the statements",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "before" && theirs.Error == nil && ours.err == nil && text(theirs.Value) != text(ours.Value) &&
				elements(theirs.Value) == elements(ours.Value)
		},
	}
	toldOfBoth = &difference{
		name: "told of both",
		why:  "an object that takes over the row of a deleted one is inserted, and that one deleted, to both; SQLAlchemy tells the new one only",
		observes: func(theirs, ours observation) bool {
			t, ok := theirs.Value.([]any)
			o, both := ours.Value.([]any)
			return ok && both && theirs.Label == "told" && len(o) == len(t)+1 && slices.Equal(t, o[:len(t)]) &&
				strings.HasPrefix(text(o[len(t)]), `"before_delete `)
		},
	}
	defaultsFirst = &difference{
		name: "defaults first",
		why:  "defaults are in a new object when it is told that it is to be inserted: they may be its key, which others get",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "seen" && text(theirs.Value) == "[true]" && text(ours.Value) == "[false]"
		},
	}
	asksBefore = &difference{
		name: "asks before it looks",
		why:  "BeforeFlush is called before a flush looks for changes, also where there are none: it may make some",
		observes: func(theirs, ours observation) bool {
			t, ok := theirs.Value.([]any)
			o, both := ours.Value.([]any)
			return ok && both && theirs.Label == "told" && len(o) == len(t)+1 && slices.Equal(t, o[:len(t)]) && o[len(t)] == "before_flush"
		},
	}
	refusesFlush = &difference{
		name: "refuses to flush",
		why:  "after a failed flush the session refuses a Flush too until Rollback, where SQLAlchemy sees that there is nothing to write",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "flush" && theirs.Error == nil && theirs.Value == nil && errors.Is(ours.err, session.ErrFailed)
		},
	}
)

// Differences of failed flushes and savepoints.
var (
	savepointTravels = &difference{
		name: "savepoint travels",
		why:  "a SAVEPOINT travels with the next statement that needs the transaction, which one that only reads does not",
	}
	distrustsReads = &difference{
		name: "distrusts what was read",
		why: "a list that was read within a savepoint, or that may have changed unseen within it, is read again after ROLLBACK TO; " +
			"SQLAlchemy keeps it",
		adds: func(c *comparison, i int) bool {
			return c.ours[i].op == "SELECT" && slices.ContainsFunc(c.ours[:i], func(e event) bool { return e.op == opBack }) &&
				slices.ContainsFunc(c.theirs, func(e event) bool { return byForeignKey(e) && e.table == c.ours[i].table })
		},
	}
	readsStale = &difference{
		name: "reads what is stale",
		why:  "Merge reads the row of an object again that is stale, where SQLAlchemy has reloaded it when an attribute was read before",
		adds: func(c *comparison, i int) bool {
			ended := func(e event) bool { return e.op == "COMMIT" || e.op == "ROLLBACK" }
			return c.ours[i].op == "SELECT" && slices.ContainsFunc(c.ours[:i], func(e event) bool { return ended(e) || e.write() }) &&
				slices.ContainsFunc(c.theirs, func(e event) bool { return byKey(e) && e.table == c.ours[i].table })
		},
	}
	knowsBothSides = &difference{
		name: "knows both sides",
		why:  "both sides of a relationship are kept in step: the items of a list that was loaded know their owner, also without a session",
		observes: func(theirs, ours observation) bool {
			return theirs.Error != nil && strings.HasSuffix(theirs.Error.Class, ".DetachedInstanceError") && ours.err == nil && ours.Value == true
		},
	}
	keepsDefaults = &difference{
		name: "keeps defaults",
		why:  "a new object keeps what Default gave it in a flush that failed, as it does after Rollback: added again it is not asked again",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "code" && theirs.Error == nil && theirs.Value == nil && ours.Value == "code-1"
		},
	}
)

// elements writes the elements of a list, sorted.
func elements(v any) string {
	list, _ := v.([]any)
	all := make([]string, len(list))
	for i, x := range list {
		all[i] = text(x)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// beforeSelect reports whether theirs at position i is a write that SQLAlchemy sends just before a SELECT.
func (c *comparison) beforeSelect(i int) bool {
	for i < len(c.theirs) && c.theirs[i].write() {
		if i++; i < len(c.theirs) && c.theirs[i].op == "SELECT" {
			return true
		}
	}
	return false
}

// readsUntil reports whether theirs has nothing but SELECTs from position i on until an operation.
func (c *comparison) readsUntil(i int, op string) bool {
	for i < len(c.theirs) && c.theirs[i].op == "SELECT" {
		i++
	}
	return i < len(c.theirs) && c.theirs[i].op == op
}

// readsSince is readsUntil, backwards.
func (c *comparison) readsSince(i int, op string) bool {
	for i >= 0 && c.theirs[i].op == "SELECT" {
		i--
	}
	return i >= 0 && c.theirs[i].op == op
}

// setsTheSame reports whether one of the statements is an UPDATE like e, of the same columns in another order.
func setsTheSame(es []event, e event) bool {
	return e.op == "UPDATE" && slices.ContainsFunc(es, func(o event) bool {
		return o.op == "UPDATE" && o.table == e.table && o.rows == e.rows && o.failed == e.failed && o.columns != e.columns &&
			sorted(o.columns) == sorted(e.columns)
	})
}

func sorted(columns string) string {
	names := strings.Split(columns, ", ")
	slices.Sort(names)
	return strings.Join(names, ", ")
}
