// Package run is what a statement and the session that runs it say to each other.
package run

import (
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Request is one statement to run.
type Request struct {
	Text []byte // SQL; valid until the request is done
	Args []any  // valid until the request is done

	Tables Tables // what it reads or writes: pending changes of these are flushed before; nil: nothing

	// A statement that returns rows: the places of a row, the Go type of a row, and where rows go; nil: it returns none.
	Slots []Slot
	Items []ast.Node // the SELECT list, for error messages
	Type  reflect.Type
	Rows  Rows

	// Named returns the places of a row that are found by the names of its columns, instead of Slots; nil: they are not.
	Named func(columns []string) ([]Slot, error)

	Newest  sqlw.Feature // of the server, that it needs
	Writes  bool         // it may change rows
	Plain   bool         // it reads and does nothing else, so that it needs no transaction
	Bulk    *Bulk        // an UPDATE or DELETE of many rows
	Deletes *ast.Table   // the entities of this table that it returns are of rows that it deletes; nil: of none

	Loads []ast.Load // relationships of what it reads that are loaded with it

	Options  Options
	Affected int64 // set by the runner: the rows that the server says it touched
}

// Tables reports which tables a statement is about; a nil among them stands for those that raw SQL in it may read. It is asked
// only where that matters.
type Tables interface{ Reads() []*ast.Table }

// Writer is the Tables of a statement that can tell what it writes.
type Writer interface{ Written() []ast.Written }

// Anything is the Tables of a statement of which nobody knows them: all pending changes are flushed before.
type Anything struct{}

// Reads returns nothing.
func (Anything) Reads() []*ast.Table { return nil }

// Rows takes the rows of a statement.
type Rows interface {
	// Next returns the memory for the next row, all zero.
	Next() mem.Ptr
	// Done is called when the row is filled; false stops the reading.
	Done() bool
}

// Options change how a statement's results meet the session.
type Options struct {
	Refresh bool // overwrite what the session has with what the statement reads
	NoFlush bool // do not flush before
	NoLazy  bool // relationships of what it reads must not load

	NoTracking bool // the session is not to know what it reads
}

// Slot is one place of a row.
type Slot = ast.Slot

// Sync says how the objects of a session follow a bulk UPDATE or DELETE.
type Sync uint8

// The ways of Sync. SyncFetch is the default.
const (
	SyncFetch    Sync = iota // the statement returns the keys that it touched
	SyncEvaluate             // the condition is evaluated on the objects in memory
	SyncNone                 // the session is left alone
)

// Bulk is what a session must know of a bulk UPDATE or DELETE to keep its objects in step.
type Bulk struct {
	Table *ast.Table
	Where []ast.Node
	Set   []Assignment // of an UPDATE; nil for a DELETE
	Sync  Sync
}

// Assignment is one column of a bulk UPDATE.
type Assignment = ast.Assignment

// SchemaOf returns the schema in which a runner has tables whose mapping names none; "" also of no runner, which is found out later.
func SchemaOf(r interface{ CupelSchema() string }) string {
	if ast.IsNil(r) {
		return ""
	}
	return r.CupelSchema()
}
