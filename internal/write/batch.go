// Package write writes plans: steps become statements, statements become batches, as few round trips as the keys allow that the
// database has yet to generate, with COMMIT in the last.
package write

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
)

// Conn is what a plan is written on.
type Conn interface {
	// Send runs statements in one round trip, in a transaction that it begins where none is open.
	Send(ctx context.Context, stmts ...*wire.Stmt) error
	// SendAlone runs a statement that is a transaction by itself; where Alone says so.
	SendAlone(ctx context.Context, stmt *wire.Stmt) error
	// Alone reports whether no transaction is open, and the one that Send begins is no other than that of a lone statement.
	Alone() bool
	// Leads returns how many statements Send puts before those that it is given.
	Leads() int
	// Commit returns the statements that end the transaction and keep what it did.
	Commit() []*wire.Stmt
	// Final reports whether Commit commits.
	Final() bool
	// Begun reports whether a transaction is open.
	Begun() bool
	// Closed reports whether the connection is gone.
	Closed() bool
	// Idle reports whether the server has no transaction open.
	Idle() bool
	// Intern returns text as a string without copying it when it is known.
	Intern(text []byte) string
	// Schema returns the schema of tables whose mapping names none; "" where the server looks for them.
	Schema() string
}

// Plan writes a plan: as many steps in one round trip as do not wait for a key that the database generates. With commit
// the last trip ends with COMMIT. The error is a *Failure.
func Plan(ctx context.Context, conn Conn, p *plan.Plan, commit bool) error {
	b := &batch{conn: conn}
	for i := range p.Steps {
		st := &p.Steps[i]
		if !st.FillIn() {
			if err := b.send(ctx, false); err != nil {
				return err
			}
			if !st.FillIn() {
				return &Failure{Rule: true, Err: fmt.Errorf("session: flush of %s: a row that they refer to has no key", track.DescribeAll(st.Entries))}
			}
		}
		moves := st.Store.Tracks() && st.MovesKeys()
		if moves {
			if err := b.findReferring(ctx, st); err != nil {
				return err
			}
		}
		if b.addStep(st); !moves {
			continue
		}
		if b.reads { // the keys as they are stored
			if err := b.send(ctx, false); err != nil {
				return err
			}
		}
		st.KeysMoved()
	}
	return b.send(ctx, commit)
}

// batch collects the statements of a plan that can travel together.
type batch struct {
	conn  Conn
	stmts []*wire.Stmt
	works []work // works[i] belongs to stmts[i]
	reads bool   // an UPDATE gives values back, which what follows from them must wait for
}

// work is what a statement is about.
type work struct {
	entries []*track.Entry
	expect  int64         // rows that it must touch; < 0: any number
	inserts bool          // it is an INSERT
	gives   bool          // it gives a row back for each of the entries
	most    int64         // rows that it may touch; 0: any number
	keys    []*ast.Column // it is an UPDATE or DELETE of many objects with this key, of which it is to count the values; nil: it is not
	back    []*ast.Column // it is an UPDATE of many objects that gives these back, with which it is to count the rows; nil: it is not
	key     *ast.Column   // its rows get keys that must count up; nil: they do not
	given   []givenKey    // its rows are to have these keys
	plain   string        // the statement without the guard that it went out with; "": it had none
}

// insert adds an INSERT.
func (b *batch) insert(stmt *wire.Stmt, w work) {
	w.inserts, w.expect = true, -1
	if !w.gives {
		w.expect = int64(len(w.entries))
	}
	b.add(stmt, w)
}

func (b *batch) add(stmt *wire.Stmt, w work) {
	b.stmts = append(b.stmts, stmt)
	b.works = append(b.works, w)
}

// send sends what was collected in one round trip, with COMMIT at its end when commit says so.
func (b *batch) send(ctx context.Context, commit bool) error {
	stmts, lone := b.stmts, commit && b.lone()
	b.guard(commit)
	switch {
	case commit && len(stmts) == 1 && b.conn.Alone():
		if err := b.conn.SendAlone(ctx, stmts[0]); err != nil {
			return b.failure(err, attempt{commit: true, lone: lone, ending: stmts[0].Tag.String() != ""})
		}
	case commit:
		stmts = append(stmts, b.conn.Commit()...)
		fallthrough
	case len(stmts) > 0:
		leads := b.conn.Leads()
		if err := b.conn.Send(ctx, stmts...); err != nil && !(commit && wire.Committed(stmts)) {
			return b.failure(err, attempt{commit: commit, lone: lone, leads: leads})
		}
	}
	works := b.works
	b.stmts, b.works, b.reads = b.stmts[:0], b.works[:0], false
	switch {
	case lone:
		return committed(checkCounts(stmts, works))
	case commit:
		return nil // the statements guarded themselves
	}
	return checkCounts(stmts, works)
}

// lone reports whether a lone INSERT of one row is all that the transaction does. Where a trigger keeps the row out, there is
// nothing of the program's to take back, so it does not guard itself; the error says that the COMMIT took effect.
func (b *batch) lone() bool {
	return b.conn.Final() && !b.conn.Begun() && len(b.works) == 1 && b.works[0].inserts && len(b.works[0].entries) == 1
}

// guard makes statements guard themselves: those that the COMMIT travels with, and those of many objects.
func (b *batch) guard(commit bool) {
	if commit && b.lone() {
		return
	}
	for i := range b.works {
		if commit || b.works[i].keys != nil {
			b.works[i].guard(b.stmts[i])
		}
	}
}

// checkCounts fails where a statement did not touch the rows that it should.
func checkCounts(stmts []*wire.Stmt, works []work) error {
	for i, w := range works {
		if w.plain != "" {
			continue // it guarded itself
		}
		if n := stmts[i].Tag.RowsAffected(); w.expect >= 0 && n != w.expect || w.most > 0 && n > w.most {
			return &Failure{SQL: stmts[i].SQL, Rule: true, Err: w.miscounted(n)}
		}
	}
	return nil
}
