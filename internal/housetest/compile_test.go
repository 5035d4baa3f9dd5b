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
	"strings"
	"testing"

	// The snippets use these. Importing them has "go test" run the tests again when they change.
	_ "github.com/cupel-go/cupel/expr"
	_ "github.com/cupel-go/cupel/model"
	_ "github.com/cupel-go/cupel/query"
)

// hole is the place of a case's code where the bad and the good snippet differ.
const hole = "@"

// compileCase is code that must compile with good in its hole, and must not with bad.
type compileCase struct {
	name      string
	code      string // statements with one hole; snippetFile says what they may use
	bad, good string
	wants     string // part of the type error that bad makes
}

// snippetFile is the file that a snippet's statements are put into, in package shop of testdata.
const snippetFile = `package shop

import (
	"context"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

var (
	_ = time.Now
	_ = expr.True
	_ model.Spec
)

func _(ctx context.Context, r query.Runner, c *customers, o *orders, cust *customer, ord *order) {
%s
}
`

const snippetName = "snippet.go"

// checker type-checks snippets. It is for one goroutine at a time.
type checker struct {
	fset     *token.FileSet
	shop     *ast.File
	importer types.Importer
}

// newChecker makes a checker that imports from the export data of the go command's build cache.
func newChecker(t *testing.T) *checker {
	t.Helper()
	exports := map[string]string{}
	for _, p := range goList(t, "-export", "-deps", "./expr", "./model", "./query") {
		exports[p.ImportPath] = p.Export
	}
	k := &checker{fset: token.NewFileSet()}
	k.importer = importer.ForCompiler(k.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	shop, err := parser.ParseFile(k.fset, filepath.Join("testdata", "shop.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	k.shop = shop
	return k
}

// errorsOf returns what is wrong with statements: the type errors in order, or the syntax error.
func (k *checker) errorsOf(statements string) []error {
	f, err := parser.ParseFile(k.fset, snippetName, fmt.Sprintf(snippetFile, statements), parser.SkipObjectResolution)
	if err != nil {
		return []error{err}
	}
	var errs []error
	conf := types.Config{Importer: k.importer, Error: func(err error) { errs = append(errs, err) }}
	if _, err := conf.Check("shop", k.fset, []*ast.File{k.shop, f}, nil); err != nil && len(errs) == 0 {
		errs = append(errs, err)
	}
	return errs
}

// problem tells in what a case is not met; "" when it is.
func (k *checker) problem(c compileCase) string {
	if strings.Count(c.code, hole) != 1 {
		return "its code has not one " + hole
	}
	if errs := k.errorsOf(strings.Replace(c.code, hole, c.good, 1)); len(errs) > 0 {
		return fmt.Sprintf("with %s it does not compile: %v", c.good, errors.Join(errs...))
	}
	errs := k.errorsOf(strings.Replace(c.code, hole, c.bad, 1))
	if len(errs) == 0 {
		return fmt.Sprintf("with %s it compiles", c.bad)
	}
	for _, err := range errs {
		var te types.Error
		if !errors.As(err, &te) || te.Fset.Position(te.Pos).Filename != snippetName {
			return fmt.Sprintf("with %s it has an error that is no type error of the snippet: %v", c.bad, err)
		}
	}
	if all := errors.Join(errs...).Error(); c.wants == "" || !strings.Contains(all, c.wants) {
		return fmt.Sprintf("with %s the errors are\n%s\nwithout %q", c.bad, all, c.wants)
	}
	return ""
}

func TestMistakesDoNotCompile(t *testing.T) {
	k := newChecker(t)
	for _, c := range compileCases {
		t.Run(c.name, func(t *testing.T) {
			if problem := k.problem(c); problem != "" {
				t.Errorf("%s\n%s", c.code, problem)
			}
		})
	}
}

func TestCompileCheckReports(t *testing.T) {
	k := newChecker(t)
	for _, c := range []struct {
		compileCase

		reports string
	}{
		{compileCase{"both compile", "c.ID.Eq(@)", "2", "1", "2"}, "with 2 it compiles"},
		{compileCase{"neither compiles", "c.ID.Eq(@)", `"x"`, `"y"`, "int64"}, `with "y" it does not compile`},
		{compileCase{"another error", "c.ID.Eq(@)", `"x"`, "1", "undefined"}, `without "undefined"`},
		{compileCase{"no error wanted", "c.ID.Eq(@)", `"x"`, "1", ""}, `without ""`},
		{compileCase{"no Go", "c.ID.Eq(@", "1", "1)", "expected"}, "no type error of the snippet"},
		{compileCase{"no hole", "c.ID.Eq(1)", `"x"`, "1", "int64"}, "has not one @"},
		{compileCase{"two holes", "c.ID.Between(@, @)", `"x"`, "1", "int64"}, "has not one @"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := k.problem(c.compileCase); !strings.Contains(got, c.reports) {
				t.Errorf("reported %q, not %q", got, c.reports)
			}
		})
	}
}
