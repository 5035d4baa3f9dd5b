package pgproxy

import (
	"bytes"
	"encoding/binary"

	"github.com/jackc/pgx/v5/pgproto3"
)

// EndAfter ends one connection as an administrator would, right after the next CommandComplete with this tag, such as "COMMIT" or
// "INSERT 0 1": the client gets what came before and the CommandComplete, then FATAL 57P01 (admin_shutdown) and the end of
// the connection. The ReadyForQuery that the server sent is kept from it. "" takes it back.
func (p *Proxy) EndAfter(tag string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endAfter = tag
}

// ending returns what the client is to get of what the server sent, and whether that is the end.
func (p *Proxy) ending(sent []byte) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.endAfter == "" {
		return sent, false
	}
	complete := append([]byte{'C', 0, 0, 0, 0}, p.endAfter...)
	binary.BigEndian.PutUint32(complete[1:], uint32(len(p.endAfter)+5))
	complete = append(complete, 0)
	at := bytes.Index(sent, complete)
	if at < 0 {
		return sent, false
	}
	p.endAfter = ""
	fatal := pgproto3.ErrorResponse{
		Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: "57P01",
		Message: "terminating connection due to administrator command",
	}
	out, err := fatal.Encode(bytes.Clone(sent[:at+len(complete)]))
	return out, err == nil
}
