package kindgen_test

import (
	"os"
	"testing"

	"github.com/cupel-go/cupel/internal/kindgen"
)

// TestFresh: what is committed is what the mixins make.
func TestFresh(t *testing.T) {
	t.Parallel()
	want, err := kindgen.Generate("../../expr")
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../../expr/kinds_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != string(want) {
		t.Error("expr/kinds_gen.go is not what the mixins make: run go generate ./expr")
	}
}
