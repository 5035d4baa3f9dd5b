package housetest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pgxOnly are the modules that pgx needs, and nothing else.
var pgxOnly = []string{
	"github.com/jackc/pgpassfile", "github.com/jackc/pgservicefile", "github.com/jackc/pgx/v5", "github.com/jackc/puddle/v2",
	"golang.org/x/sync", "golang.org/x/text",
}

// TestUsersModules: a module that imports ours gets pgx into its go.mod and nothing else, even where its tests import
// pgtest. Nor do the modules that Docker needs come into its go.sum, where "go mod tidy" notes what the tests of
// imported packages need, and downloads it: tests of packages for users import pgtest without Docker.
func TestUsersModules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, imported string
		indirect       []string
	}{
		{"tests with pgtest", "integration/pgtest", without(pgxOnly, "github.com/jackc/puddle/v2", "golang.org/x/sync")},
		{"a program", "session", pgxOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			indirect, sums := tidied(t, c.imported)
			if !slices.Equal(indirect, c.indirect) {
				t.Errorf("go.mod has %q, want %q", indirect, c.indirect)
			}
			for _, module := range sums {
				if strings.Contains(module, "docker") || strings.Contains(module, "embedded-postgres") {
					t.Errorf("go.sum has %s: a test of a package that users import needs it", module)
				}
			}
		})
	}
}

func without(list []string, gone ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
}

// tidied makes a module with a test that imports a package of ours, and returns the indirect modules of its go.mod and
// the modules with sums in go.sum, both sorted, after "go mod tidy".
func tidied(t *testing.T, imported string) (indirect, sums []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":       fmt.Sprintf("module example.com/user\n\ngo 1.26.0\n\nrequire %s v0.0.0\n\nreplace %[1]s => %s\n", modulePath, root(t)),
		"go.sum":       readRoot(t, "go.sum"), // so that nobody is asked for the sums
		"user_test.go": fmt.Sprintf("package user_test\n\nimport _ %q\n", modulePath+"/"+imported),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tidy := exec.CommandContext(t.Context(), "go", "mod", "tidy")
	tidy.Dir, tidy.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := tidy.CombinedOutput(); err != nil {
		t.Fatalf("go mod tidy: %v\n%s", err, out)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(goCommand(t, dir, "mod", "edit", "-json"), &mod); err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Require {
		if r.Indirect {
			indirect = append(indirect, r.Path)
		}
	}
	slices.Sort(indirect)
	return indirect, summed(t, filepath.Join(dir, "go.sum"))
}

// summed returns the modules whose contents have a sum in a go.sum, sorted.
func summed(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]bool{}
	for line := range bytes.Lines(text) {
		module, version, _ := strings.Cut(string(line), " ")
		if !strings.Contains(version, "/go.mod ") {
			modules[module] = true
		}
	}
	return slices.Sorted(maps.Keys(modules))
}
