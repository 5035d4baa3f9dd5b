package stmt

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Keyset is a SELECT that is read in pages, each of which begins behind the last row of the one before: behind its sort keys, so that
// the server need not count rows, and rows that come or go meanwhile move none from page to page.
type Keyset struct {
	sel    Select
	keys   []sortKey
	having bool
}

// sortKey is what rows are sorted by.
type sortKey struct {
	ast.Order // of what is compared; a label's own expression

	as       ast.Node // what is written in ORDER BY
	nullable bool
}

// What cannot be paged.
var (
	ErrKeyset  = errors.New("query: cannot be read in pages")
	errPages   = "%w: it has %s; make it a table, with query.Sub"
	errUnknown = "%w: nothing is known that tells rows of %s apart: sort by what does, and say Unique"
)

// KeysetOf returns what s is paged by: its sort keys, and behind them the keys of its tables, unless the sort keys alone tell its rows
// apart.
func KeysetOf(s *Select, unique bool) (*Keyset, error) {
	k := &Keyset{sel: *s, having: len(s.Group) > 0}
	r := s.Rare()
	switch {
	case r.Err != nil:
		return nil, r.Err
	case s.Limit.Set || s.Offset.Set:
		return nil, fmt.Errorf(errPages, ErrKeyset, "a LIMIT or OFFSET of its own")
	case len(r.On) > 0:
		return nil, fmt.Errorf(errPages, ErrKeyset, "DISTINCT ON")
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	f, err := resolve(w, s.mentioned(tableSet{}), s.Joins, s.Where, forest{})
	if err != nil {
		return nil, err
	}
	missing := map[*ast.Table]bool{}
	if f.outer() {
		missing = f.missing()
	}
	for _, n := range s.Order {
		if err := k.add(n, missing); err != nil {
			return nil, err
		}
	}
	if !unique {
		err = k.addUnique(f, missing)
	}
	if err == nil && len(k.keys) == 0 {
		err = fmt.Errorf("%w: it has no ORDER BY", ErrKeyset)
	}
	return k, err
}

func (k *Keyset) add(n ast.Node, missing map[*ast.Table]bool) error {
	key := sortKey{Order: ast.Order{X: n}, as: n, nullable: true}
	if o, ok := n.(*ast.Order); ok {
		key.Order, key.as = *o, o.X
	}
	if l, ok := key.X.(*ast.Label); ok {
		key.X = l.X
	}
	if c, ok := key.X.(*ast.Column); ok {
		// what a statement in FROM makes may be NULL whatever its kind says
		key.nullable = c.Nullable || missing[c.Table] || k.having || c.Table != nil && c.Table.Def != nil
	}
	window := false
	ast.Walk(key.X, func(n ast.Node) bool {
		_, over := n.(*ast.Over)
		window = window || over
		return !over
	})
	if window {
		return fmt.Errorf(errPages, ErrKeyset, "a window function in ORDER BY")
	}
	k.keys = append(k.keys, key)
	return nil
}

func (k *Keyset) has(n ast.Node) bool {
	return slices.ContainsFunc(k.keys, func(key sortKey) bool { return key.X == n })
}

// addUnique adds keys until they tell rows apart: what groups are made by, or the primary key of each table but those of which a join
// finds one row at most.
func (k *Keyset) addUnique(f forest, missing map[*ast.Table]bool) error {
	s := &k.sel
	more := slices.Clone(s.Group)
	switch {
	case len(s.Group) > 0:
		for _, n := range s.Group {
			if g, ok := n.(*ast.Grouping); ok {
				return fmt.Errorf(errPages, ErrKeyset, g.Word)
			}
		}
	case s.Rare().Distinct:
		more = slices.Clone(s.Items)
	default:
		tables := slices.Clone(f.roots)
		for i := range f.placed {
			if p := &f.placed[i]; !p.finds() {
				tables = p.appendTables(tables)
			}
		}
		for _, t := range tables {
			if t.Def != nil || len(t.PrimaryKey) == 0 {
				return fmt.Errorf(errUnknown, ErrKeyset, t)
			}
			for _, c := range t.PrimaryKey {
				more = append(more, c)
			}
		}
	}
	for _, n := range more {
		if l, ok := n.(*ast.Label); ok && k.has(l.X) || k.has(n) {
			continue
		}
		if err := k.add(n, missing); err != nil {
			return err
		}
	}
	return nil
}

// finds reports whether a join finds at most one row for each before it: it compares the whole primary key of its table.
func (p *placed) finds() bool {
	if p.Nested != nil || p.Table.Def != nil || p.Kind != InnerJoin && p.Kind != LeftJoin || len(p.Table.PrimaryKey) == 0 {
		return false
	}
	var compared []ast.Node
	if k := p.key.key; k != nil && p.On == nil && p.key.parent == p.Table {
		for _, c := range k.RefColumns {
			compared = append(compared, p.Table.Columns[c.Index])
		}
	}
	conditions := []ast.Node{p.On}
	if l, ok := p.On.(*ast.Logic); ok && !l.Or {
		conditions = l.Items
	}
	for _, n := range conditions {
		b, ok := n.(*ast.Binary)
		if !ok || b.Op != "=" {
			continue
		}
		for _, pair := range [2][2]ast.Node{{b.L, b.R}, {b.R, b.L}} {
			if isOneValue(pair[1], p.Table) {
				compared = append(compared, pair[0])
			}
		}
	}
	for _, c := range p.Table.PrimaryKey {
		if !slices.Contains(compared, ast.Node(c)) {
			return false
		}
	}
	return true
}

// isOneValue reports whether n is known to be one value for each row before t: an argument, or a column of another table. Others,
// as ANY of an array and text, may be equal to several.
func isOneValue(n ast.Node, t *ast.Table) bool {
	switch x := n.(type) {
	case *ast.Column:
		return x.Table != t
	case *ast.Literal:
		return true
	}
	return false
}

// Place returns an item with the place of a row: its sort keys as text, in a JSON array, behind the setting that tells whether the
// text of a float is exact.
func (k *Keyset) Place() ast.Node {
	keys := &ast.Call{Name: "json_build_array", Args: []ast.Node{
		&ast.Call{Name: "current_setting", Args: []ast.Node{&ast.Quoted{Text: "extra_float_digits"}}},
	}}
	for i := range k.keys {
		keys.Args = append(keys.Args, &ast.Cast{X: k.keys[i].X, Type: "text"})
	}
	return &ast.Cast{X: keys, Type: "text"}
}

// Keys returns the number of sort keys.
func (k *Keyset) Keys() int { return len(k.keys) }

// Takes reports whether a row may have a place: of each key a text, and NULL only of one that may be NULL.
func (k *Keyset) Takes(place []*string) bool {
	for i, v := range place {
		if v == nil && !k.keys[i].nullable || v != nil && strings.ContainsRune(*v, 0) {
			return false
		}
	}
	return len(place) == len(k.keys)
}

// IsOf reports whether an argument of a page's statement is a part of its place.
func IsOf(place []*string, argument any) bool {
	return slices.ContainsFunc(place, func(v *string) bool { return v != nil && ast.LiteralAt(v).Value == argument })
}

// Page returns the SELECT of n rows behind the place that is given, or before it, those next to it first; of a list of the items
// given. Without a place it begins at the end in question.
func (k *Keyset) Page(list List, place []*string, back bool, n int64) Select {
	s := k.sel
	s.List, s.Limit = list, Bound{N: n, Set: true}
	s.Order = make([]ast.Node, len(k.keys))
	for i, key := range k.keys {
		s.Order[i] = key.written(back)
	}
	if len(place) == 0 {
		return s
	}
	if p := k.behind(place, back); k.having {
		r := s.Change()
		r.Having = append(slices.Clip(r.Having), p)
	} else {
		s.Where = append(slices.Clip(s.Where), p)
	}
	return s
}

// written returns the key as ORDER BY has it, or its reverse.
func (k *sortKey) written(back bool) ast.Node {
	o := ast.Order{X: k.as, Desc: k.Desc, Asc: k.Asc, Nulls: k.Nulls}
	if back {
		o.Desc, o.Asc = !k.Desc, false
		switch k.Nulls {
		case "FIRST":
			o.Nulls = "LAST"
		case "LAST":
			o.Nulls = "FIRST"
		}
	}
	if !o.Desc && !o.Asc && o.Nulls == "" {
		return k.as
	}
	return &o
}

// behind returns the condition of the rows that come after a place.
func (k *Keyset) behind(place []*string, back bool) ast.Node {
	values := make([]ast.Node, len(place))
	plain := true
	for i, v := range place {
		if v != nil {
			values[i] = ast.LiteralAt(v)
		}
		plain = plain && v != nil && !k.keys[i].nullable && k.keys[i].Desc == k.keys[0].Desc
	}
	if plain && len(values) > 1 {
		l := &ast.Tuple{}
		for i := range k.keys {
			l.Items = append(l.Items, k.keys[i].X)
		}
		return ast.Compare(k.keys[0].after(back), l, &ast.Tuple{Items: values})
	}
	var p ast.Node // of the keys from i on
	for i := len(values) - 1; i >= 0; i-- {
		key := &k.keys[i]
		after := key.behind(values[i], back)
		switch {
		case p == nil:
			p = after
		case after == nil:
			p = &ast.Logic{Items: []ast.Node{key.equal(values[i]), p}}
		default:
			p = &ast.Logic{Or: true, Items: []ast.Node{after, &ast.Logic{Items: []ast.Node{key.equal(values[i]), p}}}}
		}
	}
	if p == nil {
		return &ast.Bool{}
	}
	if first := &k.keys[0]; len(values) > 1 && values[0] != nil && !first.nullable {
		// so that an index of the first key alone bounds the search
		return &ast.Logic{Items: []ast.Node{ast.Compare(first.after(back)+"=", first.X, values[0]), p}}
	}
	return p
}

func (k *sortKey) after(back bool) string {
	if k.Desc != back {
		return "<"
	}
	return ">"
}

// equal compares the key with a value of it; nil is NULL.
func (k *sortKey) equal(v ast.Node) ast.Node {
	if v == nil {
		return &ast.Is{X: k.X, What: "NULL"}
	}
	return ast.Compare("=", k.X, v)
}

// behind returns the condition that a key comes after a value of it; nil: none does.
func (k *sortKey) behind(v ast.Node, back bool) ast.Node {
	nullsLast := k.Nulls == "LAST" || k.Nulls == "" && !k.Desc
	if back {
		nullsLast = !nullsLast
	}
	null := &ast.Is{X: k.X, What: "NULL"}
	switch {
	case v == nil && nullsLast:
		return nil
	case v == nil:
		return &ast.Is{X: k.X, What: "NULL", Not: true}
	}
	more := ast.Compare(k.after(back), k.X, v)
	if k.nullable && nullsLast {
		return &ast.Logic{Or: true, Items: []ast.Node{more, null}}
	}
	return more
}
