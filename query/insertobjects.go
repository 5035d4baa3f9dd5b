package query

import (
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/stmt"
)

// InsertObjects is an Insert with a row for each struct, of all columns that any of them has a value of:
//
//	query.InsertObjects(Products, p1, p2).OnConflict(Products.Sku).DoUpdateAll()
//	// INSERT INTO product (sku, name) VALUES ($1::text, $2::text), ($3::text, $4::text)
//	// ON CONFLICT (sku) DO UPDATE SET name = excluded.name
//
// A field that is zero where the database or the mapping gives a new row its value (a generated key, a Default) is such a value;
// columns that no struct has one of are not named, and so not changed by DoUpdateAll. The structs are read at once, and
// stay as they are: they are no objects of a session, get no keys, and relationships that were set in them are not followed. To
// insert objects as they are, with any number of rows, see session.Session.Add and session.BulkInsert; this is for what these
// do not have: ON CONFLICT, and [Returning] of the rows. Values are arguments, of which a statement takes 65,535. No structs are
// an error, as no rows are.
func InsertObjects[T any](t expr.Item[*T], objs ...*T) InsertStatement {
	if ast.IsNil(t) {
		return Insert(nil)
	}
	entity := t.CupelSlot().Entity
	return Insert(entity).changed(func(s *stmt.Insert) {
		source, ok := entity.(valued)
		if !ok {
			s.Fail(expr.ErrUnmapped)
			return
		}
		ptrs := make([]mem.Ptr, len(objs))
		for i, o := range objs {
			if o == nil {
				s.Fail(fmt.Errorf("query: InsertObjects into %s: struct %d is nil", s.Table, i+1))
				return
			}
			ptrs[i] = mem.Of(o)
		}
		addObjects(s, source, ptrs)
	})
}

// valued is a mapped table that knows what is in its structs.
type valued interface {
	// CupelValue returns the value of the i-th column in a struct; false where the struct has none.
	CupelValue(obj mem.Ptr, i int) (v any, given bool)
}

var gap ast.Node = &stmt.Gap{}

// addObjects adds the rows of structs.
func addObjects(s *stmt.Insert, source valued, objs []mem.Ptr) {
	all := s.Table.Columns
	rows := make([][]ast.Node, len(objs))
	used := make([]bool, len(all))
	for r, obj := range objs {
		rows[r] = make([]ast.Node, len(all))
		for i := range all {
			rows[r][i] = gap
			if v, given := source.CupelValue(obj, i); given {
				rows[r][i], used[i] = &ast.Literal{Value: v}, true
			}
		}
	}
	for i, c := range all {
		if used[i] {
			s.Columns = append(s.Columns, c)
		}
	}
	if len(s.Columns) == 0 && len(all) > 0 { // rows of nothing but defaults
		s.Columns, used[0] = all[:1:1], true
	}
	for _, values := range rows {
		row := make([]ast.Node, 0, len(s.Columns))
		for i, n := range values {
			if used[i] {
				row = append(row, n)
				s.Gaps = s.Gaps || n == gap
			}
		}
		s.AddRow(ast.Tuple{Items: row})
	}
}
