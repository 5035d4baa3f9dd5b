package session_test

import (
	"database/sql"
	"math"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// Rooms that may have a code, and the beds in them.
type (
	Room[V any] struct {
		ID   int64
		Code V
		Beds model.Many[Bed[V]]
	}
	Bed[V any] struct {
		ID   int64
		Code V
		Room model.One[Room[V]]
	}
	rooms[V, W any] struct { // fields of type V, columns of type W
		model.Table[Room[V]]
		ID   expr.Int
		Code expr.Null[W]
		Beds model.ToMany[Room[V], Bed[V]]
	}
	beds[V, W any] struct {
		model.Table[Bed[V]]
		ID   expr.Int
		Code expr.Null[W]
		Room model.ToOne[Bed[V], Room[V]]
	}
)

// hotel returns rooms with codes of a type, which their beds refer to.
func hotel[V, W any](t *testing.T, sqlType string, members bool) (*session.Engine, *rooms[V, W], *beds[V, W]) {
	t.Helper()
	rs := model.Map("room", func(t *rooms[V, W]) model.Spec {
		spec := model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Code), model.Type(sqlType, t.Code)}
		if members {
			spec = append(spec, model.DeleteMembers(t.Beds))
		}
		return spec
	})
	bs := model.Map("bed", func(t *beds[V, W]) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ForeignKey(t.Code, rs.Code).OnUpdate("CASCADE"), model.Type(sqlType, t.Code)}
	})
	schema := model.MustSchema(rs, bs)
	eng, err := session.Open(ctx, pgtest.Database(t), schema, session.Options{MaxConns: 2})
	ok(t, err)
	t.Cleanup(eng.Close)
	must[int64](t)(query.ExecRaw(ctx, eng, "CREATE EXTENSION IF NOT EXISTS citext"))
	ok(t, schema.CreateAll(ctx, eng))
	return eng, rs, bs
}

func testNullKey[W, V any](t *testing.T, sqlType string, zero, other V, members bool) {
	t.Helper()
	eng, rs, bs := hotel[V, W](t, sqlType, members)
	s := begin(t, eng)
	coded, uncoded := &Room[V]{Code: zero}, &Room[V]{}
	s.Add(coded, uncoded)
	ok(t, s.Commit(ctx))
	bed, free := &Bed[V]{Code: zero}, &Bed[V]{}
	s.Add(bed, free)
	ok(t, s.Commit(ctx))
	stored := func(what string) {
		t.Helper()
		n := must[int64](t)(query.Select(bs).Join(rs).Filter(rs.ID.Eq(coded.ID)).Count(ctx, eng))
		equal(t, "stored beds of the room after "+what, n, 1)
	}

	uncoded.Code = other
	ok(t, s.Flush(ctx))
	equal(t, "room of the bed", must[*Room[V]](t)(bed.Room.Get(ctx)), coded)
	equal(t, "room of the free bed", must[*Room[V]](t)(free.Room.Get(ctx)), nil)
	equal(t, "nothing is changed", len(s.Dirty()), 0)
	ok(t, s.Rollback(ctx))
	if sqlType == "bigint" || sqlType == "text" { // of other types only the server knows which are equal
		uncoded.Beds.Remove(bed) // it is not there
		ok(t, s.Commit(ctx))
		stored("Remove")
	}
	another := &Bed[V]{Code: zero}
	s.Add(another)
	s.Delete(uncoded)
	ok(t, s.Commit(ctx))
	s.Delete(another)
	ok(t, s.Commit(ctx))
	stored("Delete")
}

// TestNullIsNoKey: a row whose unique column is NULL is not the one that 0 or "" refers to.
func TestNullIsNoKey(t *testing.T) {
	t.Parallel()
	for _, members := range []bool{false, true} {
		testNullKey[int64](t, "bigint", ptr(int64(0)), ptr(int64(5)), members)
		testNullKey[string](t, "text", ptr(""), ptr("x"), members)
		testNullKey[string](t, "text", sql.Null[string]{V: "", Valid: true}, sql.Null[string]{V: "x", Valid: true}, members)
		testNullKey[string](t, "text", sql.Null[string]{V: "<nil>", Valid: true}, sql.Null[string]{V: "x", Valid: true}, members)
		testNullKey[int64](t, "bigint", sql.Null[int64]{Valid: true}, sql.Null[int64]{V: 5, Valid: true}, members)
		testNullKey[string](t, "citext", ptr(""), ptr("x"), members)
		testNullKey[string](t, "char(3)", ptr("   "), ptr("x"), members)
	}
}

// TestMinusZeroIsZero: the two are equal to the server.
func TestMinusZeroIsZero(t *testing.T) {
	t.Parallel()
	zero := math.Copysign(0, -1)
	testMinusZero(t, "double precision", 0, 1, zero)
	testMinusZero(t, "real", 0, 1, float32(zero))
}

func testMinusZero[V any](t *testing.T, sqlType string, zero, one, minus V) {
	t.Helper()
	eng, rs, bs := hotel[*V, V](t, sqlType, false)
	s := begin(t, eng)
	s.Add(&Room[*V]{Code: &zero}, &Room[*V]{Code: &one})
	ok(t, s.Commit(ctx))
	s.Add(&Bed[*V]{Code: &minus}, &Bed[*V]{Code: &one})
	ok(t, s.Commit(ctx))
	s = begin(t, eng)
	for _, bed := range must[[]*Bed[*V]](t)(query.Select(bs).All(ctx, s)) {
		equal(t, "the bed has a room", must[*Room[*V]](t)(bed.Room.Get(ctx)) != nil, true)
	}
	for _, room := range must[[]*Room[*V]](t)(query.Select(rs).All(ctx, s)) {
		equal(t, "beds", len(must[[]*Bed[*V]](t)(room.Beds.All(ctx))), 1)
	}
}
