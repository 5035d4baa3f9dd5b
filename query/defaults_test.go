package query_test

import (
	"context"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
)

type (
	Ticket struct {
		ID, Serial, Rev int64
		Code, Zone      string
	}
	tickets struct {
		model.Table[Ticket]
		ID, Serial, Rev expr.Int
		Code, Zone      expr.Text
	}
)

// TestDefaults: columns that an INSERT or UPDATE does not name get what the mapping says, a Go function's result for each
// row; those that it names, with a zero too, get what they are given.
func TestDefaults(t *testing.T) {
	t.Parallel()
	calls := int64(0)
	tk := model.Map("ticket", func(t *tickets) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID),
			model.Default(t.Serial, func() int64 { calls++; return calls }),
			model.DefaultExpr(t.Code, expr.Lower(expr.Val("X"))),
			model.ZeroIsUnset(t.Serial, t.Code),
			model.OnUpdate(t.Serial, func() int64 { return -1 }),
			model.OnUpdateExpr(t.Rev, t.Rev.Plus(1)),
		}
	})
	for _, c := range []struct{ name, got, want string }{
		{"one row", query.Insert(tk).Values(tk.Zone.To("a")).Inline(), "INSERT INTO ticket (zone, serial, code) VALUES ('a', 1, lower('X'::text))"},
		{
			"two rows", query.Insert(tk).Values(tk.Zone.To("a")).Values(tk.Zone.To("b")).Inline(),
			"INSERT INTO ticket (zone, serial, code) VALUES ('a'::text, 2::bigint, lower('X'::text)), ('b'::text, 3::bigint, lower('X'::text))",
		},
		{"a zero", query.Insert(tk).Values(tk.Serial.To(0), tk.Code.To("")).Inline(), "INSERT INTO ticket (serial, code) VALUES (0, '')"},
		{"no columns", query.Insert(tk).DefaultValues().Inline(), "INSERT INTO ticket (serial, code) VALUES (4, lower('X'::text))"},
		{
			"a query", query.Insert(tk).From(query.Select(tk.Zone).Filter(tk.ID.Gt(5)), tk.Zone).Inline(),
			"INSERT INTO ticket (zone, serial, code) SELECT ticket.zone, 5::bigint, lower('X'::text) \nFROM ticket \nWHERE ticket.id > 5",
		},
		{"returning", query.Returning(query.Insert(tk).Values(tk.Zone.To("a")), tk.Serial).Inline(), "INSERT INTO ticket (zone, serial, code) VALUES ('a', 6, lower('X'::text)) RETURNING ticket.serial"},
		{
			"an upsert of all", query.Insert(tk).Values(tk.ID.To(1), tk.Zone.To("a")).OnConflict(tk.ID).DoUpdateAll().Inline(),
			"INSERT INTO ticket (id, zone, serial, code) VALUES (1, 'a', 7, lower('X'::text)) " +
				"ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, serial = -1, rev = ticket.rev + 1",
		},
		{
			"an upsert of all that is run", sent(t, query.Insert(tk).Values(tk.ID.To(1), tk.Zone.To("a")).OnConflict(tk.ID).DoUpdateAll().Exec),
			"INSERT INTO ticket (id, zone, serial, code) VALUES ($1, $2, $3, lower($4::text)) " +
				"ON CONFLICT (id) DO UPDATE SET zone = excluded.zone, serial = $5, rev = ticket.rev + $6",
		},
		{"an update", query.Update(tk).Set(tk.Zone.To("b")).Filter(tk.ID.Eq(1)).Inline(), "UPDATE ticket SET zone = 'b', serial = -1, rev = ticket.rev + 1 WHERE ticket.id = 1"},
		{"an update that sets them", query.Update(tk).Set(tk.Rev.To(0), tk.Serial.To(0)).Everywhere().Inline(), "UPDATE ticket SET rev = 0, serial = 0"},
	} {
		if c.got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.name, c.got, c.want)
		}
	}
}

// sender keeps the text that it is to run.
type sender struct{ text string }

// CupelSchema returns none.
func (*sender) CupelSchema() string { return "" }

func (s *sender) CupelRun(_ context.Context, req *run.Request) error {
	s.text = string(req.Text)
	return nil
}

// sent returns the text that a statement has when it is run.
func sent(t *testing.T, exec func(context.Context, query.Runner) (int64, error)) string {
	t.Helper()
	s := &sender{}
	_, err := exec(context.Background(), s)
	ok(t, err)
	return s.text
}
