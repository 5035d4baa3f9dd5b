package session_test

import (
	"log/slog"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Shops and their trucks, whose keys are of a type for which the server finds values equal that differ in Go.
type (
	Shop struct {
		Region, Name string
		Trucks       model.Many[Truck]
	}
	Truck struct {
		ID           int64
		Region, Name *string
		Shop         model.One[Shop]
	}
	shops struct {
		model.Table[Shop]
		Region, Name expr.Text
		Trucks       model.ToMany[Shop, Truck]
	}
	trucks struct {
		model.Table[Truck]
		ID           expr.Int
		Region, Name expr.NullText
		Shop         model.ToOne[Truck, Shop]
	}
)

// fleet is the two tables with keys of a type: of one column or of two.
type fleet struct {
	shops  *shops
	trucks *trucks
	schema *model.Schema
}

func newFleet(sqlType string, wide bool, more func(t *shops) []model.Option) fleet {
	f := fleet{}
	f.shops = model.Map("shop", func(t *shops) model.Spec {
		key := model.PrimaryKey(t.Name)
		if wide {
			key = model.PrimaryKey(t.Region, t.Name)
		}
		spec := model.Spec{key, model.Type(sqlType, t.Region, t.Name)}
		if more != nil {
			spec = append(spec, more(t)...)
		}
		return spec
	})
	f.trucks = model.Map("truck", func(t *trucks) model.Spec {
		fk := model.ForeignKeys(model.Refer[string](t.Name, f.shops.Name))
		if wide {
			fk = model.ForeignKeys(model.Refer[string](t.Region, f.shops.Region), model.Refer[string](t.Name, f.shops.Name))
		}
		return model.Spec{model.PrimaryKey(t.ID), fk, model.Type(sqlType, t.Region, t.Name)}
	})
	f.schema = model.MustSchema(f.shops, f.trucks)
	return f
}

// equalKeys are types with values that are equal to the server and differ in Go.
var equalKeys = []struct {
	sqlType string
	shops   [3]string // as they are stored
	refs    [3]string // equal to them
}{
	{"citext", [3]string{"WEST", "East", "north"}, [3]string{"West", "EAST", "NORTH"}},
	{"numeric", [3]string{"1.0", "2.50", "3"}, [3]string{"1.00", "2.5", "3.000"}},
	{"varchar(8) COLLATE loose", [3]string{"WEST", "East", "north"}, [3]string{"West", "EAST", "NORTH"}},
	{"jsonb", [3]string{`{"a": 1.0}`, `{"a": 2}`, `[3]`}, [3]string{`{"a":1}`, `{"a": 2.00}`, `[3.0]`}},
}

func (f fleet) open(t *testing.T, e int) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), f.schema, session.Options{Logger: slog.New(rec), MaxConns: 4})
	ok(t, err)
	t.Cleanup(eng.Close)
	for _, sql := range []string{
		"CREATE EXTENSION citext",
		"CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
	} {
		must[int64](t)(query.ExecRaw(ctx, eng, sql))
	}
	ok(t, f.schema.CreateAll(ctx, eng))
	k := equalKeys[e]
	for i := range k.shops {
		must[int64](t)(query.ExecRaw(ctx, eng, "INSERT INTO shop (region, name) VALUES (?, ?)", k.shops[0], k.shops[i]))
		for n := range i + 1 { // the first shop has one truck, the second two …
			must[int64](t)(query.ExecRaw(ctx, eng, "INSERT INTO truck (id, region, name) VALUES (?, ?, ?)", 10*i+n, k.refs[0], k.refs[i]))
		}
	}
	rec.take()
	return eng, rec
}

func forEqualKeys(t *testing.T, test func(t *testing.T, eng *session.Engine, f fleet)) {
	t.Parallel()
	for i, k := range equalKeys {
		for _, wide := range []bool{false, true} {
			name := k.sqlType
			if wide {
				name += ", two columns"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := newFleet(k.sqlType, wide, nil)
				eng, _ := f.open(t, i)
				test(t, eng, f)
			})
		}
	}
}

