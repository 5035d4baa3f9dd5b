package eval_test

import (
	"errors"
	"testing"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/eval"
	"github.com/cupel-go/cupel/internal/fault"
)

// TestEvaluatorRefuses: what memory cannot decide as the server would is refused by name, never guessed.
func TestEvaluatorRefuses(t *testing.T) {
	t.Parallel()
	c := Samples
	for _, p := range []expr.Condition{
		c.Text.Like("a%"), c.Text.ILike("a"), c.Text.Lt("b"), c.Text.Between("a", "b"), c.Text.Match("a"), expr.Lower(c.Text).Eq("a"),
		c.Price.Eq("1"), c.Price.Plus("1").IsNull(), expr.Op[expr.Float](c.Float, "%", expr.Val(2)).Eq(0), c.At.Plus(time.Hour).Eq(time.Now()), c.Day.EqExpr(c.At),
		c.Num.InExpr(c.Num.PlusExpr(expr.Func[expr.NullInt]("abs", c.Num))), c.Text.ConcatExpr(c.Num).Eq("a"), c.Num.EqExpr(Others.Num), expr.Raw[expr.Bool]("true"), expr.Where(nil), expr.Case[expr.Bool]().When(c.Flag, true).End(),
		c.Num.InExpr(expr.Func[expr.NullInt]("abs", c.Num)), expr.Not(c.Text.Like("x")), expr.Or(c.Flag, c.Text.Like("x")),
		c.Text.Collate("C").Eq("a"),
	} {
		if _, _, err := eval.Truth(c, p, &Sample{}); !errors.Is(err, fault.ErrCannotEvaluate) {
			t.Errorf("%v: error is %v", p, err)
		}
	}
}
