package rows

import (
	"iter"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/entity"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/wire"
)

// Execution is one run of a request. It is made by Start as a part of what holds its reader, so that all of it is one
// allocation.
type Execution struct {
	Stmt  wire.Stmt
	Alone [1]*wire.Stmt // of Stmt

	cache    *Cache
	known    *Known
	req      *run.Request
	arena    decode.Arena
	entities entity.Reader
}

// Start makes x the execution of a request, whose statement is known.
func (x *Execution) Start(c *Cache, k *Known, req *run.Request, entities entity.Reader) {
	x.cache, x.known, x.req, x.entities = c, k, req, entities
	x.Stmt = wire.Stmt{SQL: k.SQL, Args: req.Args, Newest: req.Newest, Acts: !req.Plain}
	x.Alone[0] = &x.Stmt
	if req.Rows != nil {
		x.Stmt.Read = x
	}
}

// name finds the places of a row by the names of its columns, where they are found so.
func (x *Execution) name(fields []pgconn.FieldDescription) (err error) {
	if x.req.Named == nil {
		return nil
	}
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	x.req.Slots, err = x.req.Named(names)
	return err
}

// ReadRows reads all rows of the request.
func (x *Execution) ReadRows(rows *wire.Rows) error {
	if err := x.name(rows.Fields()); err != nil {
		return err
	}
	l, err := x.cache.layout(x.known, x.req, rows)
	if err != nil {
		return err
	}
	x.arena.Types = rows.TypeMap()
	for first := true; rows.Next(); first = false {
		if first {
			rows.Keep()
		}
		if err := l.read(x.req.Rows.Next(), rows.Values(), &x.arena, x.entities, x.req.Items); err != nil {
			return err
		}
		if !x.req.Rows.Done() {
			return wire.ErrStop
		}
	}
	return nil
}

// Choose asks for the text of values that become strings and have no other form that one can be made of.
func (x *Execution) Choose(types *pgtype.Map, fields []pgconn.FieldDescription, preferred []int16) []int16 {
	if x.name(fields) != nil {
		return preferred // ReadRows reports it
	}
	return choose(types, fields, preferred, func(yield func(reflect.Type) bool) {
		for _, slot := range x.req.Slots {
			src, ok := slot.Entity.(*meta.Source)
			if !ok {
				if !yield(slot.Type) {
					return
				}
				continue
			}
			for _, c := range src.Part().Read {
				if !yield(src.Mapping.Fields[c].Type) {
					return
				}
			}
		}
	})
}

// choose returns the formats of columns that become values of the Go types.
func choose(types *pgtype.Map, fields []pgconn.FieldDescription, preferred []int16, of iter.Seq[reflect.Type]) []int16 {
	formats, i := slices.Clone(preferred), 0
	for t := range of {
		if i < len(formats) && decode.IsText(t) && wire.Opaque(types, fields[i].DataTypeOID) {
			formats[i] = pgtype.TextFormatCode
		}
		i++
	}
	return formats
}
