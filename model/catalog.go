package model

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqltype"
)

// storedTable is a table as the database has it.
type storedTable struct {
	At      int    // its place among those that were asked for
	Kind    string // r and p: a table; v and m: a view; f: a foreign table
	Columns []storedColumn
	Keys    [][]string // the columns of each primary key, unique constraint and unique index
}

// plain reports whether t is a table of this database: of others the catalog does not know what may be NULL or is unique.
func (t *storedTable) plain() bool { return t.Kind == "r" || t.Kind == "p" }

// storedColumn is a column as the database has it. Behind a domain is the type that it is made of.
type storedColumn struct {
	Name       string
	Type       string // for people: "character varying(20)", or the domain
	Own        string // the type's name in the catalog, or that of its elements
	OwnArray   bool
	Base       string // the same of the type behind a domain
	OID        uint32 // of that
	Array      bool
	Sized      string // the type behind a domain with its size
	NotNull    bool
	HasDefault bool
	Computed   bool // GENERATED ALWAYS AS (…)
	Identity   string
}

func (c *storedColumn) sqlType() sqltype.Type { return sqltype.Stored(c.OID, c.Base, c.Array) }

// catalogSQL reads all that Verify compares, as one text. A table without a schema is the one that the search_path finds.
const catalogSQL = `SELECT coalesce(json_agg(json_build_object('At', w.n - 1, 'Kind', c.relkind,
	'Columns', (SELECT json_agg(json_build_object('Name', a.attname, 'Type', format_type(a.atttypid, a.atttypmod),
		'Own', coalesce(oe.typname, o.typname), 'OwnArray', oe.oid IS NOT NULL,
		'Base', coalesce(e.typname, t.typname), 'OID', coalesce(e.oid, t.oid)::bigint,
		'Array', e.oid IS NOT NULL, 'Sized', format_type(b.type, b.mod), 'NotNull', b.not_null, 'HasDefault', a.atthasdef OR b.has_default,
		'Computed', a.attgenerated <> '', 'Identity', a.attidentity))
		FROM pg_catalog.pg_attribute a, LATERAL (
			WITH RECURSIVE base (type, mod, not_null, has_default, depth) AS (
				SELECT a.atttypid, a.atttypmod, a.attnotnull, false, 0
				UNION ALL SELECT d.typbasetype, d.typtypmod, base.not_null OR d.typnotnull, base.has_default OR d.typdefault IS NOT NULL, base.depth + 1
				FROM base JOIN pg_catalog.pg_type d ON d.oid = base.type WHERE d.typtype = 'd'
			) SELECT * FROM base ORDER BY depth DESC LIMIT 1) b
		JOIN pg_catalog.pg_type t ON t.oid = b.type LEFT JOIN pg_catalog.pg_type e ON t.typcategory = 'A' AND e.oid = t.typelem,
		LATERAL (SELECT * FROM pg_catalog.pg_type o WHERE o.oid = a.atttypid) o
		LEFT JOIN pg_catalog.pg_type oe ON o.typcategory = 'A' AND o.typtype <> 'd' AND oe.oid = o.typelem
		WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
	'Keys', (SELECT json_agg((SELECT json_agg(a.attname) FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n)
		JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE k.n <= i.indnkeyatts))
		FROM pg_catalog.pg_index i
		WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL))), '[]')::text
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (schema, name, n)
JOIN pg_catalog.pg_class c ON c.relname = w.name AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
WHERE w.schema = s.nspname OR w.schema = '' AND pg_catalog.pg_table_is_visible(c.oid)`

// oneText takes the one row of a statement, which is one text.
type oneText struct{ text string }

// Next returns the memory for the text.
func (o *oneText) Next() mem.Ptr { return mem.Of(&o.text) }

// Done goes on: there are no more rows.
func (o *oneText) Done() bool { return true }

// readCatalog reads what the database has of tables; nil for those that are not there.
func readCatalog(ctx context.Context, db Runner, names []TableName) ([]*storedTable, error) {
	schemas, tables := make([]string, len(names)), make([]string, len(names))
	for i, n := range names {
		schemas[i], tables[i] = cmp.Or(n.Schema, db.CupelSchema()), n.Name
	}
	var got oneText
	err := db.CupelRun(ctx, &run.Request{
		Text: []byte(catalogSQL), Args: []any{schemas, tables},
		Slots: []run.Slot{{Type: reflect.TypeFor[string]()}}, Type: reflect.TypeFor[string](), Rows: &got,
	})
	if err != nil {
		return nil, err
	}
	var found []*storedTable
	if err := json.Unmarshal([]byte(got.text), &found); err != nil {
		return nil, err
	}
	stored := make([]*storedTable, len(names))
	for _, t := range found {
		stored[t.At] = t
	}
	return stored, nil
}
