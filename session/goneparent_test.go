package session_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestDeletedLeavesLists: a row that was deleted in the transaction is in no list, however it was deleted, and back after a rollback.
func TestDeletedLeavesLists(t *testing.T) {
	t.Parallel()
	eng, rec := open(t)
	s, by := seedWorkers(t, eng)
	ann, bob, cid := by["ann"], by["bob"], by["cid"]
	bob.Reports.Add(ann, cid)
	ok(t, s.Commit(ctx))
	reports := func() int { return len(must[[]*Worker](t)(bob.Reports.All(ctx))) }
	byName := query.Delete(Workers).Filter(Workers.Name.Eq("ann"))
	for name, del := range map[string]func() error{
		"session": func() error { s.Delete(ann); return s.Flush(ctx) },
		"bulk":    func() error { return second(byName.Exec(ctx, s)) },
		"bulk, in memory": func() error {
			return second(byName.Sync(query.SyncEvaluate).Exec(ctx, s))
		},
		"returning": func() error { return second(query.Returning(byName, Workers).All(ctx, s)) },
	} {
		ok(t, s.Refresh(ctx, ann, bob, cid))
		equal(t, name+": before", reports(), 2)
		kept := must[[]*Worker](t)(bob.Reports.All(ctx))
		ok(t, del())
		rec.take()
		equal(t, name+": after", reports(), 1)
		sent(t, rec)
		equal(t, name+": what was handed out", len(kept), 2)
		ok(t, s.Rollback(ctx))
		equal(t, name+": rolled back", reports(), 2)
	}
}

// Nodes of trees whose keys and deletions the database takes on.
type (
	Node struct {
		Code, Name string
		UpCode     *string
		Up         model.One[Node]
		Downs      model.Many[Node]
	}
	nodes struct {
		model.Table[Node]
		Code, Name expr.Text
		UpCode     expr.NullText
		Up         model.ToOne[Node, Node]
		Downs      model.ToMany[Node, Node]
	}
)

// forest is the trees a → (b → c, d) and e → e.
func forest(t *testing.T, onDelete string) (*session.Engine, *nodes) {
	t.Helper()
	table := model.Map("node", func(t *nodes) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Code), model.ForeignKey(t.UpCode, t.Code).OnUpdate("CASCADE").OnDelete(onDelete), model.DatabaseDeletes(t.Downs),
		}
	})
	schema := model.MustSchema(table)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, schema.CreateAll(ctx, eng))
	must[int64](t)(query.ExecRaw(ctx, eng, "INSERT INTO node VALUES ('a', 'a', NULL), ('b', 'b', 'a'), ('c', 'c', 'b'), ('d', 'd', 'a'), ('e', 'e', 'e')"))
	return eng, table
}

func named(t *testing.T, s *session.Session, table *nodes) map[string]*Node {
	t.Helper()
	by := map[string]*Node{}
	for _, n := range must[[]*Node](t)(query.Select(table).All(ctx, s)) {
		by[n.Name] = n
	}
	return by
}

// TestDatabaseDeletes: what the database did to the rows that referred to a deleted one is known when they are asked.
func TestDatabaseDeletes(t *testing.T) {
	t.Parallel()
	for _, action := range []string{"SET NULL", "CASCADE"} {
		eng, table := forest(t, action)
		for _, loaded := range []bool{false, true} {
			s := begin(t, eng)
			by := named(t, s, table)
			for _, n := range by {
				if loaded {
					must[*Node](t)(n.Up.Get(ctx))
					must[[]*Node](t)(n.Downs.All(ctx))
				}
			}
			s.Delete(by["a"])
			ok(t, s.Flush(ctx))
			for _, name := range []string{"b", "d"} {
				up, err := by[name].Up.Get(ctx)
				if action == "CASCADE" {
					is(t, err, query.ErrNoRows)
					continue
				}
				ok(t, err)
				equal(t, "parent of "+name, up, nil)
				equal(t, "foreign key of "+name, by[name].UpCode, nil)
			}
			ok(t, s.Rollback(ctx))
			equal(t, "parent of b after the rollback", must[*Node](t)(by["b"].Up.Get(ctx)), by["a"])
			equal(t, "foreign key", *by["b"].UpCode, "a")
		}
	}
}

// TestTreeOfChangedKeys: keys go round in a tree, with objects read again and locked in between.
func TestTreeOfChangedKeys(t *testing.T) {
	t.Parallel()
	eng, table := forest(t, "SET NULL")
	s := begin(t, eng)
	by := named(t, s, table)
	a, b, e := by["a"], by["b"], by["e"]
	fresh := &Node{Code: "n", Name: "n"}
	fresh.Up.Set(a)
	a.Code, e.Code = "z", "y"
	s.Add(fresh)
	ok(t, s.Flush(ctx))
	ok(t, s.Refresh(ctx, b, a))
	equal(t, "a row of its own", *e.UpCode, "y")
	for _, n := range []*Node{b, by["d"], fresh} {
		equal(t, "foreign key of "+n.Name, *n.UpCode, "z")
		equal(t, "parent of "+n.Name, must[*Node](t)(n.Up.Get(ctx)), a)
	}
	equal(t, "children", len(must[[]*Node](t)(a.Downs.All(ctx))), 3)
	ok(t, s.Lock(ctx, a, b, e))
	ok(t, s.Rollback(ctx))
	equal(t, "children after the rollback", len(must[[]*Node](t)(a.Downs.All(ctx))), 2)

	for _, step := range []struct {
		n    *Node
		code string
	}{{a, "t"}, {b, "a"}, {a, "b"}} { // a and b change keys
		step.n.Code = step.code
		ok(t, s.Flush(ctx))
		s.ExpireAll()
	}
	equal(t, "parent of b", must[*Node](t)(b.Up.Get(ctx)), a)
	equal(t, "parent of c", must[*Node](t)(by["c"].Up.Get(ctx)), b)
	equal(t, "object of b", must[*Node](t)(session.Get(ctx, s, table, "b")), a)
	ok(t, s.Commit(ctx))
	stored := must[[]string](t)(query.Raw[string]("SELECT name || code || coalesce(up_code, '-') FROM node WHERE name < 'd' ORDER BY name").All(ctx, eng))
	equal(t, "stored", stored[0]+stored[1]+stored[2], "ab-bab"+"cca")
}
