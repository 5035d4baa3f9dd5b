package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
)

// Runner is what Verify reads the database through: a *session.Engine, a *session.Session, or what session.Wrap makes of a pgx
// connection.
type Runner interface {
	// CupelRun runs one statement, for the other packages of this module.
	CupelRun(ctx context.Context, r *run.Request) error
	// CupelSchema returns the schema of tables whose mapping names none; "" where the server looks for them in its search_path.
	CupelSchema() string
}

// Verify compares the mappings with the tables that the database has, in one round trip, for a program's start and for
// tests. The error is a [*VerifyError] with every difference that would make a program fail later, or store something else
// than it was given:
//
//   - tables and columns that are not there, where a table without a schema is looked for in the search_path;
//   - types other than the mapping's, but for greater integers and floating-point numbers that the Go field holds: text for
//     a number, timestamp for timestamptz, a smaller size or precision than the mapping says. Where the database is right,
//     Type tells the mapping;
//   - columns that may be NULL where the mapping's may not, since NULL is never read as a zero value;
//   - primary keys and Unique columns that the database does not keep unique;
//   - columns that the database computes and the program would write, and those without a default that the mapping
//     leaves to the database.
//
// What is no difference: tables and columns that are not mapped; NOT NULL for a field that may be NULL, where the database
// refuses a NULL and nothing is lost; foreign keys, checks, indexes and the text of defaults. Of views and foreign tables
// only columns and types are compared.
func (s *Schema) Verify(ctx context.Context, db Runner) error {
	if len(s.sorted) == 0 {
		return nil
	}
	tables, err := readCatalog(ctx, db, s.names())
	if err != nil {
		return fmt.Errorf("model: verify: %w", err)
	}
	var ds differences
	for i, m := range s.sorted {
		ds.table(m, tables[i])
	}
	if len(ds) > 0 {
		return &VerifyError{Differences: ds}
	}
	return nil
}

// differences collects what Verify finds.
type differences []error

func (ds *differences) add(m *meta.Mapping, format string, args ...any) {
	*ds = append(*ds, fmt.Errorf("%s: %w", m.Table, fmt.Errorf(format, args...)))
}

// table compares a mapping with its table; nil: it is not there.
func (ds *differences) table(m *meta.Mapping, t *storedTable) {
	switch {
	case t == nil && m.Table.Schema == "":
		ds.add(m, "the database has no such table in its search_path")
		return
	case t == nil:
		ds.add(m, "the database has no such table")
		return
	}
	columns := map[string]*storedColumn{}
	for i := range t.Columns {
		columns[t.Columns[i].Name] = &t.Columns[i]
	}
	for i := range m.Fields {
		if m.Fields[i].System() {
			continue
		}
		ds.column(m, &m.Fields[i], columns[m.Fields[i].Column.Name], t.plain())
	}
	if t.plain() {
		ds.keys(m, t.Keys)
	}
}

// keys compares what is unique.
func (ds *differences) keys(m *meta.Mapping, have [][]string) {
	if !kept(have, m.Table.PrimaryKey) {
		ds.add(m, "PrimaryKey (%s): no primary key or unique constraint of the table is over these columns", columnNames(m.Table.PrimaryKey))
	}
	for _, ix := range m.Indexes {
		if ix.Unique && !kept(have, ix.Columns) {
			ds.add(m, "Unique (%s): no unique constraint of the table is over these columns", columnNames(ix.Columns))
		}
	}
}

// kept reports whether one of the keys keeps columns unique: all of it is among them.
func kept(keys [][]string, columns []*ast.Column) bool {
	return slices.ContainsFunc(keys, func(key []string) bool {
		return !slices.ContainsFunc(key, func(name string) bool {
			return !slices.ContainsFunc(columns, func(c *ast.Column) bool { return c.Name == name })
		})
	})
}

func columnNames(cs []*ast.Column) string {
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}
