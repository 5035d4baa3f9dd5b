// Package codec says which kinds of values a connection has under an OID. The program may have put codecs of its own in the
// place of pgtype's, and pgtype's under OIDs of its own: what is encoded and decoded by Cupel is what pgtype would do in its
// stead.
package codec

import (
	"reflect"
	"sync"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/sqltype"
)

// kinds has the kind of each of pgtype's codecs, as the table of types and pgtype's own registry tell.
var kinds = sync.OnceValue(func() map[reflect.Type]sqltype.Kind {
	kinds, types := map[reflect.Type]sqltype.Kind{}, pgtype.NewMap()
	for _, r := range sqltype.Rows() {
		if t, ok := types.TypeForOID(r.OID); ok {
			kinds[reflect.TypeOf(t.Codec)] = r.Kind
		}
	}
	return kinds
})

// KindOf returns the kind of the values that the connection has under an OID; Other where a codec of the program's, or one
// of a kind that the table does not have, is to do its work.
func KindOf(types *pgtype.Map, oid uint32) sqltype.Kind {
	t, ok := types.TypeForOID(oid)
	if !ok {
		return sqltype.Other
	}
	if k, ok := kinds()[reflect.TypeOf(t.Codec)]; ok {
		return k
	}
	return sqltype.Other
}

// ElementOf returns the OID of the elements of an array type; false where the OID is not known as one.
func ElementOf(types *pgtype.Map, oid uint32) (uint32, bool) {
	t, ok := types.TypeForOID(oid)
	if !ok {
		return 0, false
	}
	a, ok := t.Codec.(*pgtype.ArrayCodec)
	if !ok || a.ElementType == nil {
		return 0, false
	}
	return a.ElementType.OID, true
}
