package query_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Hostile has a column for each name that somebody might forget to quote.
type Hostile struct {
	ID                                                                            int64
	Quote, Apostrophe, Backslash, Dollar, Question, Dashes, Umlaut, Select, Space string
}

type hostiles struct {
	model.Table[Hostile]
	ID                                                                            expr.Int
	Quote, Apostrophe, Backslash, Dollar, Question, Dashes, Umlaut, Select, Space expr.Text
}

func mapHostile(table string) *hostiles {
	return model.Map(table, func(t *hostiles) model.Spec {
		return model.Spec{
			model.Name(`a"b`, t.Quote), model.Name("sel'ect", t.Apostrophe), model.Name(`back\slash`, t.Backslash),
			model.Name("$1", t.Dollar), model.Name("?", t.Question), model.Name("--", t.Dashes), model.Name("ünï", t.Umlaut),
			model.Name("select", t.Select), model.Name("x; DROP TABLE y", t.Space),
			model.PrimaryKey(t.ID), model.Unique(t.Quote, t.Question), model.Index(t.Apostrophe), model.Index(t.Dollar, t.Umlaut),
			model.Check(`ch"eck`, t.Select.Ne(`it's \ "?" $1 --`)),
		}
	})
}

var (
	hostileTables = []string{
		`a"b`, "sel'ect", `back\slash`, "$1", "?", "--", "ünï", "select", "user", "x; DROP TABLE y", "Ünï Cöde", "/*", "1",
	}
	hostileValues = []string{
		`a"b`, "sel'ect", `back\slash`, "$1", "?", "--", "ünï", "'; DROP TABLE customer; --", `\'`, `''`, "$$", "%_", "\n\t\r", "\u0001",
		"😀", "", " ", "NULL", "DEFAULT", `{"a"}`, `{}`, `\\`, `\x00`,
	}
)

func TestHostileNames(t *testing.T) {
	t.Parallel()
	for _, name := range hostileTables {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, h := context.Background(), mapHostile(name)
			s, err := model.NewSchema(h)
			ok(t, err)
			eng, err := session.Open(ctx, pgtest.Database(t), s, session.Options{MaxConns: 2})
			ok(t, err)
			t.Cleanup(eng.Close)
			ok(t, s.CreateAll(ctx, eng))
			ok(t, s.CreateAll(ctx, eng))
			exists, err := s.HasTable(ctx, eng, h)
			ok(t, err)
			if !exists {
				t.Error("the table does not exist after CreateAll")
			}
			objects(t, eng, h)
			statements(t, eng, h)
			ok(t, s.DropAll(ctx, eng))
		})
	}
}

// objects inserts, reads, updates and deletes rows as objects.
func objects(t *testing.T, eng *session.Engine, h *hostiles) {
	t.Helper()
	ctx, s := context.Background(), eng.Session()
	defer func() { ok(t, s.Close(ctx)) }()
	for _, v := range hostileValues {
		s.Add(&Hostile{Quote: v, Apostrophe: v, Backslash: v, Dollar: v, Question: v, Dashes: v, Umlaut: v, Select: v, Space: v})
	}
	ok(t, s.Commit(ctx))
	rows, err := query.Select(h).OrderBy(h.ID).All(ctx, s)
	ok(t, err)
	for i, r := range rows {
		v := hostileValues[i]
		got := []string{r.Quote, r.Apostrophe, r.Backslash, r.Dollar, r.Question, r.Dashes, r.Umlaut, r.Select, r.Space}
		if slices.ContainsFunc(got, func(s string) bool { return s != v }) {
			t.Errorf("%q is read back as %q", v, got)
		}
		r.Dashes, r.Question = v+v, v+"?"
	}
	ok(t, s.Commit(ctx))
	one, err := query.Select(h).Filter(h.ID.Eq(rows[0].ID)).Refresh().One(ctx, s)
	ok(t, err)
	if one.Question != hostileValues[0]+"?" {
		t.Errorf("after the update it is %q", one.Question)
	}
	s.Delete(one, rows[1], rows[2])
	ok(t, s.Commit(ctx))
	n, err := query.Select(h).Count(ctx, s)
	ok(t, err)
	if n != int64(len(hostileValues)-3) {
		t.Errorf("after the deletes there are %d rows", n)
	}
}

// statements selects, updates and deletes rows by query.
func statements(t *testing.T, eng *session.Engine, h *hostiles) {
	t.Helper()
	ctx, s := context.Background(), eng.Session()
	defer func() { ok(t, s.Close(ctx)) }()
	alias := model.Alias(h, `al"ias ?`)
	label := alias.Dollar.Concat("?").As(`la"bel ?`)
	for _, v := range hostileValues[3:] {
		got, err := query.Select2(h.Backslash, label).Join(alias, alias.ID.EqExpr(h.ID)).
			Filter(h.Quote.Eq(v), h.Umlaut.In(v), h.Select.HasPrefix(v)).
			OrderBy(label, h.Space.Desc()).All(ctx, s)
		ok(t, err)
		if len(got) != 1 || got[0].V1 != v || got[0].V2 != v+"?" {
			t.Errorf("of %q it reads %q", v, got)
		}
		n, err := query.Update(h).Set(h.Quote.To(v+"'"), h.Dashes.ToExpr(h.Umlaut.Concat("--"))).Filter(h.Quote.Eq(v)).Exec(ctx, s)
		ok(t, err)
		one, err := query.Select(h.Dashes).Filter(h.Quote.Eq(v+"'")).One(ctx, s)
		ok(t, err)
		if n != 1 || one != v+"--" {
			t.Errorf("the update of %q touches %d rows and gives %q", v, n, one)
		}
		n, err = query.Delete(h).Filter(h.Quote.Eq(v+"'"), alias.ID.EqExpr(h.ID)).Exec(ctx, s)
		ok(t, err)
		if n != 1 {
			t.Errorf("the delete of %q touches %d rows", v, n)
		}
	}
	ok(t, s.Commit(ctx))
}
