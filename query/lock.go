package query

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/stmt"
)

// lock is one locking clause that options change.
type lock struct {
	stmt.Lock
	err error
}

// LockOption changes a lock: [LockOf], [NoWait] or [SkipLocked].
type LockOption interface{ change(l *lock) }

// LockWait says what a lock does about rows that another transaction holds. Without one it waits for them.
type LockWait uint8

// The ways not to wait. Of several, the last one holds.
const (
	NoWait     LockWait = iota + 1 // "NOWAIT": a row that is held is an error, *session.LockError
	SkipLocked                     // "SKIP LOCKED": rows that are held are left out
)

func (w LockWait) change(l *lock) { l.Wait = w.String() }

// String returns the words of SQL; none for waiting.
func (w LockWait) String() string {
	return [...]string{"", "NOWAIT", "SKIP LOCKED"}[min(w, SkipLocked)]
}

type lockOf []expr.Entity

func (o lockOf) change(l *lock) {
	for _, t := range o {
		table := tableOf(t)
		if table == nil {
			l.err = expr.ErrUnmapped
			return
		}
		l.Of = append(l.Of, table)
	}
}

// LockOf renders "OF a, b": only rows of these tables or aliases are locked, and not those of the other tables of the
// statement. A table that is not in the statement is [ErrNoTable]. LockOf of none is all tables.
func LockOf(tables ...expr.Entity) LockOption { return lockOf(tables) }

// ForUpdate renders "FOR UPDATE" at the end of the statement: until its transaction ends, no other may change, delete or
// lock the rows that it returns. Several locks add up: "FOR UPDATE OF a FOR SHARE OF b". PostgreSQL refuses a lock beside
// DISTINCT, GROUP BY and aggregates. Outside a transaction, on an engine, a lock ends with its statement.
//
// Objects that a session has already keep their values, which may be older than the lock, as with any query: say
// [Query.Refresh], or lock them with session.Session.Lock.
func (q Query[R]) ForUpdate(opts ...LockOption) Query[R] { return q.lock("UPDATE", opts) }

// ForNoKeyUpdate renders "FOR NO KEY UPDATE", as [Query.ForUpdate] does, but rows that refer to the locked ones may be
// inserted meanwhile. It is the lock that an UPDATE of other columns than keys takes.
func (q Query[R]) ForNoKeyUpdate(opts ...LockOption) Query[R] { return q.lock("NO KEY UPDATE", opts) }

// ForShare renders "FOR SHARE": others may take the same lock, but none may change or delete the rows.
func (q Query[R]) ForShare(opts ...LockOption) Query[R] { return q.lock("SHARE", opts) }

// ForKeyShare renders "FOR KEY SHARE": others may change the rows, but neither their keys nor delete them.
func (q Query[R]) ForKeyShare(opts ...LockOption) Query[R] { return q.lock("KEY SHARE", opts) }

func (q Query[R]) lock(strength string, opts []LockOption) Query[R] {
	l := lock{Lock: stmt.Lock{Strength: strength}}
	for _, o := range opts {
		if o != nil {
			o.change(&l)
		}
	}
	if l.err != nil {
		q.sel.Fail(l.err)
	}
	r := q.sel.Change()
	r.Locks = append(slices.Clip(r.Locks), l.Lock)
	return q
}
