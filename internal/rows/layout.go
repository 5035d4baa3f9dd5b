package rows

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/entity"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
)

// layout says how the columns of a statement's rows become Go values. It is made once per statement shape.
type layout struct {
	row    reflect.Type
	fields []wireField
	places []place
}

// wireField is what a layout depends on of a column as the server sends it.
type wireField struct {
	oid    uint32
	format int16
}

// place is one slot of a row.
type place struct {
	entity.Place // its Mapping is nil where the slot is a value

	offset uintptr      // in the row
	hidden bool         // it has no place there
	typ    reflect.Type // of a value
	column int          // first column of the slot
	end    int          // the column after it
	value  decode.Column
}

func newLayout(req *run.Request, fields []pgconn.FieldDescription, types *pgtype.Map) (*layout, error) {
	l := &layout{row: req.Type, fields: make([]wireField, len(fields))}
	for i, f := range fields {
		l.fields[i] = wireField{f.DataTypeOID, f.Format}
	}
	column := 0
	for _, s := range req.Slots {
		p := place{offset: s.Offset, hidden: s.Hidden, typ: s.Type, column: column, end: column + width(s)}
		if p.end <= len(fields) {
			p.fill(s, fields[column:p.end], types)
		}
		column = p.end
		l.places = append(l.places, p)
	}
	if column != len(fields) {
		return nil, ColumnsError(len(fields), column)
	}
	return l, nil
}

// ColumnsError returns the error of a statement that has another number of columns than was expected.
func ColumnsError(have, want int) error {
	return fmt.Errorf("the statement gives %d columns, not the %d that it was made for", have, want)
}

// width returns the number of columns that a slot takes.
func width(s run.Slot) int {
	if src, ok := s.Entity.(*meta.Source); ok {
		return len(src.Part().Read)
	}
	return 1
}

// fill lays out one slot.
func (p *place) fill(s run.Slot, fields []pgconn.FieldDescription, types *pgtype.Map) {
	src, ok := s.Entity.(*meta.Source)
	if !ok {
		p.value = decode.For(types, s.Type, fields[0].DataTypeOID, fields[0].Format)
		return
	}
	p.Place = entity.Place{Mapping: src.Mapping, Shape: &decode.Row{}, Part: src.Part()}
	for i, c := range p.Read {
		field := &p.Mapping.Fields[c]
		p.Shape.Add(field.Offset, decode.For(types, field.Type, fields[i].DataTypeOID, fields[i].Format))
	}
}

func (l *layout) matches(fields []pgconn.FieldDescription) bool {
	if len(fields) != len(l.fields) {
		return false
	}
	for i := range fields {
		if fields[i].DataTypeOID != l.fields[i].oid || fields[i].Format != l.fields[i].format {
			return false
		}
	}
	return true
}

// fills reports whether the layout is for these slots: the text of a statement does not always tell them.
func (l *layout) fills(slots []run.Slot) bool {
	if len(slots) != len(l.places) {
		return false
	}
	for i := range slots {
		var m *meta.Mapping
		p := &l.places[i]
		if src, ok := slots[i].Entity.(*meta.Source); ok {
			m = src.Mapping
			if !slices.Equal(src.Part().Read, p.Read) {
				return false
			}
		}
		if p.Mapping != m || p.offset != slots[i].Offset || p.hidden != slots[i].Hidden || m == nil && p.typ != slots[i].Type {
			return false
		}
	}
	return true
}

// read decodes a row of a statement into the memory at dst.
func (l *layout) read(dst mem.Ptr, values [][]byte, a *decode.Arena, entities entity.Reader, items []ast.Node) error {
	for i := range l.places {
		p := &l.places[i]
		if p.Mapping == nil {
			if err := p.value.Decode(mem.Add(dst, p.offset), values[p.column], a); err != nil {
				return fmt.Errorf("column %s: %w", columnName(items, p.column), err)
			}
			continue
		}
		r := entity.Row{Place: &p.Place, Values: values[p.column:p.end], Arena: a}
		if r.Absent() {
			continue
		}
		obj, err := entities.ReadEntity(r)
		if err != nil {
			return err
		}
		if !p.hidden {
			*mem.As[mem.Ptr](mem.Add(dst, p.offset)) = obj
		}
	}
	return nil
}

// columnName names a column for people: by what is selected, else by its number.
func columnName(items []ast.Node, i int) string {
	if i < len(items) {
		if c, ok := items[i].(*ast.Column); ok {
			return c.String()
		}
	}
	return fmt.Sprint(i + 1)
}