// TestEqualKeysInLists: the server says which trucks are a shop's, whether one list is loaded or all.
func TestEqualKeysInLists(t *testing.T) {
	forEqualKeys(t, func(t *testing.T, eng *session.Engine, f fleet) {
		for _, alone := range []bool{false, true} {
			s := begin(t, eng)
			q := query.Select(f.shops).OrderBy(f.shops.Name)
			total := 0
			for i := range 3 {
				if alone {
					q = query.Select(f.shops).OrderBy(f.shops.Name).Limit(1).Offset(i)
				}
				all := must[[]*Shop](t)(q.All(ctx, s))
				shop := all[0]
				if !alone {
					shop = all[i]
				}
				mine := must[[]*Truck](t)(shop.Trucks.All(ctx))
				for _, truck := range mine {
					equal(t, "position of a truck's shop", must[*Shop](t)(truck.Shop.Get(ctx)) == shop, true)
					equal(t, "all are of one shop", truck.ID/10, mine[0].ID/10)
				}
				equal(t, "trucks of the shop", len(mine), int(mine[0].ID/10)+1)
				total += len(mine)
			}
			equal(t, "trucks", total, 6)
		}
	})
}

// TestEqualKeysInRefs: a foreign key finds its row where only the server finds the two equal.
func TestEqualKeysInRefs(t *testing.T) {
	forEqualKeys(t, func(t *testing.T, eng *session.Engine, f fleet) {
		for _, known := range []bool{false, true} {
			s := begin(t, eng)
			if known {
				must[[]*Shop](t)(query.Select(f.shops).All(ctx, s))
			}
			shops := map[int64]*Shop{}
			for _, truck := range must[[]*Truck](t)(query.Select(f.trucks).OrderBy(f.trucks.ID).All(ctx, s)) {
				shop := must[*Shop](t)(truck.Shop.Get(ctx))
				if shop == nil {
					t.Fatalf("truck %d has no shop", truck.ID)
				}
				if before := shops[truck.ID/10]; before != nil {
					equal(t, "shop of the next truck", shop, before)
				}
				shops[truck.ID/10] = shop
			}
			equal(t, "shops", len(shops), 3)
			if shops[0] == shops[1] || shops[1] == shops[2] {
				t.Error("two have become one")
			}
		}
	})
}

// TestEqualKeysMove: a truck that goes to another shop leaves the list of the one that it was in; one that is taken out of a list
// that is not loaded loses its shop.
func TestEqualKeysMove(t *testing.T) {
	forEqualKeys(t, func(t *testing.T, eng *session.Engine, f fleet) {
		s := begin(t, eng)
		all := must[[]*Shop](t)(query.Select(f.shops).OrderBy(f.shops.Name).All(ctx, s))
		was := must[[]*Truck](t)(all[0].Trucks.All(ctx))
		truck := was[0]
		truck.Shop.Set(all[1])
		equal(t, "trucks left", len(must[[]*Truck](t)(all[0].Trucks.All(ctx))), len(was)-1)
		ok(t, s.Commit(ctx))
		equal(t, "shop", must[*Shop](t)(truck.Shop.Get(ctx)), all[1])

		// Only the foreign key, which differs in Go, could say whose it is.
		other := begin(t, eng)
		truck = must[*Truck](t)(query.Select(f.trucks).Filter(f.trucks.ID.Eq(20)).One(ctx, other))
		for _, shop := range must[[]*Shop](t)(query.Select(f.shops).All(ctx, other)) {
			shop.Trucks.Remove(truck)
		}
		if err := other.Flush(ctx); err == nil {
			t.Error("a truck was taken out of lists that do not know it, without an error")
		}
		ok(t, other.Rollback(ctx))

		fresh := begin(t, eng)
		truck = must[*Truck](t)(query.Select(f.trucks).Filter(f.trucks.ID.Eq(20)).One(ctx, fresh))
		shop := must[*Shop](t)(truck.Shop.Get(ctx))
		shop.Trucks.Remove(truck)
		ok(t, fresh.Commit(ctx))
		equal(t, "foreign key", truck.Name, nil)
		equal(t, "stored", must[int64](t)(query.Select(f.trucks).Filter(f.trucks.Name.IsNull()).Count(ctx, fresh)), 1)
	})
}

