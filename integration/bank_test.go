package integration_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var ctx = context.Background()

// difference is a way in which Cupel's output is allowed to differ from the tutorial's. It is applied to both sides.
type difference struct {
	name    string
	pattern *regexp.Regexp
	with    string
}

// allowed are all differences between what the tutorial prints and what examples/bank prints.
var allowed = []difference{
	{"log time", regexp.MustCompile(`(?m)^(<LOGTIME>|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - `), "<TIME> - "},
	{"time stamps, numbered by column of a row: Go may make two of them in one microsecond", nil, ""},
	{"the database's address", regexp.MustCompile(`Postgres database url: \S+`), "Postgres database url: <URL>"},
	{"plain column names instead of labels", regexp.MustCompile(` AS (customer|account)_\w+`), ""},
	{"placeholders: $1 instead of a name", regexp.MustCompile(`%\((last_name|param)_1\)s`), "$$1"},
	{"IN shows its values", regexp.MustCompile(`IN \(__\[POSTCOMPILE_last_name_1\]\)`), "IN ($$1, $$2)"},
	{"NULL instead of None", regexp.MustCompile(`\bNone\b`), "NULL"},
	{"the error of LIKE under evaluate", regexp.MustCompile(`- (sqlalchemy\.exc\.InvalidRequestError: Could not evaluate.*|` +
		`session: cannot evaluate condition in memory: LIKE; use SyncFetch or SyncNone)`), "- <CANNOT EVALUATE LIKE>"},
}

var stamps = regexp.MustCompile(`acct_no=(\d+),(.*) acct_open_dt=(<TS\d+>|[^,]*), acct_update_dt=(<TS\d+>|[^,]*)`)

// normal applies the allowed differences to an output.
func normal(text string) string {
	for _, d := range allowed {
		if d.pattern != nil {
			text = d.pattern.ReplaceAllString(text, d.with)
		} else {
			text = numberStamps(text)
		}
	}
	return text
}

// numberStamps replaces each time stamp by the number of the different ones seen in its row and column.
func numberStamps(text string) string {
	seen := map[string][]string{}
	number := func(column, stamp string) string {
		if !slices.Contains(seen[column], stamp) {
			seen[column] = append(seen[column], stamp)
		}
		return fmt.Sprintf("<%s %d>", column, slices.Index(seen[column], stamp)+1)
	}
	return stamps.ReplaceAllStringFunc(text, func(line string) string {
		m := stamps.FindStringSubmatch(line)
		return fmt.Sprintf("acct_no=%s,%s acct_open_dt=%s, acct_update_dt=%s",
			m[1], m[2], number("open "+m[1], m[3]), number("update "+m[1], m[4]))
	})
}

// ties puts lines of a result whose order the statement leaves open into one order: those of equal count in the grouped
// query, which its ORDER BY count does not tell apart.
func ties(text string) string {
	const head = "GROUP BY customer.id ORDER BY count\n"
	before, after, found := strings.Cut(text, head)
	if !found {
		return text
	}
	lines := strings.SplitAfter(after, "\n")
	n := 0
	for n < len(lines) && strings.Contains(lines[n], "- ('") {
		n++
	}
	sortByCount(lines[:n])
	return before + head + strings.Join(lines, "")
}

// TestBankPrintsWhatTheTutorialPrints compares the example's output with SQLAlchemy's, line by line.
func TestBankPrintsWhatTheTutorialPrints(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p, err := bank.Open(ctx, pgtest.Database(t), &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	for _, step := range p.Steps() {
		out.Reset()
		p.Greet()
		if err := step.Run(ctx); err != nil {
			t.Fatalf("%s: %v", step.Name, err)
		}
		want, err := os.ReadFile(filepath.Join("testdata", "bank", step.Name+".out.txt"))
		if err != nil {
			t.Fatal(err)
		}
		compareLines(t, step.Name, ties(normal(out.String())), ties(normal(string(want))))
	}
}

func compareLines(t *testing.T, name, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Errorf("%s, line %d:\n\tprinted  %s\n\ttutorial %s", name, i+1, a, b)
		}
	}
}
