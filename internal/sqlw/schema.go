package sqlw

import (
	"fmt"
	"strings"
)

// In has tables whose mapping names no schema be those of this one; "" leaves them to the server's search_path.
func (w *Writer) In(schema string) {
	if w.schema = schema; schema != "" {
		w.Fail(CheckSchema(schema))
	}
}

// MaxName is how many bytes of a name PostgreSQL keeps: it cuts the rest off.
const MaxName = 63

// CheckSchema fails where a schema has a name that PostgreSQL would cut, and take another schema for it.
func CheckSchema(name string) error {
	if len(name) > MaxName {
		return fmt.Errorf("%w %q: it has %d bytes; PostgreSQL has room for %d", ErrIdentifier, name, len(name), MaxName)
	}
	return nil
}

// Schema returns the schema of tables whose mapping names none; "" where the server looks for them.
func (w *Writer) Schema() string { return w.schema }

// Placed reports whether the name of a table was written that In has found the schema of.
func (w *Writer) Placed() bool { return w.placed }

// Relation writes the name of a table of the database with its schema, or with that of In where it has none.
func (w *Writer) Relation(schema, name string) {
	if schema == "" && w.schema != "" {
		schema, w.placed = w.schema, true
	}
	w.Qualified(schema, name)
}

// inComment keeps a comment from ending, or another from beginning within it, without making two names one.
var inComment = strings.NewReplacer(`\`, `\5c`, "*", `\2a`, "/", `\2f`)

// Apart ends a statement in which the server looks for names: where it has a schema to look in first, the text says so in a
// comment, so that it is another text in each schema. What is known of a statement, its types and its plan, is known by its text.
func (w *Writer) Apart() {
	switch {
	case w.schema == "" || w.placed || w.OnlyReads():
	case strings.IndexByte(w.schema, 0) >= 0:
		w.Fail(fmt.Errorf("%w %q: it holds NUL", ErrIdentifier, w.schema))
	default:
		w.Text("\n/* in " + inComment.Replace(w.schema) + " */")
	}
}
