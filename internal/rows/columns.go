package rows

import (
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/wire"
)

// Columns reads rows of some columns of a mapping, by position in the mapping. It is a [wire.Reader].
type Columns struct {
	Mapping *meta.Mapping
	Columns []int
	Read    func(*wire.Rows) error // begins anew where it is called again
}

// ReadRows calls Read.
func (c *Columns) ReadRows(rows *wire.Rows) error { return c.Read(rows) }

// Choose asks for the text of values that become strings and have no other form that one can be made of.
func (c *Columns) Choose(types *pgtype.Map, fields []pgconn.FieldDescription, preferred []int16) []int16 {
	return choose(types, fields, preferred, func(yield func(reflect.Type) bool) {
		for _, i := range c.Columns {
			if !yield(c.Mapping.Fields[i].Type) {
				return
			}
		}
	})
}

// ColumnReader decodes rows of some columns of a mapping into objects.
type ColumnReader struct {
	m       *meta.Mapping
	columns []int
	decode  []decode.Column
	arena   decode.Arena
}

// NewColumnReader makes a reader of rows that have these columns, by position in the mapping.
func NewColumnReader(m *meta.Mapping, columns []int, rows *wire.Rows) *ColumnReader {
	r := &ColumnReader{m: m, columns: columns}
	r.arena.Types = rows.TypeMap()
	return r
}

// describe finds out how the columns come. The first row knows; a statement that the server refuses has no columns at all.
func (r *ColumnReader) describe(fields []pgconn.FieldDescription) {
	r.decode = make([]decode.Column, len(r.columns))
	for i, c := range r.columns {
		r.decode[i] = decode.For(r.arena.Types, r.m.Fields[c].Type, fields[i].DataTypeOID, fields[i].Format)
	}
}

// Read takes the current row into an object.
func (r *ColumnReader) Read(obj mem.Ptr, rows *wire.Rows) error {
	if r.decode == nil {
		r.describe(rows.Fields())
	}
	values := rows.Values()
	for i, c := range r.columns {
		f := &r.m.Fields[c]
		if err := r.decode[i].Decode(mem.Add(obj, f.Offset), values[i], &r.arena); err != nil {
			return fmt.Errorf("column %s: %w", f.Column, err)
		}
	}
	return nil
}
