package ast

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Table is a named thing that columns come from: a table, another name for one, or what a statement defines in FROM. As a
// node it is a whole row of it: "account".
type Table struct {
	atom
	leaf

	Schema, Name string
	Alias        string  // "": the table goes by its own name
	Base         *Table  // of an alias: the table behind it; nil for a table itself
	Def          Def     // what it is in FROM; nil: a table of the database
	Sample       *Sample // the rows of it that FROM reads; nil: all
	Columns      []*Column
	PrimaryKey   []*Column
	ForeignKeys  []*ForeignKey
	Filters      []Node // conditions that its rows meet wherever a query reads them; of an alias, those of the table behind it

	items []Node // see Prepare
	list  string // items as text
	from  string
}

// Def defines a table that the database does not have: a subquery in FROM, a function's rows. What it consists of is not
// below the nodes that name the table.
type Def interface {
	// AppendFrom writes t as an element of FROM: "(SELECT …) AS t".
	AppendFrom(w *sqlw.Writer, t *Table)
	// Child returns the i-th node that the table is made of, from 0 on; nil where there are no more.
	Child(i int) Node
}

// ForeignKey says that Columns of one table refer to RefColumns of another.
type ForeignKey struct {
	Columns, RefColumns []*Column
	OnDelete, OnUpdate  string // "", or the action: CASCADE, SET NULL …
	Deferrable          bool   // it is looked at when the transaction ends
	Postponed           bool   // written once all new rows are there: it puts no table after another
}

// Real returns the table behind an alias, and a table itself.
func (t *Table) Real() *Table {
	if t.Base != nil {
		return t.Base
	}
	return t
}

// As returns another name for a table, without columns yet.
func (t *Table) As(alias string) *Table {
	return &Table{Schema: t.Schema, Name: t.Name, Alias: alias, Base: t.Real(), Def: t.Def, Sample: t.Sample}
}

// Stored reports whether t is all rows of a table of the database, which alone a statement can change.
func (t *Table) Stored() bool { return t.Def == nil && t.Sample == nil }

// Take gives t, another name for a table or one that a statement makes, the columns and the primary key of a table as its own.
func (t *Table) Take(from *Table) {
	t.Columns, t.PrimaryKey = make([]*Column, len(from.Columns)), nil
	for i, c := range from.Columns {
		own := *c
		own.Table, own.text = t, ""
		t.Columns[i] = &own
	}
	for _, k := range from.PrimaryKey {
		t.PrimaryKey = append(t.PrimaryKey, t.Columns[k.Index])
	}
}

// Prepare renders the names of a table and its columns once and for all. They must not change afterwards.
func (t *Table) Prepare() {
	t.from = ""
	if t.Stored() {
		t.from = rendered(t.AppendFrom)
	}
	for _, c := range t.Columns {
		c.text = "" // of an alias, the table's
		c.text = rendered(c.AppendSQL)
	}
	t.items = t.AppendColumns(make([]Node, 0, len(t.Columns)))
	t.list = rendered(func(w *sqlw.Writer) { list(w, t.items) })
}

// rendered returns what f writes; nothing when it fails, so that each use reports the error.
func rendered(f func(w *sqlw.Writer)) string {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	f(w)
	text, _, _ := w.Result()
	return text
}

// Items returns the columns that are not deferred as a SELECT list.
func (t *Table) Items() []Node {
	if t.items == nil {
		return t.AppendColumns(nil)
	}
	return slices.Clip(t.items) // which is shared
}

// AppendColumns appends the columns that are not deferred.
func (t *Table) AppendColumns(to []Node) []Node {
	for _, c := range t.Columns {
		if !c.Deferred {
			to = append(to, c)
		}
	}
	return to
}

// AppendItems writes Items as a SELECT list at once; false when that was not prepared.
func (t *Table) AppendItems(w *sqlw.Writer) bool {
	if t.list == "" || w.IsBare() || w.Within() && t.hidden(w) {
		return false
	}
	w.Text(t.list)
	return true
}

// AppendFrom writes t as it stands in a FROM clause: "account", "account AS a" or "account AS a TABLESAMPLE …".
func (t *Table) AppendFrom(w *sqlw.Writer) {
	if t.Def != nil {
		t.Def.AppendFrom(w, t)
		return
	}
	if t.from != "" && (t.Schema != "" || w.Schema() == "") {
		w.Text(t.from)
		return
	}
	w.Relation(t.Schema, t.Name)
	if t.Alias != "" {
		w.Text(" AS ")
		w.Ident(t.Alias)
	}
	if t.Sample != nil {
		w.Byte(' ')
		t.Sample.AppendSQL(w)
	}
}

// AppendSQL writes the name that t goes by within its statement, which is without the schema.
func (t *Table) AppendSQL(w *sqlw.Writer) {
	if w.Within() {
		t.checkName(w)
	}
	if t.Alias != "" {
		w.Ident(t.Alias)
		return
	}
	w.Ident(t.Name)
}

// AppendRef writes the name that columns of t are qualified with.
func (t *Table) AppendRef(w *sqlw.Writer) {
	if t.Alias != "" {
		w.Ident(t.Alias)
		return
	}
	w.Qualified(t.Schema, t.Name)
}

// String names t for people: schema.name, or its alias.
func (t *Table) String() string {
	switch {
	case t.Alias != "":
		return t.Alias
	case t.Schema != "":
		return t.Schema + "." + t.Name
	}
	return t.Name
}

// Called returns the name that SQL text has for t: its alias, or its own name without a schema.
func (t *Table) Called() string {
	if t.Alias != "" {
		return t.Alias
	}
	return t.Name
}

// Column is a column of a table. As a node it renders "table.column".
type Column struct {
	atom
	leaf

	Table    *Table
	Index    int          // position in Table.Columns
	Name     string       // the column's name in the database
	Field    string       // the Go field that declares it
	Type     string       // SQL type, as in CREATE TABLE, without size
	Size     int          // of varchar; 0: unlimited
	GoType   reflect.Type // type of an operand
	Nullable bool
	Deferred bool // a query of the table's objects does not read it

	OnInsert func() Node // its value in a new row of an INSERT that does not name it; nil: it is the database's to give
	OnUpdate func() Node // its value in a row of an UPDATE that does not set it; nil: it stays

	Follows func(c *Column) Node // OnUpdate of a version, from the one that the row has: c is the column under its name in the statement

	Stands Node // of a derived table: what the column is in the statement behind it

	text string // "table.column"; see Prepare
}

// AppendSQL writes "table.column", or "column" where the writer is bare.
func (c *Column) AppendSQL(w *sqlw.Writer) {
	if w.Within() {
		c.Table.checkName(w)
	}
	if c.text != "" && w.Plain() {
		w.Text(c.text)
		return
	}
	if t, _ := w.Stands(c.Table).(*Table); t != c.Table && t != nil {
		c = t.Columns[c.Index]
	}
	if !w.IsBare() {
		c.Table.AppendRef(w)
		w.Byte('.')
	}
	w.Ident(c.Name)
}

// String names c for people: table.column.
func (c *Column) String() string { return c.Table.String() + "." + c.Name }

// Real returns the column of the real table that an alias's column stands for.
func (c *Column) Real() *Column { return c.Table.Real().Columns[c.Index] }
