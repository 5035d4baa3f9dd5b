package session

import (
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/wire"
)

// entityReader gives the object for the values of an entity: a new one, or the one that a session has.
type entityReader interface {
	readEntity(pl *place, values [][]byte, a *decode.Arena) (mem.Ptr, error)
}

// ReadRows reads all rows of the request.
func (x *execution) ReadRows(rows *wire.Rows) error {
	plan, err := x.plans.plan(x.known, x.req, rows)
	if err != nil {
		return err
	}
	x.arena.Types = rows.TypeMap()
	for rows.Next() {
		row := x.req.Rows.Next()
		if err := plan.read(row, rows.Values(), &x.arena, x.entities, x.req); err != nil {
			return err
		}
		if !x.req.Rows.Done() {
			return wire.ErrStop
		}
	}
	return nil
}

// Formats asks for numbers, truth values and times in binary form from a statement's first execution on, so that they do
// not depend on the server's settings for text.
func (x *execution) Formats() []int16 {
	var formats []int16
	add := func(t reflect.Type) {
		format := int16(0)
		if decode.Binary(t) {
			format = 1
		}
		formats = append(formats, format)
	}
	for _, slot := range x.req.Slots {
		src, ok := slot.Entity.(*meta.Source)
		if !ok {
			add(slot.Type)
			continue
		}
		for _, i := range src.Mapping.Read {
			add(src.Mapping.Fields[i].Type)
		}
	}
	return formats
}

func (p *rowPlan) read(row mem.Ptr, values [][]byte, a *decode.Arena, entities entityReader, req *run.Request) error {
	for i := range p.places {
		pl := &p.places[i]
		if pl.mapping == nil {
			if err := pl.value.Decode(mem.Add(row, pl.offset), values[pl.column], a); err != nil {
				return fmt.Errorf("column %s: %w", columnName(req.Items, pl.column, fmt.Sprint(pl.column+1)), err)
			}
			continue
		}
		own := pl.values(values)
		if pl.absent(own) {
			continue
		}
		obj, err := entities.readEntity(pl, own, a)
		if err != nil {
			return err
		}
		*mem.As[mem.Ptr](mem.Add(row, pl.offset)) = obj
	}
	return nil
}

// untracked gives a new object for every row.
type untracked struct{ slabs slabs }

func (u *untracked) readEntity(pl *place, values [][]byte, a *decode.Arena) (mem.Ptr, error) {
	obj := u.slabs.next(pl.mapping)
	return obj, pl.object(obj, values, a)
}

// slabs gives zero objects, many of a kind from one allocation.
type slabs struct {
	m      *meta.Mapping
	base   mem.Ptr
	used   int
	size   int
	stride uintptr
}

const maxSlab = 256

func (s *slabs) next(m *meta.Mapping) mem.Ptr {
	if s.m != m {
		*s = slabs{m: m, stride: m.Type.Size()}
	}
	return s.take(m.New)
}

// nextSnapshot gives an empty snapshot. A slabs gives objects or snapshots, not both.
func (s *slabs) nextSnapshot(m *meta.Mapping) mem.Ptr {
	if s.m != m {
		*s = slabs{m: m, stride: m.Snapshots.Size}
	}
	return s.take(m.Snapshots.New)
}

func (s *slabs) take(alloc func(n int) mem.Ptr) mem.Ptr {
	if s.used == s.size {
		s.size = min(max(1, s.size*2), maxSlab)
		s.base, s.used = alloc(s.size), 0
	}
	p := mem.Add(s.base, uintptr(s.used)*s.stride)
	s.used++
	return p
}

// back returns the object that next gave last; it must be all zero again.
func (s *slabs) back() { s.used-- }
