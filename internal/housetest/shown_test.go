package housetest_test

import (
	"go/ast"
	"go/doc"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shown are the packages of which each exported function, type and method stands in an example.
var shown = []string{"expr", "query"}

// forOurselves is in the comment of what is exported for other packages of the module, which needs no example.
var forOurselves = regexp.MustCompile(`for the other\s+packages of this\s+module|for\s+package (model|query)\.`)

// expected are methods that Go's own packages call, and what this module's packages know each other by.
var expected = regexp.MustCompile(`^\(…\)\.(Error|Unwrap|String|Cupel.*)$`)

// families are names that one example is enough for: Select3 is shown where Select2 is, EqExpr and NotEq where Eq is,
// NullInt where Int is.
var families = []*regexp.Regexp{
	regexp.MustCompile(`^(Select|Returning|Row|Tuple|Values|Prepare|Prepared|Cols)[0-9]+$`),
	regexp.MustCompile(`^\(…\)\.Not(.+)$`),
	regexp.MustCompile(`^(.+)Expr$`),
	regexp.MustCompile(`^Null([A-Z].*)$`),
}

func family(name string) string {
	for _, f := range families {
		if m := f.FindStringSubmatch(name); m != nil && strings.HasPrefix(name, "(…).") {
			name = "(…)." + strings.TrimPrefix(m[1], "(…).")
		} else if m != nil {
			name = m[1]
		}
	}
	return name
}

// exportedNames returns the exported functions, types that are no interfaces, and methods of a package, a name for each
// family. A method is one name for all types that have it: "(…).Eq".
func exportedNames(t *testing.T, pkg string) map[string]bool {
	t.Helper()
	p := documentation(t, pkg)
	names := map[string]bool{}
	note := func(name, comment string) {
		if !forOurselves.MatchString(comment) && !expected.MatchString(name) {
			names[family(name)] = true
		}
	}
	funcs := p.Funcs
	for _, typ := range p.Types {
		funcs = append(funcs, typ.Funcs...)
		for _, spec := range typ.Decl.Specs {
			if _, ok := spec.(*ast.TypeSpec).Type.(*ast.InterfaceType); !ok && spec.(*ast.TypeSpec).Name.Name == typ.Name {
				note(typ.Name, typ.Doc)
			}
		}
		for _, m := range typ.Methods {
			note("(…)."+m.Name, m.Doc)
		}
	}
	for _, f := range funcs {
		note(f.Name, f.Doc)
	}
	return names
}

// documentation returns what godoc shows of a package.
func documentation(t *testing.T, pkg string) *doc.Package {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, file := range sourceFiles(t) {
		if path.Dir(file) != pkg {
			continue
		}
		f, err := parser.ParseFile(fset, filepath.Join(root(t), file), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, pkg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// exampleNames returns what the examples of packages use of them, as "expr.Count", "query.(…).Filter": functions,
// methods, and the types that are named or that an expression has.
func exampleNames(t *testing.T, packages []string) map[string]bool {
	t.Helper()
	exports := map[string]string{}
	for _, p := range goList(t, "-export", "-deps", "./examples/bank/bank", "./session", "./integration/pgtest", "github.com/Masterminds/squirrel") {
		exports[p.ImportPath] = p.Export
	}
	fset, used := token.NewFileSet(), map[string]bool{}
	from := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, pkg := range packages {
		examples, err := filepath.Glob(filepath.Join(root(t), pkg, "example*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		var files []*ast.File
		for _, path := range examples {
			f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
		if _, err := (&types.Config{Importer: from}).Check(pkg+"_test", fset, files, info); err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Example") {
					noteUses(fn, info, used)
				}
			}
		}
	}
	return used
}

// noteUses notes the names that an example uses.
func noteUses(fn *ast.FuncDecl, info *types.Info, used map[string]bool) {
	note := func(o types.Object) {
		if o == nil || o.Pkg() == nil {
			return
		}
		name := o.Name()
		if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
			name = "(…)." + name
		}
		used[strings.TrimPrefix(o.Pkg().Path(), modulePath+"/")+"."+family(name)] = true
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			note(info.Uses[id])
		}
		if x, ok := n.(ast.Expr); ok {
			noteTypes(info.Types[x].Type, note, 0)
		}
		return true
	})
}

// noteTypes notes the named types in a type: its own, those that it embeds, that of its elements, and what a function takes and gives.
func noteTypes(t types.Type, note func(types.Object), depth int) {
	if depth > 3 {
		return
	}
	switch t := t.(type) {
	case *types.Named:
		note(t.Obj())
		if s, ok := t.Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				if f.Embedded() {
					noteTypes(f.Type(), note, depth+1)
				}
			}
		}
	case *types.Alias:
		note(t.Obj())
		noteTypes(t.Rhs(), note, depth+1)
	case *types.Slice:
		noteTypes(t.Elem(), note, depth+1)
	case *types.Pointer:
		noteTypes(t.Elem(), note, depth+1)
	case *types.Signature:
		for v := range t.Params().Variables() {
			noteTypes(v.Type(), note, depth+1)
		}
		for v := range t.Results().Variables() {
			noteTypes(v.Type(), note, depth+1)
		}
	}
}

// TestEverythingHasAnExample: whatever the query language exports stands in a function Example…, which godoc shows.
func TestEverythingHasAnExample(t *testing.T) {
	used := exampleNames(t, shown)
	for _, pkg := range shown {
		names := exportedNames(t, pkg)
		if len(names) < 50 {
			t.Errorf("%s has %d names", pkg, len(names))
		}
		var without []string
		for name := range names {
			if !used[pkg+"."+name] {
				without = append(without, name)
			}
		}
		if slices.Sort(without); len(without) > 0 {
			t.Errorf("%s: no function Example… in example*_test.go has %s", pkg, strings.Join(without, " "))
		}
	}
	if used["expr.NoSuchName"] || !used["expr.Count"] || !used["query.(…).Filter"] {
		t.Error("the names that examples use are not those that they use")
	}
}
