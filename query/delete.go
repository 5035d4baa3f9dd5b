package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// DeleteStatement is a DELETE of all rows that meet its conditions.
type DeleteStatement struct{ bulk }

// bulk is what Update and Delete have in common.
type bulk struct {
	table      *ast.Table
	where      []ast.Node
	everywhere bool
	sync       Sync
	err        error
}

func newBulk(t expr.Entity) bulk {
	b := bulk{table: tableOf(t)}
	if b.table == nil {
		b.err = expr.ErrUnmapped
	}
	return b
}

// Delete renders "DELETE FROM t WHERE …". It needs a Filter, with a condition in it, or
// Everywhere. It does not follow relationships in memory;
// to delete objects with what belongs to them, see session.Session.Delete.
func Delete(t expr.Entity) DeleteStatement { return DeleteStatement{newBulk(t)} }

// Filter adds conditions to WHERE. Other tables that they mention go to USING: "DELETE FROM t USING u WHERE …".
func (d DeleteStatement) Filter(ps ...expr.Condition) DeleteStatement {
	d.where = appendNodes(d.where, ps)
	return d
}

// Everywhere allows the statement to have no Filter: it then deletes every row.
func (d DeleteStatement) Everywhere() DeleteStatement {
	d.everywhere = true
	return d
}

// Sync says how the session's objects follow; the default is [SyncFetch].
func (d DeleteStatement) Sync(s Sync) DeleteStatement {
	d.sync = s
	return d
}

// Exec runs the statement and gives the number of rows deleted.
func (d DeleteStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	return d.exec(ctx, r, &d, nil)
}

func (d *DeleteStatement) appendSQL(w *sqlw.Writer) {
	if !d.check(w) {
		return
	}
	w.Text("DELETE FROM ")
	d.table.AppendFrom(w)
	d.appendOthers(w, " USING ", d.where)
	appendConditions(w, " WHERE ", d.where)
}

// check fails the writer when the statement must not run.
func (b *bulk) check(w *sqlw.Writer) bool {
	switch {
	case b.err != nil:
		w.Fail(b.err)
	case b.table == nil:
		w.Fail(errNoStatement)
	case !b.everywhere && !slices.ContainsFunc(b.where, conditional):
		w.Fail(fmt.Errorf("query: statement on %s: %w", b.table, ErrUnfiltered))
	}
	return w.Err() == nil
}

// conditional tells whether a condition is one: an And of nothing is not.
func conditional(n ast.Node) bool {
	l, ok := n.(*ast.Logic)
	return !ok || l.Or || slices.ContainsFunc(l.Items, conditional)
}

// appendOthers writes the tables that nodes mention besides the statement's own.
func (b *bulk) appendOthers(w *sqlw.Writer, word string, nodes []ast.Node) {
	others := slices.DeleteFunc(tablesOf(nodes...), func(t *ast.Table) bool { return t == b.table })
	f := forest{roots: append([]*ast.Table{b.table}, others...)}
	if err := f.checkConnected(b.where); err != nil {
		w.Fail(err)
	}
	for i, t := range others {
		if i == 0 {
			w.Text(word)
		} else {
			w.Text(", ")
		}
		t.AppendFrom(w)
	}
}

func (b *bulk) exec(ctx context.Context, r Runner, a writer, set []run.Assignment) (int64, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	a.appendSQL(w)
	if err := w.Err(); err != nil {
		return 0, err
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Tables: a,
		Bulk: &run.Bulk{Table: b.table, Where: b.where, Set: set, Sync: b.sync},
	}
	err := r.CupelRun(ctx, req)
	return req.Affected, err
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (d DeleteStatement) SQL() (string, []any, error) { return render(&d, sqlw.Numbered) }

// ToSql gives the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (d DeleteStatement) ToSql() (string, []any, error) { return render(&d, sqlw.Question) }

// String gives the statement's text for people. A session may add RETURNING to it; see [SyncFetch].
func (d DeleteStatement) String() string { return printed(&d, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (d DeleteStatement) Inline() string { return printed(&d, sqlw.Inline) }
