package uow_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// difference is a kind of difference between Cupel and SQLAlchemy that is right. A scenario names those that it has;
// the comparison verifies that each is there and that nothing else differs.
type difference struct {
	name, why string
	// spares reports whether a statement of theirs at position i is one that Cupel does not send for this reason.
	spares func(c *comparison, i int) bool
	// adds reports whether a statement of ours at position i is one that only Cupel sends for this reason.
	adds func(c *comparison, i int) bool
	// observes reports whether two observations mean the same.
	observes func(theirs, ours observation) bool
	// program: the Go program says something else than the Python script, and all that is compared is equal.
	program bool
}

// differences is the one list of the kinds.
var differences = []*difference{
	keepsValues, restoresValues, wholeRows, statesInOrOut, manyRows, keysByShape, cohortLoads, rollbackWaits,
	refusesItself, refusedEarly, flushesWhatIsAsked, fewerTimes, addDoesNotLoad, parentNotLoaded, loadsBeforeFlush,
	saysGet, mistakeLater, noFlushPerQuery, returnsByItself, beginsLater, dirtyIsExact, givesWhatItHas, refusesEmpty,
	namesAllColumns, leavesLists, guardsItself, namesColumns, closesForGood, asksSession, keepsDetached,
	loadsApart, keysInAnArray, batchesArePages, refusesUnsent, asksByItsKeys, linksByOwner, onceInAList, queryInstead, severalAreAnError, flushesLater,
	readsByTable, onlyReadsWithin, columnsAsWritten, leavesAtOnce, timesInTurn, loadedAlready, removesWhatIsThere, newHasNone,
	toldBefore, toldOfBoth, asksBefore, refusesFlush, savepointTravels, distrustsReads, readsStale, knowsBothSides, keepsDefaults, defaultsFirst,
}

