package wire

import "github.com/jackc/pgx/v5/pgtype"

// EncodeParam encodes an argument as the parameter of a type; false where that is left to pgtype.
func EncodeParam(types *pgtype.Map, oid uint32, arg any) ([]byte, bool) {
	p := describeParam(types, oid)
	return p.append(nil, arg)
}
