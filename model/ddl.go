package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// Database is what a schema is created on: a session.Engine.
type Database interface {
	// TablesExist reports for each table whether it exists. A table without a schema is looked for in the search_path.
	TablesExist(ctx context.Context, tables []TableName) ([]bool, error)
	// ExecAll runs statements in one transaction.
	ExecAll(ctx context.Context, statements []string) error
}

// TableName names a table of the database; Schema may be empty.
type TableName struct{ Schema, Name string }

// DDL returns the statements that create all tables, in the order in which they must run.
func (s *Schema) DDL() []string {
	var ddl []string
	for i, m := range s.sorted {
		ddl = append(ddl, createTable(m, s.sorted[:i+1]))
		ddl = append(ddl, createIndexes(m)...)
	}
	return append(ddl, lateForeignKeys(s.sorted)...)
}

// CreateLock is the key of the advisory lock (pg_advisory_xact_lock) under which CreateAll and DropAll change a database, one program at a
// time. A migration of yours that is to wait for them takes it too.
const CreateLock int64 = 0x637570656c // "cupel"

var lockSQL = "SELECT pg_advisory_xact_lock(" + strconv.FormatInt(CreateLock, 10) + ")"

// CreateAll creates the tables that do not exist, in one transaction; those that exist are left alone, whatever their
// columns. Any number of programs may call it at once: they take an advisory lock, [CreateLock], and what another one has created meanwhile
// exists then.
func (s *Schema) CreateAll(ctx context.Context, db Database) error {
	have, err := db.TablesExist(ctx, s.names())
	for err == nil && slices.Contains(have, false) {
		made := db.ExecAll(ctx, append([]string{lockSQL}, s.missing(have)...))
		if made == nil || !isThere(made) {
			err = made
			break
		}
		before := have
		if have, err = db.TablesExist(ctx, s.names()); err == nil && slices.Equal(have, before) {
			err = made // it is something else that is there
		}
	}
	if err != nil {
		return fmt.Errorf("model: create tables: %w", err)
	}
	return nil
}

// isThere reports whether an error says that what was to be created is there: by name, or by a key of the catalog where it was created at the same
// moment by somebody without the lock.
func isThere(err error) bool {
	var e interface{ SQLState() string }
	return errors.As(err, &e) && slices.Contains([]string{"42P07", "42710", "23505"}, e.SQLState())
}

// missing returns the statements that create the tables that do not exist.
func (s *Schema) missing(have []bool) (ddl []string) {
	var made []*meta.Mapping
	for i, m := range s.sorted {
		if !have[i] {
			ddl = append(ddl, createTable(m, s.sorted[:i+1]))
			ddl = append(ddl, createIndexes(m)...)
			made = append(made, m)
		}
	}
	for i, m := range s.sorted {
		if slices.Contains(made, m) {
			ddl = append(ddl, lateKeysOf(m, s.sorted[:i+1])...)
		}
	}
	return ddl
}

