package kindgen_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cupel-go/cupel/internal/kindgen"
)

// TestFresh: what is committed is what the mixins make.
func TestFresh(t *testing.T) {
	t.Parallel()
	const dir = "../../expr"
	files, err := kindgen.Generate(dir)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, kindgen.Pattern))
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range paths {
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if paths[i] = filepath.Base(path); string(have) != string(files[paths[i]]) {
			t.Errorf("%s is not what the mixins make: run go generate ./expr", path)
		}
	}
	if want := slices.Sorted(maps.Keys(files)); !slices.Equal(paths, want) {
		t.Errorf("the generated files are %v, not %v", paths, want)
	}
}
