package sqlw

import "slices"

// A statement within a statement can name the tables of those around it, and leaves them out of its own FROM. So a writer
// knows which tables can be named where it is: a stack, with the tables of the innermost statement on top. What a table is,
// others know; here it is a pointer.

// Enter begins the tables of a statement. Leave is called with what it returns.
func (w *Writer) Enter() (outer int) {
	outer, w.own = w.own, len(w.seen)
	return outer
}

// See adds a table of the innermost statement.
func (w *Writer) See(table any) { w.seen = append(w.seen, table) }

// Leave ends the tables of a statement.
func (w *Writer) Leave(outer int) {
	clear(w.seen[w.own:])
	w.seen, w.own = w.seen[:w.own], outer
}

// Outside calls f; the tables of the innermost statement cannot be named meanwhile, as in a subquery in its FROM.
func (w *Writer) Outside(f func()) {
	hidden := slices.Clone(w.seen[w.own:])
	w.seen = w.seen[:w.own]
	f()
	w.seen = append(w.seen, hidden...)
}

// Nested reports whether any table can be named from a statement that is written now, besides its own.
func (w *Writer) Nested() bool { return len(w.seen) > 0 }

// Sees reports whether a table of a statement around can be named.
func (w *Writer) Sees(table any) bool { return slices.Contains(w.seen, table) }

// Seen returns the tables that can be named where the writer is; it is valid until the next one is seen.
func (w *Writer) Seen() []any { return w.seen }

// Aside returns a writer like Get that sees the same tables.
func (w *Writer) Aside(mode Mode) *Writer {
	v := Get(mode)
	v.seen, v.own = append(v.seen, w.seen...), w.own
	return v
}
