package model

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Version names the column that every write of a row changes, so that nobody overwrites what he has not seen. An UPDATE or DELETE
// of an object finds its row only while the row has the version that the object was read with; else it is session.ErrStale, and
// nothing is written:
//
//	UPDATE doc SET title = $1, version = $2 WHERE doc.id = $3 AND doc.version = $4
//
// The column's type says what a version is: an integer counts up from 1, a time is now (and later than the one before), a UUID is
// a random one. With ReadBack the database makes it, by a trigger, and it is read after each write. A new object with a zero gets the
// first one. It is the mapping's to change: an object with a row whose version the program has changed is session.ErrReadOnly.
//
// query.Update, ON CONFLICT and MERGE change it in the rows that they change, unless they set it; they look at no version. An object of
// which only the lists changed is not written, and keeps its version. It may not be NULL, Deferred, or part of a key. A row is known by
// its version until the session is closed, after a commit too.
func Version(col expr.Expression) Option {
	return option(func(m *meta.Mapping) { setVersion(m, "Version", column(m, "Version", col)) })
}

// VersionXmin makes the system column xmin the version of a table, which has no column of its own for it: the number of the
// transaction that wrote the row last. The table struct has a field for it, of this kind, and so has the struct:
//
//	Xmin expr.Col[uint32]
//
// It is not part of the DDL, and is read back by each INSERT and UPDATE. What the database does to a row by itself changes it too: ON UPDATE CASCADE, ON DELETE SET NULL, a trigger. The INSERT into a partitioned
// table cannot give it back: such a table wants a column. See Version for the rest.
func VersionXmin(col expr.Of[uint32]) Option {
	return option(func(m *meta.Mapping) {
		c := column(m, "VersionXmin", col)
		if c == nil {
			return
		}
		c.Name, c.Type = "xmin", sqltype.Xid
		f := &m.Fields[c.Index]
		f.Unwritten, f.ReadBack = true, true
		setVersion(m, "VersionXmin", c)
	})
}

func setVersion(m *meta.Mapping, what string, c *ast.Column) {
	switch {
	case c == nil:
	case m.Version != nil:
		m.Fail("%s: the table has a version already, column %s", what, m.Fields[m.Version.Column].Column.Name)
	default:
		m.Version = &meta.Version{Column: c.Index}
	}
}

// finishVersion works out what versions are, once the column's type is known.
func finishVersion(m *meta.Mapping) {
	if m.Version == nil {
		return
	}
	f := &m.Fields[m.Version.Column]
	c := f.Column
	switch {
	case c.Nullable:
		m.Fail("Version: column %s may be NULL", c.Name)
	case c.Deferred:
		m.Fail("Version: column %s is Deferred, and is needed whenever the row is written", c.Name)
	case slices.Contains(m.Key, c.Index), slices.ContainsFunc(m.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return slices.Contains(fk.Columns, c) }):
		m.Fail("Version: column %s is of a key", c.Name)
	case f.Default != nil || f.OnUpdate != nil || f.DefaultExpr != nil || f.OnUpdateExpr != nil:
		m.Fail("Version: column %s has a Default or OnUpdate, whose values are the version's to make", c.Name)
	case f.Type == nil || f.Unwritten:
	case f.ReadBack:
		if f.Server == "" {
			m.Fail("Version: column %s is made by the database (ReadBack): say with model.ServerDefault which one a new row has", c.Name)
		}
	default:
		ownVersion(m, f)
	}
}

// ownVersion has the program make the versions.
func ownVersion(m *meta.Mapping, f *meta.Field) {
	c := f.Column
	t := sqltype.Parse(c.Type)
	switch {
	case f.Type.Kind() == reflect.Pointer:
		m.Fail("Version: field %s.%s is %s, and a version is never nil", m.Type.Name(), c.Field, f.Type)
		return
	case t.Dims == 0 && t.Kind.Integer() && integer(c.GoType):
		f.ZeroIsUnset = true
		m.Version.Next = meta.CountUp(bits(t.Kind, f.Type))
		c.Follows = func(c *ast.Column) ast.Node {
			return &ast.Binary{Op: "+", Bind: sqlw.PrecAdd, L: c, R: &ast.Literal{Value: int64(1)}}
		}
	case t.Dims == 0 && (t.Kind == sqltype.Timestamptz || t.Kind == sqltype.Timestamp) && !strings.Contains(c.Type, "("):
		wall := t.Kind == sqltype.Timestamp
		if m.Version.Next = meta.NowOrLater; wall {
			m.Version.Next = meta.WallOrLater
		}
		c.Follows = func(c *ast.Column) ast.Node { return laterThan(c, wall) }
	case t.Dims == 0 && t.Kind == sqltype.UUID:
		m.Version.Next = meta.AnotherUUID
		c.Follows = func(*ast.Column) ast.Node { return &ast.Call{Name: "gen_random_uuid"} }
	default:
		m.Fail("Version: column %s is %s: a version is an integer, a timestamp of full precision, a uuid, or made by the database (ReadBack)", c.Name, c.Type)
		return
	}
	next := m.Version.Next
	f.Default = func() any { return next(nil) }
}

// bits returns the bits of the integers that both a column and its field hold.
func bits(k sqltype.Kind, t reflect.Type) int {
	column := 64
	switch k {
	case sqltype.Int2:
		column = 16
	case sqltype.Int4:
		column = 32
	}
	if t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 {
		return min(column, t.Bits())
	}
	return column
}

// laterThan renders "greatest(clock_timestamp(), t.version + $1::interval)".
func laterThan(c *ast.Column, wall bool) ast.Node {
	var now ast.Node = &ast.Call{Name: "clock_timestamp"}
	if wall {
		now = &ast.Call{Name: "timezone", Args: []ast.Node{&ast.Literal{Value: "UTC", Type: "text"}, now}}
	}
	return &ast.Call{Name: "greatest", Args: []ast.Node{now, &ast.Binary{
		Op: "+", Bind: sqlw.PrecAdd, L: c, R: &ast.Literal{Value: time.Microsecond, Type: "interval"},
	}}}
}
