package guide_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// most is how many rows of a result the guide shows.
const most = 6

// shown returns what a question returned as lines: one a row.
func shown(got any) []string {
	if got == nil {
		return nil
	}
	v := reflect.ValueOf(got)
	if _, raw := got.(json.RawMessage); v.Kind() != reflect.Slice || raw {
		return []string{value(got)}
	}
	if v.Len() == 0 {
		return []string{"no rows"}
	}
	var rows []string
	for i := range min(v.Len(), most) {
		rows = append(rows, value(v.Index(i).Interface()))
	}
	if v.Len() > most {
		rows = append(rows, fmt.Sprintf("… %d rows", v.Len()))
	}
	return rows
}

// value is a value of a result for people.
func value(x any) string {
	switch x := x.(type) {
	case error:
		return "error: " + x.Error()
	case fmt.Stringer:
		return x.String()
	case json.RawMessage:
		return string(x)
	}
	if v := reflect.ValueOf(x); v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "NULL"
		}
		return value(v.Elem().Interface())
	}
	return fmt.Sprintf("%+v", x)
}

// clause finds where a clause begins, behind a blank.
var clause = regexp.MustCompile(`^ (FROM|(LEFT |RIGHT |FULL )OUTER JOIN|CROSS JOIN|JOIN|WHERE|GROUP BY|HAVING|WINDOW|ORDER BY|UNION|EXCEPT|INTERSECT|` +
	`SET|VALUES|RETURNING|ON CONFLICT|USING|WHEN (NOT )?MATCHED|SELECT|FOR (NO KEY )?UPDATE|UPDATE|DELETE|INSERT) `)

// within are words that a clause's own words may follow.
var within = regexp.MustCompile(`(OUTER|DO|UPDATE|THEN|FOR|NO KEY|DO UPDATE SET|THEN UPDATE SET|INSERT \([^)]*\))$`)

// broken returns a statement with a line for each clause where it is long: nothing but blanks become line ends.
func broken(sql string) string {
	sql = strings.ReplaceAll(sql, "  ", " ")
	if len(sql) <= 90 {
		return sql
	}
	var b strings.Builder
	depth := 0
	for i := range len(sql) {
		switch sql[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 && clause.MatchString(sql[i:]) && !within.MatchString(sql[:i]) {
				b.WriteByte('\n')
				continue
			}
		}
		b.WriteByte(sql[i])
	}
	return b.String()
}

// anchor is the name that a heading has as the target of a link.
func anchor(heading string) string {
	kept := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(heading), "")
	return strings.ReplaceAll(kept, " ", "-")
}

// introduction is what the guide says before its questions, with the mapping that the model has between two marks.
func introduction(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("model_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, mapping, _ := strings.Cut(string(src), "// begin mapping\n\n")
	mapping, _, ok := strings.Cut(mapping, "\n// end mapping")
	if !ok {
		t.Fatal("model_test.go has no marks around the mapping")
	}
	return fmt.Sprintf(beginning, mapping)
}

const beginning = `# Querying: how do I …?

<!-- Made from the sources in this directory by: go test ./docs/guide -update -->

One question a heading, Go and the SQL that it sends. Each piece of Go is the body of a function that a test runs on a PostgreSQL:

` + "```golang" + `
func(ctx context.Context, s *session.Session) (rows any, err error)
` + "```" + `

The SQL is what that session sends, with line ends put in; comments under it are what came back. An ` + "`*session.Engine`" + ` or
` + "`session.Wrap(conn)`" + ` in the place of ` + "`s`" + ` does the same, but that objects are not tracked.
Objects and what is written of them are in [sessions.md](sessions.md), commits and locks in [transactions.md](transactions.md), tests of your own in [testing.md](testing.md).

Five things to know before:

1. **A statement is an immutable value.** ` + "`q.Filter(…)`" + ` alone does nothing: it returns another query. Write ` + "`q = q.Filter(…)`" + `.
2. **What is selected is the type of a row.** ` + "`Select`" + ` takes one thing, ` + "`Select2`" + ` to ` + "`Select16`" + ` that many. "Too many arguments in call to
   query.Select" means that you want one of them; "cannot infer B", that a Go value stands where an expression belongs: ` + "`expr.Val(5)`" + `.
3. **Operators take Go values, their Expr twins take expressions:** ` + "`b.Year.Gt(1960)`, `b.Year.GtExpr(a.Born)`" + `. A value has the column's Go type.
4. **NULL is in the type.** A column that may be NULL is read into a pointer. A column of a table that an outer join may not find
   may be NULL, too: it says ` + "`OrNull()`" + `, and the query fails before anything is sent where it does not.
5. **A column of a derived table is named by the Go value that was selected there,** ` + "`query.Col(per, n)`" + `: the same variable, not a second one that renders the same.

The tables are those of a bookshop. ` + "`author` and `book`" + ` are mapped like this, and ` + "`customer`, `orders`, `line`, `genre` and `reading`" + ` are like them
([model_test.go](model_test.go)). ` + "`a`, `b`, `c`, `o`, `l`, `g` and `r`" + ` are ` + "`Authors`, `Books`, `Customers`, `Orders`, `Lines`, `Genres` and `Readings`" + `.

` + "```golang" + `
%s` + "```" + `
`
