package session_test

import (
	"fmt"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Counted has columns that the database computes.
type Counted struct {
	ID   int64
	Name string
	Code string
	Rev  int64
}

type counteds struct {
	model.Table[Counted]
	ID         expr.Int
	Name, Code expr.Text
	Rev        expr.Int
}

// TestComputedColumns: SQL expressions as defaults and on update, one row and many, are in the objects afterwards.
func TestComputedColumns(t *testing.T) {
	t.Parallel()
	table := model.Map("counted", func(t *counteds) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Default(t.Rev, func() int64 { return 1 }),
			model.DefaultExpr(t.Code, expr.Func[expr.NullText]("upper", expr.Val("o'code"))), model.OnUpdateExpr(t.Rev, t.Rev.Plus(1)),
			model.ZeroIsUnset(t.Rev, t.Code),
		}
	})
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(table), session.Options{})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.Schema().CreateAll(ctx, eng))
	s := begin(t, eng)
	one := &Counted{Name: "one"}
	s.Add(one)
	ok(t, s.Commit(ctx))
	equal(t, "code", one.Code, "O'CODE")
	var many []*Counted
	for i := range 5 {
		many = append(many, &Counted{Name: fmt.Sprint(i)})
		s.Add(many[i])
	}
	s.Add(&Counted{Name: "given", Code: "mine"})
	ok(t, s.Commit(ctx))
	one.Name = "changed"
	ok(t, s.Commit(ctx))
	equal(t, "rev", one.Rev, 2)
	for _, c := range many {
		equal(t, "code", c.Code, "O'CODE")
		c.Name += "!"
	}
	ok(t, s.Flush(ctx))
	many[0].Rev = 70 // the program's own value wins
	many[0].Name = "own"
	ok(t, s.Commit(ctx))
	for i, c := range many {
		want := int64(2)
		if i == 0 {
			want = 70
		}
		equal(t, "rev", c.Rev, want)
	}
	rows := must[[]query.Row3[string, string, int64]](t)(query.Select3(table.Name, table.Code, table.Rev).OrderBy(table.ID).All(ctx, eng))
	const want = "[('changed', 'O''CODE', 2) ('own', 'O''CODE', 70) ('1!', 'O''CODE', 2) ('2!', 'O''CODE', 2) ('3!', 'O''CODE', 2) " +
		"('4!', 'O''CODE', 2) ('given', 'mine', 1)]"
	equal(t, "rows", fmt.Sprint(rows), want)
	_, err = eng.Pool().Exec(ctx, "DELETE FROM counted WHERE id = $1", one.ID)
	ok(t, err)
	one.Name = "gone"
	is(t, s.Commit(ctx), session.ErrStale)
	ok(t, s.Rollback(ctx))
}
