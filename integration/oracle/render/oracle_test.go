package render_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// registered are all cases that have a Go side, by their ids.
func registered(t *testing.T) cases {
	t.Helper()
	all := cases{}
	for _, g := range groups {
		for id, c := range g {
			if _, twice := all[id]; twice {
				t.Errorf("%s: registered twice", id)
			}
			all[id] = c
		}
	}
	return all
}

// TestOracle runs every recorded case that has a Go side.
func TestOracle(t *testing.T) {
	recorded, ours := load(t), registered(t)
	b := newBed(t)
	typeErrors := refusals(t, ours)
	var r report
	seen := map[string]bool{}
	for i := range recorded {
		d := &recorded[i]
		seen[d.ID] = true
		c, known := ours[d.ID]
		if !known {
			r.add(d, uncovered, "")
			continue
		}
		st, why := judge(t, b, d, c, typeErrors[d.ID])
		r.add(d, st, why)
	}
	if folder() == standard {
		for _, id := range slices.Sorted(maps.Keys(ours)) {
			if !seen[id] {
				t.Errorf("%s: no such case is recorded", id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(differences)) {
			if !seen[id] {
				t.Errorf("%s: a difference of no recorded case", id)
			}
		}
	}
	if n := r.total[inapplicable]; 20*n > len(recorded) {
		t.Errorf("%d of %d cases are said to be not applicable, more than 5 %%", n, len(recorded))
	}
	t.Logf("\n%s", r.table())
}

// judge runs a case and says what became of it.
func judge(t *testing.T, b *bed, d *data, c testCase, typeError string) (status, string) {
	t.Helper()
	if c.run == nil && c.refused == "" {
		return c.status, c.why
	}
	var why string
	o := &outcome{}
	if c.refused != "" {
		o = nil
		why = refusedWhy(d, c, typeError)
	} else {
		o, why = try(t, b, d, c)
	}
	if c.status == wrong {
		return judgeWrong(t, d, c, why)
	}
	diff, listed := differences[d.ID]
	switch {
	case listed && why == "":
		t.Errorf("%s: listed as a difference (%s), but it does not differ", d.ID, diff.why)
	case listed:
		if other := diff.mismatch(o, b.before); other != "" {
			t.Errorf("%s: it differs in another way than listed: %s\n%s", d.ID, other, why)
			return failed, why
		}
		return differs, diff.why
	case why != "":
		t.Errorf("%s: %s\n%s", d.ID, d.Expr, why)
		return failed, why
	}
	return passed, ""
}

// try runs a case, and says in what it is not as recorded. It runs it a second time, when the connection knows the
// statements, and a statement a third time without a session: nothing may depend on that.
func try(t *testing.T, b *bed, d *data, c testCase) (*outcome, string) {
	t.Helper()
	ways := []func(testCase) (*outcome, error){b.run, b.run}
	if c.on != nil {
		ways = append(ways, b.outside)
	}
	var first *outcome
	var why string
	for i, run := range ways {
		o, err := run(c)
		if err != nil {
			t.Fatalf("%s: the test bed fails: %v", d.ID, err)
		}
		other := mismatch(d, o, b.before)
		if i == 0 {
			first, why = o, other
		} else if (other == "") != (why == "") {
			return first, fmt.Sprintf("it depends on how it is run; first: %s\n%q, then: %s\n%q", first, why, o, other)
		}
	}
	return first, why
}

func judgeWrong(t *testing.T, d *data, c testCase, why string) (status, string) {
	t.Helper()
	switch {
	case why == "":
		t.Errorf("%s: marked as wrong (%s), but it is right", d.ID, c.why)
		return failed, c.why
	case os.Getenv("CUPEL_ORACLE_STRICT") == "1":
		t.Errorf("%s: %s\n%s", d.ID, c.why, why)
	}
	return wrong, c.why
}

// report counts what became of the cases.
type report struct {
	groups []string
	counts map[string]*[statuses]int
	total  [statuses]int
	notes  [statuses][]string
}

func (r *report) add(d *data, s status, why string) {
	if r.counts == nil {
		r.counts = map[string]*[statuses]int{}
	}
	if r.counts[d.Group] == nil {
		r.groups = append(r.groups, d.Group)
		r.counts[d.Group] = &[statuses]int{}
	}
	r.counts[d.Group][s]++
	r.total[s]++
	if why != "" && s != failed {
		r.notes[s] = append(r.notes[s], d.ID+": "+why)
	}
}

func (r *report) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(name string, counts [statuses]int) {
		all := 0
		for _, n := range counts {
			all += n
		}
		fmt.Fprintf(w, "%s\t%d\t", name, all)
		for _, n := range counts {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "group\tcases\t")
	for s := range statuses {
		fmt.Fprintf(w, "%s\t", s)
	}
	fmt.Fprintln(w)
	for _, g := range r.groups {
		line(g, *r.counts[g])
	}
	line("all", r.total)
	w.Flush()
	for s, notes := range r.notes {
		if len(notes) > 0 {
			fmt.Fprintf(&b, "\n%s:\n", status(s))
		}
		for _, n := range notes {
			fmt.Fprintf(&b, "  %s\n", n)
		}
	}
	return b.String()
}
