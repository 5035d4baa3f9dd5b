package housetest_test

import (
	"fmt"
	"go/doc"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// feature is a row of docs/features.md.
type feature struct{ name, has, how, tests string }

// featuresOf reads the rows of the document.
func featuresOf(text string) []feature {
	var all []feature
	for _, line := range strings.Split(text, "\n") {
		cells := strings.Split(line, " | ")
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| feature ") {
			continue
		}
		for len(cells) < 4 {
			cells = append(cells, "")
		}
		all = append(all, feature{strings.TrimPrefix(cells[0], "| "), cells[1], cells[2], strings.Trim(cells[3], " |")})
	}
	return all
}

// wrong returns what is wrong with a row: a test that is not there, a name that no package exports.
func (f feature) wrong(isTest func(dir, name string) bool, isName func(string) bool) []string {
	var wrong []string
	switch {
	case f.has != "yes" && f.has != "partly" && f.has != "no":
		wrong = append(wrong, "is neither yes, partly nor no")
	case f.has == "no" && f.tests != "":
		wrong = append(wrong, "is not there and has a test")
	case f.has != "no" && f.tests == "":
		wrong = append(wrong, "has no test")
	case f.has == "partly" && f.how == "":
		wrong = append(wrong, "does not say what is missing")
	}
	for _, test := range strings.Fields(f.tests) {
		if dir, name, _ := strings.Cut(test, ":"); !isTest(dir, name) {
			wrong = append(wrong, "there is no test "+test)
		}
	}
	for _, m := range named.FindAllStringSubmatch(f.how, -1) {
		if name := m[1] + m[2]; !isName(name) {
			wrong = append(wrong, "nothing is called "+name)
		}
	}
	return wrong
}

// named finds names of packages, query.Select, and methods that are called.
var named = regexp.MustCompile(`\b(?:expr|model|query|session)\.([A-Z]\w*)|\.([A-Z]\w*)\(`)

func TestFeatures(t *testing.T) {
	text := readRoot(t, "docs/features.md")
	all := featuresOf(text)
	names := exportedAnywhere(t)
	count := map[string]int{}
	isTest := func(dir, name string) bool { return hasTest(t, dir, name) }
	isName := func(name string) bool { return names[name] }
	for _, f := range all {
		count[f.has]++
		for _, w := range f.wrong(isTest, isName) {
			t.Errorf("%s: %s", f.name, w)
		}
	}
	sum := fmt.Sprintf("%d rows: %d yes, %d partly, %d no.", len(all), count["yes"], count["partly"], count["no"])
	if !strings.Contains(text, sum) || len(all) < 100 {
		t.Errorf("the document does not say: %s", sum)
	}
	bad := feature{"x", "yes", "`query.NoSuch`", "session:TestNoSuch"}
	if n := len(bad.wrong(isTest, isName)); n != 2 {
		t.Errorf("%d faults found in %v, not 2", n, bad)
	}
}

// hasTest reports whether a directory has a test of a name.
func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(dir), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}

// exportedAnywhere returns what the documented packages export: functions, types, methods, variables and constants.
func exportedAnywhere(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, name := range v.Names {
				names[name] = true
			}
		}
	}
	for _, pkg := range documented {
		p := documentation(t, pkg)
		funcs := p.Funcs
		values(p.Consts)
		values(p.Vars)
		for _, typ := range p.Types {
			names[typ.Name] = true
			values(typ.Consts)
			values(typ.Vars)
			funcs = append(append(funcs, typ.Funcs...), typ.Methods...)
		}
		for _, f := range funcs {
			names[f.Name] = true
		}
	}
	return names
}
