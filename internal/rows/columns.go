package rows

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/wire"
)

// ColumnReader decodes rows of some columns of a mapping into objects.
type ColumnReader struct {
	m       *meta.Mapping
	columns []int
	decode  []decode.Column
	arena   decode.Arena
}

// NewColumnReader makes a reader of rows that have these columns, by position in the mapping.
func NewColumnReader(m *meta.Mapping, columns []int, rows *wire.Rows) *ColumnReader {
	r := &ColumnReader{m: m, columns: columns, decode: make([]decode.Column, len(columns))}
	r.arena.Types = rows.TypeMap()
	fields := rows.Fields()
	for i, c := range columns {
		r.decode[i] = decode.For(r.arena.Types, m.Fields[c].Type, fields[i].DataTypeOID, fields[i].Format)
	}
	return r
}

// Read takes the current row into an object.
func (r *ColumnReader) Read(obj mem.Ptr, rows *wire.Rows) error {
	values := rows.Values()
	for i, c := range r.columns {
		f := &r.m.Fields[c]
		if err := r.decode[i].Decode(mem.Add(obj, f.Offset), values[i], &r.arena); err != nil {
			return fmt.Errorf("column %s: %w", f.Column, err)
		}
	}
	return nil
}
