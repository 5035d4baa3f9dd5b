package eval

import (
	"testing"

	"github.com/cupel-go/cupel/internal/ast"
)

// TestOperatorsAgree: what Check lets pass is evaluated, and what it does not know fails instead of being taken for another operator.
func TestOperatorsAgree(t *testing.T) {
	t.Parallel()
	one, two := &ast.Literal{Value: int64(1)}, &ast.Literal{Value: int64(2)}
	evaluated := map[string]bool{"=": false, "<>": true, "<": true, "<=": true, ">": false, ">=": false, "IS DISTINCT FROM": true, "IS NOT DISTINCT FROM": false}
	others := []string{"^@", "~~", "~", "!~", "LIKE", "SIMILAR TO", "@>", "&&", "||", "!=", "==", "", "OPERATOR(pg_catalog.=)"}
	for op, want := range evaluated {
		ev := &Evaluator{}
		if err := ev.checkComparison(op, one, two); err != nil {
			t.Errorf("%s: %v", op, err)
		}
		if got := ev.compare(op, int64(1), int64(2)); ev.failed || got == nil || *got != want {
			t.Errorf("1 %s 2 is %v", op, got)
		}
	}
	for _, op := range others {
		ev := &Evaluator{}
		if err := ev.checkComparison(op, one, two); err == nil {
			t.Errorf("Check lets %q pass", op)
		}
		if got := ev.compare(op, "Zed", "Apple"); !ev.failed || got != nil {
			t.Errorf("'Zed' %s 'Apple' is %v", op, got)
		}
	}
}

// TestGreatUnsigned: numbers beyond bigint are not compared as floating-point numbers, of which several are the same.
func TestGreatUnsigned(t *testing.T) {
	t.Parallel()
	ev := &Evaluator{}
	if got := ev.compare("=", plain(uint64(1<<63)), plain(uint64(1<<63+1))); got != nil || !ev.failed {
		t.Errorf("they are compared: %v", got)
	}
}
