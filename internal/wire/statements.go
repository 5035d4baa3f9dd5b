package wire

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// statement is a prepared statement of one connection.
type statement struct {
	name        string
	described   bool // the server has told its parameters and columns
	description pgconn.StatementDescription
	params      []param
	formats     []int16 // of its columns
}

func (s *statement) describe(types *pgtype.Map, d *pgconn.StatementDescription) {
	s.description.ParamOIDs, s.description.Fields = d.ParamOIDs, d.Fields
	s.description.Name = s.name
	s.params = make([]param, len(d.ParamOIDs))
	for i, oid := range d.ParamOIDs {
		s.params[i] = describeParam(types, oid)
	}
	s.formats = make([]int16, len(d.Fields))
	for i, f := range d.Fields {
		s.formats[i] = types.FormatCodeForOID(f.DataTypeOID)
	}
	s.described = true
}

// statements are the prepared statements of a connection, the least recently used dropped beyond a limit.
type statements struct {
	limit   int
	bySQL   map[string]*list.Element
	recent  *list.List // of *statement, most recently used first
	evicted []string   // names to deallocate with the next batch
}

// defaultLimit is pgx's own.
const defaultLimit = 512

func newStatements(limit int) *statements {
	if limit <= 0 {
		limit = defaultLimit
	}
	return &statements{limit: limit, bySQL: map[string]*list.Element{}, recent: list.New()}
}

// get returns the statement of a text, and whether it was there; a new one is to be prepared by the caller.
func (c *statements) get(sql string) (*statement, bool) {
	if e, ok := c.bySQL[sql]; ok {
		c.recent.MoveToFront(e)
		s, _ := e.Value.(*statement)
		return s, true
	}
	sum := sha256.Sum256([]byte(sql))
	s := &statement{name: "cupel_" + hex.EncodeToString(sum[:12])}
	s.description.Name, s.description.SQL = s.name, sql
	c.bySQL[sql] = c.recent.PushFront(s)
	return s, false
}

// drop forgets a statement and has it deallocated: closing one that the server does not have is no error.
func (c *statements) drop(sql string) {
	e, ok := c.bySQL[sql]
	if !ok {
		return
	}
	s, _ := c.recent.Remove(e).(*statement)
	delete(c.bySQL, sql)
	c.evicted = append(c.evicted, s.name)
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