var (
	keepsValues = &difference{
		name:   "keeps values",
		why:    "objects keep their values after a commit, so the SELECT that reloads a row by its key is not sent",
		spares: reload("COMMIT"),
	}
	restoresValues = &difference{
		name:   "restores values",
		why:    "Rollback gives objects the values that they had, so the SELECT that reloads a row by its key is not sent",
		spares: reload("ROLLBACK", opBack),
	}
	wholeRows = &difference{
		name:     "whole rows",
		why:      "a field read cannot load, so an object always has all its columns; what the server makes comes back by RETURNING",
		observes: contained,
	}
	statesInOrOut = &difference{
		name:     "in or out",
		why:      "a session tells whether an object is in it (Contains); it does not name the five states",
		observes: sameStates,
	}
	returnsByItself = &difference{
		name:   "returns by itself",
		why:    "what the database computes comes back by RETURNING, so the SELECT of a row that was just written is not sent",
		spares: func(c *comparison, i int) bool { return byKey(c.theirs[i]) && c.theirsWrote(i) },
	}
	beginsLater = &difference{
		name:     "begins later",
		why:      "a transaction is open from its first statement; Add, which sends nothing, opens none",
		observes: trueThere("in_transaction after add"),
	}
	dirtyIsExact = &difference{
		name:     "dirty is exact",
		why:      "dirty is what differs from its row: setting a value again changes nothing",
		observes: trueThere("in dirty"),
	}
	leavesLists = &difference{
		name:     "leaves lists",
		why:      "an object whose row was deleted is in no loaded list any more from the flush on, and not only after the commit",
		observes: left,
	}
	givesWhatItHas = &difference{
		name:     "gives what it has",
		why:      "NoLazy forbids statements, as lazy='raise_on_sql' does: what the session has already needs none and is given",
		observes: given,
	}
	refusesEmpty = &difference{
		name:     "refuses to be empty",
		why:      "a list that is empty though the database has rows invites mistakes: where noload gives one, NoLazy gives an error",
		observes: refusedEmpty,
	}
	manyRows = &difference{
		name: "many rows in one statement",
		why: "rows of one shape are one statement, also where others came between them: INSERT … SELECT FROM unnest, " +
			"UPDATE … FROM unnest, DELETE … ANY",
	}
	keysByShape = &difference{
		name: "keys by shape",
		why:  "rows of one shape are one INSERT, so generated keys count up shape by shape",
	}
	cohortLoads = &difference{
		name:   "cohort loading",
		why:    "a relationship is loaded for all objects of a query, or for all that are deleted, with one SELECT … = ANY",
		spares: sparedByCohort,
	}
	rollbackWaits = &difference{
		name: "rollback waits",
		why:  "a failed flush sends no ROLLBACK by itself: the session refuses work until Rollback or Close sends it",
	}
	guardsItself = &difference{
		name: "guards itself",
		why: "an UPDATE or DELETE that travels with the COMMIT counts its rows on the server and fails there; SQLAlchemy counts them " +
			"before it sends the COMMIT",
	}
	refusesItself = &difference{
		name:     "refuses by itself",
		why:      "after a failed statement the session refuses work without asking the server, which would refuse it too",
		spares:   func(c *comparison, i int) bool { return c.theirs[i].failed && c.failedBefore(i) },
		observes: refused,
	}
	refusedEarly = &difference{
		name: "refused before it begins",
		why:  "a statement that an engine has not met is described first: one that is wrong is refused before the BEGIN",
	}
	flushesWhatIsAsked = &difference{
		name:   "flushes for its tables",
		why:    "a query flushes only when its own tables have pending changes",
		spares: sparedByTables,
	}
	fewerTimes = &difference{
		name: "fewer times",
		why:  "where an UPDATE is spared its OnUpdate is not called, so later times come earlier from the clock",
	}
	addDoesNotLoad = &difference{
		name:   "adding does not load",
		why:    "adding to a list that is not loaded does not load it",
		spares: sparedByAdd,
	}
	parentNotLoaded = &difference{
		name:   "parent not loaded",
		why:    "what a deleted object refers to is not loaded: it makes no difference to the deletion",
		spares: func(c *comparison, i int) bool { return byKey(c.theirs[i]) && c.deletedAfter(i) },
	}
	loadsBeforeFlush = &difference{
		name:   "loads before the flush",
		why:    "the lists of deleted objects are loaded before the flush writes, so that it can be planned as a whole",
		spares: func(c *comparison, i int) bool { return byForeignKey(c.theirs[i]) && c.oursHas(c.theirs[i]) },
		adds:   func(c *comparison, i int) bool { return c.ours[i].op == "SELECT" && c.theirsHas(c.ours[i]) },
	}
	namesAllColumns = &difference{
		name:     "names all columns",
		why:      "session.BulkInsert names all columns, so that rows of one shape are one statement, and reads their keys back",
		spares:   func(c *comparison, i int) bool { return c.theirs[i].op == "INSERT" && c.sameInserts(c.theirs[i].table) },
		adds:     func(c *comparison, i int) bool { return c.ours[i].op == "INSERT" && c.sameInserts(c.ours[i].table) },
		observes: keysInsteadOfNone,
	}
	namesColumns = &difference{
		name:    "names columns",
		why:     "a Go struct does not tell which fields were given: where Python leaves attributes unset, Merge is told which columns count",
		program: true,
	}
	closesForGood = &difference{
		name:    "closes for good",
		why:     "a closed session stays closed: the program makes another one",
		program: true,
	}
	keepsDetached = &difference{
		name:     "keeps values without a session",
		why:      "objects keep their values after a commit, so they have them when they have left the session; only relationships cannot be loaded any more",
		observes: keptDetached,
	}
	asksSession = &difference{
		name:    "asks the session",
		why:     "an object does not name its session: the session is asked whether it has the object",
		program: true,
	}
	linksByOwner = &difference{
		name: "link rows by their owner",
		why:  "the link rows of a deleted object are one DELETE by its key, and the list is not loaded for it",
		spares: func(c *comparison, i int) bool {
			if m := linkMatch.FindStringSubmatch(c.theirs[i].sql); m != nil {
				return deletesFrom(c.theirs[i:], m[1])
			}
			return c.theirs[i].op == "DELETE" && deletesFrom(c.ours, c.theirs[i].table)
		},
		adds: func(c *comparison, i int) bool {
			return c.ours[i].op == "DELETE" && deletesFrom(c.theirs, c.ours[i].table)
		},
	}
	onceInAList = &difference{
		name: "once in a list",
		why:  "a list has an object once: what is there already is not added again",
		observes: func(theirs, ours observation) bool {
			return theirs.Label == "len" && theirs.Value == 3.0 && ours.Value == 2.0
		},
	}
	queryInstead = &difference{
		name:    "a query instead",
		why:     "a list that is not loaded takes Add and Remove as it is; what a dynamic one is asked, a query is asked",
		program: true,
	}
	severalAreAnError = &difference{
		name: "several are an error",
		why:  "where SQLAlchemy warns of more rows than one and gives one of them, Get is an error that names two",
		observes: func(theirs, ours observation) bool {
			return theirs.Value == true && errors.Is(ours.err, model.ErrSeveral)
		},
	}
	saysGet = &difference{
		name:    "says Get or Refresh",
		why:     "a field read cannot load: where Python expires and reads, the program says Get or Refresh",
		program: true,
	}
	mistakeLater = &difference{
		name:    "mistake at the flush",
		why:     "Add and Delete give no error; the next Flush or Commit reports the mistake",
		program: true,
	}
	noFlushPerQuery = &difference{
		name:    "NoFlush",
		why:     "autoflush is switched off a query, not a session",
		program: true,
	}
)

