package housetest_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"testing"
)

// documented are the packages whose exported identifiers all have a comment.
var documented = []string{"expr", "model", "query", "session", "integration/pgtest"}

// uncommented returns the exported identifiers of a package that have no comment, sorted; the package itself is one of
// them. A comment above a group of declarations is one for each of them, and so is a comment behind a name.
func uncommented(fset *token.FileSet, files []*ast.File) ([]string, error) {
	p, err := doc.NewFromFiles(fset, files, "p")
	if err != nil {
		return nil, err
	}
	var names []string
	note := func(name, comment string) {
		if comment == "" {
			names = append(names, name)
		}
	}
	note("package "+p.Name, p.Doc)
	values, funcs := slices.Concat(p.Consts, p.Vars), p.Funcs
	for _, t := range p.Types {
		note(t.Name, t.Doc)
		values, funcs = slices.Concat(values, t.Consts, t.Vars), slices.Concat(funcs, t.Funcs)
		for _, m := range t.Methods {
			note(t.Name+"."+m.Name, m.Doc)
		}
		noteInterface(t, note)
	}
	for _, f := range funcs {
		note(f.Name, f.Doc)
	}
	for _, v := range values {
		noteValues(v, note)
	}
	slices.Sort(names)
	return names, nil
}

// noteInterface notes the exported methods of an interface; of another type it notes nothing.
func noteInterface(t *doc.Type, note func(name, comment string)) {
	for _, spec := range t.Decl.Specs {
		s, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		i, ok := s.Type.(*ast.InterfaceType)
		if !ok {
			continue
		}
		for _, m := range i.Methods.List {
			for _, name := range m.Names {
				if name.IsExported() {
					note(t.Name+"."+name.Name, m.Doc.Text()+m.Comment.Text())
				}
			}
		}
	}
}

// noteValues notes the exported constants or variables of a declaration.
func noteValues(v *doc.Value, note func(name, comment string)) {
	for _, spec := range v.Decl.Specs {
		s, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, name := range s.Names {
			if name.IsExported() {
				note(name.Name, v.Doc+s.Doc.Text()+s.Comment.Text())
			}
		}
	}
}

func TestExportedHaveComments(t *testing.T) {
	for _, pkg := range documented {
		fset := token.NewFileSet()
		var files []*ast.File
		for _, file := range sourceFiles(t) {
			if path.Dir(file) != pkg {
				continue
			}
			f, err := parser.ParseFile(fset, filepath.Join(root(t), file), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		if len(files) == 0 {
			t.Errorf("%s has no files", pkg)
			continue
		}
		names, err := uncommented(fset, files)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			t.Errorf("%s: %s has no comment", pkg, name)
		}
	}
}

// sparse is a package where every name that has no comment begins with Bad.
const sparse = `package sparse

// Good has a comment.
type Good struct{ Field int }

// Method has one too.
func (Good) Method() {}

func (Good) BadValue()    {}
func (*Good) BadPointer() {}
func (Good) unexported()  {}

type BadType struct{}

// NewGood makes one.
func NewGood() Good { return Good{} }

func BadNew() *Good { return nil }
func BadFunc()      {}
func unexported()   {}

type unexportedType struct{}

func (unexportedType) Method() {}

// Face has methods.
type Face interface {
	// Above has a comment.
	Above()
	Behind() // has one as well
	BadAbstract()
	BadDirective() //nolint:revive // a directive is no comment
	unexported()
}

// Numbers, all of them.
const (
	One = iota
	Two
)

// A group of types.
type (
	First  int
	Second int
)

const (
	// Three has a comment.
	Three = 3
	Four  = 4 // has one as well
	BadFive, badSix = 5, 6
)

var BadVar Good
`

func TestCommentCheckReports(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "sparse.go", sparse, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	got, err := uncommented(fset, []*ast.File{f})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"BadFive", "BadFunc", "BadNew", "BadType", "BadVar", "Face.BadAbstract", "Face.BadDirective", "Good.BadPointer",
		"Good.BadValue", "package sparse",
	}
	if !slices.Equal(got, want) {
		t.Errorf("reported %q, not %q", got, want)
	}
}