// DropAll drops all tables that exist, those that refer to others first. It fails, and drops nothing, when a table
// outside the schema refers to one of them. On an engine with a schema of its own these are its tables, and no others of their names, and the shared
// ones that name theirs; DROP SCHEMA is for what one tenant has.
func (s *Schema) DropAll(ctx context.Context, db Database) error {
	if len(s.sorted) == 0 {
		return nil
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	if r, ok := db.(interface{ CupelSchema() string }); ok { // else DROP would go on to the next schema in the search_path
		w.In(r.CupelSchema())
	}
	w.Text("DROP TABLE IF EXISTS ")
	for i, m := range slices.Backward(s.sorted) {
		m.Table.AppendFrom(w)
		if i > 0 {
			w.Text(", ")
		}
	}
	err := w.Err()
	if err == nil {
		err = db.ExecAll(ctx, []string{lockSQL, w.String()})
	}
	if err != nil {
		return fmt.Errorf("model: drop tables: %w", err)
	}
	return nil
}

// HasTable reports whether the table exists in the database, whatever its columns.
func (s *Schema) HasTable(ctx context.Context, db Database, t Mapped) (bool, error) {
	src := sourceOf(t)
	if src == nil {
		return false, fmt.Errorf("model: HasTable: %w", errNoMapping)
	}
	have, err := db.TablesExist(ctx, []TableName{nameOf(src.Mapping)})
	if err != nil {
		return false, fmt.Errorf("model: has table %s: %w", src.Table, err)
	}
	return have[0], nil
}

func (s *Schema) names() []TableName {
	names := make([]TableName, len(s.sorted))
	for i, m := range s.sorted {
		names[i] = nameOf(m)
	}
	return names
}

func nameOf(m *meta.Mapping) TableName { return TableName{m.Table.Schema, m.Table.Name} }

// createTable returns the CREATE TABLE of m with the foreign keys to the tables that exist by then.
func createTable(m *meta.Mapping, existing []*meta.Mapping) string {
	w := sqlw.Get(sqlw.Inline)
	defer w.Release()
	w.Text("CREATE TABLE ")
	m.Table.AppendFrom(w)
	w.Text(" (")
	for i := range m.Fields {
		if !m.Fields[i].System() {
			w.Text("\n\t")
			appendColumn(w, &m.Fields[i])
			w.Text(",")
		}
	}
	w.Text("\n\tPRIMARY KEY ")
	appendNames(w, m.Table.PrimaryKey)
	for _, fk := range m.Table.ForeignKeys {
		if refersTo(fk, existing) {
			w.Text(",\n\t")
			appendForeignKey(w, fk)
		}
	}
	appendConstraints(w, m)
	w.Text("\n)")
	return w.String()
}

func appendColumn(w *sqlw.Writer, f *meta.Field) {
	c := f.Column
	w.Ident(c.Name)
	w.Byte(' ')
	w.Text(columnType(c))
	if !c.Nullable {
		w.Text(" NOT NULL")
	}
	if f.Server != "" {
		w.Text(" DEFAULT " + f.Server)
	}
	if f.Stored != nil {
		text, err := literal(f.Stored)
		if err != nil {
			w.Fail(err)
		}
		w.Text(" GENERATED ALWAYS AS (" + text + ") STORED")
	}
	if f.Generated && !sqltype.Serial(c.Type) {
		w.Text(" GENERATED BY DEFAULT AS IDENTITY")
	}
}

// columnType returns the type of a column with its size.
func columnType(c *ast.Column) string {
	switch {
	case c.Size == 0:
		return c.Type
	case c.Type == "text":
		return "varchar(" + strconv.Itoa(c.Size) + ")"
	}
	return c.Type + "(" + strconv.Itoa(c.Size) + ")"
}

func appendConstraints(w *sqlw.Writer, m *meta.Mapping) {
	for _, ix := range m.Indexes {
		if ix.Unique {
			w.Text(",\n\tCONSTRAINT ")
			w.Ident(indexName("uq", m, ix))
			w.Text(" UNIQUE ")
			appendNames(w, ix.Columns)
			appendDeferrable(w, ix.Deferrable)
		}
	}
	for _, c := range m.Checks {
		w.Text(",\n\tCONSTRAINT ")
		w.Ident(c.Name)
		text, err := literal(c.Condition)
		if err != nil {
			w.Fail(err)
		}
		w.Text(" CHECK (" + text + ")")
	}
}

func appendForeignKey(w *sqlw.Writer, fk *ast.ForeignKey) {
	w.Text("FOREIGN KEY ")
	appendNames(w, fk.Columns)
	w.Text(" REFERENCES ")
	fk.RefColumns[0].Table.AppendFrom(w)
	w.Byte(' ')
	appendNames(w, fk.RefColumns)
	if fk.OnDelete != "" {
		w.Text(" ON DELETE " + fk.OnDelete)
	}
	if fk.OnUpdate != "" {
		w.Text(" ON UPDATE " + fk.OnUpdate)
	}
	appendDeferrable(w, fk.Deferrable)
}

func appendDeferrable(w *sqlw.Writer, deferrable bool) {
	if deferrable {
		w.Text(" DEFERRABLE INITIALLY DEFERRED")
	}
}

func appendNames(w *sqlw.Writer, cs []*ast.Column) {
	w.Byte('(')
	for i, c := range cs {
		if i > 0 {
			w.Text(", ")
		}
		w.Ident(c.Name)
	}
	w.Byte(')')
}

func createIndexes(m *meta.Mapping) (ddl []string) {
	for _, ix := range m.Indexes {
		if ix.Unique {
			continue
		}
		w := sqlw.Get(sqlw.Numbered)
		w.Text("CREATE INDEX ")
		w.Ident(indexName("ix", m, ix))
		w.Text(" ON ")
		m.Table.AppendFrom(w)
		w.Byte(' ')
		appendNames(w, ix.Columns)
		ddl = append(ddl, w.String())
		w.Release()
	}
	return ddl
}

func indexName(prefix string, m *meta.Mapping, ix meta.Index) string {
	name := prefix + "_" + m.Table.Name
	for _, c := range ix.Columns {
		name += "_" + c.Name
	}
	if len(name) <= sqlw.MaxName {
		return name
	}
	sum := sha256.Sum256([]byte(name)) // PostgreSQL would cut it, and two could become one
	return name[:sqlw.MaxName-9] + "_" + hex.EncodeToString(sum[:4])
}

// lateForeignKeys returns the foreign keys that lead to tables created later, as a cycle of tables has them.
func lateForeignKeys(sorted []*meta.Mapping) (ddl []string) {
	for i, m := range sorted {
		ddl = append(ddl, lateKeysOf(m, sorted[:i+1])...)
	}
	return ddl
}

func lateKeysOf(m *meta.Mapping, existing []*meta.Mapping) (ddl []string) {
	for _, fk := range m.Table.ForeignKeys {
		if refersTo(fk, existing) {
			continue
		}
		w := sqlw.Get(sqlw.Numbered)
		w.Text("ALTER TABLE ")
		m.Table.AppendFrom(w)
		w.Text(" ADD ")
		appendForeignKey(w, fk)
		ddl = append(ddl, w.String())
		w.Release()
	}
	return ddl
}

func refersTo(fk *ast.ForeignKey, tables []*meta.Mapping) bool {
	return slices.ContainsFunc(tables, func(m *meta.Mapping) bool { return m.Table == fk.RefColumns[0].Table })
}
