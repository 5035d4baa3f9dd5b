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

// Within reports whether a table of a statement around can be named, besides those of the innermost.
func (w *Writer) Within() bool { return w.own > 0 }

// Sees reports whether a table of a statement around can be named.
func (w *Writer) Sees(table any) bool { return slices.Contains(w.seen, table) }

// Seen returns the tables that can be named where the writer is; it is valid until the next one is seen.
func (w *Writer) Seen() []any { return w.seen }

// Aside returns a writer like Get that sees the same tables.
func (w *Writer) Aside(mode Mode) *Writer {
	v := Get(mode)
	v.seen, v.own, v.depth = append(v.seen, w.seen...), w.own, w.depth
	v.base, v.goes = w.base, w.goes
	return v
}

// Mark is a place in the text: where a statement begins.
type Mark struct {
	text, args, same int
	outermost        bool
}

// Begin begins a statement, End ends it. One that is within no other writes WITH for all that are within it.
func (w *Writer) Begin() Mark {
	w.depth++
	return Mark{len(w.buf), len(w.args), len(w.same), w.depth == 1}
}

// End ends a statement.
func (w *Writer) End() { w.depth-- }

// Need notes a table that the outermost statement is to define in WITH.
func (w *Writer) Need(table any) {
	if !slices.Contains(w.with, table) {
		w.with = append(w.with, table)
	}
}

// Needed returns the tables of WITH that the statement begun at m needs, once it is written; nil of a statement within another.
func (w *Writer) Needed(m Mark) []any {
	if !m.outermost || w.err != nil {
		return nil
	}
	return w.with
}

// Restart takes back everything that was written from m on.
func (w *Writer) Restart(m Mark) {
	if w.mode == Numbered {
		clear(w.keys[m.args:])
		w.keys = w.keys[:m.args]
	}
	clear(w.args[m.args:])
	w.buf, w.args, w.same = w.buf[:m.text], w.args[:m.args], w.same[:m.same]
	w.index, w.with = nil, nil
}

// Change notes that what is written changes rows.
func (w *Writer) Change() { w.alter = true }

// Changes reports whether what was written changes rows.
func (w *Writer) Changes() bool { return w.alter }

// Act notes that what is written may do something else than read, or depends on when its transaction began.
func (w *Writer) Act() { w.acts = true }

// OnlyReads reports whether what was written reads and does nothing else.
func (w *Writer) OnlyReads() bool { return !w.acts && !w.alter }
