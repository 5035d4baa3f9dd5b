package uow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
)

// told makes events of statements, "MARK text" and "OBS label"; " FAILED" behind a statement marks it.
func told(lines ...string) []event {
	var es []event
	for _, l := range lines {
		sql, failed := strings.CutSuffix(l, " FAILED")
		word, rest, _ := strings.Cut(sql, " ")
		switch word {
		case opMark, opObs:
			es = append(es, event{op: word, text: rest})
		case "BEGIN", "COMMIT", "ROLLBACK":
			es = append(es, event{op: word})
		default:
			e := parse(sql)
			e.failed = failed
			es = append(es, e)
		}
	}
	return es
}

// Statements of the checks below.
const (
	load    = "SELECT customer.id AS customer_id FROM customer WHERE customer.id = %(pk_1)s"
	loadOne = "SELECT customer.id FROM customer WHERE customer.id = $1"
	change  = "UPDATE customer SET email=%(email)s WHERE customer.id = %(customer_id)s"
	insert  = "INSERT INTO customer (first_name) VALUES (%(first_name)s)"
	remove  = "DELETE FROM customer WHERE customer.id = %(id)s"
)

// comparisons are what TestComparison checks; fine says whether the two sides pass as the same.
var comparisons = []struct {
	name         string
	theirs, ours []event
	named        []*difference
	fine         bool
}{
	{"equal", told("BEGIN", load, change, "COMMIT"), told("BEGIN", loadOne, change, "COMMIT"), nil, true},
	{"a statement less", told("BEGIN", load, change, "COMMIT"), told("BEGIN", loadOne, "COMMIT"), nil, false},
	{"a statement more", told("BEGIN", load, "COMMIT"), told("BEGIN", loadOne, loadOne, "COMMIT"), nil, false},
	{"another order", told("BEGIN", change, insert, "COMMIT"), told("BEGIN", insert, change, "COMMIT"), nil, false},
	{"another column", told(change), told("UPDATE customer SET mobile = $1 WHERE customer.id = $2"), nil, false},
	{"another table", told(remove), told("DELETE FROM account WHERE account.acct_no = $1"), nil, false},
	{"another end", told("BEGIN", change, "COMMIT"), told("BEGIN", change, "ROLLBACK"), nil, false},
	{"a lone statement", told("BEGIN", change, "COMMIT", "MARK x"), told(change, "MARK x"), nil, true},
	{"two lone statements", told("BEGIN", change, change, "COMMIT"), told(change, change), nil, false},
	{"no BEGIN for what only reads", told("BEGIN", load, "MARK x", "ROLLBACK"), told(loadOne, "MARK x"), nil, true},
	{"BEGIN with the first write", told("BEGIN", load, "MARK x", change, "COMMIT"), told(loadOne, "MARK x", "BEGIN", change, "COMMIT"), nil, true},
	{"across a mark", told(change, "MARK x"), told("MARK x", change), nil, false},
	{"it did not fail", told(change + " FAILED"), told(change), nil, false},

	{
		"no reload", told("BEGIN", load, "COMMIT", "BEGIN", load, "OBS id", "ROLLBACK"),
		told("BEGIN", loadOne, "COMMIT", "OBS id"),
		[]*difference{keepsValues},
		true,
	},
	{"no first load", told("BEGIN", load, "COMMIT"), nil, []*difference{keepsValues}, false},
	{
		"no UPDATE", told("BEGIN", load, "COMMIT", "BEGIN", change, "COMMIT"),
		told("BEGIN", loadOne, "COMMIT"),
		[]*difference{keepsValues},
		false,
	},
	{"named for nothing", told("BEGIN", change, "COMMIT"), told("BEGIN", change, "COMMIT"), []*difference{keepsValues}, false},

	{"two rows, one statement", told(remove, remove), told("DELETE FROM customer WHERE customer.id = $1"), nil, false},
	{"a row lost", told(remove, remove), told(remove), []*difference{manyRows}, false},
	{"more statements", told(remove), told(remove, remove), []*difference{manyRows}, false},

	{
		"rollback later", told("BEGIN", insert+" FAILED", "ROLLBACK", "OBS e"),
		told("BEGIN", insert+" FAILED", "OBS e", "ROLLBACK"),
		[]*difference{rollbackWaits},
		true,
	},
	{
		"no rollback", told("BEGIN", insert+" FAILED", "ROLLBACK", "OBS e"),
		told("BEGIN", insert+" FAILED", "OBS e"),
		[]*difference{rollbackWaits},
		false,
	},
	{
		"work before the rollback", told("BEGIN", insert+" FAILED", "ROLLBACK", "OBS e"),
		told("BEGIN", insert+" FAILED", "OBS e", loadOne, "ROLLBACK"),
		[]*difference{rollbackWaits},
		false,
	},
}

