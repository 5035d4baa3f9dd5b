package housetest_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rules say what packages may import. Packages of the module go by their path from its root. "x/..." means x and what
// is below it, "..." means anything.
type rules struct {
	ours     map[string][]string // what a package may import of the module; every package has an entry
	theirs   map[string][]string // what it may import of other modules
	theirsOf []string            // the same for packages that theirs does not name
	free     []string            // packages that may import anything of other modules
}

// house has the layers of the module, lowest first: a package imports only from layers before its own.
var house = rules{
	ours: map[string][]string{
		"internal/mem":     {},
		"internal/arg":     {},
		"internal/sqlw":    {"internal/arg"},
		"internal/sqltype": {},
		"internal/ast":     {"internal/arg", "internal/sqltype", "internal/sqlw"},
		"expr":             {"internal/arg", "internal/ast", "internal/sqltype", "internal/sqlw"},
		"internal/run":     {"internal/ast", "internal/mem", "internal/sqlw"},
		"internal/stmt":    {"internal/ast", "internal/sqlw"},
		"internal/meta":    {"internal/ast", "internal/mem", "internal/sqltype", "internal/sqlw"},
		"internal/relate":  {"internal/mem", "internal/meta"},
		"internal/fault":   {},
		"internal/eval":    {"internal/ast", "internal/fault", "internal/mem", "internal/meta", "internal/run", "internal/sqltype"},
		"query":            {"expr", "internal/arg", "internal/ast", "internal/fault", "internal/run", "internal/sqltype", "internal/sqlw", "internal/mem", "internal/stmt"},
		"model":            {"expr", "internal/ast", "internal/meta", "internal/mem", "internal/relate", "internal/run", "internal/sqltype", "internal/sqlw", "internal/stmt"},

		"internal/ast/asttest":     {"internal/ast", "internal/sqlw"},
		"internal/track/tracktest": {"expr", "model", "internal/mem", "internal/meta", "internal/plan", "internal/relate", "internal/track"},

		"internal/codec":  {"internal/sqltype"},
		"internal/wire":   {"internal/arg", "internal/codec", "internal/fault", "internal/sqltype", "internal/sqlw"},
		"internal/decode": {"internal/codec", "internal/mem", "internal/sqltype"},
		"internal/entity": {"internal/decode", "internal/mem", "internal/meta", "internal/relate"},
		"internal/rows":   {"internal/ast", "internal/decode", "internal/entity", "internal/mem", "internal/meta", "internal/run", "internal/wire"},
		"internal/track":  {"internal/ast", "internal/decode", "internal/entity", "internal/fault", "internal/mem", "internal/meta", "internal/relate"},
		"internal/plan":   {"internal/ast", "internal/fault", "internal/mem", "internal/meta", "internal/relate", "internal/sqltype", "internal/track"}, // neither wire nor sqlw: a plan is not SQL
		"internal/write": {
			"internal/ast", "internal/fault", "internal/mem", "internal/meta", "internal/plan", "internal/rows", "internal/sqltype", "internal/sqlw",
			"internal/track", "internal/wire",
		},
		"internal/load": {
			"internal/ast", "internal/fault", "internal/mem", "internal/meta", "internal/relate", "internal/rows", "internal/run", "internal/sqltype", "internal/sqlw",
			"internal/stmt", "internal/track", "internal/wire",
		},
		"session": {
			"expr", "query", "model",
			"internal/arg", "internal/ast", "internal/entity", "internal/eval", "internal/fault", "internal/load", "internal/mem", "internal/meta", "internal/plan",
			"internal/rows", "internal/run", "internal/sqltype", "internal/sqlw", "internal/stmt", "internal/track", "internal/wire", "internal/write",
		},

		"internal/housetest":   {},
		"internal/kindgen":     {},
		"internal/kindgen/gen": {"internal/kindgen"},
		"integration/...":      {"..."},
		"examples/...":         {"..."},
		"docs/...":             {"..."},
	},
	theirs: map[string][]string{
		"expr": {"github.com/jackc/pgx/v5/pgtype"}, "model": {},
		"internal/ast": {}, "internal/stmt": {}, "internal/sqlw": {}, "internal/arg": {}, "internal/mem": {}, "internal/meta": {}, "internal/relate": {}, "internal/eval": {}, "internal/sqltype": {},
		"internal/track": {}, "internal/plan": {}, "internal/load": {},
		"internal/fault": {"github.com/jackc/pgx/v5"}, "query": {},
	},
	theirsOf: []string{"github.com/jackc/pgx/v5/...", "github.com/Masterminds/squirrel"},
	free:     []string{"integration/...", "examples/...", "docs/..."},
}

