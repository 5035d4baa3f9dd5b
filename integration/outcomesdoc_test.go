package integration_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryOutcomeHasATest: each row of docs/errors.md names a test that there is.
func TestEveryOutcomeHasATest(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../docs/errors.md")
	check(t, err)
	var tests strings.Builder
	for _, pattern := range []string{"*_test.go", "writes/*_test.go", "../session/*_test.go"} {
		files, err := filepath.Glob(pattern)
		check(t, err)
		for _, f := range files {
			text, err := os.ReadFile(f)
			check(t, err)
			tests.Write(text)
		}
	}
	rows := regexp.MustCompile(`(?m)^\|.*\| *(\S+) \|$`).FindAllStringSubmatch(string(doc), -1)
	if len(rows) < 20 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows[1:] { // after the heading
		if !strings.Contains(tests.String(), "\nfunc "+row[1]+"(t *testing.T)") {
			t.Errorf("there is no test for the row %s", row[0])
		}
	}
}