// SQLAlchemy's SELECT of a row by its key, and of the rows that refer to one.
var (
	keyMatch        = regexp.MustCompile(`WHERE \w+\.\w+ = (?:%\(pk_1\)s|\$1)`)
	linkMatch       = regexp.MustCompile(`FROM \w+, (\w+) WHERE (?:%\(param_1\)s|\$1) = `)
	foreignKeyMatch = regexp.MustCompile(`WHERE (?:%\(param_1\)s|\$1) = (\w+\.\w+)`)
)

// deletesFrom reports whether one of the statements deletes rows of a table.
func deletesFrom(es []event, table string) bool {
	return slices.ContainsFunc(es, func(e event) bool { return e.op == "DELETE" && e.table == table })
}

func byKey(e event) bool { return e.op == "SELECT" && keyMatch.MatchString(e.sql) }

func byForeignKey(e event) bool { return e.op == "SELECT" && foreignKeyMatch.MatchString(e.sql) }

// reload returns a check for a SELECT by key of a row that SQLAlchemy has met before the end of a transaction: by the same
// key, or among the rows of an INSERT or of another SELECT.
func reload(ends ...string) func(*comparison, int) bool {
	return func(c *comparison, i int) bool {
		if !byKey(c.theirs[i]) {
			return false
		}
		met := false
		for _, e := range c.theirs[:i] {
			if e.table == c.theirs[i].table && (!byKey(e) || e.params == c.theirs[i].params) {
				met = true
			}
			if slices.Contains(ends, e.op) && met {
				return true
			}
		}
		return false
	}
}

// sparedByCohort: SQLAlchemy sends the same statement for another object, and Cupel sends it for several at once.
func sparedByCohort(c *comparison, i int) bool {
	m := foreignKeyMatch.FindStringSubmatch(c.theirs[i].sql)
	if m == nil {
		return false
	}
	again := 0
	for _, o := range c.theirs {
		if o.sql == c.theirs[i].sql {
			again++
		}
	}
	return again > 1 && slices.ContainsFunc(c.ours, func(o event) bool {
		return o.op == "SELECT" && strings.Contains(o.sql, m[1]+" = ANY(")
	})
}

// sparedByTables: a write that SQLAlchemy sends just before a SELECT of another table.
func sparedByTables(c *comparison, i int) bool {
	if !c.theirs[i].write() {
		return false
	}
	for _, e := range c.theirs[i+1:] {
		if e.op == "SELECT" {
			return e.table != c.theirs[i].table
		}
		if !e.write() {
			return false
		}
	}
	return false
}

