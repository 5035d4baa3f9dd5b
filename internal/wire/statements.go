package wire

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/cupel-go/cupel/internal/codec"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// statement is a statement as a connection knows it.
type statement struct {
	name        string // "": it is sent with its text each time
	described   bool   // its types are known
	blind       bool   // but not those of its columns
	prepared    bool   // the server has it under its name
	description pgconn.StatementDescription
	params      []param
	formats     []int16 // of its columns, unless the reader wants others
	opaque      bool    // a column has a binary format that no Go string can be made of
}

// describe takes what is known of the statement's types.
func (s *statement) describe(types *pgtype.Map, f *facts) {
	s.description.ParamOIDs, s.description.Fields = f.params, f.fields
	s.params = make([]param, len(f.params))
	for i, oid := range f.params {
		s.params[i] = describeParam(types, oid)
	}
	s.formats, s.opaque = make([]int16, len(f.fields)), false
	for i, f := range f.fields {
		s.formats[i] = types.FormatCodeForOID(f.DataTypeOID)
		s.opaque = s.opaque || s.formats[i] == pgtype.BinaryFormatCode && Opaque(types, f.DataTypeOID)
	}
	s.described, s.blind = true, f == noFacts
}

// Opaque reports whether values of a type are to be asked for as text where they become a Go string: pgtype cannot make one
// of their binary format, and their text depends on no setting of the server.
func Opaque(types *pgtype.Map, oid uint32) bool {
	switch codec.KindOf(types, oid) {
	case sqltype.Other, sqltype.Network, sqltype.MAC, sqltype.Bits, sqltype.Time, sqltype.Timetz:
		return true
	}
	return false
}

// statements are what a connection knows, the least recently used dropped beyond a limit.
type statements struct {
	named   bool // they are prepared
	limit   int
	bySQL   map[string]*list.Element
	recent  *list.List // of *statement, most recently used first
	evicted []string   // names to deallocate with the next batch
}

// defaultLimit is pgx's own.
const defaultLimit = 512

func newStatements(named bool, limit int) *statements {
	if limit <= 0 {
		limit = defaultLimit
	}
	return &statements{named: named, limit: limit, bySQL: map[string]*list.Element{}, recent: list.New()}
}

// get returns the statement of a text.
func (c *statements) get(sql string) *statement {
	if e, ok := c.bySQL[sql]; ok {
		c.recent.MoveToFront(e)
		s, _ := e.Value.(*statement)
		return s
	}
	s := &statement{}
	if c.named {
		sum := sha256.Sum256([]byte(sql))
		s.name = "cupel_" + hex.EncodeToString(sum[:12])
	}
	s.description.Name, s.description.SQL = s.name, sql
	c.bySQL[sql] = c.recent.PushFront(s)
	return s
}

// drop forgets a statement and has it deallocated: closing one that the server does not have is no error.
func (c *statements) drop(sql string) {
	e, ok := c.bySQL[sql]
	if !ok {
		return
	}
	s, _ := c.recent.Remove(e).(*statement)
	delete(c.bySQL, sql)
	if c.named {
		c.evicted = append(c.evicted, s.name)
	}
}

// dropAll forgets every statement.
func (c *statements) dropAll() {
	for sql := range c.bySQL {
		c.drop(sql)
	}
}

// takeEvicted returns the names to deallocate. A batch may hold more statements than the limit, so it is met only here,
// between batches, among those that the next batch does not use.
func (c *statements) takeEvicted() []string {
	names := c.evicted
	c.evicted = nil
	return names
}

// trim drops the least recently used statements beyond the limit.
func (c *statements) trim() {
	for c.recent.Len() > c.limit {
		s, _ := c.recent.Back().Value.(*statement)
		c.drop(s.description.SQL)
	}
}
