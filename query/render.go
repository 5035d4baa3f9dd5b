package query

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// appender is a statement that writes itself.
type appender interface{ appendSQL(w *sqlw.Writer) }

func render(a appender, mode sqlw.Mode) (string, []any, error) {
	w := sqlw.Get(mode)
	defer w.Release()
	a.appendSQL(w)
	return w.Result()
}

func printed(a appender, mode sqlw.Mode) string {
	text, _, err := render(a, mode)
	if err != nil {
		return fmt.Sprintf("!(%v)", err)
	}
	return text
}

// SQL gives the statement's text with $1, $2 …, its arguments, and the first mistake in it.
func (q Query[R]) SQL() (string, []any, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	q.sel.appendSQL(w) // not by render, which would move q to the heap
	return w.Result()
}

// ToSql gives the statement's text with ?, and its arguments: it makes the query a squirrel.Sqlizer.
//
//nolint:revive // the name is squirrel's
func (q Query[R]) ToSql() (string, []any, error) { return render(&q.sel, sqlw.Question) }

// String gives the statement's text for people; it is the text that is sent. A mistake is printed as "!(…)".
func (q Query[R]) String() string { return printed(&q.sel, sqlw.Numbered) }

// Inline gives the statement with its values written into it, for people to read. It is not safe to run.
func (q Query[R]) Inline() string { return printed(&q.sel, sqlw.Inline) }
