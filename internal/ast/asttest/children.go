// Package asttest has the test that every package of nodes makes of its nodes.
package asttest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	nodes "github.com/cupel-go/cupel/internal/ast"
)

// Package is what TestChildren must know of a package of nodes.
type Package struct {
	Nodes    []nodes.Node // one of each type, all zero
	Optional []string     // fields with one node that may be nil: "Call.Where"; those with several may always be empty
	Apart    []string     // fields with nodes that are not below the node: "Column.Table"
}

// TestChildren proves that Child of every type of node in the package of the test returns what each field holds that
// holds nodes, once, also where others are empty: a field that is new and forgotten there fails it.
func (p Package) TestChildren(t *testing.T) {
	t.Helper()
	have := make([]string, len(p.Nodes))
	for i, n := range p.Nodes {
		typ := reflect.TypeOf(n).Elem()
		have[i] = typ.Name()
		p.check(t, typ, "")
		for _, empty := range p.fields(t, typ) {
			if empty.several || slices.Contains(p.Optional, empty.name) {
				p.check(t, typ, empty.name)
			}
		}
	}
	slices.Sort(have)
	if want := declared(t); !slices.Equal(have, want) {
		t.Errorf("the package has the nodes %v, tested are %v", want, have)
	}
}

// check fills a node of the type, but for one field, and compares its children with what was filled in.
func (p Package) check(t *testing.T, typ reflect.Type, empty string) {
	t.Helper()
	f := filler{t: t, pkg: p, empty: empty}
	v := reflect.New(typ)
	f.fill(v.Elem(), typ.Name())
	n, _ := v.Interface().(nodes.Node)
	var met []nodes.Node
	for c := range nodes.Children(n) {
		if met = append(met, c); len(met) > len(f.filled) {
			break
		}
	}
	for i, want := range f.filled {
		if k := slices.Index(met, want); k < 0 {
			t.Errorf("Child of %s does not return what is in %s (without %q)", typ.Name(), f.names[i], empty)
		} else {
			met = slices.Delete(met, k, k+1)
		}
	}
	if len(met) > 0 {
		t.Errorf("Child of %s returns %d nodes too many (without %q)", typ.Name(), len(met), empty)
	}
}

// field is a field that holds nodes.
type field struct {
	name    string
	several bool
}

func (p Package) fields(t *testing.T, typ reflect.Type) []field {
	t.Helper()
	f := filler{t: t, pkg: p}
	f.fill(reflect.New(typ).Elem(), typ.Name())
	return f.fields
}

// filler puts a node of its own into each place for one.
type filler struct {
	t      *testing.T
	pkg    Package
	empty  string // the field that stays empty
	filled []nodes.Node
	names  []string // names[i] is where filled[i] is
	fields []field
}

func (f *filler) fill(v reflect.Value, name string) {
	if slices.Contains(f.pkg.Apart, name) || name == f.empty {
		return
	}
	switch t := v.Type(); {
	case t.Kind() == reflect.Interface && reflect.TypeFor[*mark]().Implements(t) && t.NumMethod() > 0:
		f.put(v, reflect.ValueOf(&mark{name: name}), name)
	case t.Kind() == reflect.Pointer && t.Implements(reflect.TypeFor[nodes.Node]()):
		f.put(v, reflect.New(t.Elem()), name)
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && holds(t.Elem()):
		v.Set(reflect.New(t.Elem()))
		f.fill(v.Elem(), name)
	case t.Kind() == reflect.Slice && holds(t):
		f.fields = append(f.fields, field{name, true})
		v.Set(reflect.MakeSlice(t, 2, 2))
		for i := range 2 {
			at := fmt.Sprintf("%s[%d]", name, i)
			if elem := v.Index(i); elem.Addr().Type().Implements(reflect.TypeFor[nodes.Node]()) {
				f.found(elem.Addr(), at)
			} else {
				f.fill(elem, at)
			}
		}
	case t.Kind() == reflect.Array:
		for i := range t.Len() {
			f.fill(v.Index(i), fmt.Sprintf("%s[%d]", name, i))
		}
	case holds(t) && t.Kind() != reflect.Struct:
		f.t.Errorf("%s is %s, which holds nodes where this test does not look for them: use a slice or a struct", name, t)
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).Anonymous {
				f.fill(v.Field(i), name)
			} else {
				f.fill(v.Field(i), name+"."+t.Field(i).Name)
			}
		}
	}
}

// put puts a node into its place. A panic tells of a field that is not exported: nodes have none that hold nodes.
func (f *filler) put(v, n reflect.Value, name string) {
	f.fields = append(f.fields, field{name, false})
	v.Set(n)
	f.found(n, name)
}

func (f *filler) found(n reflect.Value, name string) {
	node, _ := n.Interface().(nodes.Node)
	f.filled, f.names = append(f.filled, node), append(f.names, name)
}

// holds reports whether values of a type hold nodes.
func holds(t reflect.Type) bool { return holdsBelow(t, nil) }

func holdsBelow(t reflect.Type, seen []reflect.Type) bool {
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	switch t.Kind() {
	case reflect.Interface:
		return t.NumMethod() > 0 && reflect.TypeFor[*mark]().Implements(t)
	case reflect.Pointer:
		return t.Implements(reflect.TypeFor[nodes.Node]()) || t.Elem().Kind() == reflect.Struct && holdsBelow(t.Elem(), seen)
	case reflect.Slice, reflect.Array, reflect.Chan:
		return holdsBelow(t.Elem(), seen)
	case reflect.Map:
		return holdsBelow(t.Key(), seen) || holdsBelow(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsBelow(t.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}

// declared returns the names of the node types in the package of the test: those with a method AppendSQL.
func declared(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range files {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != "AppendSQL" {
				continue
			}
			typ := fn.Recv.List[0].Type
			if star, ok := typ.(*ast.StarExpr); ok {
				typ = star.X
			}
			if id, ok := typ.(*ast.Ident); ok {
				names = append(names, id.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}
