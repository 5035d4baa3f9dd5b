package uow_test

import (
	"fmt"
	"slices"
	"strings"
)

// comparison compares a scenario with its recording.
type comparison struct {
	rec          *recording
	run          *run
	named        []*difference
	used         map[*difference]bool
	theirs, ours []event
	problems     []string
}

// compare returns what differs beyond the named differences.
func compare(rec *recording, r *run, named []*difference) []string {
	c := newComparison(rec, r, named, theirs(rec.Log), r.events)
	c.statements()
	for _, v := range rec.Variants { // any of the orders that SQLAlchemy has will do
		if len(c.problems) > 0 {
			c = newComparison(rec, r, named, variant(v), withoutNotes(r.events))
			c.statements()
		}
	}
	c.observations()
	c.tables()
	c.unused()
	if rec.Exception != nil {
		c.problem("the recording ends with an exception, which the harness does not compare: %s", rec.Exception.Class)
	}
	return append(slices.Clone(r.problems), c.problems...)
}

func newComparison(rec *recording, r *run, named []*difference, theirs, ours []event) *comparison {
	return &comparison{rec: rec, run: r, named: named, used: map[*difference]bool{}, theirs: theirs, ours: ours}
}

func withoutNotes(es []event) []event {
	return slices.DeleteFunc(slices.Clone(es), event.note)
}

func (c *comparison) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *comparison) names(d *difference) bool { return slices.Contains(c.named, d) }

// statements compares kinds, tables, columns and numbers of rows of the statements, and how they, the ends of
// transactions, the marks and the observations follow each other.
func (c *comparison) statements() {
	if c.names(manyRows) {
		c.mergeRows()
	}
	if c.names(rollbackWaits) {
		c.delayRollbacks()
	}
	if c.names(refusedEarly) {
		c.dropBegins()
	}
	if c.names(savepointTravels) {
		c.delaySavepoints()
	}
	spared, added := c.align()
	want := framed(canonical(without(c.theirs, spared)))
	got := framed(without(c.ours, added))
	if len(added) > 0 {
		got = canonical(got)
	}
	if c.names(guardsItself) {
		c.forgiveGuards(got)
	}
	if w, g := list(want), list(got); w != g {
		c.problem("statements are\n\t\t%s\n\twant\n\t\t%s", g, w)
	}
}

func list(es []event) string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.String()
	}
	return strings.Join(lines, "\n\t\t")
}

func without(es []event, gone map[int]bool) []event {
	var rest []event
	for i, e := range es {
		if !gone[i] {
			rest = append(rest, e)
		}
	}
	return rest
}

// canonical puts each BEGIN before the first statement of its transaction, and leaves out transactions without one.
func canonical(es []event) []event {
	var out []event
	waiting := false
	for _, e := range es {
		switch {
		case e.op == "BEGIN":
			waiting = true
			continue
		case e.frame() && waiting:
			waiting = false
			continue
		case !e.note() && !e.frame() && waiting:
			out = append(out, event{op: "BEGIN"})
			waiting = false
		}
		out = append(out, e)
	}
	return out
}

// align finds the statements that only one side has, and which named differences explain them. It returns the positions
// of those that are explained.
func (c *comparison) align() (spared, added map[int]bool) {
	onlyTheirs, onlyOurs := unmatched(c.theirs, c.ours)
	spared, added = map[int]bool{}, map[int]bool{}
	for _, i := range onlyTheirs {
		for _, d := range c.named {
			if d.spares != nil && d.spares(c, i) {
				spared[i], c.used[d] = true, true
				break
			}
		}
	}
	for _, i := range onlyOurs {
		for _, d := range c.named {
			if d.adds != nil && d.adds(c, i) {
				added[i], c.used[d] = true, true
				break
			}
		}
	}
	return spared, added
}

// unmatched returns the positions of the events, but for the ends of transactions, that a longest common subsequence of
// the two sides leaves out.
func unmatched(a, b []event) (onlyA, onlyB []int) {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	same := func(i, j int) bool { return a[i].String() == b[j].String() }
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if same(i, j) {
				longest[i][j] = longest[i+1][j+1] + weight(a[i])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && same(i, j) && longest[i][j] == longest[i+1][j+1]+weight(a[i]):
			i++
			j++
		case j == len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			if !a[i].frame() {
				onlyA = append(onlyA, i)
			}
			i++
		default:
			if !b[j].frame() {
				onlyB = append(onlyB, j)
			}
			j++
		}
	}
	return onlyA, onlyB
}

// weight makes marks and observations hold the two sides together.
func weight(e event) int {
	if e.note() {
		return 3
	}
	return 1
}

// dropBegins leaves out a BEGIN of theirs before a statement that fails, where ours begins nothing.
func (c *comparison) dropBegins() {
	c.theirs = slices.Clone(c.theirs)
	for i := len(c.theirs) - 2; i >= 0; i-- {
		if c.theirs[i].op == "BEGIN" && c.theirs[i+1].failed && len(c.ours) > i && c.ours[i].op != "BEGIN" {
			c.theirs = slices.Delete(c.theirs, i, i+1)
			c.used[refusedEarly] = true
		}
	}
}