// TestComparison checks that the comparison of statements finds what differs, and that a named difference excuses
// nothing else.
func TestComparison(t *testing.T) {
	for _, c := range comparisons {
		rec := &recording{Observations: []observation{{Label: "e", Error: &failure{}}}}
		cmp := newComparison(rec, &run{}, c.named, c.theirs, c.ours)
		cmp.statements()
		cmp.unused()
		if (len(cmp.problems) == 0) != c.fine {
			t.Errorf("%s: fine is %v, problems are %q", c.name, !c.fine, cmp.problems)
		}
	}
}

// TestManyRowsInOneStatement checks that rows are counted, and that one statement for several must be named.
func TestManyRowsInOneStatement(t *testing.T) {
	many := theirs([]entry{{Op: "SQL", SQL: remove, Executemany: true, Params: []any{1, 2}}})
	two, three := parse(remove), parse(remove)
	two.rows, three.rows = 2, 3
	for _, c := range []struct {
		ours  event
		named []*difference
		fine  bool
	}{
		{two, nil, false},
		{two, []*difference{manyRows}, true},
		{three, []*difference{manyRows}, false},
	} {
		cmp := newComparison(&recording{}, &run{}, c.named, many, []event{c.ours})
		cmp.statements()
		cmp.unused()
		if (len(cmp.problems) == 0) != c.fine {
			t.Errorf("%d rows, %d named: problems are %q", c.ours.rows, len(c.named), cmp.problems)
		}
	}
}

// TestReloadIsOfARowThatWasMet checks that only the SELECT of a row that was met before the commit may be missing.
func TestReloadIsOfARowThatWasMet(t *testing.T) {
	for _, again := range []string{"[1]", "[2]"} {
		es := told("BEGIN", load, "COMMIT", "BEGIN", load, "OBS e", "ROLLBACK")
		es[1].params, es[4].params = "[1]", again
		cmp := newComparison(&recording{}, &run{}, []*difference{keepsValues}, es, told("BEGIN", loadOne, "COMMIT", "OBS e"))
		cmp.statements()
		if (len(cmp.problems) == 0) != (again == "[1]") {
			t.Errorf("reload of %s: problems are %q", again, cmp.problems)
		}
	}
}

// TestObservations checks that values, errors and labels are told apart.
func TestObservations(t *testing.T) {
	value := func(v any) observation { return observation{Label: "x", Value: plain(v)} }
	noRow := observation{Label: "x", Error: &failure{Class: "sqlalchemy.exc.NoResultFound"}}
	for _, c := range []struct {
		name      string
		want, got observation
		named     []*difference
		fine      bool
	}{
		{"equal", value([]int{1, 2}), value([]int64{1, 2}), nil, true},
		{"another order", value([]int{1, 2}), value([]int{2, 1}), nil, false},
		{"none", value(nil), value((*int)(nil)), nil, true},
		{"an error instead", value(1), observation{Label: "x", err: query.ErrNoRows}, nil, false},
		{"no error", noRow, value(nil), nil, false},
		{"the error", noRow, observation{Label: "x", err: query.ErrNoRows}, nil, true},
		{"another error", noRow, observation{Label: "x", err: errors.New("other")}, nil, false},
		{"another label", value(1), observation{Label: "y", Value: plain(1)}, nil, false},
		{"in", value("pending"), value(stateIn), []*difference{statesInOrOut}, true},
		{"out", value("pending"), value(stateOut), []*difference{statesInOrOut}, false},
		{"unnamed", value("pending"), value(stateIn), nil, false},
		{"another time", value("2024-01-01 00:00:01"), value("2024-01-01 00:00:02"), []*difference{fewerTimes}, true},
		{"another day", value("2024-01-01 00:00:01"), value("2024-01-02 00:00:01"), []*difference{fewerTimes}, false},
	} {
		rec := &recording{Observations: []observation{c.want}}
		cmp := newComparison(rec, &run{observed: []observation{c.got}}, c.named, nil, nil)
		cmp.observations()
		if (len(cmp.problems) == 0) != c.fine {
			t.Errorf("%s: fine is %v, problems are %q", c.name, !c.fine, cmp.problems)
		}
	}
}

// TestDifferencesAreListed checks that what scenarios name is in the one list, each with its reason.
func TestDifferencesAreListed(t *testing.T) {
	for id, s := range together(scenarios(), siblings()) {
		for _, d := range s.named {
			if !slices.Contains(differences, d) || d.why == "" {
				t.Errorf("%s names the difference %q, which is not in the list with a reason", id, d.name)
			}
		}
		if s.outcome != compared && s.why == "" {
			t.Errorf("%s gives no reason", id)
		}
	}
}
