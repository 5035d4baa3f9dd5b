package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Root has a key that the database makes in an order of its own.
type (
	Root struct {
		ID     int64
		Code   string
		Leaves model.Many[Leaf]
	}
	Leaf struct {
		ID     int64
		Code   string
		RootID int64
		Root   model.One[Root]
	}
	roots struct {
		model.Table[Root]
		ID     expr.Int
		Code   expr.Text
		Leaves model.ToMany[Root, Leaf]
	}
	leaves struct {
		model.Table[Leaf]
		ID     expr.Int
		Code   expr.Text
		RootID expr.Int
		Root   model.ToOne[Leaf, Root]
	}
)

// TestKeysInNoOrder: where the mapping says of the key that it is the server's default, its rows are inserted each by itself, so that
// every object gets its own key, however it came about, and those that refer to it do too.
func TestKeysInNoOrder(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]string{
		"descending": "CREATE SEQUENCE odd INCREMENT BY -1 MINVALUE -100",
		"cycling":    "CREATE SEQUENCE odd MAXVALUE 9 START WITH 7 CYCLE",
		"random":     "CREATE SEQUENCE odd; ALTER TABLE root ALTER id SET DEFAULT abs(50 - nextval('odd') * 7 % 13)",
		"by a trigger": "CREATE SEQUENCE odd; CREATE FUNCTION down() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := 100 - NEW.id; RETURN NEW; END'; " +
			"CREATE TRIGGER down BEFORE INSERT ON root FOR EACH ROW EXECUTE FUNCTION down()",
	} {
		rs := model.Map("root", func(t *roots) model.Spec {
			return model.Spec{model.PrimaryKey(t.ID), model.ServerDefault(t.ID, "0")}
		})
		ls := model.Map("leaf", func(t *leaves) model.Spec {
			return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.RootID, rs.ID)}
		})
		eng := gaugeEngine(t, rs, ls)
		create, more, _ := strings.Cut(change, ";")
		elsewhere(t, eng, create)
		elsewhere(t, eng, "ALTER TABLE root ALTER id SET DEFAULT nextval('odd'); "+more)
		s := begin(t, eng)
		var all []*Root
		for i := range 6 {
			r := &Root{Code: fmt.Sprint("r", i)}
			r.Leaves.Add(&Leaf{Code: r.Code}, &Leaf{Code: r.Code})
			all = append(all, r)
			s.Add(r)
			if i == 2 {
				ok(t, s.Commit(ctx))
			}
		}
		ok(t, s.Commit(ctx))
		bulk := []*Root{{Code: "b0"}, {Code: "b1"}}
		ok(t, session.BulkInsert(ctx, eng, rs, bulk...))
		for _, r := range append(all, bulk...) {
			equal(t, what, must[string](t)(query.Select(rs.Code).Filter(rs.ID.Eq(r.ID)).One(ctx, eng)), r.Code)
		}
		apart := must[int64](t)(query.Select2(ls.ID, rs.ID).Join(rs).Filter(ls.Code.NeExpr(rs.Code)).Count(ctx, eng))
		equal(t, what+": leaves on another root", apart, 0)
		equal(t, what+": leaves", count(t, eng, "leaf"), 12)
	}
}
