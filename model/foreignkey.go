package model

import (
	"slices"
	"strings"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// ForeignKeyOption is a foreign key in a Spec.
type ForeignKeyOption struct {
	pairs              []Pair
	onDelete, onUpdate string
	deferrable         bool
}

// Pair is a column and the column that it refers to.
type Pair struct{ from, to expr.Expression }

// Refer pairs a column with the column that it refers to, for ForeignKeys. Both must hold the same Go type; either may
// be nullable.
func Refer[V any](from, to expr.Of[V]) Pair { return Pair{from, to} }

// ForeignKey says that col refers to ref, a column of a table mapped before or of this one. Both must hold the same Go
// type: anything else does not compile. DDL: "FOREIGN KEY (cust_id) REFERENCES customer (id)".
func ForeignKey[V any](col, ref expr.Of[V]) ForeignKeyOption {
	return ForeignKeyOption{pairs: []Pair{{col, ref}}}
}

// ForeignKeys is a foreign key of several columns:
//
//	model.ForeignKeys(model.Refer(t.OrderID, Lines.OrderID), model.Refer(t.LineNo, Lines.LineNo))
//
// Several may share a column, as (tenant_id, cust_id) and (tenant_id, prod_id) do: a relationship that is set to none leaves
// tenant_id alone, and two that would give it different values are session.ErrSharedColumn.
func ForeignKeys(pairs ...Pair) ForeignKeyOption { return ForeignKeyOption{pairs: pairs} }

// OnDelete adds "ON DELETE action" to the DDL: CASCADE, SET NULL, RESTRICT …
func (f ForeignKeyOption) OnDelete(action string) ForeignKeyOption { f.onDelete = action; return f }

// OnUpdate adds "ON UPDATE action" to the DDL.
func (f ForeignKeyOption) OnUpdate(action string) ForeignKeyOption { f.onUpdate = action; return f }

// Deferrable adds "DEFERRABLE INITIALLY DEFERRED" to the DDL: the server looks for the row that is referred to when the transaction ends,
// which is when an error comes.
func (f ForeignKeyOption) Deferrable() ForeignKeyOption { f.deferrable = true; return f }

func (f ForeignKeyOption) apply(m *meta.Mapping) {
	fk := &ast.ForeignKey{OnDelete: f.onDelete, OnUpdate: f.onUpdate, Deferrable: f.deferrable}
	if len(f.pairs) == 0 {
		m.Fail("ForeignKeys: names no column")
		return
	}
	for _, p := range f.pairs {
		from := column(m, "ForeignKey", p.from)
		if from == nil {
			return
		}
		to, ok := ast.Of(p.to).(*ast.Column)
		if !ok {
			m.Fail("ForeignKey of column %s: refers to something that is no column of a mapped table", from.Name)
			return
		}
		if len(fk.RefColumns) > 0 && fk.RefColumns[0].Table != to.Table {
			m.Fail("ForeignKeys: refers to columns of %s and of %s", fk.RefColumns[0].Table, to.Table)
			return
		}
		fk.Columns = append(fk.Columns, from)
		fk.RefColumns = append(fk.RefColumns, to)
	}
	for _, action := range []string{fk.OnDelete, fk.OnUpdate} {
		if !slices.Contains(actions, strings.ToUpper(action)) {
			m.Fail("ForeignKey of column %s: %q is no action: CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION", fk.Columns[0].Name, action)
		}
	}
	m.Table.ForeignKeys = append(m.Table.ForeignKeys, fk)
}

var actions = []string{"", "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"}

// literal renders a node with its values as literals and its columns without their table.
func literal(n ast.Node) (string, error) {
	w := sqlw.Get(sqlw.Literal)
	defer w.Release()
	w.Bare(func() { n.AppendSQL(w) })
	text, _, err := w.Result()
	return text, err
}
