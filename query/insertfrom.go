package query

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/stmt"
)

// Rows is a query of any row type.
type Rows interface {
	selected() (stmt.Select, run.Options)
}

func (q Query[R]) selected() (stmt.Select, run.Options) { return q.sel, q.out.options }

func (q Query[R]) types() []reflect.Type { return q.out.types(reflect.TypeFor[R]()) }
func (s rows[R]) types() []reflect.Type  { return s.out.types(reflect.TypeFor[R]()) }

// types returns the Go type of each column of rows of type t; nil where only the names of columns are known, not their order.
func (o *output) types(t reflect.Type) (ts []reflect.Type) {
	if o.named != nil {
		return nil
	}
	for _, slot := range o.slots(t) {
		if slot.Entity == nil {
			ts = append(ts, slot.Type)
			continue
		}
		for _, n := range slot.Entity.CupelTable().AppendColumns(nil) {
			if c, ok := n.(*ast.Column); ok {
				ts = append(ts, c.GoType)
			}
		}
	}
	return ts
}

// FromRows inserts a row for each row of a query, of which the assignments say the columns, and their kinds are the
// compiler's to check: "INSERT INTO t (a, b) SELECT x, $1::text FROM …". The query gives FROM and all further clauses; what
// it selects is not read, but its tables are, as with [Query.ClausesOf].
//
//	vips := query.Select(c).Filter(c.LastName.Eq("Doctor"))
//	query.Insert(ct).FromRows(vips, ct.CustomerID.ToExpr(c.ID), ct.TagID.To(4))
//	// INSERT INTO customer_tag (customer_id, tag_id) SELECT customer.id, $1::integer FROM customer WHERE customer.last_name = $2
func (s InsertStatement) FromRows(q Rows, as ...expr.Assignment) InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		onlyFrom(s)
		if ast.IsNil(q) {
			s.Fail(ast.ErrNil)
			return
		}
		sel, _ := q.selected()
		sel.Change().From = sel.Named()
		sel.List = stmt.List{}
		s.Columns = nil
		for _, a := range as {
			set := assignment(s, insertInto, s.Table, a)
			s.AddColumn(set.Column)
			if k, ok := set.Value.(*ast.Keyword); ok && k.Text == "DEFAULT" {
				s.Fail(fmt.Errorf("query: Insert into %s: DEFAULT of %s in the rows of a query; leave it out", s.Table, set.Column))
			}
			sel.Items = append(sel.Items, ast.Typed(set.Value, set.Column.Type))
		}
		if len(as) == 0 {
			s.Fail(errNoValues)
		}
		s.From = &sel
	})
}

// From inserts the rows of a query, a set operation or a whole statement: "INSERT INTO t (a, b) SELECT …". The columns are in the order
// of the query's. Columns of types that cannot hold what the query gives are an error of the statement;
// [InsertStatement.FromRows] has the compiler see it.
func (s InsertStatement) From(q expr.Rows, columns ...expr.Expression) InsertStatement {
	return s.changed(func(s *stmt.Insert) {
		onlyFrom(s)
		s.Columns = nil
		for _, c := range columns {
			s.AddColumn(columnOf(s, ast.Of(c)))
		}
		if ast.IsNil(q) {
			s.Fail(ast.ErrNil)
			return
		}
		s.From = q.CupelStatement()
		switch s.From.(type) {
		case *stmt.Select, *stmt.SetOp, *stmt.Text:
			fill(s, q)
		default:
			s.Fail(errChanges)
		}
	})
}

var errChanges = errors.New("query: an Insert From a statement that changes rows: make it a table by With, and select from that")

// fill compares the columns with those of the query that is to fill them.
func fill(s *stmt.Insert, q expr.Rows) {
	typed, ok := q.(interface{ types() []reflect.Type })
	if !ok {
		return
	}
	ts, items := typed.types(), s.From.Outputs()
	if ts == nil {
		return
	}
	if len(ts) != len(s.Columns) {
		s.Fail(fmt.Errorf("query: Insert into %s: %d columns from a query of %d", s.Table, len(s.Columns), len(ts)))
		return
	}
	for i, t := range ts {
		var x ast.Node
		if i < len(items) {
			x = items[i]
		}
		if c := s.Columns[i]; !holds(c, t, x) {
			s.Fail(fmt.Errorf("query: Insert into %s: column %s, %s, from column %d of the query, %s; convert it with expr.CastTo",
				s.Table, c, typeName(c, c.GoType), i+1, typeName(x, t)))
		}
	}
}

// onlyFrom fails where there are other rows than those of a query.
func onlyFrom(s *stmt.Insert) {
	switch {
	case s.Rows != nil:
		s.Fail(errFromRows)
	case s.Default:
		s.Fail(errDefaults)
	}
}

// holds reports whether a column can hold values of an expression, whose Go type is t. Where nobody knows, the server decides.
func holds(c *ast.Column, t reflect.Type, x ast.Node) bool {
	to, from := typed(c, c.GoType), typed(x, t)
	switch {
	case untold(to.Kind), untold(from.Kind):
		return true
	case to.Dims != from.Dims:
		return false
	case to.Kind == from.Kind, number(to.Kind) && number(from.Kind), to.Kind.Moment() && from.Kind.Moment(), document(to.Kind) && document(from.Kind):
		return true
	}
	_, column := x.(*ast.Column)
	return !column && c.GoType == operand(t) // a decimal as a string is no text
}

func typed(n ast.Node, t reflect.Type) sqltype.Type {
	if c, ok := n.(*ast.Column); ok && c.Type != "" {
		return sqltype.Parse(c.Type)
	}
	return sqltype.Of(operand(t))
}

// operand returns the Go type without the pointers that say NULL.
func operand(t reflect.Type) reflect.Type {
	switch {
	case t.Kind() == reflect.Pointer:
		return t.Elem()
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Pointer:
		return reflect.SliceOf(t.Elem().Elem())
	}
	return t
}

func untold(k sqltype.Kind) bool { return k == sqltype.None || k == sqltype.Other }

func number(k sqltype.Kind) bool { return k.Integer() || k.Float() || k == sqltype.Numeric }

func document(k sqltype.Kind) bool { return k == sqltype.JSON || k == sqltype.JSONB }

// typeName names the type of a column or an expression for people.
func typeName(n ast.Node, t reflect.Type) string {
	if name := typed(n, t).String(); name != "" {
		return "of type " + name
	}
	return "of type " + t.String()
}
