package query

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// text has the methods of every statement that return its text.
type text struct{ st ast.Statement }

// SQL returns the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (t text) SQL() (string, []any, error) { return t.render(sqlw.Numbered) }

// ToSql returns the statement's text with ?, and its arguments: it makes the statement a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (t text) ToSql() (string, []any, error) { return t.render(sqlw.Question) }

// String returns the statement's text for people; it is the text that is sent. A mistake is printed as "!(…)".
func (t text) String() string { return t.printed(sqlw.Numbered) }

// Inline returns the statement with its values written into it, for people to read. It is not safe to run.
func (t text) Inline() string { return t.printed(sqlw.Inline) }

// CupelStatement returns the statement's untyped form, for the other packages of this module.
func (t text) CupelStatement() ast.Statement {
	if t.st == nil {
		return &stmt.Text{Err: stmt.ErrEmpty}
	}
	return t.st
}

func (t text) render(mode sqlw.Mode) (string, []any, error) {
	if t.st == nil {
		return "", nil, stmt.ErrEmpty
	}
	w := sqlw.Get(mode)
	defer w.Release()
	t.st.AppendSQL(w)
	return w.Result()
}

func (t text) printed(mode sqlw.Mode) string {
	sql, _, err := t.render(mode)
	if err != nil {
		return fmt.Sprintf("!(%v)", err)
	}
	return sql
}

// CupelStatement returns the query's untyped form, for the other packages of this module.
func (q Query[R]) CupelStatement() ast.Statement { return &q.sel }

// SQL returns the query's text with $1, $2 …, its arguments, and the first mistake in it.
func (q Query[R]) SQL() (string, []any, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	q.sel.AppendSQL(w) // not as a Statement, which would move q to the heap
	return w.Result()
}

// ToSql returns the query's text with ?, and its arguments: it makes the query a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (q Query[R]) ToSql() (string, []any, error) { return text{&q.sel}.ToSql() }

// String returns the query's text for people; it is the text that is sent. A mistake is printed as "!(…)".
func (q Query[R]) String() string { return text{&q.sel}.String() }

// Inline returns the query with its values written into it, for people to read. It is not safe to run.
func (q Query[R]) Inline() string { return text{&q.sel}.Inline() }