// matches reports whether one of the patterns is met by an import path.
func matches(patterns []string, importPath string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		base, below := strings.CutSuffix(p, "/...")
		return p == "..." || base == importPath || below && strings.HasPrefix(importPath, base+"/")
	})
}

// own returns a path of the module from its root; false when it is a path of something else.
func own(importPath string) (string, bool) {
	if importPath == modulePath {
		return ".", true
	}
	return strings.CutPrefix(importPath, modulePath+"/")
}

// standard reports whether a path is one of the standard library: its first element has no dot.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

// entry returns the key of ours that is about a package.
func (r rules) entry(pkg string) (string, bool) {
	if _, ok := r.ours[pkg]; ok {
		return pkg, true
	}
	for key := range r.ours {
		if matches([]string{key}, pkg) {
			return key, true
		}
	}
	return "", false
}

// check returns what is wrong with the imports of the module's packages, sorted.
func (r rules) check(pkgs []listed) []string {
	var wrong []string
	used := map[string]bool{}
	for _, p := range pkgs {
		name, _ := own(p.ImportPath)
		key, ok := r.entry(name)
		if !ok {
			wrong = append(wrong, name+" is not in the table")
			continue
		}
		used[key] = true
		for _, imported := range p.Imports {
			if !r.allows(name, key, imported) {
				wrong = append(wrong, fmt.Sprintf("%s must not import %s", name, imported))
			}
		}
	}
	for key := range r.ours {
		if !used[key] {
			wrong = append(wrong, key+" is in the table and is no package")
		}
	}
	slices.Sort(wrong)
	return wrong
}

// allows reports whether the package, whose key in ours is given, may import a path.
func (r rules) allows(pkg, key, imported string) bool {
	if ours, ok := own(imported); ok {
		return matches(r.ours[key], ours)
	}
	if standard(imported) || matches(r.free, pkg) {
		return true
	}
	if theirs, ok := r.theirs[pkg]; ok {
		return matches(theirs, imported)
	}
	return matches(r.theirsOf, imported)
}

func TestImports(t *testing.T) {
	byPackage := map[string]*listed{}
	for _, p := range goList(t, "./...") {
		byPackage[p.ImportPath] = &p
	}
	for file, imports := range fileImports(t) { // those of other platforms too
		importPath := path.Join(modulePath, path.Dir(file))
		if byPackage[importPath] == nil {
			byPackage[importPath] = &listed{ImportPath: importPath}
		}
		p := byPackage[importPath]
		p.Imports = append(p.Imports, imports...)
	}
	var all []listed
	for _, p := range byPackage {
		slices.Sort(p.Imports)
		p.Imports = slices.Compact(p.Imports)
		all = append(all, *p)
	}
	for _, wrong := range house.check(all) {
		t.Error(wrong)
	}
}

// TestPlanHasNoConnection: objects and plans do not come to what sends statements by any way.
func TestPlanHasNoConnection(t *testing.T) {
	for _, p := range goList(t, "-deps", "./internal/plan", "./internal/eval") {
		if slices.Contains([]string{modulePath + "/internal/wire", modulePath + "/internal/rows"}, p.ImportPath) {
			t.Errorf("internal/plan or internal/eval depends on %s", p.ImportPath)
		}
	}
}

func TestImportRulesNameTheirPackages(t *testing.T) {
	for pkg := range house.theirs {
		if _, ok := house.ours[pkg]; !ok {
			t.Errorf("%s has a rule about other modules and is not in the table", pkg)
		}
	}
	for pkg, allowed := range house.ours {
		for _, a := range allowed {
			if _, ok := house.ours[a]; !ok && a != "..." {
				t.Errorf("%s may import %s, which is not in the table", pkg, a)
			}
		}
	}
}