// sparedByAdd: the list is loaded, and something is written to its table before the transaction ends.
func sparedByAdd(c *comparison, i int) bool {
	if !byForeignKey(c.theirs[i]) { // one that reads alike may have been matched in its place
		like := c.theirs[i].String()
		if i = slices.IndexFunc(c.theirs, func(e event) bool { return e.String() == like && linkMatch.MatchString(e.sql) }); i < 0 {
			return false
		}
	}
	table, link := c.theirs[i].table, linkMatch.FindStringSubmatch(c.theirs[i].sql)
	if link != nil {
		table = link[1]
	}
	for _, e := range c.theirs[i+1:] {
		switch {
		case e.frame():
			return false
		case e.write() && (link == nil || e.table == table):
			return e.table == table
		}
	}
	return false
}

// left reports whether ours is what theirs is without the first, which was deleted.
func left(theirs, ours observation) bool {
	t, ok := theirs.Value.([]any)
	o, both := ours.Value.([]any)
	return ok && both && theirs.Label == "still there" && len(t) > 1 && slices.Equal(t[1:], o)
}

// sameInserts reports whether as many rows are inserted into a table as SQLAlchemy inserts, with no more statements.
func (c *comparison) sameInserts(table string) bool {
	count := func(es []event) (rows, sent int) {
		for _, e := range es {
			if e.op == "INSERT" && e.table == table {
				rows, sent = rows+e.rows, sent+1
			}
		}
		return rows, sent
	}
	theirRows, theirSent := count(c.theirs)
	ourRows, ourSent := count(c.ours)
	return theirRows == ourRows && ourSent <= theirSent
}

// keysInsteadOfNone: where SQLAlchemy has None for each key, Cupel has the keys.
func keysInsteadOfNone(theirs, ours observation) bool {
	t, ok := theirs.Value.([]any)
	o, both := ours.Value.([]any)
	return ok && both && theirs.Label == "ids" && len(t) == len(o) &&
		!slices.ContainsFunc(t, func(v any) bool { return v != nil }) &&
		!slices.ContainsFunc(o, func(v any) bool { return v == nil || v == 0.0 })
}

// What a session tells of an object.
const (
	stateIn  = "in the session"
	stateOut = "not in the session"
)

var stateWord = regexp.MustCompile(`"(transient|pending|persistent|deleted|detached)"`)

// trueThere: SQLAlchemy observes true where Cupel observes false.
func trueThere(label string) func(theirs, ours observation) bool {
	return func(theirs, ours observation) bool {
		return theirs.Label == label && theirs.Value == true && ours.Value == false
	}
}

// given: SQLAlchemy refuses to load where Cupel gives what it has.
func given(theirs, ours observation) bool {
	return theirs.Error != nil && strings.HasSuffix(theirs.Error.Message, "lazy='raise'") && ours.err == nil && ours.Value != nil
}

// keptDetached: SQLAlchemy has no value for an object that was expired when it left its session.
func keptDetached(theirs, ours observation) bool {
	return theirs.Error != nil && strings.HasSuffix(theirs.Error.Class, "DetachedInstanceError") && ours.err == nil && ours.Value != nil
}

// refusedEmpty: SQLAlchemy gives an empty list where Cupel says that it is not loaded.
func refusedEmpty(theirs, ours observation) bool {
	list, ok := theirs.Value.([]any)
	return ok && len(list) == 0 && errors.Is(ours.err, session.ErrLazy)
}

func sameStates(theirs, ours observation) bool {
	if theirs.Error != nil || ours.err != nil {
		return false
	}
	inOrOut := stateWord.ReplaceAllStringFunc(text(theirs.Value), func(word string) string {
		if word == `"pending"` || word == `"persistent"` {
			return `"` + stateIn + `"`
		}
		return `"` + stateOut + `"`
	})
	return inOrOut == text(ours.Value)
}

// refused: the server refuses work in an aborted transaction, and so does the session.
func refused(theirs, ours observation) bool {
	const aborted = "25P02"
	return theirs.Error != nil && theirs.Error.SQLState == aborted && errors.Is(ours.err, session.ErrFailed)
}
