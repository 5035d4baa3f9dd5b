package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/internal/wire"
)

// batch collects the statements of a flush that can travel together.
type batch struct {
	session *Session
	stmts   []*wire.Stmt
	works   []work // works[i] belongs to stmts[i]
	reads   bool   // an UPDATE gives values back, so its rows are counted before the COMMIT is sent
}

// work is what a statement of a flush is about.
type work struct {
	entries []*entry
	expect  int64        // rows that it must touch; < 0: any number
	done    func() error // after the statement went well; nil: nothing to do
}

func (b *batch) add(stmt *wire.Stmt, w work) {
	b.stmts = append(b.stmts, stmt)
	b.works = append(b.works, w)
}

// send sends what was collected in one round trip, with COMMIT at its end when commit says so.
func (b *batch) send(ctx context.Context, commit bool) error {
	if commit && b.reads {
		if err := b.send(ctx, false); err != nil {
			return err
		}
	}
	stmts := b.stmts
	if commit {
		for i, w := range b.works {
			if w.expect >= 0 {
				guard(stmts[i], w.expect)
			}
		}
		stmts = append(stmts, &wire.Stmt{SQL: commitSQL})
	}
	if len(stmts) == 0 {
		return nil
	}
	began := b.session.begun
	err := b.session.send(ctx, stmts...)
	if err != nil {
		return b.explain(err, began, commit)
	}
	works := b.works
	b.stmts, b.works, b.reads = b.stmts[:0], b.works[:0], false
	return finishAll(stmts, works, commit)
}

func finishAll(stmts []*wire.Stmt, works []work, committed bool) error {
	for i, w := range works {
		if n := stmts[i].Tag.RowsAffected(); w.expect >= 0 && !committed && n != w.expect {
			return staleError(w.entries, stmts[i].SQL, fmt.Sprintf("%d of %d rows found: ", n, w.expect))
		}
		if w.done == nil {
			continue
		}
		if err := w.done(); err != nil {
			return err
		}
	}
	return nil
}

// guarded text: an UPDATE that travels with the COMMIT must itself fail when it does not touch the rows that it should,
// since nobody can look before the COMMIT runs. The division by zero does it.
const (
	guardHead = "WITH changed AS ("
	guardTail = " RETURNING 1) SELECT 1 / (count(*) = "
	guardEnd  = ")::integer FROM changed"
)

func guard(stmt *wire.Stmt, expect int64) {
	want := "1"
	if expect != 1 {
		stmt.Args = append(stmt.Args, expect)
		want = "$" + strconv.Itoa(len(stmt.Args))
	}
	stmt.SQL = guardHead + stmt.SQL + guardTail + want + guardEnd
}

func guarded(sql string) bool { return strings.HasPrefix(sql, guardHead) }

// explain makes the error of a batch a typed one that names the object.
func (b *batch) explain(err error, began, commit bool) error {
	we := asWireError(err)
	if we == nil {
		return explainStatement(err)
	}
	i := we.Index
	if !began {
		i-- // BEGIN went before
	}
	if commit && b.session.conn.Conn().IsClosed() && isLost(err) {
		return &StatementError{err: fmt.Errorf("%w: %w", ErrUnknownOutcome, err)}
	}
	if re := (*wire.ReadError)(nil); commit && errors.As(err, &re) && b.session.conn.Conn().PgConn().TxStatus() == 'I' {
		return &StatementError{Statement: we.SQL, err: fmt.Errorf("%w: %w", ErrCommitted, err)}
	}
	if i < 0 || i >= len(b.works) {
		return explainStatement(err)
	}
	var pg *pgconn.PgError
	if guarded(we.SQL) && errors.As(err, &pg) && pg.Code == "22012" {
		return staleError(b.works[i].entries, we.SQL, "")
	}
	return explain(err, describeAll(b.works[i].entries))
}

// isLost tells whether the server's answer went missing, so that nobody knows what it did.
func isLost(err error) bool {
	var pg *pgconn.PgError
	return !errors.As(err, &pg)
}

func staleError(entries []*entry, sql, found string) error {
	return &StatementError{Statement: sql, err: fmt.Errorf("%w: %s%s", ErrStale, found, describeAll(entries))}
}

// describeAll names the objects of a statement: the first few.
func describeAll(entries []*entry) string {
	const shown = 3
	var names []string
	for i, e := range entries {
		if i == shown {
			names = append(names, fmt.Sprintf("%d more", len(entries)-shown))
			break
		}
		names = append(names, e.describe())
	}
	return strings.Join(names, ", ")
}