// madeUp is a module in order: package high imports low and a library, apps do as they like.
func madeUp() (rules, []listed) {
	r := rules{
		ours:     map[string][]string{"low": {}, "high": {"low"}, "apps/...": {"..."}},
		theirs:   map[string][]string{"low": {}},
		theirsOf: []string{"example.com/lib/..."},
		free:     []string{"apps/..."},
	}
	return r, []listed{
		{ImportPath: modulePath + "/low", Imports: []string{"fmt", "go/ast"}},
		{ImportPath: modulePath + "/high", Imports: []string{modulePath + "/low", "example.com/lib/sub"}},
		{ImportPath: modulePath + "/apps/one", Imports: []string{modulePath + "/high", "example.com/other"}},
	}
}

func TestImportCheckReports(t *testing.T) {
	if r, pkgs := madeUp(); len(r.check(pkgs)) > 0 {
		t.Errorf("a module in order: %q", r.check(pkgs))
	}
	for _, c := range []struct {
		name, wants string
		spoil       func(r rules, pkgs []listed) []listed
	}{
		{"upwards", "low must not import " + modulePath + "/high", imports(0, modulePath+"/high")},
		{"not in the list", "high must not import " + modulePath + "/apps/one", imports(1, modulePath+"/apps/one")},
		{"the root package", "high must not import " + modulePath, imports(1, modulePath)},
		{"a library where none may be", "low must not import example.com/lib", imports(0, "example.com/lib")},
		{"another library", "high must not import example.com/other", imports(1, "example.com/other")},
		{"a similar name", "high must not import example.com/library", imports(1, "example.com/library")},
		{"a package without entry", "new is not in the table", func(_ rules, pkgs []listed) []listed {
			return append(pkgs, listed{ImportPath: modulePath + "/new"})
		}},
		{"an entry without package", "old is in the table and is no package", func(r rules, pkgs []listed) []listed {
			r.ours["old"] = nil
			return pkgs
		}},
		{"a pattern without package", "apps/... is in the table and is no package", func(_ rules, p []listed) []listed {
			return p[:2]
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, pkgs := madeUp()
			if got := r.check(c.spoil(r, pkgs)); !slices.Equal(got, []string{c.wants}) {
				t.Errorf("reported %q, not %q", got, c.wants)
			}
		})
	}
}

// imports adds an import to the package at index i.
func imports(i int, importPath string) func(rules, []listed) []listed {
	return func(_ rules, pkgs []listed) []listed {
		pkgs[i].Imports = append(pkgs[i].Imports, importPath)
		return pkgs
	}
}

// unsafeFiles returns the files outside internal/mem that import unsafe.
func unsafeFiles(importsOf map[string][]string) []string {
	var files []string
	for file, imports := range importsOf {
		if path.Dir(file) != "internal/mem" && slices.Contains(imports, "unsafe") {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

// fileImports returns what each source file imports, for whatever platform it is.
func fileImports(t *testing.T) map[string][]string {
	t.Helper()
	importsOf := map[string][]string{}
	for _, file := range sourceFiles(t) {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root(t), file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			importsOf[file] = append(importsOf[file], imported)
		}
	}
	return importsOf
}

func TestUnsafe(t *testing.T) {
	importsOf := fileImports(t)
	if !slices.Contains(importsOf["internal/mem/mem.go"], "unsafe") {
		t.Error("internal/mem/mem.go does not import unsafe: the test looks at the wrong files")
	}
	for _, file := range unsafeFiles(importsOf) {
		t.Errorf("%s imports unsafe, which is for internal/mem only", file)
	}
}

func TestUnsafeCheckReports(t *testing.T) {
	got := unsafeFiles(map[string][]string{
		"internal/mem/mem.go":     {"unsafe"},
		"internal/mem/sub/sub.go": {"unsafe"},
		"internal/memory/m.go":    {"fmt", "unsafe"},
		"expr/value.go":           {"fmt"},
	})
	if want := []string{"internal/mem/sub/sub.go", "internal/memory/m.go"}; !slices.Equal(got, want) {
		t.Errorf("reported %q, not %q", got, want)
	}
}
