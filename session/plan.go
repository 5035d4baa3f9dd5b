package session

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

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
	row    reflect.Type
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
	offset  uintptr      // in the row
	typ     reflect.Type // of a value
	column  int          // first column of the slot
	value   decode.Column
	row     *decode.Row // of an entity
	mapping *meta.Mapping
}

// known is a statement that an engine has met: its text, and how its rows become Go values.
type known struct {
	sql   string
	plans atomic.Pointer[[]*rowPlan]
}

// planCache keeps the statements that an engine has met. They are few; a program that makes ever new ones starts it afresh.
type planCache struct {
	mu    sync.RWMutex
	known map[string]*known
	rows  map[*meta.Mapping][]*decode.Row // exact ones, shared by plans
}

const (
	maxKnown = 4096
	maxPlans = 8 // of a statement: by type of row, and by format of its columns
)

// statement gives the statement with a text, which is not copied when it is known.
func (c *planCache) statement(text []byte) *known {
	c.mu.RLock()
	k := c.known[string(text)]
	c.mu.RUnlock()
	if k != nil {
		return k
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxKnown {
		c.known = map[string]*known{}
	}
	k = &known{sql: string(text)}
	c.known[k.sql] = k
	return k
}

// intern gives text as a string without copying it when it is known.
func (c *planCache) intern(text []byte) string { return c.statement(text).sql }

// plan gives the plan for the rows of a statement as the server describes them.
func (c *planCache) plan(k *known, req *run.Request, rows *wire.Rows) (*rowPlan, error) {
	fields := rows.Fields()
	plans := k.plans.Load()
	if plans != nil {
		for _, p := range *plans {
			if p.row == req.Type && p.matches(fields) && p.fills(req.Slots) {
				return p, nil
			}
		}
	}
	p, err := newRowPlan(req, fields, rows.TypeMap())
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shareRows(p)
	all := []*rowPlan{p}
	if plans = k.plans.Load(); plans != nil && len(*plans) < maxPlans {
		all = append(all, *plans...)
	}
	k.plans.Store(&all)
	return p, nil
}

// shareRows has the plan use the exact rows that are known already, so that objects which different statements read
// know their rows in the same way.
func (c *planCache) shareRows(p *rowPlan) {
	for i := range p.places {
		pl := &p.places[i]
		if pl.row == nil || !pl.row.Exact() {
			continue
		}
		known := slices.IndexFunc(c.rows[pl.mapping], pl.row.Alike)
		if known >= 0 {
			pl.row = c.rows[pl.mapping][known]
			continue
		}
		if c.rows == nil {
			c.rows = map[*meta.Mapping][]*decode.Row{}
		}
		c.rows[pl.mapping] = append(c.rows[pl.mapping], pl.row)
	}
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

// fills reports whether the plan is for these slots: the text of a statement does not always tell them.
func (p *rowPlan) fills(slots []run.Slot) bool {
	if len(slots) != len(p.places) {
		return false
	}
	for i := range slots {
		var m *meta.Mapping
		if src, ok := slots[i].Entity.(*meta.Source); ok {
			m = src.Mapping
		}
		pl := &p.places[i]
		if pl.mapping != m || pl.offset != slots[i].Offset || m == nil && pl.typ != slots[i].Type {
			return false
		}
	}
	return true
}

func newRowPlan(req *run.Request, fields []pgconn.FieldDescription, types *pgtype.Map) (*rowPlan, error) {
	p := &rowPlan{row: req.Type, fields: make([]wireField, len(fields))}
	for i, f := range fields {
		p.fields[i] = wireField{f.DataTypeOID, f.Format}
	}
	column := 0
	for _, s := range req.Slots {
		pl := place{offset: s.Offset, typ: s.Type, column: column}
		if n := width(s); column+n <= len(fields) {
			pl.fill(s, fields[column:column+n], types)
		}
		column += width(s)
		p.places = append(p.places, pl)
	}
	if column != len(fields) {
		return nil, columnsError(len(fields), column)
	}
	return p, nil
}

// width gives the number of columns that a slot takes.
func width(s run.Slot) int {
	if src, ok := s.Entity.(*meta.Source); ok {
		return len(src.Mapping.Read)
	}
	return 1
}

// fill plans one slot.
func (pl *place) fill(s run.Slot, fields []pgconn.FieldDescription, types *pgtype.Map) {
	src, ok := s.Entity.(*meta.Source)
	if !ok {
		pl.value = decode.For(types, s.Type, fields[0].DataTypeOID, fields[0].Format)
		return
	}
	pl.mapping, pl.row = src.Mapping, &decode.Row{}
	for i, c := range pl.mapping.Read {
		field := &pl.mapping.Fields[c]
		pl.row.Add(field.Offset, decode.For(types, field.Type, fields[i].DataTypeOID, fields[i].Format))
	}
}

func columnName(items []ast.Node, i int, wireName string) string {
	if i < len(items) {
		if c, ok := items[i].(*ast.Column); ok {
			return c.String()
		}
	}
	return wireName
}

// values gives the values of the slot's entity.
func (pl *place) values(all [][]byte) [][]byte { return all[pl.column : pl.column+pl.row.Len()] }

// object decodes the values of an entity into obj, which is all zero.
func (pl *place) object(obj mem.Ptr, values [][]byte, a *decode.Arena) error {
	i, err := pl.row.Decode(obj, values, a)
	return pl.error(i, err)
}

// objectAndImage is object, with the row's image.
func (pl *place) objectAndImage(obj mem.Ptr, values [][]byte, a *decode.Arena) (string, error) {
	image, i, err := pl.row.DecodeImage(obj, values, a)
	return image, pl.error(i, err)
}

func (pl *place) error(column int, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("column %s: %w", pl.mapping.Fields[pl.mapping.Read[column]].Column, err)
}

// absent tells whether the entity is not there: an outer join gave NULL for its key.
func (pl *place) absent(values [][]byte) bool {
	for _, i := range pl.mapping.ReadKey {
		if values[i] == nil {
			return true
		}
	}
	return false
}
