package session_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Player and Toy refer to each other, and a player to a captain, perhaps itself.
type (
	Player struct {
		ID        int64
		Name      string
		FavID     *int64
		CaptainID *int64
		Rev       int64

		Fav     model.One[Toy]
		Toys    model.Many[Toy]
		Captain model.One[Player]
	}
	Toy struct {
		ID      int64
		Colour  string
		OwnerID int64

		Owner model.One[Player]
	}
	players struct {
		model.Table[Player]
		ID        expr.Int
		Name      expr.Text
		FavID     expr.NullInt
		CaptainID expr.NullInt
		Rev       expr.Int
		Fav       model.ToOne[Player, Toy]
		Toys      model.ToMany[Player, Toy]
		Captain   model.ToOne[Player, Player]
	}
	toys struct {
		model.Table[Toy]
		ID      expr.Int
		Colour  expr.Text
		OwnerID expr.Int
		Owner   model.ToOne[Toy, Player]
	}
)

func playground() (ps *players, ts *toys) {
	ps = model.Map("player", func(p *players) model.Spec {
		ts = model.Map("toy", func(t *toys) model.Spec {
			return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.OwnerID, p.ID)}
		})
		return model.Spec{
			model.PrimaryKey(p.ID), model.ForeignKey(p.FavID, ts.ID), model.ForeignKey(p.CaptainID, p.ID),
			model.PostUpdate(p.Fav), model.PostUpdate(p.Captain), model.DeleteMembers(p.Toys),
			model.OnUpdateExpr(p.Rev, p.Rev.Plus(1)),
		}
	})
	return ps, ts
}

func openPlayground(t *testing.T) (*session.Engine, *recorder, *players, *toys) {
	t.Helper()
	ps, ts := playground()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(ps, ts), session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, eng.Schema().CreateAll(ctx, eng))
	rec.take()
	return eng, rec, ps, ts
}

func TestPostUpdate(t *testing.T) {
	t.Parallel()
	eng, rec, _, _ := openPlayground(t)
	s := begin(t, eng)
	p, toy := &Player{Name: "p"}, &Toy{Colour: "red"}
	toy.Owner.Set(p)
	p.Fav.Set(toy)
	s.Add(toy)
	ok(t, s.Commit(ctx))
	sent(t, rec, "BEGIN", "INSERT INTO player (name, fav_id, captain_id, rev) VALUES ($1, $2, $3, $4) RETURNING id",
		"INSERT INTO toy (colour, owner_id) VALUES ($1, $2) RETURNING id",
		"WITH changed AS (UPDATE player SET fav_id = $1 WHERE player.id = $2 RETURNING 1) SELECT CASE count(*) WHEN 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed",
		"COMMIT")
	equal(t, "favourite", *p.FavID, toy.ID)
	s.Delete(p) // and its toys with it
	ok(t, s.Commit(ctx))
	equal(t, "deleted", strings.Join(rec.take()[2:], "\n"), "WITH changed AS (UPDATE player SET fav_id = $1 WHERE player.id = $2 RETURNING 1) "+
		"SELECT CASE count(*) WHEN 1 THEN 1 ELSE ('cupel: rows found: ' || count(*))::integer END FROM changed\n"+
		guardedDelete("DELETE FROM toy WHERE toy.id = $1")+"\n"+guardedDelete("DELETE FROM player WHERE player.id = $1")+"\nCOMMIT")
	equal(t, "players", count(t, eng, "player"), 0)
}

