package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/session"
)

// Dept and Emp refer to each other.
type (
	Dept struct {
		ID   int64
		Boss model.One[Emp]
	}
	Emp struct {
		ID   int64
		Dept model.One[Dept]
	}
)

// TestJSONOfACircle: two objects that refer to each other are an error, not an endless text.
func TestJSONOfACircle(t *testing.T) {
	t.Parallel()
	d, e := &Dept{ID: 1}, &Emp{ID: 2}
	d.Boss.Set(e)
	if text, err := json.Marshal(d); err != nil || !strings.Contains(string(text), `"Boss":{"ID":2`) {
		t.Errorf("%s %v", text, err)
	}
	e.Dept.Set(d)
	if text, err := json.Marshal(d); !errors.Is(err, model.ErrCircular) {
		t.Errorf("%s %v", text, err)
	}
}

// Checked has columns for check constraints.
type Checked struct {
	ID   int64
	Size int64
	Key  [16]byte
	Doc  json.RawMessage
	Code string
}

type checkeds struct {
	model.Table[Checked]
	ID, Size expr.Int
	Key      expr.UUID
	Doc      expr.JSON
	Code     expr.Text
}

// TestDDLRuns: what a Spec says arrives whole in the database, in whatever order it is said.
func TestDDLRuns(t *testing.T) {
	t.Parallel()
	many := make([]int64, 25)
	long := "ix_" + strings.Repeat("x", 50)
	table := model.Map("checked", func(t *checkeds) model.Spec {
		return model.Spec{
			model.Check("size_known", t.Size.In(many...)), model.Name("len", t.Size),
			model.Check("key_set", t.Key.Ne([16]byte{1})), model.Check("doc", expr.Op[expr.Predicate](t.Doc, "@>", expr.Val(json.RawMessage("{}")))),
			model.Check("code", t.Code.Ne(`o'clock \ "x"`)),
			model.Size(5, t.Code), model.Type("char", t.Code), model.PrimaryKey(t.ID),
			model.Name(long, t.Doc), model.Index(t.Size, t.Key, t.Code, t.ID), model.Unique(t.Key, t.Code, t.ID, t.Size), model.Index(t.Size),
		}
	})
	schema, err := model.NewSchema(table)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for range 2 {
		if err := schema.CreateAll(ctx, eng); err != nil {
			t.Fatal(err)
		}
	}
	ddl := strings.Join(schema.DDL(), ";\n")
	if strings.Contains(ddl, "more") || !strings.Contains(ddl, "code char(5)") || !strings.Contains(ddl, "CHECK (len = ANY(ARRAY[0, 0") {
		t.Errorf("DDL is %s", ddl)
	}
	empty := model.MustSchema()
	if err := errors.Join(empty.DropAll(ctx, eng), empty.CreateAll(ctx, eng)); err != nil {
		t.Error(err)
	}
}

// TestNamesThatDoNotFit: every name that PostgreSQL cannot have, or would cut, is reported, each with its place.
func TestNamesThatDoNotFit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 64)
	table := model.Map("checked", func(t *checkeds) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.Name("", t.Size), model.Name("a\x00b", t.Key), model.Name(long, t.Doc),
			model.Check("", t.Size.Gt(0)), model.Check("nul", t.Code.Ne("\x00")), model.Size(3, t.Size),
			model.ForeignKey(t.Size, t.ID).OnDelete("CASCADE; DROP TABLE x"),
		}
	})
	_, err := model.NewSchema(table)
	for _, want := range []string{
		"column of field Size: invalid identifier", "column of field Key: invalid identifier", "column of field Doc: name", "Check: invalid identifier",
		"Check nul: text holds NUL", "Size: column", "is no action",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the mistakes lack %q: %v", want, err)
		}
	}
}
