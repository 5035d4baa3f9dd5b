package session

import (
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/wire"
)

// rowPlan says how the columns of a statement's rows become Go values. It is made once per statement shape.
type rowPlan struct {
	fields []wireField
	places []place
}

// wireField is what a plan depends on of a column as the server sends it.
type wireField struct {
	oid    uint32
	format int16
}

// place is one slot of a row.
type place struct {
	offset  uintptr // in the row
	column  int     // first column of the slot
	decode  decode.Func
	columns []fieldPlan // of an entity
	mapping *meta.Mapping
}

// fieldPlan is one column of an entity.
type fieldPlan struct {
	offset uintptr
	decode decode.Func
}

type planKey struct {
	text string
	row  reflect.Type
}

// planCache keeps the plans of statements. Statements are few; a program that makes ever new ones starts it afresh.
type planCache struct {
	mu    sync.RWMutex
	texts map[string]string // interned statements
	plans map[planKey]*rowPlan
}

const maxPlans = 4096

// intern gives text as a string without copying it when it is known.
func (c *planCache) intern(text []byte) string {
	c.mu.RLock()
	s, ok := c.texts[string(text)]
	c.mu.RUnlock()
	if ok {
		return s
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.texts == nil || len(c.texts) >= maxPlans {
		c.texts, c.plans = map[string]string{}, map[planKey]*rowPlan{}
	}
	s = string(text)
	c.texts[s] = s
	return s
}

// get gives the plan for the rows that fields describe.
func (c *planCache) get(sql string, req *run.Request, rows *wire.Rows) (*rowPlan, error) {
	key := planKey{sql, req.Type}
	c.mu.RLock()
	p := c.plans[key]
	c.mu.RUnlock()
	fields := rows.Fields()
	if p != nil && p.matches(fields) {
		return p, nil
	}
	p, err := newRowPlan(req, fields, rows.TypeMap())
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plans != nil {
		c.plans[key] = p
	}
	return p, nil
}

func (p *rowPlan) matches(fields []pgconn.FieldDescription) bool {
	if len(fields) != len(p.fields) {
		return false
	}
	for i := range fields {
		if fields[i].DataTypeOID != p.fields[i].oid || fields[i].Format != p.fields[i].format {
			return false
		}
	}
	return true
}

func newRowPlan(req *run.Request, fields []pgconn.FieldDescription, types *pgtype.Map) (*rowPlan, error) {
	p := &rowPlan{fields: make([]wireField, len(fields))}
	for i, f := range fields {
		p.fields[i] = wireField{f.DataTypeOID, f.Format}
	}
	column := 0
	for i, s := range req.Slots {
		pl := place{column: column}
		if len(req.Slots) > 1 {
			pl.offset = req.Type.Field(i).Offset
		}
		n, err := pl.fill(s, fields[min(column, len(fields)):], types)
		if err != nil {
			return nil, err
		}
		column += n
		p.places = append(p.places, pl)
	}
	if column != len(fields) {
		return nil, fmt.Errorf("the statement gives %d columns, not the %d that it was made for", len(fields), column)
	}
	return p, nil
}

var errFewColumns = errors.New("the statement gives fewer columns than it was made for")

// fill plans one slot and gives the number of columns that it takes.
func (pl *place) fill(s run.Slot, fields []pgconn.FieldDescription, types *pgtype.Map) (int, error) {
	if s.Entity == nil {
		if len(fields) == 0 {
			return 0, errFewColumns
		}
		pl.decode = decode.For(types, s.Type, fields[0].DataTypeOID, fields[0].Format)
		return 1, nil
	}
	src, ok := s.Entity.(*meta.Source)
	if !ok || len(fields) < len(src.Mapping.Read) {
		return 0, errFewColumns
	}
	pl.mapping = src.Mapping
	for i, c := range pl.mapping.Read {
		field := &pl.mapping.Fields[c]
		f := decode.For(types, field.Type, fields[i].DataTypeOID, fields[i].Format)
		pl.columns = append(pl.columns, fieldPlan{field.Offset, f})
	}
	return len(pl.columns), nil
}

func columnName(items []ast.Node, i int, wireName string) string {
	if i < len(items) {
		if c, ok := items[i].(*ast.Column); ok {
			return c.String()
		}
	}
	return wireName
}

// value decodes the slot's value into the row.
func (pl *place) value(row mem.Ptr, values [][]byte, a *decode.Arena) error {
	return pl.decode(mem.Add(row, pl.offset), values[pl.column], a)
}

// object decodes the slot's entity into obj, which is all zero or is to be overwritten.
func (pl *place) object(obj mem.Ptr, values [][]byte, a *decode.Arena) error {
	for i := range pl.columns {
		f := &pl.columns[i]
		if err := f.decode(mem.Add(obj, f.offset), values[pl.column+i], a); err != nil {
			return fmt.Errorf("column %s: %w", pl.mapping.Fields[pl.mapping.Read[i]].Column, err)
		}
	}
	return nil
}

// absent tells whether the entity is not there: an outer join gave NULL for its key.
func (pl *place) absent(values [][]byte) bool {
	for _, i := range pl.mapping.ReadKey {
		if values[pl.column+i] == nil {
			return true
		}
	}
	return false
}
