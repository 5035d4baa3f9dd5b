package render_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// refusedFile is what code that must not compile is put into, together with the models.
const refusedFile = `package render_test

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
)

var (
	_ = expr.True
	_ = query.ErrNoRows
)

func _() {
%s
}
`

// refusals returns the first type error of the code of each case that must not compile, "" where it compiles.
func refusals(t *testing.T, all cases) map[string]string {
	t.Helper()
	first := map[string]string{}
	fset := token.NewFileSet()
	imports := exports(t, fset)
	var models []*ast.File
	for _, name := range []string{"models_test.go", "tables_test.go"} {
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, f)
	}
	for id, c := range all {
		if c.refused == "" {
			continue
		}
		f, err := parser.ParseFile(fset, "refused.go", fmt.Sprintf(refusedFile, c.refused), parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		conf := types.Config{Importer: imports, Error: func(err error) {
			var te types.Error
			if errors.As(err, &te) && te.Fset.Position(te.Pos).Filename != "refused.go" {
				t.Error(err)
			}
		}}
		if _, err = conf.Check("render_test", fset, append([]*ast.File{f}, models...), nil); err != nil {
			first[id] = err.Error()
		}
	}
	return first
}

// exports returns an importer of the export data of the go command's build cache.
func exports(t *testing.T, fset *token.FileSet) types.Importer {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Export",
		"github.com/cupel-go/cupel/query", modelPath, "github.com/jackc/pgx/v5/pgtype")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		files[p.ImportPath] = p.Export
	}
	return importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if files[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(files[path])
	})
}

// refusedWhy says in what it is not as recorded that the compiler refuses a case.
func refusedWhy(d *data, c testCase, got string) string {
	switch {
	case got == "":
		return "the code compiles"
	case !strings.Contains(got, c.why):
		return fmt.Sprintf("the type error is %s, want one with %q", got, c.why)
	case d.Error == nil:
		return "the code does not compile, want no error"
	case d.Error.Stage != "build" && d.Error.Stage != "compile" && d.Error.Stage != "call" || d.Error.SQLState != "":
		return "the code does not compile, want an error " + strings.TrimSpace(d.Error.String())
	}
	return ""
}
