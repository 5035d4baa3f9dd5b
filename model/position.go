package model

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// PositionOption is the order of lists in a Spec.
type PositionOption struct {
	r      Relationship
	column expr.Expression
	first  int64
}

// Position keeps the order of the lists of a one-to-many in an integer column of the target, 0 for the first item:
//
//	model.Position(Orders.Lines, t.No)
//
// The list is loaded "ORDER BY line.no". Replace and Insert put items where they shall be, Add at the end; the next flush writes the positions
// of a list that has changed, 0, 1, 2 and so on, of those rows whose position is another one, with their other columns:
//
//	UPDATE line SET no = cupel.v1 FROM unnest($1::bigint[], $2::bigint[]) AS cupel (v1, v2) WHERE line.id = cupel.v2
//	INSERT INTO line (order_id, no, …) VALUES ($1, $2, …) RETURNING id
//
// An item that leaves the list, also because it is deleted, has those behind it move up; it keeps its own position. A list that was not
// changed stays as it is, gaps and all. The list decides: what the program puts into the column of an item is overwritten when the list
// changes, and written as any column when it does not.
//
// What is added to a list that is not loaded comes after the last row that there is, which the flush reads:
//
//	SELECT cupel.ord, max(line.no)::bigint FROM line JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON line.order_id = cupel.k1
//	GROUP BY cupel.ord
//
// What is removed from such a list leaves a gap. Two transactions that change one list at a time may give two rows one position: lock the owner before,
// with session.Session.Lock, or have a unique constraint over foreign key and position refuse the second. Such a constraint is best
// model.Unique(…).Deferrable(): one that is not is kept to by the order of the statements, row by row, and items whose rows would exchange their
// positions are session.ErrUniqueCircle where no column of it may be NULL.
//
// An item that is softly deleted leaves the list, and its row keeps owner and position, which another row has then too: a unique constraint
// over both cannot be had with model.SoftDelete of the target, but a unique index of the rows that are not deleted.
//
// The column is not null and nobody else's: it has no default, and no OrderBy stands beside it. BulkInsert and statements of package query know
// nothing of it.
func Position(r Relationship, col expr.Expression) PositionOption {
	return PositionOption{r: r, column: col}
}

// From gives the first item this position instead of 0.
func (o PositionOption) From(first int) PositionOption { o.first = int64(first); return o }

func (o PositionOption) apply(m *meta.Mapping) {
	rel := declaredOf(o.r)
	if rel == nil {
		m.Fail("Position: takes a ToMany of a table struct made by model.Map")
		return
	}
	c, ok := ast.Of(o.column).(*ast.Column)
	switch {
	case !ok:
		m.Fail("Position of relationship %s: takes a column of its target's table", rel.Name)
	case rel.Position != nil:
		m.Fail("Position of relationship %s: said twice", rel.Name)
	default:
		rel.Position, rel.First = c, o.first
	}
}

// checkPosition says what is wrong with the column that keeps the order of a relationship's lists, and has them loaded in it.
func checkPosition(r *meta.Relation) error {
	c := r.Position
	if c == nil {
		return nil
	}
	switch {
	case !r.Members() || r.Single:
		return errors.New("Position: it is for the ToMany of a foreign key, which writes")
	case c.Table != r.Target.Table:
		return fmt.Errorf("Position: %s is no column of %s", c, r.Target.Table)
	case c.Nullable || c.GoType == nil || !integer(c.GoType):
		return fmt.Errorf("Position: column %s is to be an integer that is not null", c)
	case len(r.OrderBy) > 0:
		return errors.New("Position: it is the order of the list, beside which there is no OrderBy")
	case slices.Contains(r.Target.Places, c.Index):
		return fmt.Errorf("Position: column %s keeps the order of another list", c)
	}
	if why := taken(r.Target, c); why != "" {
		return fmt.Errorf("Position: column %s %s", c, why)
	}
	if slices.ContainsFunc(r.Remote, func(k *ast.Column) bool { return sqltype.Parse(k.Type).Dims > 0 }) {
		return errors.New("Position: the foreign key is an array")
	}
	r.OrderBy = []ast.Node{&ast.Order{X: c, Asc: true}}
	r.Target.Places = append(r.Target.Places, c.Index)
	return nil
}

// taken says what else gives a column its value; "": nothing does.
func taken(m *meta.Mapping, c *ast.Column) string {
	f := m.Field(c)
	switch {
	case slices.ContainsFunc(m.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return slices.Contains(fk.Columns, c) }):
		return "is of a foreign key"
	case m.Version != nil && m.Version.Column == c.Index:
		return "is the version"
	case c.Deferred:
		return "is Deferred"
	case f.Default != nil || f.Computed() || f.OnUpdate != nil || f.OnUpdateExpr != nil || f.ReadBack:
		return "has a value of its own: a default, or what the database makes of it"
	}
	return ""
}
