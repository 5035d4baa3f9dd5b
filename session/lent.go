package session

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cupel-go/cupel/internal/wire"
)

// Several units of work may be on one connection that the program has lent them, each a savepoint within the transaction there, with
// savepoints of its own. They have different names: PostgreSQL takes the last one of a name, and one would take back what another did.

// ended reports whether the transaction that was begun is no more: the program has ended it, on a connection that it has lent or by SQL text.
// What is sent now would be a transaction by itself.
func (t *transaction) ended() bool { return t.begun && !t.Closed() && (t.Idle() || t.chained) }

// chains reports whether a statement has ended its transaction and begun another, which knows nothing of the session: COMMIT AND CHAIN.
func chains(s *wire.Stmt) bool {
	tag := s.Tag.String()
	return s.Acts && (tag == "COMMIT" || tag == "ROLLBACK") && strings.Contains(strings.ToUpper(oneLine(s.SQL)), " AND CHAIN")
}

// part returns the name of the savepoint that the transaction is in one of the program's.
func (t *transaction) part() string { return "cupel_session" + t.suffix() }

// suffix returns what tells the names of savepoints from those of others on the connection: "" of the first, "_2" of the second.
func (t *transaction) suffix() string {
	if t.pool != nil || t.conn == nil {
		return ""
	}
	if t.place == 0 {
		w := wire.Of(t.conn.Conn(), &t.core.facts)
		at := slices.Index(w.Places, false)
		if at < 0 {
			at, w.Places = len(w.Places), append(w.Places, false)
		}
		w.Places[at], t.place = true, at+1
	}
	if t.place == 1 {
		return ""
	}
	return "_" + strconv.Itoa(t.place)
}

// leave gives the place on the connection to whoever comes next.
func (t *transaction) leave() {
	if t.place > 0 && t.conn != nil {
		wire.Of(t.conn.Conn(), &t.core.facts).Places[t.place-1] = false
	}
	t.place = 0
}
