package pgproxy

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Statement is one Execute or simple Query that went to the server. After an error the server skips those that follow
// before the next Sync; they are here all the same.
type Statement struct {
	SQL     string   // the text of a simple Query as it is, with all its statements
	Params  [][]byte // as Bind had them, nil for NULL
	Formats []int16  // 0 for text and 1 for binary, one for each of Params
	Conn    int      // the number of the connection, from 1 in the order in which clients came
	Kind    string   // the first keyword in upper case, such as SELECT, INSERT or BEGIN
}

// record is what Reset forgets. The proxy's mutex guards it.
type record struct {
	trips, connects   int
	bytesIn, bytesOut int64
	statements        []Statement
	messages          []Message
}

// Reset forgets what was recorded. An answer that is still to come to something sent before does not count as a trip.
// Names of prepared statements stay known.
func (p *Proxy) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.record = record{}
	for c := range p.conns {
		c.waiting = false
	}
}

// Trips returns the number of round trips since Reset. One is whatever a client sends up to the first answer from the
// server, if a Sync, a simple Query or a Flush is in it; what a client sends on while answers come belongs to the trip
// until it asks again. The exchange that opens a connection is none, nor is the data of a COPY by itself.
func (p *Proxy) Trips() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.trips
}

// Connects returns the number of startup messages since Reset that led to the server, whatever it answered.
func (p *Proxy) Connects() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.connects
}

// Statements returns what was executed since Reset, in the order in which it went to the server.
func (p *Proxy) Statements() []Statement {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.statements)
}

// BytesOut returns the number of bytes since Reset from clients to the server, without startup messages.
func (p *Proxy) BytesOut() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytesOut
}

// BytesIn returns the number of bytes since Reset from the server to clients.
func (p *Proxy) BytesIn() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytesIn
}

// names are the prepared statements and portals of a connection.
type names struct {
	prepared map[string]string
	portals  map[string]Statement
}

func newNames() names { return names{map[string]string{}, map[string]Statement{}} }

// next says what is to follow after some messages were relayed.
type next int

const (
	goOn         next = iota
	stop              // The connection has ended, or the client does not speak the protocol.
	cutNow            // Cut the connection.
	cutAfterSync      // Cut it too, but a Sync that comes at once goes to the server before.
)

// scan looks at the whole messages at the start of what the client sent. It returns the number of bytes to relay.
func (c *conn) scan(sent []byte) (size int, _ next) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.ended {
		return 0, stop
	}
	defer func() { c.p.bytesOut += int64(size) }()
	for {
		kind, body, length, ok := message(sent[size:])
		switch {
		case !ok:
			return size, stop
		case length == 0 && c.lastSync:
			return size, cutAfterSync
		case length == 0:
			return size, goOn
		case c.lastSync && kind != 'S':
			return size, cutNow
		case c.lastSync:
			c.p.messages = append(c.p.messages, Message{ToServer, kind, length})
			return size + length, cutNow
		}
		relay, then := c.see(kind, body)
		if !relay {
			return size, then
		}
		c.p.messages = append(c.p.messages, Message{ToServer, kind, length})
		size += length
		if then == cutNow {
			return size, then
		}
	}
}

// message splits the first message off; length is 0 when it is not there as a whole, and ok false when it is none.
func message(b []byte) (kind byte, body []byte, length int, ok bool) {
	const head, longest = 5, 1 << 30 // PostgreSQL takes no longer message either.
	if len(b) < head {
		return 0, nil, 0, true
	}
	n := binary.BigEndian.Uint32(b[1:])
	if n < head-1 || n > longest {
		return 0, nil, 0, false
	}
	length = 1 + int(n)
	if len(b) < length {
		return 0, nil, 0, true
	}
	return b[0], b[head:length], length, true
}

// see records one message. It says whether to relay it, and what is to follow.
func (c *conn) see(kind byte, body []byte) (relay bool, _ next) {
	switch kind {
	case 'E', 'Q':
		f := c.p.countdown()
		if f == faultBefore {
			c.mute()
			return false, cutNow
		}
		c.p.statements = append(c.p.statements, c.statement(kind, body))
		c.waiting = c.waiting || kind == 'Q'
		if f == faultAfter {
			c.mute()
			if kind == 'Q' {
				return true, cutNow
			}
			c.lastSync = true
		}
	case 'S', 'H':
		c.waiting = true
	default:
		c.names.see(kind, body)
	}
	return true, goOn
}

// see remembers what messages give names to. One that is malformed is left to the server.
func (n names) see(kind byte, body []byte) {
	switch kind {
	case 'P':
		var m pgproto3.Parse
		if m.Decode(body) == nil {
			n.prepared[m.Name] = m.Query
		}
	case 'B':
		var m pgproto3.Bind
		if m.Decode(bytes.Clone(body)) == nil {
			n.portals[m.DestinationPortal] = Statement{
				SQL:     n.prepared[m.PreparedStatement],
				Params:  m.Parameters,
				Formats: formats(m.ParameterFormatCodes, len(m.Parameters)),
			}
		}
	case 'C':
		var m pgproto3.Close
		if m.Decode(body) != nil {
			return
		}
		if m.ObjectType == 'S' {
			delete(n.prepared, m.Name)
		} else {
			delete(n.portals, m.Name)
		}
	}
}

// formats returns one format for each parameter: Bind may have one for all of them, or none when all are text.
func formats(codes []int16, params int) []int16 {
	all := make([]int16, params)
	for i := range all {
		switch {
		case i < len(codes):
			all[i] = codes[i]
		case len(codes) == 1:
			all[i] = codes[0]
		}
	}
	return all
}

// statement returns what an Execute or a simple Query runs.
func (c *conn) statement(kind byte, body []byte) Statement {
	name, _, _ := bytes.Cut(body, []byte{0})
	s := Statement{SQL: string(name)}
	if kind == 'E' {
		s = c.names.portals[string(name)]
	}
	s.Conn, s.Kind = c.number, keyword(s.SQL)
	return s
}

// keyword returns the first word of SQL in upper case, behind comments and parentheses.
func keyword(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n\f\v(;")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			sql = afterComment(sql)
		default:
			end := strings.IndexFunc(sql, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') && r != '_' })
			if end >= 0 {
				sql = sql[:end]
			}
			return strings.ToUpper(sql)
		}
	}
}

// afterComment returns what follows the comment at the start of sql. Comments nest.
func afterComment(sql string) string {
	depth := 0
	for i := 0; i+1 < len(sql); i++ {
		switch sql[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return sql[i+1:]
		}
	}
	return ""
}
