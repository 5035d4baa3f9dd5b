package model

import (
	"maps"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// finish draws the conclusions from a Spec and looks for mistakes that only the whole of it shows.
func finish(m *meta.Mapping) {
	if len(m.Errs) > 0 && len(m.Fields) == 0 {
		return
	}
	if len(m.Key) == 0 {
		m.Fail("has no primary key: say model.PrimaryKey")
	}
	if i, ok := generatedKey(m); ok {
		m.Fields[i].Generated = true
	}
	checkNames(m)
	finishVersion(m)
	finishReadBack(m)
	for i := range m.Fields {
		checkField(m, &m.Fields[i])
	}
	checkUnmapped(m)
	for i := range m.Fields {
		if f := &m.Fields[i]; f.Type != nil {
			f.Access = meta.Stored(f.Access, f.Type, columnType(f.Column))
		}
		m.Fields[i].Column.OnInsert = valueOf(m.Fields[i].Default, m.Fields[i].DefaultExpr)
		m.Fields[i].Column.OnUpdate = valueOf(m.Fields[i].OnUpdate, m.Fields[i].OnUpdateExpr)
	}
	if len(m.Errs) == 0 {
		m.Prepare()
		m.Table.Prepare()
	}
}

// valueOf returns what makes a column's value of a Go function or of an SQL expression; nil of neither.
func valueOf(fn func() any, x ast.Node) func() ast.Node {
	switch {
	case fn != nil:
		return func() ast.Node { return &ast.Literal{Value: fn()} }
	case x != nil:
		return func() ast.Node { return x }
	}
	return nil
}

// generatedKey returns the lone integer key column that nothing else gives a value.
func generatedKey(m *meta.Mapping) (int, bool) {
	if len(m.Key) != 1 || slices.Contains(m.Given, m.Key[0]) {
		return 0, false
	}
	f := &m.Fields[m.Key[0]]
	if f.Default != nil || f.Server != "" || f.Column.GoType == nil || !integer(f.Column.GoType) {
		return 0, false
	}
	for _, fk := range m.Table.ForeignKeys {
		if slices.Contains(fk.Columns, f.Column) {
			return 0, false
		}
	}
	return m.Key[0], true
}

func checkNames(m *meta.Mapping) {
	seen := map[string]string{}
	for _, c := range m.Table.Columns {
		if other, dup := seen[c.Name]; dup {
			m.Fail("fields %s and %s have the same column %s", other, c.Field, c.Name)
		}
		seen[c.Name] = c.Field
	}
	names := map[string]string{"table": m.Table.Name}
	if m.Table.Schema != "" {
		names["schema"] = m.Table.Schema
	}
	for _, c := range m.Table.Columns {
		names["column of field "+c.Field] = c.Name
	}
	for _, ch := range m.Checks {
		checkName(m, "Check", ch.Name)
		if _, err := literal(ch.Condition); err != nil {
			m.Fail("Check %s: %w", ch.Name, err)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(names)) {
		checkName(m, what, names[what])
	}
}

func checkName(m *meta.Mapping, what, name string) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Ident(name)
	switch err := w.Err(); {
	case err != nil:
		m.Fail("%s: %w", what, err)
	case len(name) > sqlw.MaxName:
		m.Fail("%s: name %q has %d bytes; PostgreSQL has room for %d", what, name, len(name), sqlw.MaxName)
	}
}

func checkField(m *meta.Mapping, f *meta.Field) {
	c := f.Column
	if f.Type == nil {
		return
	}
	if c.Type == "" {
		m.Fail("column %s: Go type %s does not tell the SQL type; say model.Type", c.Name, c.GoType)
	}
	if c.Size > 0 && !slices.Contains(sizable, strings.ToLower(c.Type)) {
		m.Fail("Size: column %s is %s, not text", c.Name, c.Type)
	}
	if c.Deferred && (slices.Contains(m.Key, c.Index) || slices.ContainsFunc(m.Table.ForeignKeys, func(fk *ast.ForeignKey) bool {
		return slices.Contains(fk.Columns, c)
	})) {
		m.Fail("Deferred: column %s is of a key, which is always needed", c.Name)
	}
	checkUnset(m, f)
	_, pointer := nullableOf(f.Type)
	unset := f.Default != nil || f.Computed()
	if pointer && !c.Nullable && !unset {
		m.Fail("column %s: field %s.%s is %s, but the column is not null: use a Null kind, or give it a default",
			c.Name, m.Type.Name(), c.Field, f.Type)
	}
}

var sizable = []string{"text", "varchar", "character varying", "char", "character", "bpchar"}
