package housetest_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// preamble is what the pieces of code in the documents may use.
const preamble = `package docs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

var (
	_ = fmt.Println
	_ = errors.As
	_ = time.Now
	_ = expr.True
	_ = json.Marshal
	_ = slog.Default
	_ = os.Exit
	_ = pgtest.Main
	_ query.Runner
	_ pgx.TxIsoLevel
	_ testing.TB
)

type accounts struct {
	model.Table[bank.Account]
	AcctNo                   expr.Int
	AcctName                 expr.Text
	AcctOpenDt, AcctUpdateDt expr.Time
	CustID                   expr.NullInt
}

var c, a = bank.Customers, bank.Accounts

%s

func _(ctx context.Context, eng *session.Engine, s *session.Session, err error) {
%s
}
`

// declares is what a piece of code has that is declarations, as methods must be, not statements. Those after it in the document may use them.
var declares = regexp.MustCompile(`(?m)^func `)

// goBlocks returns the blocks of Go code in a document.
func goBlocks(text string) []string {
	var blocks []string
	for _, part := range strings.Split(text, "```go\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		blocks = append(blocks, block)
	}
	return blocks
}

// TestReadmeProgram: the program that the README begins with is the one in examples/hello, and begins by line 15.
func TestReadmeProgram(t *testing.T) {
	readme := readRoot(t, "README.md")
	before, _, _ := strings.Cut(readme, "```go\n")
	if line := strings.Count(before, "\n") + 1; line > 15 {
		t.Errorf("the first code is in line %d", line)
	}
	program := goBlocks(readme)[0]
	if !strings.Contains(readRoot(t, "examples/hello/main.go"), program) {
		t.Errorf("examples/hello/main.go does not contain the README's program:\n%s", program)
	}
}

// TestDocumentsCompile type-checks every piece of Go code in the documents. Most of it runs, too: see docs/guide/run.
func TestDocumentsCompile(t *testing.T) {
	check := documentChecker(t)
	var documents []string
	for _, dir := range []string{"docs", "docs/guide"} {
		found, err := filepath.Glob(filepath.Join(root(t), dir, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, found...)
	}
	for _, path := range append(documents, filepath.Join(root(t), "README.md")) {
		if filepath.Base(path) == "querying.md" { // its code is what docs/guide's own test runs
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		blocks := goBlocks(string(text))
		if filepath.Base(path) == "README.md" {
			blocks = blocks[1:] // the program; see TestReadmeProgram
		}
		declared := ""
		for _, block := range blocks {
			statements := block
			if declares.MatchString(block) {
				declared, statements = declared+block, ""
			}
			if err := check(declared, statements); err != nil {
				t.Errorf("%s: %v\n%s", filepath.Base(path), err, block)
			}
		}
	}
	if check("", "c.LastName.Eq(7)") == nil || check("", "c.ID.Like(`x`)") == nil || check("func f() int { return true }\n", "") == nil {
		t.Error("the check finds nothing wrong with wrong code")
	}
}

// documentChecker returns the function that type-checks declarations and statements. Variables that they do not use again are fine, and so
// is a second declaration of err.
func documentChecker(t *testing.T) func(declarations, statements string) error {
	t.Helper()
	exports := map[string]string{}
	for _, p := range goList(t, "-export", "-deps", "./examples/bank/bank", "./session", "./integration/pgtest") {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	return func(declarations, statements string) error {
		f, err := parser.ParseFile(fset, "doc.go", fmt.Sprintf(preamble, declarations, statements), parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		var errs []error
		conf := types.Config{Importer: from, Error: func(err error) {
			if text := err.Error(); !strings.Contains(text, "declared and not used") && !strings.Contains(text, "no new variables") {
				errs = append(errs, err)
			}
		}}
		_, _ = conf.Check("docs", fset, []*ast.File{f}, nil)
		return errors.Join(errs...)
	}
}

func readRoot(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