// TestPostUpdateMany: all rows take one statement a table, and one for the postponed foreign keys.
func TestPostUpdateMany(t *testing.T) {
	t.Parallel()
	eng, rec, ps, ts := openPlayground(t)
	s := begin(t, eng)
	var all []*Player
	for i := range 4 {
		p := &Player{Name: fmt.Sprint(i)}
		for range 2 {
			toy := &Toy{Colour: p.Name}
			p.Toys.Add(toy)
			p.Fav.Set(toy)
		}
		all = append(all, p)
		p.Captain.Set(all[max(0, i-1)]) // the first is its own
		s.Add(p)
	}
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "INSERT INTO player …", "INSERT INTO toy …",
		"WITH changed AS (UPDATE player SET fav_id = cupel.v1 FROM …", "WITH changed AS (UPDATE player SET captain_id = cupel.v1 FROM …")
	q := query.Select3(ps.Name, ts.Colour, ps.Rev).Join(ts, ts.ID.EqExpr(ps.FavID)).OrderBy(ps.ID)
	equal(t, "rows", fmt.Sprint(must[[]query.Row3[string, string, int64]](t)(q.All(ctx, s))), "[('0', '0', 0) ('1', '1', 0) ('2', '2', 0) ('3', '3', 0)]")
	captains := must[[]*int64](t)(query.Select(ps.CaptainID).OrderBy(ps.ID).All(ctx, s))
	for i, c := range captains {
		equal(t, "captain", *c, all[max(0, i-1)].ID)
	}
	ok(t, s.Commit(ctx))
	rec.take()

	fav := *all[0].FavID
	for _, p := range all {
		s.Delete(p)
	}
	ok(t, s.Flush(ctx))
	equal(t, "players", len(must[[]*Player](t)(query.Select(ps).All(ctx, s))), 0)
	ok(t, s.Rollback(ctx))
	equal(t, "favourite after rollback", *all[0].FavID, fav)
	equal(t, "players after rollback", len(must[[]*Player](t)(query.Select(ps).All(ctx, s))), 4)
	ok(t, s.Commit(ctx))
	equal(t, "favourite is no change", len(s.Dirty()), 0)
}

// TestPostUpdateOfRowThatIsThere: only between two new rows does it take a statement of its own.
func TestPostUpdateOfRowThatIsThere(t *testing.T) {
	t.Parallel()
	eng, rec, _, _ := openPlayground(t)
	s := begin(t, eng)
	p, toy := &Player{Name: "p"}, &Toy{Colour: "red"}
	toy.Owner.Set(p)
	s.Add(toy)
	ok(t, s.Commit(ctx))
	rec.take()
	p.Fav.Set(toy)
	friend := &Player{Name: "friend"}
	friend.Fav.Set(toy)
	s.Add(friend)
	ok(t, s.Flush(ctx))
	sent(t, rec, "BEGIN", "UPDATE player SET fav_id = $1, rev = player.rev + $2 …", "INSERT INTO player (name, fav_id, captain_id, rev) …")
	equal(t, "favourite", *friend.FavID, toy.ID)
	p.Fav.Set(nil)
	ok(t, s.Commit(ctx))
	equal(t, "favourite", p.FavID, nil)
}

// TestPostUpdateFails: what the server says of it names the object, and Rollback makes all new again.
func TestPostUpdateFails(t *testing.T) {
	t.Parallel()
	eng, _, ps, _ := openPlayground(t)
	_, err := eng.Pool().Exec(ctx, "ALTER TABLE player ADD CHECK (fav_id IS NULL)")
	ok(t, err)
	s := begin(t, eng)
	p, toy := &Player{Name: "p"}, &Toy{Colour: "red"}
	toy.Owner.Set(p)
	p.Fav.Set(toy)
	s.Add(p)
	err = s.Commit(ctx)
	if err == nil || !strings.Contains(err.Error(), "Player(id=1)") {
		t.Errorf("error is %v", err)
	}
	ok(t, s.Rollback(ctx))
	_, err = eng.Pool().Exec(ctx, "ALTER TABLE player DROP CONSTRAINT player_fav_id_check")
	ok(t, err)
	s.Add(p)
	ok(t, s.Commit(ctx))
	equal(t, "favourite", *must[*Player](t)(query.Select(ps).One(ctx, eng)).FavID, toy.ID)
}
