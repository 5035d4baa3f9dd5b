package housetest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureIsTrue: ARCHITECTURE.md is short, and the files and packages that it names are there.
func TestArchitectureIsTrue(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	const most = 150
	if n := strings.Count(string(text), "\n"); n > most {
		t.Errorf("ARCHITECTURE.md has %d lines, more than %d", n, most)
	}
	for _, m := range regexp.MustCompile("`([a-z]+/)*[a-z_]+\\.go`").FindAllString(string(text), -1) {
		if name := strings.Trim(m, "`"); !isThere(t, name) {
			t.Errorf("ARCHITECTURE.md names %s, which is not there", name)
		}
	}
	for _, m := range regexp.MustCompile("`(internal|integration|examples)(/[a-z]+)+`").FindAllString(string(text), -1) {
		if _, err := os.Stat("../../" + strings.Trim(m, "`")); err != nil {
			t.Errorf("ARCHITECTURE.md names %s, which is not there", m)
		}
	}
}

// isThere reports whether a file is in the module, in the folder that is named or below internal.
func isThere(t *testing.T, name string) bool {
	t.Helper()
	for _, pattern := range []string{"../../" + name, "../../internal/" + name, "../../*/" + name, "../../internal/*/" + name} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			return true
		}
	}
	return false
}
