package wire_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/wire"
)

var integers = []int64{0, 1, -1, math.MaxInt16, math.MinInt16, math.MaxInt16 + 1, math.MaxInt32, math.MinInt32, math.MinInt32 - 1, math.MaxInt64, math.MinInt64}

// argumentsOf returns arguments of all types that are encoded here, and of some that are not.
func argumentsOf(r *rand.Rand) []any {
	n := integers[r.IntN(len(integers))]
	if r.IntN(2) == 0 {
		n = int64(r.Uint64() >> r.IntN(64))
	}
	f := math.Float64frombits(r.Uint64())
	s := string(bytes.Runes(fmt.Appendf(nil, "a%cü\\'%d", rune(1+r.IntN(0x500)), n)))
	zone := []*time.Location{time.UTC, time.Local, time.FixedZone("x", 3600*(r.IntN(24)-12)+1800)}[r.IntN(3)]
	t := time.Date(r.IntN(12000)-4000, time.Month(r.IntN(12)+1), r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e9), zone)
	u := [16]byte{byte(r.Uint32()), 15: byte(r.Uint32())}
	return []any{
		n, int32(n), int16(n), int(n), s, f, r.IntN(2) == 0, t, u, []byte(s), float32(f), &n, &s, uint8(n),
		[]int64{n, 0, n},
		[]*int64{&n, nil},
		[]int64{},
		[]int64(nil),
		[]*int64{},
		[]string{s, ""},
		[]*string{nil, &s, &s},
		[]string(nil),
		[]float64{f, 0},
		[]*float64{&f, nil},
		[]bool{true, false},
		[]*bool{nil, new(true)},
		[]time.Time{t, t.UTC()},
		[]*time.Time{nil, &t},
		[][16]byte{u, {}},
		[]int32{int32(n)},
		[][]byte{[]byte(s)},
	}
}

// TestEncodeAsPgtype: what is encoded here is encoded to the byte as pgtype does, for every pair of a type and a Go value, and
// a value that pgtype refuses is never encoded.
func TestEncodeAsPgtype(t *testing.T) {
	types := pgtype.NewMap()
	r := rand.New(rand.NewPCG(3, 4))
	ours := map[uint32]int{}
	for range 2000 {
		for _, oid := range []uint32{
			pgtype.Int8OID, pgtype.Int4OID, pgtype.Int2OID, pgtype.Float8OID, pgtype.Float4OID, pgtype.BoolOID, pgtype.TextOID, pgtype.VarcharOID,
			pgtype.BPCharOID, pgtype.TimestamptzOID, pgtype.TimestampOID, pgtype.DateOID, pgtype.UUIDOID, pgtype.JSONBOID, pgtype.NumericOID,
			pgtype.Int8ArrayOID, pgtype.Int4ArrayOID, pgtype.Int2ArrayOID, pgtype.Float8ArrayOID, pgtype.BoolArrayOID, pgtype.TextArrayOID,
			pgtype.VarcharArrayOID, pgtype.TimestamptzArrayOID, pgtype.TimestampArrayOID, pgtype.UUIDArrayOID, pgtype.NumericArrayOID,
		} {
			for _, arg := range argumentsOf(r) {
				got, ok := wire.EncodeParam(types, oid, arg)
				if !ok {
					continue
				}
				ours[oid]++
				want, err := types.Encode(oid, pgtype.BinaryFormatCode, arg, []byte{})
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%T %v as %d: ours %x, pgtype %x %v", arg, arg, oid, got, want, err)
				}
			}
		}
	}
	for _, oid := range []uint32{pgtype.Int8OID, pgtype.TextOID, pgtype.TimestampOID, pgtype.Int4ArrayOID, pgtype.TextArrayOID, pgtype.UUIDArrayOID} {
		if ours[oid] == 0 {
			t.Errorf("nothing is encoded as %d", oid)
		}
	}
}

// TestEncodeAllocatesNothing: an array of many elements costs the buffer, and nothing for each.
func TestEncodeAllocatesNothing(t *testing.T) {
	types := pgtype.NewMap()
	ids, names := make([]int64, 1000), make([]*string, 1000)
	for i := range names {
		names[i] = new(fmt.Sprint(i))
	}
	for oid, arg := range map[uint32]any{pgtype.Int8ArrayOID: ids, pgtype.TextArrayOID: names} {
		allocs := testing.AllocsPerRun(10, func() { _, _ = wire.EncodeParam(types, oid, arg) })
		if allocs > 20 { // the buffer doubles
			t.Errorf("%T takes %v allocations", arg, allocs)
		}
	}
}
