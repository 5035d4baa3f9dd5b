// Package sqltype is the one table of PostgreSQL's types as Cupel knows them: their names, their OIDs, the Go types that
// stand for them, the format in which their values travel, and whether Go compares their values as the server does.
//
// A type that the table does not have is not refused anywhere: pgtype encodes and decodes it, and nothing is taken for
// granted about its values.
package sqltype

import (
	"encoding/json"
	"reflect"
	"time"
)

// Kind says how values of a type look, on the wire and in Go. Types of one kind differ in what the server makes of them:
// varchar(3) and text are Text.
type Kind uint8

// The kinds. The order of integers and of floating-point numbers is that of their size.
const (
	None  Kind = iota // no type: a value that takes the type of what it meets
	Other             // a type that the table does not have
	Bool
	Int2
	Int4
	Int8
	Float4
	Float8
	Numeric
	Money
	Text
	Date
	Time
	Timetz
	Timestamp
	Timestamptz
	Interval
	UUID
	Bytea
	JSON
	JSONB
	XML
	Network // inet, cidr
	MAC     // macaddr, macaddr8
	Bits    // bit, varbit
)

// Integer reports whether k is one of the kinds of integers.
func (k Kind) Integer() bool { return k >= Int2 && k <= Int8 }

// Float reports whether k is one of the kinds of floating-point numbers.
func (k Kind) Float() bool { return k == Float4 || k == Float8 }

// Moment reports whether k is a day or a point in time, with or without a zone.
func (k Kind) Moment() bool { return k == Date || k == Timestamp || k == Timestamptz }

// Info is a row of the table.
type Info struct {
	Kind    Kind
	Name    string   // as Cupel writes it
	Aliases []string // other names of the same type, the one of format_type among them
	Serials []string // words of CREATE TABLE for the type with a default that counts
	OID     uint32   // 0: of an extension, which has another one in each database
	Array   uint32   // OID of its arrays
	Binary  bool     // its values travel in binary format; otherwise as text, which depends on no setting
	Wider   bool     // values may be equal for the server that are not in Go, or be stored otherwise than they were given
	Free    string   // the type of any size, where the name alone means one of size 1; "": the name

	goes []reflect.Type // Go types that stand for it
}

// table has the types, each once. A test compares it with a server's catalog and with pgtype.
var table = []Info{
	{
		Kind: Bool, Name: "boolean", Aliases: []string{"bool"}, OID: 16, Array: 1000, Binary: true,
		goes: []reflect.Type{of[bool]()},
	},
	{
		Kind: Int2, Name: "smallint", Aliases: []string{"int2"}, Serials: []string{"smallserial", "serial2"},
		OID: 21, Array: 1005, Binary: true,
		goes: []reflect.Type{of[int16](), of[int8](), of[uint8]()},
	},
	{
		Kind: Int4, Name: "integer", Aliases: []string{"int", "int4"}, Serials: []string{"serial", "serial4"},
		OID: 23, Array: 1007, Binary: true,
		goes: []reflect.Type{of[int32](), of[uint16]()},
	},
	{
		Kind: Int8, Name: "bigint", Aliases: []string{"int8"}, Serials: []string{"bigserial", "serial8"},
		OID: 20, Array: 1016, Binary: true,
		goes: []reflect.Type{of[int64](), of[int](), of[uint32]()},
	},
	{
		Kind: Float4, Name: "real", Aliases: []string{"float4"}, OID: 700, Array: 1021, Binary: true,
		goes: []reflect.Type{of[float32]()},
	},
	{
		Kind: Float8, Name: "double precision", Aliases: []string{"float8", "float"}, OID: 701, Array: 1022, Binary: true,
		goes: []reflect.Type{of[float64]()},
	},
	{Kind: Numeric, Name: "numeric", Aliases: []string{"decimal", "dec"}, OID: 1700, Array: 1231, Binary: true, Wider: true},
	{Kind: Money, Name: "money", OID: 790, Array: 791, Wider: true},

	{Kind: Text, Name: "text", OID: 25, Array: 1009, goes: []reflect.Type{of[string]()}},
	{Kind: Text, Name: "varchar", Aliases: []string{"character varying"}, OID: 1043, Array: 1015},
	{Kind: Text, Name: "bpchar", OID: 1042, Array: 1014, Wider: true}, // blanks at the end do not count
	{Kind: Text, Name: "char", Aliases: []string{"character"}, OID: 1042, Array: 1014, Wider: true, Free: "bpchar"},
	{Kind: Text, Name: "citext", Wider: true},

	{Kind: Date, Name: "date", OID: 1082, Array: 1182, Binary: true},
	{Kind: Time, Name: "time", Aliases: []string{"time without time zone"}, OID: 1083, Array: 1183, Binary: true, Wider: true},
	{Kind: Timetz, Name: "timetz", Aliases: []string{"time with time zone"}, OID: 1266, Array: 1270, Wider: true},
	{Kind: Timestamp, Name: "timestamp", Aliases: []string{"timestamp without time zone"}, OID: 1114, Array: 1115, Binary: true},
	{
		Kind: Timestamptz, Name: "timestamptz", Aliases: []string{"timestamp with time zone"}, OID: 1184, Array: 1185, Binary: true,
		goes: []reflect.Type{of[time.Time]()},
	},
	{Kind: Interval, Name: "interval", OID: 1186, Array: 1187, Binary: true, goes: []reflect.Type{of[time.Duration]()}},

	{Kind: UUID, Name: "uuid", OID: 2950, Array: 2951, Binary: true, goes: []reflect.Type{of[[16]byte]()}},
	{Kind: Bytea, Name: "bytea", OID: 17, Array: 1001, Binary: true, goes: []reflect.Type{of[[]byte]()}},
	{Kind: JSON, Name: "json", OID: 114, Array: 199, Wider: true},
	{Kind: JSONB, Name: "jsonb", OID: 3802, Array: 3807, Wider: true, goes: []reflect.Type{of[json.RawMessage]()}},
	{Kind: XML, Name: "xml", OID: 142, Array: 143, Wider: true},
	{Kind: Network, Name: "inet", OID: 869, Array: 1041, Binary: true, Wider: true},
	{Kind: Network, Name: "cidr", OID: 650, Array: 651, Binary: true, Wider: true},
	{Kind: MAC, Name: "macaddr", OID: 829, Array: 1040, Binary: true, Wider: true},
	{Kind: MAC, Name: "macaddr8", OID: 774, Array: 775, Binary: true, Wider: true},
	{Kind: Bits, Name: "bit", OID: 1560, Array: 1561, Binary: true, Wider: true, Free: "varbit"},
	{Kind: Bits, Name: "varbit", Aliases: []string{"bit varying"}, OID: 1562, Array: 1563, Binary: true},
}

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

// Rows returns the table. It must not be changed.
func Rows() []Info { return table }
