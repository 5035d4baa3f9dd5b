package integration_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
)

// wireStatement is a statement that SQLAlchemy sent; its phase is catalog or program.
type wireStatement struct{ Phase, SQL string }

// spared says which of SQLAlchemy's statements Cupel does not need, and why: from the statement at position from, n of
// them. Positions count the statements of the phase program only.
type spared struct {
	from, n int
	why     string
}

const (
	keepsValues = "objects keep their values after a commit, so nothing is read again"
	stillThere  = "the session still has the customers that an earlier query read"
)

// programs are the tutorial's, with what Cupel spares and the round trips that it makes, of which one is for each batch
// with statements that the engine has not met: most of a program that runs once. SQLAlchemy's are counted in the
// recording: psycopg2 sends every statement, BEGIN too, in a trip of its own.
var programs = []struct {
	name   string
	spared []spared
	trips  int
}{
	{"ex_sa_06", nil, 8},
	{"ex_sa_06_again", nil, 1},
	{"ex_sa_07", []spared{{4, 1, keepsValues}}, 25},
	{"ex_sa_08", []spared{{4, 3, keepsValues}, {9, 5, keepsValues}, {27, 2, stillThere}}, 44},
	{"ex_sa_08b", nil, 18},
}

// spelling is what is the same in another spelling: applied to both sides.
var spelling = []difference{
	{"line breaks", regexp.MustCompile(`\s+`), " "},
	{"labels of columns", regexp.MustCompile(` AS (customer_|account_|count_1)\w*`), ""},
	{"name of a subquery", regexp.MustCompile(`\) AS (anon_1|counted)$`), ") AS counted"},
	{"many rows: VALUES", regexp.MustCompile(`^(INSERT INTO \w+ \([^)]*\)) VALUES \(.*\),\(.*\)( RETURNING .*)?$`), "$1 MANY$2"},
	{"the INSERT before a COMMIT checks its keys", regexp.MustCompile(`^WITH added AS \((.*)\) SELECT \* FROM added WHERE .*$`), "$1"},
	{"many rows: arrays", regexp.MustCompile(`^(INSERT INTO \w+ \([^)]*\)) SELECT cupel\..* ORDER BY cupel.cupel_ord( RETURNING .*)?$`), "$1 MANY$2"},
	{"keys that the program gave come back", regexp.MustCompile(`^(INSERT INTO account .*) RETURNING acct_no$`), "$1"},
	{"the UPDATE before a COMMIT checks its rows", regexp.MustCompile(`^WITH changed AS \((.*) RETURNING 1\) SELECT .*$`), "$1"},
	{"RETURNING", regexp.MustCompile(`RETURNING customer\.id`), "RETURNING id"},
	{"values: text", regexp.MustCompile(`'[^']*'(::timestamp)?`), "?"},
	{"values: numbers", regexp.MustCompile(`([=(,] ?|LIMIT )(\d+|NULL)\b`), "$1?"},
	{"values: NULL", regexp.MustCompile(`, NULL`), ", ?"},
	{"placeholders", regexp.MustCompile(`\$\d+`), "?"},
	{"blanks", regexp.MustCompile(` ?= ?`), " = "},
	{"comparison", regexp.MustCompile(`([<>]) = (\d+|\?)`), "$1= ?"},
	{"column types", regexp.MustCompile(`^ ?(CREATE TABLE \w+) .*$`), "$1"},
}

func plain(sql string) string {
	for _, d := range spelling {
		sql = d.pattern.ReplaceAllString(sql, d.with)
	}
	return sql
}

// TestBankSendsWhatTheTutorialSends compares the statements on the wire with those that SQLAlchemy sent, in order, and
// counts the round trips of both.
func TestBankSendsWhatTheTutorialSends(t *testing.T) {
	t.Parallel()
	proxy, dsn := watched(t)
	p, err := bank.Open(ctx, dsn, io.Discard, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	for i, step := range p.Steps() {
		proxy.Reset()
		if err := step.Run(ctx); err != nil {
			t.Fatal(err)
		}
		want := programs[i]
		theirs := recorded(t, want.name)
		ours := proxy.Statements()
		compareLines(t, want.name, list(ours), wanted(theirs, want.spared))
		t.Logf("%-14s round trips: SQLAlchemy %d, Cupel %d", want.name, len(theirs), proxy.Trips())
		if proxy.Trips() != want.trips || proxy.Trips() > len(theirs) {
			t.Errorf("%s takes %d round trips, want %d; SQLAlchemy takes %d", want.name, proxy.Trips(), want.trips, len(theirs))
		}
	}
}

// framing begins and ends transactions: Cupel sends none of it around what only reads, or is one statement. CreateAll has a lock, too.
var framing = regexp.MustCompile(`^(BEGIN|COMMIT|ROLLBACK|SELECT pg_advisory_xact_lock)\b`)

// list returns the statements of the program, without those that look into the catalog.
func list(statements []pgproxy.Statement) string {
	var lines []string
	for _, s := range statements {
		if !strings.Contains(s.SQL, "pg_catalog") && !framing.MatchString(s.SQL) {
			lines = append(lines, plain(s.SQL))
		}
	}
	return strings.Join(lines, "\n")
}

func wanted(theirs []wireStatement, without []spared) string {
	var lines []string
	n := -1
next:
	for _, s := range theirs {
		if s.Phase != "program" {
			continue
		}
		n++
		for _, w := range without {
			if n >= w.from && n < w.from+w.n {
				continue next
			}
		}
		if !framing.MatchString(s.SQL) {
			lines = append(lines, plain(s.SQL))
		}
	}
	return strings.Join(lines, "\n")
}

func recorded(t *testing.T, name string) []wireStatement {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "bank", name+".wire.json"))
	if err != nil {
		t.Fatal(err)
	}
	var statements []wireStatement
	if err := json.Unmarshal(text, &statements); err != nil {
		t.Fatal(err)
	}
	return statements
}

// watched returns a database of the test's own, and a proxy that watches what is sent to it.
func watched(t *testing.T) (proxy *pgproxy.Proxy, dsn string) {
	t.Helper()
	return watch(t, pgtest.Database(t))
}

// watch puts a proxy before a database and returns the DSN through it.
func watch(t *testing.T, direct string) (proxy *pgproxy.Proxy, dsn string) {
	t.Helper()
	target, err := pgproxy.Target(direct)
	if err != nil {
		t.Fatal(err)
	}
	if proxy, err = pgproxy.Start(target); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := proxy.Close(); err != nil {
			t.Error(err)
		}
	})
	if dsn, err = proxy.DSN(direct); err != nil {
		t.Fatal(err)
	}
	return proxy, dsn
}
