// Package guide_test has the guide's code: each question of querying.md is a method of Questions, whose comment is the heading and the text, and
// whose body is the Go code that the guide shows. What it shows as SQL is what a session sends when the method runs on a PostgreSQL.
package guide_test

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/docs/guide/blocks"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/session"
)

var update = flag.Bool("update", false, "write querying.md anew")

// Questions has a method for each question of the guide. What it returns is shown as the result.
type Questions struct{}

// chapters are the parts of the guide, in its order: the file in which the questions are, and the heading.
var chapters = []struct{ file, title string }{
	{"first", "First steps"},
	{"filters", "Filters"},
	{"null", "NULL"},
	{"text", "Text"},
	{"numbers", "Numbers"},
	{"times", "Dates and times"},
	{"joins", "Joins"},
	{"related", "Relationships"},
	{"aggregates", "Aggregates"},
	{"windows", "Windows"},
	{"subqueries", "Subqueries"},
	{"derived", "Queries as tables"},
	{"sets", "Set operations"},
	{"rows", "Values and functions as tables"},
	{"json", "JSON"},
	{"arrays", "Arrays"},
	{"ranges", "Ranges"},
	{"search", "Full text"},
	{"results", "Results"},
	{"insert", "INSERT"},
	{"change", "UPDATE, DELETE, MERGE"},
	{"locks", "Locks"},
	{"rawsql", "SQL text and squirrel"},
	{"debug", "Printing and debugging"},
}

func TestMain(m *testing.M) {
	time.Local = time.UTC // what the guide prints is the same everywhere
	os.Exit(pgtest.Main(m))
}

// question is what the sources have of a method of Questions.
type question struct{ name, heading, text, body string }

// questionsOf reads the questions of a file.
func questionsOf(t *testing.T, file string) []question {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var all []question
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv == nil {
			continue
		}
		heading, text, _ := strings.Cut(fn.Doc.Text(), "\n")
		if !strings.HasSuffix(heading, "?") {
			t.Errorf("%s: the comment of %s does not begin with a question", file, fn.Name)
		}
		body := string(src[fset.Position(fn.Body.Lbrace).Offset+1 : fset.Position(fn.Body.Rbrace).Offset])
		body = strings.ReplaceAll(strings.Trim(body, "\n"), "\n\t", "\n")
		all = append(all, question{fn.Name.Name, heading, strings.TrimSpace(text), strings.TrimPrefix(body, "\t")})
	}
	return all
}

// run runs a question in a transaction of its own, which is rolled back, and returns the statements sent and the rows.
func (q question) run(ctx context.Context, t *testing.T, dsn string) (sent, rows []string) {
	t.Helper()
	var log blocks.Recorder
	eng, err := session.Open(ctx, dsn, Schema, session.Options{Logger: slog.New(&log)})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	s := eng.Session()
	defer s.Close(ctx)
	m := reflect.ValueOf(Questions{}).MethodByName(q.name)
	if !m.IsValid() {
		t.Fatalf("%s: no exported method of Questions", q.name)
	}
	out := m.Interface().(func(context.Context, *session.Session) (any, error))
	got, err := out(ctx, s)
	if err != nil {
		t.Errorf("%s: %v", q.name, err)
	}
	sent = slices.DeleteFunc(log.Sent(), func(sql string) bool { return strings.HasPrefix(sql, "BEGIN") })
	return sent, shown(got)
}

// section is a question as the guide has it: heading, text, Go, SQL and what came back.
func (q question) section(ctx context.Context, t *testing.T, dsn string) string {
	t.Helper()
	sent, rows := q.run(ctx, t, dsn)
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n", q.heading)
	if q.text != "" {
		b.WriteString(q.text + "\n\n")
	}
	fmt.Fprintf(&b, "```go\n%s\n```\n\n", q.body)
	if len(sent) == 0 && len(rows) == 0 {
		t.Errorf("%s shows neither SQL nor a result", q.name)
	}
	b.WriteString("```sql\n")
	end := "\n"
	if len(sent) > 1 {
		end = ";\n"
	}
	for _, sql := range sent {
		b.WriteString(broken(sql) + end)
	}
	for _, row := range rows {
		b.WriteString("-- " + strings.ReplaceAll(row, " \n", "\n-- ") + "\n")
	}
	b.WriteString("```\n\n")
	return b.String()
}

// TestGuide: querying.md is what the sources here make of it, and each question runs on a PostgreSQL. After a change, go test ./docs/guide -update.
func TestGuide(t *testing.T) {
	ctx := t.Context()
	dsn := pgtest.Clone(t, "guide", func(dsn string) error {
		eng, err := session.Open(ctx, dsn, Schema, session.Options{})
		if err != nil {
			return err
		}
		defer eng.Close()
		if err := Schema.CreateAll(ctx, eng); err != nil {
			return err
		}
		return seed(ctx, eng)
	})
	var contents, sections strings.Builder
	files := []string{"guide_test.go", "model_test.go", "show_test.go"}
	asked := 0
	for _, ch := range chapters {
		file := ch.file + "_test.go"
		files = append(files, file)
		fmt.Fprintf(&contents, "\n**%s**\n\n", ch.title)
		fmt.Fprintf(&sections, "## %s\n\n", ch.title)
		for _, q := range questionsOf(t, file) {
			asked++
			fmt.Fprintf(&contents, "- [%s](#%s)\n", q.heading, anchor(q.heading))
			sections.WriteString(q.section(ctx, t, dsn))
		}
	}
	there, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(files); !slices.Equal(there, files) {
		t.Errorf("the files are %v, the chapters' are %v", there, files)
	}
	if n := reflect.TypeFor[Questions]().NumMethod(); n != asked {
		t.Errorf("Questions has %d methods, of which the guide has %d", n, asked)
	}
	text := introduction(t) + contents.String() + "\n" + strings.TrimSuffix(sections.String(), "\n")
	if *update {
		if err := os.WriteFile("querying.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compare(t, "querying.md", text)
}

// compare reports the first line in which a file is another than its sources make it.
func compare(t *testing.T, file, want string) {
	t.Helper()
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(string(have), "\n"), strings.Split(want, "\n")
	for i := range max(len(got), len(wanted)) {
		if i >= len(got) || i >= len(wanted) || got[i] != wanted[i] {
			t.Fatalf("%s:%d is not what the sources make of it; run go test ./docs/guide -update\nit is:      %s\nit is made: %s",
				file, i+1, strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""), strings.Join(wanted[min(i, len(wanted)):min(i+1, len(wanted))], ""))
		}
	}
}
