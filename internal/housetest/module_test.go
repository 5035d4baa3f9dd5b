package housetest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// modulePath is the path of the module under test.
const modulePath = "github.com/cupel-go/cupel"

// listed is a package as "go list -json" prints it.
type listed struct {
	ImportPath string
	Imports    []string // of its code, without its tests
	Export     string   // the file with its export data, with -export
}

// goCommand runs the go command in a directory and returns what it prints.
func goCommand(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return out
}

var moduleRoot struct {
	once sync.Once
	dir  string
}

// root returns the directory of the module's go.mod.
func root(t *testing.T) string {
	t.Helper()
	moduleRoot.once.Do(func() {
		mod := strings.TrimSpace(string(goCommand(t, ".", "env", "GOMOD")))
		if filepath.Base(mod) == "go.mod" {
			moduleRoot.dir = filepath.Dir(mod)
		}
	})
	if moduleRoot.dir == "" {
		t.Fatal("go env GOMOD gives no go.mod: the test runs outside its module")
	}
	return moduleRoot.dir
}

// goList returns what "go list" tells of packages.
func goList(t *testing.T, args ...string) []listed {
	t.Helper()
	args = append([]string{"list", "-json=ImportPath,Imports,Export"}, args...)
	dec := json.NewDecoder(bytes.NewReader(goCommand(t, root(t), args...)))
	var ps []listed
	for {
		var p listed
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return ps
		case err != nil:
			t.Fatalf("go list: %v", err)
		}
		ps = append(ps, p)
	}
}

// sourceFiles returns the Go files of the module, whatever their build constraints, without tests and without other
// modules: paths from the root, with slashes. It opens every directory, which makes the go command run a test again
// that it would else take from its cache.
func sourceFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	dir := root(t)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != dir && skipped(path):
			return filepath.SkipDir
		case e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		files = append(files, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipped reports whether the go command's "./..." leaves a directory out.
func skipped(dir string) bool {
	name := filepath.Base(dir)
	if name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}