// TestNoRowForForeignKey: a foreign key that finds nothing is an error, of the object that is asked only.
func TestNoRowForForeignKey(t *testing.T) {
	forEqualKeys(t, func(t *testing.T, eng *session.Engine, f fleet) {
		must[int64](t)(query.ExecRaw(ctx, eng, "ALTER TABLE truck DROP CONSTRAINT "+must[string](t)(query.Raw[string](
			"SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND conrelid = 'truck'::regclass").One(ctx, eng))))
		must[int64](t)(query.ExecRaw(ctx, eng, "DELETE FROM shop WHERE name IN (SELECT name FROM truck WHERE id = 20)"))
		s := begin(t, eng)
		for _, truck := range must[[]*Truck](t)(query.Select(f.trucks).OrderBy(f.trucks.ID).All(ctx, s)) {
			shop, err := truck.Shop.Get(ctx)
			if truck.ID >= 20 {
				is(t, err, session.ErrDangling)
				continue
			}
			ok(t, err)
			equal(t, "shop of the others", shop != nil, true)
		}
	})
}

// TestEqualKeysGo: what refers to a row goes with it, or loses its foreign key, where only the server finds the two equal.
func TestEqualKeysGo(t *testing.T) {
	t.Parallel()
	for i, k := range equalKeys {
		for _, members := range []bool{false, true} {
			f := newFleet(k.sqlType, false, func(t *shops) []model.Option {
				if members {
					return []model.Option{model.DeleteMembers(t.Trucks)}
				}
				return nil
			})
			eng, _ := f.open(t, i)
			left := int64(6)
			if members {
				left = 0
			}
			for _, known := range []bool{false, true} {
				s := begin(t, eng)
				if known {
					must[[]*Truck](t)(query.Select(f.trucks).All(ctx, s))
				}
				for _, shop := range must[[]*Shop](t)(query.Select(f.shops).All(ctx, s)) {
					s.Delete(shop)
				}
				ok(t, s.Flush(ctx))
				equal(t, k.sqlType+": trucks", must[int64](t)(query.Select(f.trucks).Count(ctx, s)), left)
				equal(t, "without a shop", must[int64](t)(query.Select(f.trucks).Filter(f.trucks.Name.IsNull()).Count(ctx, s)), left)
				ok(t, s.Rollback(ctx))
			}
		}
	}
}

// TestEqualKeyChanges: objects follow a change of the key that only the server finds equal to their foreign keys.
func TestEqualKeyChanges(t *testing.T) {
	t.Parallel()
	changed := []string{"south", "9.0", "south", `"south"`}
	for i, k := range equalKeys {
		for action, want := range map[string]int{"CASCADE": 1, "SET NULL": 0} {
			f := newFleet(k.sqlType, false, nil)
			eng, _ := f.open(t, i)
			must[int64](t)(query.ExecRaw(ctx, eng, "ALTER TABLE truck DROP CONSTRAINT truck_name_fkey, ADD FOREIGN KEY (name) REFERENCES shop (name) ON UPDATE "+action))
			for _, loaded := range []bool{false, true} {
				s := begin(t, eng)
				shop := must[*Shop](t)(session.Get(ctx, s, f.shops, k.shops[0]))
				truck := must[*Truck](t)(session.Get(ctx, s, f.trucks, int64(0)))
				if loaded {
					must[*Shop](t)(truck.Shop.Get(ctx))
				}
				shop.Name = changed[i]
				ok(t, s.Flush(ctx))
				got := must[*Shop](t)(truck.Shop.Get(ctx))
				equal(t, k.sqlType+": the shop is", got == shop, want == 1)
				equal(t, "trucks", len(must[[]*Truck](t)(shop.Trucks.All(ctx))), want)
				ok(t, s.Rollback(ctx))
				equal(t, "shop after the rollback", must[*Shop](t)(truck.Shop.Get(ctx)), shop)
			}
		}
	}
}
