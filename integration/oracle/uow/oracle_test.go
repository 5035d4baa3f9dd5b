package uow_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// result is how one scenario went.
type result struct {
	rec                *recording
	scenario           scenario
	known              bool
	problems           []string
	statements, theirs int
}

// TestOracle runs the scenarios of the recordings and prints a table of how they went, group by group.
func TestOracle(t *testing.T) { compareAll(t, recordings(t, folder()), scenarios()) }

// TestSiblings does the same with scenarios that are near to those: the same objects, one step more or in another order.
func TestSiblings(t *testing.T) {
	compareAll(t, recordings(t, filepath.Join(ownFolder, "siblings")), siblings())
}

func compareAll(t *testing.T, recs []*recording, registered group) {
	t.Helper()
	sets := modelSets(t)
	ids := map[string]bool{}
	results := make([]*result, len(recs))
	t.Run("scenarios", func(t *testing.T) {
		for i, rec := range recs {
			ids[rec.ID] = true
			s, known := registered[rec.ID]
			results[i] = &result{rec: rec, scenario: s, known: known}
			if known && s.do != nil {
				t.Run(rec.ID, func(t *testing.T) { results[i].play(t, sets) })
			}
		}
	})
	checkIDs(t, registered, ids)
	report(t, results)
}

// checkIDs fails on registrations that no recording has. A folder of one's own may hold only recordings that nobody
// has registered yet.
func checkIDs(t *testing.T, registered group, ids map[string]bool) {
	t.Helper()
	var none []string
	for _, id := range slices.Sorted(maps.Keys(registered)) {
		if !ids[id] {
			none = append(none, id)
		}
	}
	if len(none) == len(registered) && os.Getenv("CUPEL_ORACLE_UOW") != "" {
		return
	}
	for _, id := range none {
		t.Errorf("%s is registered, but there is no such recording", id)
	}
}

// play runs one scenario and judges it.
func (res *result) play(t *testing.T, sets map[string]modelSet) {
	t.Helper()
	t.Parallel()
	set, ok := sets[res.rec.Models]
	if !ok {
		t.Fatalf("there is no model set %s", res.rec.Models)
	}
	r := start(t, res.rec.Models, set)
	r.script(res.scenario.do)
	res.statements, res.theirs = count(r.events), count(theirs(res.rec.Log))
	switch res.scenario.outcome {
	case changed:
		res.problems = r.problems
		if r.wants == 0 {
			res.problems = append(res.problems, "nothing is asserted of what Cupel does instead")
		}
	default:
		res.problems = compare(res.rec, r, res.scenario.named)
	}
	res.judge(t)
}

func count(es []event) (n int) {
	for _, e := range es {
		n += e.sent
	}
	return n
}

// judge fails the test where a scenario does not go as it is registered.
func (res *result) judge(t *testing.T) {
	t.Helper()
	problems := strings.Join(res.problems, "\n")
	switch isWrong := res.scenario.outcome == wrong; {
	case isWrong && problems == "":
		t.Error("is registered as wrong, but does what SQLAlchemy does: register it as same")
	case isWrong && os.Getenv("CUPEL_ORACLE_STRICT") != "1":
		t.Logf("wrong: %s\n%s", res.scenario.why, problems)
	case problems != "":
		t.Errorf("%s\n%s", res.scenario.why, problems)
	}
}

// The columns of the table.
const (
	passed = iota
	named
	inapplicable
	byTheDesign
	later
	lacking
	wrongly
	failed
	uncovered
	columns
)

var heads = [columns]string{"passed", "named", "n/a", "design", "later", "missing", "wrong", "FAILED", "not yet"}

func (res *result) column() int {
	switch {
	case !res.known:
		return uncovered
	case res.scenario.outcome == wrong:
		return wrongly
	case len(res.problems) > 0:
		return failed
	}
	switch res.scenario.outcome {
	case notApplicable:
		return inapplicable
	case changed:
		return byTheDesign
	case needsPart:
		return later
	case missing:
		return lacking
	case compared, wrong:
	}
	if len(res.scenario.named) > 0 {
		return named
	}
	return passed
}

// most is the greatest part of the scenarios, in per cent, that may be bound to Python or changed by the design.
const most = 12

// report prints the table, the lists behind it and the differences, and fails when too much is put aside.
func report(t *testing.T, results []*result) {
	t.Helper()
	rows := map[string]*[columns]int{}
	var total [columns]int
	notes := make([][]string, columns)
	uses := map[*difference]int{}
	sent, theirs := 0, 0
	for _, res := range results {
		g, col := res.rec.Group, res.column()
		if rows[g] == nil {
			rows[g] = &[columns]int{}
		}
		rows[g][col]++
		total[col]++
		notes[col] = append(notes[col], fmt.Sprintf("%s: %s", res.rec.ID, res.scenario.why))
		sent, theirs = sent+res.statements, theirs+res.theirs
		for _, d := range res.scenario.named {
			uses[d]++
		}
	}
	t.Log(table(rows, total, len(results)))
	t.Logf("statements without BEGIN, COMMIT and ROLLBACK: SQLAlchemy %d, Cupel %d", theirs, sent)
	for _, col := range []int{inapplicable, byTheDesign, later, lacking, wrongly, failed, uncovered} {
		if len(notes[col]) > 0 {
			t.Logf("%s:\n\t%s", heads[col], strings.Join(notes[col], "\n\t"))
		}
	}
	for _, d := range differences {
		t.Logf("difference %q in %d scenarios: %s", d.name, uses[d], d.why)
	}
	if aside := total[inapplicable] + total[byTheDesign]; aside*100 > most*len(results) {
		t.Errorf("%d of %d scenarios are put aside as bound to Python or changed by the design; %d %% is the most", aside, len(results), most)
	}
}

func table(rows map[string]*[columns]int, total [columns]int, all int) string {
	var b strings.Builder
	line := func(name string, n int, cells [columns]int) {
		fmt.Fprintf(&b, "\n%-18s%6d", name, n)
		for _, c := range cells {
			fmt.Fprintf(&b, "%9d", c)
		}
	}
	fmt.Fprintf(&b, "\n%-18s%6s", "group", "all")
	for _, h := range heads {
		fmt.Fprintf(&b, "%9s", h)
	}
	for _, g := range slices.Sorted(maps.Keys(rows)) {
		n := 0
		for _, c := range rows[g] {
			n += c
		}
		line(g, n, *rows[g])
	}
	line("total", all, total)
	return b.String()
}
