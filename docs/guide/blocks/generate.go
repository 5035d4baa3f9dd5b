package blocks

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// packages are those that blocks may use.
var packages = map[string]string{
	"context": "context", "json": "encoding/json", "errors": "errors", "fmt": "fmt", "slog": "log/slog", "os": "os", "testing": "testing", "time": "time",
	"pgx":  "github.com/jackc/pgx/v5",
	"bank": "github.com/cupel-go/cupel/examples/bank/bank", "expr": "github.com/cupel-go/cupel/expr",
	"pgtest": "github.com/cupel-go/cupel/integration/pgtest", "model": "github.com/cupel-go/cupel/model",
	"query": "github.com/cupel-go/cupel/query", "session": "github.com/cupel-go/cupel/session",
}

// Generate returns the Go file of a document's blocks: declarations as they stand, and a list with a function for each block, nil where
// it does not run.
func Generate(document string, all []Block) ([]byte, error) {
	var declared, list strings.Builder
	for _, b := range all {
		if b.Declares() && b.OnlyCompiled == "" {
			declared.WriteString(b.Go + "\n")
		}
		if !b.Runs() {
			fmt.Fprintf(&list, "nil, // %s\n", b.Heading)
			continue
		}
		body := b.Go
		if b.Run != "" {
			body = b.Run
		}
		before, err := instrument(b.Before)
		if err != nil {
			return nil, fmt.Errorf("%s: before line %d: %w", document, b.Line, err)
		}
		code, err := instrument(body)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", document, b.Line, err)
		}
		fmt.Fprintf(&list, "func(ctx context.Context, prog *program, eng *session.Engine, s *session.Session) { // %s\nvar err error\n_ = err\n", b.Heading)
		fmt.Fprintf(&list, "%sprog.begin()\n{\n%sprog.end(%s)\n}\n},\n", before, code, strings.Join(tables(body), ", "))
	}
	code := fmt.Sprintf("// %[1]sBlocks are those of %[2]s.md.\nvar %[1]sBlocks = []function{\n%[3]s}\n\n%[4]s", strings.ToLower(document), document, list.String(), declared.String())
	imports, err := imported(code)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", document, err)
	}
	head := fmt.Sprintf("// Code generated from %s.md by go test ./docs/guide/blocks -update. DO NOT EDIT.\n\npackage run_test\n\n", document)
	return format.Source([]byte(head + imports + code))
}

// imported returns the import declaration that code wants.
func imported(code string) (string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+code, 0)
	if err != nil {
		return "", err
	}
	paths := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Obj == nil && packages[id.Name] != "" {
				paths[packages[id.Name]] = true
			}
		}
		return true
	})
	var standard, others string
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if strings.Contains(path, ".") {
			others += fmt.Sprintf("%q\n", path)
		} else {
			standard += fmt.Sprintf("%q\n", path)
		}
	}
	return "import (\n" + standard + "\n" + others + ")\n\n", nil
}

// tables returns the variables of a block that are mapped tables.
func tables(code string) (names []string) {
	for line := range strings.Lines(code) {
		if name, _, ok := strings.Cut(line, " := model.Map("); ok && !strings.HasPrefix(line, "\t") {
			names = append(names, name)
		}
	}
	return names
}
