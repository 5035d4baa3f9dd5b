package query

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// UpdateStatement is an UPDATE of all rows that meet its conditions.
type UpdateStatement struct {
	bulk
	set []run.Assignment
}

var errNothingSet = errors.New("query: Update sets no column")

// Update renders "UPDATE t SET … WHERE …". It needs a Set, and a Filter or Everywhere. Of model.OnUpdate, which is for
// objects, it knows nothing: set such columns yourself.
func Update(t expr.Entity) UpdateStatement { return UpdateStatement{bulk: newBulk(t)} }

// Set adds columns to SET: query.Update(a).Set(a.AcctName.To("x"), a.CustID.ToNull()).
func (u UpdateStatement) Set(as ...expr.Assignment) UpdateStatement {
	u.set = slices.Clip(u.set)
	for _, a := range as {
		c, ok := a.Column.(*ast.Column)
		bad, isBad := a.Column.(*ast.Bad)
		switch {
		case isBad:
			u.fail(bad.Err)
		case !ok:
			u.fail(errors.New("query: Set takes columns, not expressions"))
		case c.Table != u.table:
			u.fail(fmt.Errorf("query: Set of %s in an Update of %s", c, u.table))
		default:
			u.set = append(u.set, run.Assignment{Column: c, Value: a.Value})
		}
	}
	return u
}

// Filter adds conditions to WHERE. Other tables that they or Set mention go to FROM: "UPDATE t SET … FROM u WHERE …".
func (u UpdateStatement) Filter(ps ...expr.Condition) UpdateStatement {
	u.where = appendNodes(u.where, ps)
	return u
}

// Everywhere allows the statement to have no Filter: it then updates every row.
func (u UpdateStatement) Everywhere() UpdateStatement {
	u.everywhere = true
	return u
}

// Sync says how the session's objects follow; the default is [SyncFetch].
func (u UpdateStatement) Sync(s Sync) UpdateStatement {
	u.sync = s
	return u
}

// Exec runs the statement and gives the number of rows updated.
func (u UpdateStatement) Exec(ctx context.Context, r Runner) (int64, error) {
	return u.exec(ctx, r, &u, u.set)
}

// Reads gives the tables that the statement is about.
func (u *UpdateStatement) Reads() []*ast.Table {
	set := u.collect()
	for _, a := range u.set {
		set = set.visit(a.Value)
	}
	return set.read()
}

func (u *UpdateStatement) fail(err error) {
	if u.err == nil {
		u.err = err
	}
}

func (u *UpdateStatement) appendSQL(w *sqlw.Writer) {
	if !u.check(w) {
		return
	}
	if len(u.set) == 0 {
		w.Fail(errNothingSet)
		return
	}
	w.Text("UPDATE ")
	u.table.AppendFrom(w)
	w.Text(" SET ")
	mentioned := slices.Clone(u.where)
	for i, a := range u.set {
		if i > 0 {
			w.Text(", ")
		}
		w.Ident(a.Column.Name)
		w.Text(" = ")
		a.Value.AppendSQL(w)
		mentioned = append(mentioned, a.Value)
	}
	u.appendOthers(w, " FROM ", mentioned)
	appendConditions(w, " WHERE ", u.where)
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (u UpdateStatement) SQL() (string, []any, error) { return render(&u, sqlw.Numbered) }

// ToSql gives the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (u UpdateStatement) ToSql() (string, []any, error) { return render(&u, sqlw.Question) }

// String gives the statement's text for people. A session may add RETURNING to it; see [SyncFetch].
func (u UpdateStatement) String() string { return printed(&u, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (u UpdateStatement) Inline() string { return printed(&u, sqlw.Inline) }
