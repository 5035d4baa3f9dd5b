package blocks_test

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/docs/guide/blocks"
)

var update = flag.Bool("update", false, "write the files in docs/guide/run anew")

// documents are those whose Go runs.
var documents = []string{"../../../README.md", "../sessions.md", "../transactions.md", "../testing.md", "../../sqlalchemy.md", "../../gorm.md"}

// TestGenerated: the files in docs/guide/run are what the documents make of them. After a change, go test ./docs/guide/blocks -update.
func TestGenerated(t *testing.T) {
	for _, path := range documents {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all, err := blocks.Read(string(text))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".md")
		code, err := blocks.Generate(name, all)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("../run", strings.ToLower(name)+"_gen_test.go")
		if *update {
			if err := os.WriteFile(file, code, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(code) {
			t.Errorf("%s is not what %s makes of it; run go test ./docs/guide/blocks -update", file, path)
		}
	}
}

const document = "# Things\n\n" +
	"```golang\nnot(read)\n```\n\n" +
	"## One\n\n<!-- before: x, err := f() -->\n\n" +
	"```go\none, err := get(1)\nfmt.Println(one) // 1, it is\nerr = other() // UPDATE …: once\nif errors.Is(err, two) {\n\treturn\n}\n_ = query.Select(one)\n```\n\n" +
	"```sql\nBEGIN\nINSERT INTO t\nON CONFLICT DO NOTHING -- of a row\nCOMMIT;\n```\n\n" +
	"## Two\n\n<!-- only compiled: it has no server -->\n```go\nopen()\n```\n\n" +
	"<!-- run:\nf()\n-->\n```go\nfunc f() {}\n```\n"

func TestRead(t *testing.T) {
	got, err := blocks.Read(document)
	if err != nil {
		t.Fatal(err)
	}
	want := []blocks.Block{
		{
			Heading: "One", Line: 12, Before: "x, err := f()", SQL: []string{"BEGIN", "INSERT INTO t ON CONFLICT DO NOTHING", "COMMIT"},
			Go: "one, err := get(1)\nfmt.Println(one) // 1, it is\nerr = other() // UPDATE …: once\nif errors.Is(err, two) {\n\treturn\n}\n_ = query.Select(one)\n",
		},
		{Heading: "Two", Line: 32, Go: "open()\n", OnlyCompiled: "it has no server"},
		{Heading: "Two", Line: 39, Go: "func f() {}\n", Run: "f()"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read %+v", got)
	}
	if p := got[0].Prints(); !reflect.DeepEqual(p, []string{"1, it is"}) {
		t.Errorf("prints %q", p)
	}
	if !got[0].Runs() || got[1].Runs() || !got[2].Runs() {
		t.Error("other blocks run")
	}
}

func TestReadReports(t *testing.T) {
	for text, wants := range map[string]string{
		"```sql\nSELECT 1\n```\n":                               "SQL of no Go",
		"```go\nf()\n```\n## Next\n```sql\nSELECT 1\n```\n":     "SQL of no Go",
		"<!-- before: f() -->\n## Next\n":                       "is of no block",
		"<!-- only compiled: f() -->\n":                         "is of no block",
		"<!-- bfore: f() -->\n```go\nf()\n```\n":                "what is",
		"<!-- run: f() -->\n<!-- run: g() -->\n```go\nf()\n```": "what is",
	} {
		if _, err := blocks.Read(text); err == nil || !strings.Contains(err.Error(), wants) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// body is what the first block of document becomes.
const body = `		x, err := f()
		_ = x
		prog.ok(err)
		prog.begin()
		{
			one, err := get(1)
			_ = one
			prog.ok(err)
			prog.prints("1, it is", one) // 1, it is
			prog.mark()
			err = other() // UPDATE …: once
			prog.sends("UPDATE …")
			if errors.Is(err, two) {
				return
			}
			prog.keep(query.Select(one), "")
			prog.end()
		}
`

func TestGenerate(t *testing.T) {
	all, err := blocks.Read(document)
	if err != nil {
		t.Fatal(err)
	}
	code, err := blocks.Generate("things", all)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{body, "\tnil, // Two\n", "\nfunc f() {}\n", "\"errors\"\n\n\t\"github.com/cupel-go/cupel/query\"\n"} {
		if !strings.Contains(string(code), want) {
			t.Errorf("there is no\n%s\nin\n%s", want, code)
		}
	}
}

// TestInstrument: an err is looked at by what reads it before it is set again, but not by what ends the function or only prints it.
func TestInstrument(t *testing.T) {
	for _, c := range []struct {
		name, code string
		checks     int
	}{
		{"last", "err = f()", 1},
		{"set again", "err = f()\nerr = g()\nreturn err", 1},
		{"read", "err = f()\nif errors.Is(err, x) {\n\tg()\n}", 0},
		{"read by what sets it", "err = f()\nerr = errors.Join(err, g())\nreturn err", 0},
		{"ends the function", "err = f()\nif err != nil {\n\treturn\n}", 1},
		{"printed", "err = f()\nfmt.Println(err)", 1},
		{"printed and compared", "err = f()\nfmt.Println(err) // <nil>", 0},
		{"one of an if's own", "err = f()\nif err := g(); errors.Is(err, x) {\n\th(err)\n}", 1},
		{"one of a block's own", "err = f()\n{\n\terr := g()\n\th(err)\n}", 1},
		{"one of a function's own", "err = f()\ng(func() error {\n\terr := h()\n\treturn err\n})", 1},
		{"one of a loop's own", "err = f()\nfor x, err := range g() {\n\th(x, err)\n}", 1},
		{"a loop's that nobody looks at", "for x, err := range g() {\n\tfmt.Println(x, err)\n}", 1},
	} {
		code, err := blocks.Generate("x", []blocks.Block{{Go: c.code + "\n"}})
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(code), "prog.ok(err)"); n != c.checks {
			t.Errorf("%s: %d checks in\n%s", c.name, n, code)
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		shown, text string
		want        bool
	}{
		{"SELECT a, … FROM t", "SELECT a, b, c FROM t", true},
		{"SELECT a, … FROM t", "SELECT a, b FROM t WHERE x", false},
		{"a.b($1)", "a.b($1)", true},
		{"a.b", "axb", false},
	} {
		if blocks.Matches(c.shown, c.text) != c.want {
			t.Errorf("%q of %q is not %t", c.shown, c.text, c.want)
		}
	}
}
