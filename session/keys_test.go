package session_test

import (
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Keys at the edge: composite ones of rows that refer to their own table, one that may be NULL, uuids in several Go types.
type (
	Cell struct {
		Row, Col     int64
		UpRow, UpCol *int64
		Up           model.One[Cell]
		Below        model.Many[Cell]
	}
	Slotted struct {
		ID    int64
		Slot  *int64
		Users model.Many[SlotUser]
	}
	SlotUser struct {
		ID   int64
		Slot *int64
	}
	Device struct {
		ID    [16]byte
		Parts model.Many[Part]
	}
	Part struct {
		ID       pgtype.UUID
		DeviceID pgtype.UUID
		Device   model.One[Device]
		Spares   model.Many[Spare]
	}
	Spare struct {
		ID     int64
		PartID *[16]byte
		Part   model.One[Part]
	}
	cells struct {
		model.Table[Cell]
		Row, Col     expr.Int
		UpRow, UpCol expr.NullInt
		Up           model.ToOne[Cell, Cell]
		Below        model.ToMany[Cell, Cell]
	}
	slotteds struct {
		model.Table[Slotted]
		ID    expr.Int
		Slot  expr.NullInt
		Users model.ToMany[Slotted, SlotUser]
	}
	slotUsers struct {
		model.Table[SlotUser]
		ID   expr.Int
		Slot expr.NullInt
	}
	devices struct {
		model.Table[Device]
		ID    expr.UUID
		Parts model.ToMany[Device, Part]
	}
	parts struct {
		model.Table[Part]
		ID       expr.UUID
		DeviceID expr.NullUUID
		Device   model.ToOne[Part, Device]
		Spares   model.ToMany[Part, Spare]
	}
	spares struct {
		model.Table[Spare]
		ID     expr.Int
		PartID expr.NullUUID
		Part   model.ToOne[Spare, Part]
	}
)

var (
	Cells = model.Map("cell", func(t *cells) model.Spec {
		return model.Spec{model.PrimaryKey(t.Row, t.Col), model.ForeignKeys(model.Refer[int64](t.UpRow, t.Row), model.Refer[int64](t.UpCol, t.Col))}
	})
	Slotteds = model.Map("slotted", func(t *slotteds) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Slot)}
	})
	SlotUsers = model.Map("slot_user", func(t *slotUsers) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.Slot, Slotteds.Slot)}
	})
	Devices = model.Map("device", func(t *devices) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Parts   = model.Map("part", func(t *parts) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.DeviceID, Devices.ID)}
	})
	Spares = model.Map("spare", func(t *spares) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.PartID, Parts.ID)}
	})
	keySpace = model.MustSchema(Cells, Slotteds, SlotUsers, Devices, Parts, Spares)
)

func openKeys(t *testing.T) (*session.Engine, *recorder) {
	t.Helper()
	rec := &recorder{}
	eng, err := session.Open(ctx, pgtest.Database(t), keySpace, session.Options{Logger: slog.New(rec)})
	ok(t, err)
	t.Cleanup(eng.Close)
	ok(t, keySpace.CreateAll(ctx, eng))
	rec.take()
	return eng, rec
}

// TestDeleteOfOwnTable: rows with composite keys that refer to each other are deleted whatever came first.
func TestDeleteOfOwnTable(t *testing.T) {
	t.Parallel()
	eng, rec := openKeys(t)
	s := begin(t, eng)
	root, middle, leaf := &Cell{Row: 1, Col: 1}, &Cell{Row: 1, Col: 2}, &Cell{Row: 1, Col: 3}
	leaf.Up.Set(middle)
	middle.Up.Set(root)
	s.Add(root, middle, leaf)
	ok(t, s.Flush(ctx))
	rec.take()
	s.Delete(root, middle, leaf)
	ok(t, s.Commit(ctx))
	sent(t, rec,
		`WITH changed AS (DELETE FROM cell USING unnest($1::bigint[], $2::bigint[]) AS cupel (v1, v2) WHERE cell."row" = cupel.v1 AND cell.col = cupel.v2 RETURNING cell."row" AS k1, cell.col AS k2) SELECT CASE WHEN count(*) = count(DISTINCT (k1, k2)) …`, "COMMIT")
}

// TestListOfNullKey: NULL is not 0, so an owner without a key has nothing and takes nothing from the one whose key is 0.
func TestListOfNullKey(t *testing.T) {
	t.Parallel()
	eng, rec := openKeys(t)
	s := begin(t, eng)
	s.Add(&Slotted{}, &Slotted{Slot: ptr(int64(0))}, &Slotted{}, &SlotUser{Slot: ptr(int64(0))}, &SlotUser{})
	ok(t, s.Commit(ctx))
	for i, o := range must[[]*Slotted](t)(query.Select(Slotteds).OrderBy(Slotteds.ID).All(ctx, s)) {
		rec.take()
		equal(t, "users", len(must[[]*SlotUser](t)(o.Users.All(ctx))), i%2)
		if i > 0 {
			sent(t, rec)
		}
	}
}

// TestUUIDKeys: a uuid is the same key whatever Go type carries it.
func TestUUIDKeys(t *testing.T) {
	t.Parallel()
	eng, rec := openKeys(t)
	s := begin(t, eng)
	d, other := &Device{ID: [16]byte{0xab, 15: 1}}, &Device{ID: [16]byte{15: 2}}
	id := func(n byte) pgtype.UUID { return pgtype.UUID{Bytes: [16]byte{15: n}, Valid: true} }
	first := &Part{ID: id(1)}
	first.Spares.Add(&Spare{}, &Spare{})
	d.Parts.Add(first, &Part{ID: id(2)})
	s.Add(d, other, &Part{ID: id(3)})
	ok(t, s.Commit(ctx))
	all := must[[]*Part](t)(query.Select(Parts).OrderBy(Parts.ID).All(ctx, s))
	equal(t, "device", must[*Device](t)(all[0].Device.Get(ctx)), d)
	equal(t, "device of none", must[*Device](t)(all[2].Device.Get(ctx)), nil)
	must[[]*Device](t)(query.Select(Devices).All(ctx, s))
	equal(t, "spares", len(must[[]*Spare](t)(first.Spares.All(ctx))), 2)
	equal(t, "part", must[*Part](t)(must[[]*Spare](t)(query.Select(Spares).All(ctx, s))[0].Part.Get(ctx)), first)
	equal(t, "parts", len(must[[]*Part](t)(d.Parts.All(ctx))), 2)
	equal(t, "parts of the other", len(must[[]*Part](t)(other.Parts.All(ctx))), 0)
	rec.take()
	for _, id := range []any{d.ID, "ab000000-0000-0000-0000-000000000001", pgtype.UUID{Bytes: d.ID, Valid: true}} {
		equal(t, "Get", must[*Device](t)(session.Get(ctx, s, Devices, id)), d)
	}
	sent(t, rec)
}
