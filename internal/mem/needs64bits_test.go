package mem_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNeeds64Bits: on a platform of 32 bits the compiler says what is wrong.
func TestNeeds64Bits(t *testing.T) {
	t.Parallel()
	for _, arch := range []string{"386", "arm", "mips", "mipsle"} {
		build := exec.Command("go", "build", ".")
		build.Env = append(os.Environ(), "GOOS=linux", "GOARCH="+arch, "CGO_ENABLED=0")
		out, err := build.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "cupel_needs_a_64_bit_platform") {
			t.Errorf("%s: %v: %s", arch, err, out)
		}
	}
}
