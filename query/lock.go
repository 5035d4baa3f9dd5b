package query

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// lock is one locking clause of a SELECT.
type lock struct {
	strength string
	of       []*ast.Table // nil: all tables
	wait     LockWait
	err      error
}

// LockOption changes a lock: [LockOf], [NoWait] or [SkipLocked].
type LockOption interface{ change(l *lock) }

// LockWait says what a lock does about rows that another transaction holds. Without one it waits for them.
type LockWait uint8

// The ways not to wait. Of several the last counts.
const (
	NoWait     LockWait = iota + 1 // "NOWAIT": a row that is held is an error, *session.LockError
	SkipLocked                     // "SKIP LOCKED": rows that are held are left out
)

func (w LockWait) change(l *lock) { l.wait = w }

// String gives the words of SQL; none for waiting.
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
		l.of = append(l.of, table)
	}
}

// LockOf renders "OF a, b": only rows of these tables or aliases are locked, and not those of the other tables of the
// statement. A table that is not in the statement is [ErrNoTable]. LockOf of none is all tables.
func LockOf(tables ...expr.Entity) LockOption { return lockOf(tables) }

// ForUpdate renders "FOR UPDATE" at the end of the statement: until its transaction ends, no other may change, delete or
// lock the rows that it gives. Several locks add up: "FOR UPDATE OF a FOR SHARE OF b". PostgreSQL refuses a lock beside
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
	l := lock{strength: strength}
	for _, o := range opts {
		if o != nil {
			o.change(&l)
		}
	}
	if l.err != nil {
		q.sel.fail(l.err)
	}
	r := q.sel.change()
	r.locks = append(slices.Clip(r.locks), l)
	return q
}

// appendLocks writes the locking clauses.
func (s *selection) appendLocks(w *sqlw.Writer) {
	locks := s.rare().locks
	for i := range locks {
		l := &locks[i]
		w.Text(" FOR ")
		w.Text(l.strength)
		for n, t := range l.of {
			if n == 0 {
				w.Text(" OF ")
			} else {
				w.Text(", ")
			}
			s.appendLocked(w, t)
		}
		if l.wait != 0 {
			w.Text(" ")
			w.Text(l.wait.String())
		}
	}
}

// appendLocked writes the name of a table to lock, which PostgreSQL wants without its schema.
func (s *selection) appendLocked(w *sqlw.Writer, t *ast.Table) {
	set, _ := s.collect(tableSet{})
	switch {
	case !slices.Contains(set.tables, t) && !s.isJoined(t):
		w.Fail(fmt.Errorf("query: lock of %s: %w", t, ErrNoTable))
	case t.Alias != "":
		w.Ident(t.Alias)
	default:
		w.Ident(t.Name)
	}
}
