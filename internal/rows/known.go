// Package rows knows the statements that an engine has met and how their rows become Go values.
//
// A statement is known by its text. Its rows have a layout: which decoder fills which field, made once for each shape in
// which the server sends them. An execution is one run of a statement; what it does with entities, whether they are new
// objects or ones that a session has, is its reader's business.
package rows

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cupel-go/cupel/internal/decode"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/wire"
)

// Known is a statement that an engine has met: its text, and how its rows become Go values.
type Known struct {
	SQL     string
	layouts atomic.Pointer[[]*layout]
}

// Cache keeps the statements that an engine has met. They are few; a program that makes ever new ones starts it afresh. It may
// be used by any number of goroutines.
type Cache struct {
	mu    sync.RWMutex
	known map[string]*Known
	rows  map[*meta.Mapping][]*decode.Row // exact ones, shared by layouts
}

const (
	maxKnown   = 4096
	maxLayouts = 8 // of a statement: by type of row, and by format of its columns
)

// Statement returns the statement with a text, which is not copied when it is known.
func (c *Cache) Statement(text []byte) *Known {
	c.mu.RLock()
	k := c.known[string(text)]
	c.mu.RUnlock()
	if k != nil {
		return k
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxKnown {
		c.known = map[string]*Known{}
	}
	k = &Known{SQL: string(text)}
	c.known[k.SQL] = k
	return k
}

// Intern returns text as a string without copying it when it is known.
func (c *Cache) Intern(text []byte) string { return c.Statement(text).SQL }

// layout returns the layout of a statement's rows as the server describes them.
func (c *Cache) layout(k *Known, req *run.Request, rows *wire.Rows) (*layout, error) {
	fields := rows.Fields()
	known := k.layouts.Load()
	if known != nil {
		for _, l := range *known {
			if l.row == req.Type && l.matches(fields) && l.fills(req.Slots) {
				return l, nil
			}
		}
	}
	l, err := newLayout(req, fields, rows.TypeMap())
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shareRows(l)
	all := []*layout{l}
	if known = k.layouts.Load(); known != nil && len(*known) < maxLayouts {
		all = append(all, *known...)
	}
	k.layouts.Store(&all)
	return l, nil
}

// shareRows has the layout use the exact rows that are known already, so that objects which different statements read
// know their rows in the same way.
func (c *Cache) shareRows(l *layout) {
	for i := range l.places {
		p := &l.places[i]
		if p.Shape == nil || !p.Shape.Exact() {
			continue
		}
		if known := slices.IndexFunc(c.rows[p.Mapping], p.Shape.Alike); known >= 0 {
			p.Shape = c.rows[p.Mapping][known]
			continue
		}
		if c.rows == nil {
			c.rows = map[*meta.Mapping][]*decode.Row{}
		}
		c.rows[p.Mapping] = append(c.rows[p.Mapping], p.Shape)
	}
}
