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

// Columns reads rows of some columns of a mapping, by position in the mapping, into objects. It is a [wire.Reader].
type Columns struct {
	Mapping *meta.Mapping
	Columns []int
	Take    func(*Columns) error // takes the rows by Next and Read; it begins anew where it is called again

	rows   *wire.Rows
	decode []decode.Column
	arena  decode.Arena
}

// ReadRows has Take take the rows.
func (c *Columns) ReadRows(rows *wire.Rows) error {
	c.rows, c.decode, c.arena.Types = rows, nil, rows.TypeMap()
	return c.Take(c)
}

// Next goes to the next row; false after the last, and when the server reports an error.
func (c *Columns) Next() bool { return c.rows.Next() }

// Read takes the current row into an object.
func (c *Columns) Read(obj mem.Ptr) error {
	if c.decode == nil {
		c.describe(c.rows.Fields())
	}
	values := c.rows.Values()
	for i, at := range c.Columns {
		f := &c.Mapping.Fields[at]
		if err := c.decode[i].Decode(mem.Add(obj, f.Offset), values[i], &c.arena); err != nil {
			return fmt.Errorf("column %s: %w", f.Column, err)
		}
	}
	return nil
}

// True reports whether the i-th column of the current row, which may be one behind those of the mapping, is true.
func (c *Columns) True(i int) bool {
	v := c.rows.Values()[i]
	return len(v) == 1 && (v[0] == 1 || v[0] == 't')
}

// describe finds out how the columns come. The first row knows; a statement that the server refuses has no columns at all.
func (c *Columns) describe(fields []pgconn.FieldDescription) {
	c.decode = make([]decode.Column, len(c.Columns))
	for i, at := range c.Columns {
		c.decode[i] = decode.For(c.arena.Types, c.Mapping.Fields[at].Type, fields[i].DataTypeOID, fields[i].Format)
	}
}

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
