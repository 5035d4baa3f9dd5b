package sqlw

import (
	"errors"
	"fmt"
	"strings"
)

// ErrIdentifier is found by errors.Is in the error of an identifier that PostgreSQL cannot have.
var ErrIdentifier = errors.New("invalid identifier")

// Ident writes an identifier, quoted where PostgreSQL needs it: a reserved word, an upper case letter, anything outside
// [a-z0-9_]. A quote inside is doubled. An empty name and one that holds NUL are errors.
func (w *Writer) Ident(name string) {
	if plain(name) {
		w.Text(name)
		return
	}
	if name == "" || strings.IndexByte(name, 0) >= 0 {
		w.Fail(fmt.Errorf("%w %q: it is empty or holds NUL", ErrIdentifier, name))
		return
	}
	w.Byte('"')
	w.Text(strings.ReplaceAll(name, `"`, `""`))
	w.Byte('"')
}

// Qualified writes schema.name, or name alone when schema is empty.
func (w *Writer) Qualified(schema, name string) {
	if schema != "" {
		w.Ident(schema)
		w.Byte('.')
	}
	w.Ident(name)
}

// plain reports whether name can stand without quotes.
func plain(name string) bool {
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c == '_':
		case c >= '0' && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return name != "" && !reserved(name)
}

// reserved reports whether PostgreSQL reserves name, fully or for functions and types (appendix C of its manual,
// versions 13 to 18; those that may be a column name are not here).
func reserved(name string) bool {
	switch name {
	case "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
		"between", "bigint", "binary", "bit", "boolean", "both",
		"case", "cast", "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
		"constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema",
		"current_time", "current_timestamp", "current_user",
		"dec", "decimal", "default", "deferrable", "desc", "distinct", "do",
		"else", "end", "except", "exists", "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full",
		"grant", "greatest", "group", "grouping", "having",
		"ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull",
		"join", "json", "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
		"json_scalar", "json_serialize", "json_table", "json_value",
		"lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action",
		"national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
		"offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay",
		"placing", "position", "precision", "primary", "real", "references", "returning", "right", "row",
		"select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric", "system_user",
		"table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true",
		"union", "unique", "user", "using",
		"values", "varchar", "variadic", "verbose",
		"when", "where", "window", "with",
		"xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi",
		"xmlroot", "xmlserialize", "xmltable":
		return true
	}
	return false
}
