package expr_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// An element or a slice of an array is set alone.
func TestSetPartOfArray(t *testing.T) {
	t.Parallel()
	ctx, c, b := context.Background(), table, newBench(t)
	u := query.Update(c).Filter(c.ID.Eq(1))
	for _, x := range []struct {
		set  expr.Assignment
		sql  string
		want []string
	}{
		{c.Words.At(2).To("x"), "words[$1] = $2", []string{"a", "x", "a"}},
		{c.Words.At(1).ToExpr(c.Name), "words[$1] = t.name", []string{"ann", "x", "a"}},
		{c.Words.Slice(1, 2).To([]string{"p", "q"}), "words[$1:$2] = $3", []string{"p", "q", "a"}},
		{c.Words.AtExpr(expr.Cardinality(c.Words).Plus(1)).To("z"), "words[cardinality(t.words) + $1] = $2", []string{"p", "q", "a", "z"}},
		{c.Words.ToExpr(expr.ArrayRemove(c.Words, "a")), "words = array_remove(t.words, $1)", []string{"p", "q", "z"}},
	} {
		q := u.Set(x.set)
		sql, _, err := q.SQL()
		if want := "UPDATE t SET " + x.sql + " WHERE t.id = $"; err != nil || len(sql) != len(want)+1 || sql[:len(want)] != want {
			t.Errorf("%s, %v; want %s", sql, err, want)
		}
		if n, err := q.Exec(ctx, b.eng); n != 1 || err != nil {
			t.Errorf("%s: %d rows, %v", sql, n, err)
		}
		gives(b, c.Words, &x.want)
	}
	if _, _, err := u.Set(c.Name.Concat("x").To("y")).SQL(); err == nil {
		t.Error("an expression is set")
	}
	if _, _, err := u.Set(expr.ArrayAppend(c.Words, "x").At(1).To("y")).SQL(); err == nil {
		t.Error("an element of an expression is set")
	}
	q := u.Set(c.Words.At(1).To("y")).Sync(query.SyncEvaluate)
	if s := b.eng.Session(); true {
		if _, err := q.Exec(ctx, s); !errors.Is(err, session.ErrCannotEvaluate) {
			t.Errorf("evaluated: %v", err)
		}
		_ = s.Close(ctx)
	}
}

// What a jsonb has under a key, or at a position, is set alone.
func TestSetPartOfJSON(t *testing.T) {
	t.Parallel()
	ctx, c, b := context.Background(), table, newBench(t)
	u := query.Update(c).Filter(c.ID.Eq(1))
	_, err := u.Set(c.Doc.To(json.RawMessage(`{"a": [1, {"b": 2}]}`))).Exec(ctx, b.eng)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		set       expr.Assignment
		sql, want string
	}{
		{c.Doc.Get("a").At(0).To(json.RawMessage("9")), "doc[$1::text][$2::integer] = $3", `{"a": [9, {"b": 2}]}`},
		{c.Doc.Get("a").At(-1).Get("it's").ToExpr(expr.JSONVal("x")), "doc[$1::text][$2::integer][$3::text] = $4", `{"a": [9, {"b": 2, "it's": "x"}]}`},
		{c.Doc.GetExpr(c.Name).To(json.RawMessage("null")), "doc[t.name] = $1", `{"a": [9, {"b": 2, "it's": "x"}], "ann": null}`},
		{c.Doc.Get("a").To(json.RawMessage("{}")), "doc[$1::text] = $2", `{"a": {}, "ann": null}`},
	} {
		q := u.Set(x.set)
		sql, _, err := q.SQL()
		if want := "UPDATE t SET " + x.sql + " WHERE t.id = $"; err != nil || len(sql) != len(want)+1 || sql[:len(want)] != want {
			t.Errorf("%s, %v; want %s", sql, err, want)
		}
		n, err := q.Exec(ctx, b.eng)
		if err != nil {
			t.Fatal(err)
		}
		got, err := query.Select(expr.CastTo[expr.Text](c.Doc)).Filter(c.ID.Eq(1)).One(ctx, b.eng)
		if err != nil {
			t.Fatal(err)
		}
		if n != 1 || got != x.want {
			t.Errorf("%s: %d rows, the document is %s, want %s", sql, n, got, x.want)
		}
	}
	for _, bad := range []expr.Assignment{c.Doc.GetText("a").To("x"), c.Doc.Path("a").To(json.RawMessage("1")), expr.JSONVal(1).Get("a").To(json.RawMessage("1"))} {
		if sql, _, err := u.Set(bad).SQL(); err == nil {
			t.Errorf("an expression is set: %s", sql)
		}
	}
}

// A row that is not there has no parts: what is inserted is a whole column.
func TestInsertNoPart(t *testing.T) {
	t.Parallel()
	c := table
	other := model.Alias(c, "other")
	part := c.Words.At(1).To("x")
	for i, q := range []interface{ SQL() (string, []any, error) }{
		query.Insert(c).Values(part), query.Insert(c).FromRows(query.From(c), part), query.Insert(c).Values(c.Doc.Get("a").To(nil)),
		query.Merge(c).Using(other, c.ID.EqExpr(other.ID)).WhenNotMatched().Insert(part),
	} {
		if sql, _, err := q.SQL(); err == nil {
			t.Errorf("%d: a part is inserted: %s", i, sql)
		}
	}
}
