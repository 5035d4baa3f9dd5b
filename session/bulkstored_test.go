package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

type (
	Stamp struct {
		Code, Name string
		Rev        int64
	}
	stamps struct {
		model.Table[Stamp]
		Code, Name expr.Text
		Rev        expr.Int
	}
)

// TestBulkUpdateOfStoredKeys: what an UPDATE computes comes back into objects whose keys are stored otherwise than they are given.
func TestBulkUpdateOfStoredKeys(t *testing.T) {
	t.Parallel()
	table := model.Map("stamp", func(t *stamps) model.Spec {
		return model.Spec{model.PrimaryKey(t.Code), model.Type("char(3)", t.Code), model.OnUpdateExpr(t.Rev, t.Rev.Plus(1))}
	})
	schema := model.MustSchema(table)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	objs := []*Stamp{{Code: "a", Rev: 1}, {Code: "b ", Rev: 7}, {Code: "ccc", Rev: 9}}
	ok(t, session.BulkInsert(ctx, eng, table, objs...))
	s := begin(t, eng)
	for range 2 {
		ok(t, session.BulkUpdate(ctx, eng, table, objs, table.Name))
		ok(t, session.BulkUpdate(ctx, s, table, objs, table.Name))
		ok(t, s.Commit(ctx))
	}
	for i, want := range []int64{5, 11, 13} {
		equal(t, "what was computed", objs[i].Rev, want)
	}
}