// mergeRows makes one event of the writes of one shape that follow each other, on both sides.
func (c *comparison) mergeRows() {
	theirs, a := merged(c.theirs)
	ours, b := merged(c.ours)
	if b < a {
		c.used[manyRows] = true
	} else if b > a {
		c.problem("%d statements write what SQLAlchemy writes with %d", b, a)
	}
	c.theirs, c.ours = theirs, ours
}

// merged also gives the number of writes on the wire. What it gives counts as one statement each.
func merged(es []event) (out []event, writes int) {
	from := 0 // where the run of writes to one table begins
	for _, e := range es {
		if !e.write() {
			out = append(out, e)
			if e.op != opCatalog {
				from = len(out)
			}
			continue
		}
		writes += e.sent
		e.sent = 1
		if from < len(out) && (out[from].op != e.op || out[from].table != e.table) {
			from = len(out)
		}
		i := slices.IndexFunc(out[from:], func(o event) bool { return o.op == e.op && o.columns == e.columns })
		if i < 0 {
			out = append(out, e)
			continue
		}
		out[from+i].rows += e.rows
		out[from+i].failed = out[from+i].failed || e.failed
	}
	return out, writes
}

// delaySavepoints puts a SAVEPOINT of theirs behind what is only read after it.
func (c *comparison) delaySavepoints() {
	c.theirs = slices.Clone(c.theirs)
	for i := 0; i+1 < len(c.theirs); i++ {
		if next := c.theirs[i+1]; c.theirs[i].op == "SAVEPOINT" && next.op == "SELECT" && !next.acts() {
			c.theirs[i], c.theirs[i+1] = c.theirs[i+1], c.theirs[i]
			c.used[savepointTravels] = true
		}
	}
}

// delayRollbacks puts the ROLLBACK, also to a savepoint, that SQLAlchemy sends at once when a flush fails where Cupel sends it: later, with nothing but marks
// and observations before it.
func (c *comparison) delayRollbacks() {
	var at, delays []int
	for i, e := range c.theirs {
		if i > 0 && e.goesBack() && (c.theirs[i-1].failed || c.theirs[i-1].write() && c.failing(i+1)) {
			at = append(at, i)
		}
	}
	for j, e := range c.ours {
		if !e.goesBack() || !c.ours[max(0, j-1)].note() {
			continue
		}
		k := j - 1
		for k > 0 && c.ours[k].note() {
			k--
		}
		if c.ours[k].failed || c.ours[k].write() {
			delays = append(delays, j-k-1)
		}
	}
	if len(at) != len(delays) || len(at) == 0 {
		return
	}
	c.used[rollbackWaits] = true
	c.theirs = slices.Clone(c.theirs)
	for n, i := range at {
		for range delays[n] {
			if i+1 < len(c.theirs) && c.theirs[i+1].note() {
				c.theirs[i], c.theirs[i+1] = c.theirs[i+1], c.theirs[i]
				i++
			}
		}
	}
}

// failing reports whether theirs at position i is the observation of an error.
func (c *comparison) failing(i int) bool {
	if i >= len(c.theirs) || c.theirs[i].op != opObs {
		return false
	}
	n := 0
	for _, e := range c.theirs[:i] {
		if e.op == opObs {
			n++
		}
	}
	return c.rec.Observations[n].Error != nil
}

func (c *comparison) failedBefore(i int) bool {
	return slices.ContainsFunc(c.theirs[:i], func(e event) bool { return e.failed })
}

func (c *comparison) deletedAfter(i int) bool {
	return slices.ContainsFunc(c.theirs[i:], func(e event) bool { return e.op == "DELETE" && e.table == c.theirs[i].table })
}

func (c *comparison) oursHas(e event) bool { return has(c.ours, e) }

func (c *comparison) theirsHas(e event) bool { return has(c.theirs, e) }

func has(es []event, e event) bool {
	return slices.ContainsFunc(es, func(o event) bool { return o.String() == e.String() })
}

// unused finds named differences that are not there.
func (c *comparison) unused() {
	for _, d := range c.named {
		if !d.program && !c.used[d] {
			c.problem("the difference %q is named, but it is not there", d.name)
		}
	}
}

// forgiveGuards makes a write of ours that failed by itself one that went well where theirs did, and was then found to have missed a
// row.
func (c *comparison) forgiveGuards(got []event) {
	for i, e := range got {
		e.failed = false
		at := slices.IndexFunc(c.theirs, func(o event) bool { return o.String() == e.String() })
		if got[i].failed && e.write() && at >= 0 && (c.failing(at+1) || c.failing(at+2)) {
			got[i] = e
			c.used[guardsItself] = true
		}
	}
}

// theirsWrote reports whether SQLAlchemy wrote to the table of its statement i before, with no other end of a transaction than
// COMMIT in between.
func (c *comparison) theirsWrote(i int) bool {
	return slices.ContainsFunc(c.theirs[:i], func(e event) bool { return e.write() && e.table == c.theirs[i].table })
}
