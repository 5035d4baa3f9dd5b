package query

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Prefix writes text after SELECT: "SELECT /*+ hint */ x". A ? in it stands for an argument, ?? for a question mark.
// Several are written one after the other. The text must never hold a value from outside.
func (q Query[R]) Prefix(text string, args ...any) Query[R] {
	r := q.sel.Change()
	r.Prefix = append(slices.Clip(r.Prefix), affix(text, args))
	return q
}

// Suffix writes text after everything else: "SELECT x FROM t LIMIT $1 /* why */". It takes arguments as Prefix does. A
// comment that begins with -- would swallow what Count and Exists write around the query.
func (q Query[R]) Suffix(text string, args ...any) Query[R] {
	r := q.sel.Change()
	r.Suffix = append(slices.Clip(r.Suffix), affix(text, args))
	return q
}

func affix(text string, args []any) ast.Node { return &stmt.Affix{Raw: ast.RawText(text, args)} }
