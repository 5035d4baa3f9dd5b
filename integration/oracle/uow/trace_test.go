package uow_test

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/cupel-go/cupel/integration/pgproxy"
)

// event is one thing that happened in a scenario, in the same form for both sides.
type event struct {
	op      string // BEGIN, COMMIT, ROLLBACK …; SELECT, INSERT, UPDATE, DELETE; CATALOG; MARK; OBS
	table   string
	columns string // those that an INSERT or UPDATE names, in its order
	text    string // of a mark, or the label of an observation
	sql     string
	params  string // of a statement of theirs
	rows    int    // of an INSERT, UPDATE or DELETE of objects: how many it writes
	sent    int    // how many statements this was on the wire
	failed  bool
}

// The kinds of event that are no SQL.
const (
	opMark    = "MARK"
	opObs     = "OBS"
	opCatalog = "CATALOG"
	opBack    = "ROLLBACK TO SAVEPOINT"
)

// String returns what is compared of an event.
func (e event) String() string {
	s := strings.TrimSpace(strings.Join([]string{e.op, e.table, e.text}, " "))
	s = strings.Join(strings.Fields(s), " ")
	if e.columns != "" {
		s += " (" + e.columns + ")"
	}
	if e.rows > 1 {
		s += fmt.Sprintf(" × %d", e.rows)
	}
	if e.sent > 1 {
		s += fmt.Sprintf(" in %d statements", e.sent)
	}
	if e.failed {
		s += " FAILED"
	}
	return s
}

// frame reports whether the event begins or ends a transaction.
func (e event) frame() bool { return e.op == "BEGIN" || e.op == "COMMIT" || e.op == "ROLLBACK" }

// goesBack reports whether the event undoes a transaction, or what was done since a savepoint.
func (e event) goesBack() bool { return e.op == "ROLLBACK" || e.op == opBack }

// note reports whether the event is a mark or an observation.
func (e event) note() bool { return e.op == opMark || e.op == opObs }

// write reports whether the event writes rows.
func (e event) write() bool { return e.op == "INSERT" || e.op == "UPDATE" || e.op == "DELETE" }

// The spelling of statements. An UPDATE that travels with its COMMIT checks its rows itself: what is around it is no
// statement of its own.
var (
	checked    = regexp.MustCompile(`^WITH (?:changed AS \((.*) RETURNING (?:1|[^()]* AS k1.*)\) SELECT CASE|added AS \((.*)\) SELECT \* FROM added WHERE) .*$`)
	fromTable  = regexp.MustCompile(`FROM "?(\w+)`)
	insertInto = regexp.MustCompile(`^INSERT INTO "?(\w+)"?(?: \(([^)]*)\))?`)
	updateOf   = regexp.MustCompile(`^UPDATE "?(\w+)"? SET (.*?)(?: FROM unnest\(.*| WHERE .*|$)`)
	setColumn  = regexp.MustCompile(`(?:^|, )(\w+) ?=`)
)

// parse returns the event that a statement is.
func parse(sql string) event {
	sql = strings.Join(strings.Fields(sql), " ")
	if m := checked.FindStringSubmatch(sql); m != nil {
		sql = m[1] + m[2]
	}
	word, _, _ := strings.Cut(sql, " ")
	e := event{op: strings.ToUpper(word), sql: sql, sent: 1}
	switch e.op {
	case "SAVEPOINT":
		return event{op: e.op}
	case "ROLLBACK":
		if strings.HasPrefix(sql, "ROLLBACK TO SAVEPOINT") {
			return event{op: opBack}
		}
	case "SELECT", "DELETE":
		if m := fromTable.FindStringSubmatch(sql); m != nil {
			e.table = m[1]
		}
		if strings.Contains(sql, "pg_catalog.") {
			e.op, e.table = opCatalog, ""
		}
	case "INSERT":
		if m := insertInto.FindStringSubmatch(sql); m != nil {
			e.table, e.columns = m[1], m[2]
		}
	case "UPDATE":
		if m := updateOf.FindStringSubmatch(sql); m != nil {
			e.table = m[1]
			var columns []string
			for _, c := range setColumn.FindAllStringSubmatch(m[2], -1) {
				columns = append(columns, c[1])
			}
			e.columns = strings.Join(columns, ", ")
		}
	}
	if e.write() {
		e.rows = 1
	}
	return e
}

// theirs returns the events of a recording. An executemany is one event; on the wire its INSERT is one statement, its
// UPDATE or DELETE one a row.
func theirs(log []entry) []event {
	var es []event
	for _, l := range log {
		switch l.Op {
		case opMark:
			es = append(es, event{op: opMark, text: l.Text})
		case opObs:
			es = append(es, event{op: opObs, text: l.Label})
		case "SQL":
			e := parse(l.SQL)
			e.failed, e.params = l.Failed, text(l.Params)
			if l.Executemany && e.write() {
				e.rows = len(l.Params)
				if e.op != "INSERT" {
					e.sent = e.rows
				}
			}
			es = append(es, e)
		default:
			es = append(es, event{op: l.Op})
		}
	}
	return es
}

// variant returns the statements of another order that SQLAlchemy may send.
func variant(statements [][]any) []event {
	var es []event
	for _, s := range statements {
		if sql, ok := s[0].(string); ok {
			e := parse(sql)
			e.params = text(s[len(s)-1])
			es = append(es, e)
		}
	}
	return es
}

// ours returns the event that a statement on the wire is.
func ours(s pgproxy.Statement) event {
	e := parse(s.SQL)
	switch {
	case e.frame():
		e = event{op: e.op}
	case !e.write():
	case firstArray.MatchString(e.sql):
		e.rows = length(s)
	case e.op == "INSERT" && e.columns != "":
		e.rows = max(1, len(s.Params)/(strings.Count(e.columns, ",")+1))
	}
	return e
}

// firstArray finds a statement's first array argument.
var firstArray = regexp.MustCompile(`(?:unnest\((?:nullif\()?|ANY\()\$(\d+)`)

// length returns the number of elements of a statement's first array.
func length(s pgproxy.Statement) int {
	const header = 16 // dimensions, has NULL, element type, size of the first dimension
	n, err := strconv.Atoi(firstArray.FindStringSubmatch(s.SQL)[1])
	if err != nil || n > len(s.Params) {
		return 1
	}
	if p := s.Params[n-1]; s.Formats[n-1] == 1 && len(p) >= header {
		return int(binary.BigEndian.Uint32(p[12:]))
	}
	return strings.Count(string(s.Params[n-1]), ",") + 1
}
