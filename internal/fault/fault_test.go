package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/internal/fault"
)

func TestDuring(t *testing.T) {
	t.Parallel()
	err := fault.During("flush", fault.During("Add", fmt.Errorf("%w: Book(id=1)", fault.ErrOtherSession)))
	if got, want := err.Error(), "session: flush: Add: object is in another session: Book(id=1)"; got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
	if !errors.Is(err, fault.ErrOtherSession) {
		t.Error("the cause is lost")
	}
}

// An error names what would have helped.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"model.DeleteMembers", "model.DeleteOrphans", "model.DatabaseDeletes"} {
		if text := fault.ErrNullForeignKey.Error(); !strings.Contains(text, name) {
			t.Errorf("%q does not name %s", text, name)
		}
	}
}
