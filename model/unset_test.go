package model_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"net/netip"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
)

// Cell has a field of any type.
type Cell[V any] struct {
	ID int64
	V  V
}

type cells[V any] struct {
	model.Table[Cell[V]]
	ID expr.Int
	V  expr.Col[V]
}

func mapCells[V any](spec func(t *cells[V]) model.Spec) []model.Mapped {
	return one(model.Map("cell", func(t *cells[V]) model.Spec {
		return append(spec(t), model.PrimaryKey(t.ID), model.Type("text", t.V))
	}))
}

// money is a type with a codec of its own, whose zero is a value; maybe is one whose zero is NULL.
type (
	money struct{ cents int64 }
	maybe struct{ there bool }
	mood  string
	stamp time.Time
)

func (m money) Value() (driver.Value, error) { return m.cents, nil }
func (m *money) Scan(any) error              { return nil }

func (m maybe) Value() (driver.Value, error) {
	if m.there {
		return "there", nil
	}
	return nil, nil
}
func (m *maybe) Scan(any) error { return nil }

// checkZero checks what each option says of a type whose zero value, as it is called, may be meant; "": it is never meant.
func checkZero[V any](t *testing.T, goType, zero string) {
	t.Helper()
	var v V
	for name, option := range map[string]func(t *cells[V]) model.Option{
		"Default":       func(t *cells[V]) model.Option { return model.Default(t.V, func() V { return v }) },
		"DefaultExpr":   func(t *cells[V]) model.Option { return model.DefaultExpr(t.V, expr.Val(v)) },
		"ServerDefault": func(t *cells[V]) model.Option { return model.ServerDefault(t.V, "'1'") },
	} {
		alone := mapCells(func(t *cells[V]) model.Spec { return model.Spec{option(t)} })
		said := mapCells(func(t *cells[V]) model.Spec { return model.Spec{model.ZeroIsUnset(t.V), option(t)} })
		if zero == "" {
			if _, err := model.NewSchema(alone...); err != nil {
				t.Errorf("%s of a %s: %v", name, goType, err)
			}
			mistakes(t, name+" of a "+goType, said, "cell: ZeroIsUnset: column v: field Cell[…].V is "+goType)
			continue
		}
		mistakes(t, name+" of a "+goType, alone, "cell: "+name+": column v: nothing tells whether "+zero+" in field Cell[…].V is meant or not set: "+
			"make the field *"+goType+", or say model.ZeroIsUnset(t.V)")
		if _, err := model.NewSchema(said...); err != nil {
			t.Errorf("%s of a %s, said: %v", name, goType, err)
		}
	}
}

// TestZeroMayBeMeant sweeps the Go types: where zero may be a value, a default must say what it does to it.
func TestZeroMayBeMeant(t *testing.T) {
	t.Parallel()
	checkZero[bool](t, "bool", "false")
	checkZero[int](t, "int", "0")
	checkZero[int16](t, "int16", "0")
	checkZero[int64](t, "int64", "0")
	checkZero[uint32](t, "uint32", "0")
	checkZero[float32](t, "float32", "0")
	checkZero[float64](t, "float64", "0")
	checkZero[string](t, "string", `""`)
	checkZero[mood](t, "model_test.mood", `""`)
	checkZero[time.Duration](t, "time.Duration", "0")
	checkZero[money](t, "model_test.money", "the zero value")
	checkZero[[3]int32](t, "[3]int32", "the zero value")
	checkZero[struct{ X int }](t, "struct { X int }", "the zero value")

	checkZero[time.Time](t, "time.Time", "")
	checkZero[stamp](t, "model_test.stamp", "")
	checkZero[[16]byte](t, "[16]uint8", "")
	checkZero[*bool](t, "*bool", "")
	checkZero[*string](t, "*string", "")
	checkZero[[]byte](t, "[]uint8", "")
	checkZero[[]string](t, "[]string", "")
	checkZero[json.RawMessage](t, "json.RawMessage", "")
	checkZero[map[string]int](t, "map[string]int", "")
	checkZero[sql.Null[bool]](t, "sql.Null[bool]", "")
	checkZero[sql.NullInt64](t, "sql.NullInt64", "")
	checkZero[pgtype.Numeric](t, "pgtype.Numeric", "")
	checkZero[pgtype.Text](t, "pgtype.Text", "")
	checkZero[pgtype.Range[pgtype.Int4]](t, "pgtype.Range[", "")
	checkZero[netip.Addr](t, "netip.Addr", "")
	checkZero[maybe](t, "model_test.maybe", "")
}

// TestZeroOfKeys: zero of a lone key means that there is none yet; of a part of one, or of one that is Given, it may be a key.
func TestZeroOfKeys(t *testing.T) {
	t.Parallel()
	number := func() int64 { return 1 }
	for name, spec := range map[string]func(t *items) model.Spec{
		"a number": func(t *items) model.Spec { return model.Spec{model.PrimaryKey(t.ID), model.Default(t.ID, number)} },
		"a text": func(t *items) model.Spec {
			return model.Spec{model.PrimaryKey(t.Name), model.ServerDefault(t.Name, "'a'")}
		},
	} {
		if _, err := model.NewSchema(mapSpec(spec)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	mistakes(t, "a part of the key", one(mapSpec(func(t *items) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID, t.Name), model.Default(t.ID, number)}
	})), "item: Default: column id: nothing tells whether 0 in field Item.ID")
	mistakes(t, "a given key", one(mapSpec(func(t *items) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.Given(t.ID), model.Default(t.ID, number)}
	})), "item: Default: column id: nothing tells whether 0 in field Item.ID")
}

func mapSpec(spec func(t *items) model.Spec) *items {
	return model.Map("item", func(t *items) model.Spec { return append(spec(t), model.Ignore("Owner")) })
}

// TestZeroIsUnsetMistakes: where it says nothing it is a mistake. OnUpdate does not look at zero.
func TestZeroIsUnsetMistakes(t *testing.T) {
	t.Parallel()
	other := mapOwners()
	checkSpecs(t, []specCase{
		{
			"no default", func(t *items) model.Spec { return model.Spec{model.ZeroIsUnset(t.Name, t.Size)} },
			[]string{"item: ZeroIsUnset: column name has no default: say model.Default", "item: ZeroIsUnset: column size has no default"},
		},
		{
			"another's", func(*items) model.Spec { return model.Spec{model.ZeroIsUnset(other.ID)} },
			[]string{"item: ZeroIsUnset: owner.id is a column of another table"},
		},
		{
			"OnUpdate", func(t *items) model.Spec {
				return model.Spec{model.ZeroIsUnset(t.Size), model.OnUpdate(t.Size, func() int32 { return 1 })}
			},
			[]string{"item: ZeroIsUnset: column size has no default"},
		},
	})
	if _, err := model.NewSchema(mapItems("item", func(t *items) model.Spec {
		return model.Spec{model.OnUpdate(t.Size, func() int32 { return 1 }), model.OnUpdateExpr(t.Name, expr.Lower(t.Name))}
	})); err != nil {
		t.Errorf("OnUpdate: %v", err)
	}
}
