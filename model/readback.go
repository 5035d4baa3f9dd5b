package model

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// Generated says that the database computes a column from others of its row, and stores it. Its value is read back into the object
// by each INSERT and UPDATE:
//
//	model.Generated(t.FullName, t.First.Concat(" ").ConcatExpr(t.Last))
//	// DDL: full_name text NOT NULL GENERATED ALWAYS AS (first || ' ' || last) STORED
//
// No statement of Cupel's own writes the column. What a new object has there is ignored; an object with a row whose field the program
// has changed is session.ErrReadOnly. It has no default, and is not of a key. One that is Deferred as well is not read back: its field
// is zero after each write, until session.Load reads it. An Update with SyncEvaluate makes the objects that it changes stale.
func Generated[V any](col, x expr.Of[V]) Option {
	return columns("Generated", []expr.Of[V]{col}, func(m *meta.Mapping, c *ast.Column) {
		f := &m.Fields[c.Index]
		f.Stored, f.Unwritten, f.ReadBack = ast.Of(x), true, true
		if ast.IsNil(x) {
			m.Fail("Generated: column %s: the expression is nil", c.Name)
		}
	})
}

// ReadBack says of columns that the database may change them whenever their row is written, by a trigger above all. Their values are
// read back into the object by each INSERT and UPDATE; they are written like any others:
//
//	UPDATE doc SET title = $1 WHERE doc.id = $2 RETURNING updated_at
//
// One that is Deferred as well is not read back: its field is zero after each write, until session.Load reads it. A column of the
// primary key is read back anyway.
func ReadBack(cols ...expr.Expression) Option {
	return columns("ReadBack", cols, func(m *meta.Mapping, c *ast.Column) { m.Fields[c.Index].ReadBack = true })
}

// finishReadBack checks what the database makes of rows, and notes what the program must not change.
func finishReadBack(m *meta.Mapping) {
	for i := range m.Fields {
		f := &m.Fields[i]
		version := m.Version != nil && m.Version.Column == i
		if f.Unwritten || version {
			m.Kept = append(m.Kept, i)
		}
		if f.Stored == nil {
			continue
		}
		c := f.Column
		switch {
		case f.Default != nil || f.OnUpdate != nil || f.Server != "" || f.DefaultExpr != nil || f.OnUpdateExpr != nil || f.Generated:
			m.Fail("Generated: column %s has a default or OnUpdate too", c.Name)
		case slices.Contains(m.Key, i), slices.ContainsFunc(m.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return slices.Contains(fk.Columns, c) }):
			m.Fail("Generated: column %s is of a key", c.Name)
		}
		if _, err := literal(f.Stored); err != nil {
			m.Fail("Generated: column %s: %w", c.Name, err)
		}
	}
}
