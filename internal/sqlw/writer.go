package sqlw

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cupel-go/cupel/internal/arg"
)

// Mode says how a Writer renders arguments.
type Mode uint8

const (
	// Numbered renders arguments as $1, $2 …: PostgreSQL's own placeholders.
	Numbered Mode = iota
	// Question renders arguments as ? and doubles a literal question mark, as squirrel expects.
	Question
	// Inline renders arguments as literals, for people to read. Such a text is never sent to a server.
	Inline
	// Literal renders arguments as whole literals, for DDL, which takes no arguments.
	Literal
)

// ErrParam is found by errors.Is in the error of a statement that has a parameter of a prepared query and is another one.
var ErrParam = errors.New("a parameter outside of the query that it was prepared with")

// ErrValue is found by errors.Is in the error of a statement that has SQL where a Go value belongs.
var ErrValue = errors.New("an expression or statement in the place of a value")

// Writer renders one statement. Its zero value is ready and renders Numbered.
type Writer struct {
	buf    []byte
	args   []any
	keys   []*any       // keys[i] is where args[i] came from; nil: it is nobody else's
	index  map[*any]int // of keys, once they are too many to go through
	same   []*any       // pairs: a key and the one whose argument it shares
	mode   Mode
	bare   int // > 0: columns are written without their table
	base   any // a table in whose place stands goes; see As
	goes   any
	seen   []any    // tables; see Enter
	own    int      // where those of the innermost statement begin
	depth  int      // of statements; see Begin
	with   []any    // tables; see Need
	alter  bool     // see Change
	acts   bool     // see Act
	open   bool     // see Open
	stead  []string // see Instead
	newest Feature  // see Uses
	schema string   // see In
	placed bool     // see Placed
	err    error
}

// writers recycles the buffers of finished Writers. It holds no state that a caller could observe.
var writers = sync.Pool{New: func() any { return new(Writer) }}

// Get returns an empty Writer of the given mode. Release it after use.
func Get(mode Mode) *Writer {
	w, _ := writers.Get().(*Writer)
	w.mode = mode
	return w
}

// Release empties w and lets it be used again. What Bytes gave is invalid afterwards; what String, Args and Result gave
// stays valid.
func (w *Writer) Release() {
	const keep = 64 << 10
	if cap(w.buf) > keep {
		w.buf = nil
	}
	clear(w.args)
	clear(w.keys)
	clear(w.same)
	clear(w.seen)
	w.buf, w.args, w.keys, w.same = w.buf[:0], w.args[:0], w.keys[:0], w.same[:0]
	w.index, w.bare, w.err = nil, 0, nil
	w.base, w.goes = nil, nil
	w.newest = Feature{}
	w.schema, w.placed = "", false
	w.seen, w.own = w.seen[:0], 0
	w.depth, w.with, w.alter, w.acts, w.open, w.stead = 0, nil, false, false, false, nil
	writers.Put(w)
}

// Mode returns how w renders arguments.
func (w *Writer) Mode() Mode { return w.mode }

// Text writes SQL text as it stands. In Question mode a question mark is doubled.
func (w *Writer) Text(s string) {
	if w.mode == Question {
		s = strings.ReplaceAll(s, "?", "??")
	}
	n := len(w.buf) // not by append, which would write the pointer anew, and so past the collector
	if len(s) > cap(w.buf)-n {
		w.buf = slices.Grow(w.buf, len(s))
	}
	w.buf = w.buf[:n+len(s)]
	copy(w.buf[n:], s)
}

// Byte writes one byte of SQL text that is not a question mark.
func (w *Writer) Byte(b byte) { w.buf = append(w.buf, b) }

// Separate writes a comma before all but the first element of a list; i is the element's position.
func (w *Writer) Separate(i int) {
	if i > 0 {
		w.Text(", ")
	}
}

// Int writes a decimal number.
func (w *Writer) Int(n int) { w.buf = strconv.AppendInt(w.buf, int64(n), 10) }

// Arg writes the placeholder of value v. key is the place in a node where v is: the same node gets the same $n wherever it
// appears, without which PostgreSQL would not see that two equal expressions of a statement are one. A nil key is
// always a new argument.
func (w *Writer) Arg(key *any, v any) {
	if arg.IsSQL(v) {
		w.Fail(fmt.Errorf("%w: a %T; methods that take expressions end in Expr, and Raw takes them", ErrValue, arg.Plain(v)))
		return
	}
	if _, open := v.(*arg.Param); open && !w.open && w.mode <= Question {
		w.Fail(ErrParam)
		return
	}
	switch w.mode {
	case Inline, Literal:
		w.inline(v)
	case Question:
		w.args = append(w.args, v)
		w.buf = append(w.buf, '?')
	default:
		w.placeholder(w.number(key, v))
	}
}

// placeholder writes "$n", or what stands in its stead.
func (w *Writer) placeholder(n int) {
	if n <= len(w.stead) {
		w.Text(w.stead[n-1])
		return
	}
	w.buf = append(w.buf, '$')
	w.Int(n)
}

// Instead has a Numbered writer write these texts in the place of $1, $2 …, for statements of the server that take no arguments. Each
// is an expression that stands wherever a placeholder does.
func (w *Writer) Instead(texts []string) { w.stead = texts }

// Open has w take arguments that are given later.
func (w *Writer) Open() { w.open = true }

// Give has w have the arguments of a statement that was written before, with those given in the places of its parameters.
func (w *Writer) Give(args, given []any) {
	for _, a := range args {
		if p, open := a.(*arg.Param); open {
			a = given[p.At]
		}
		w.args = append(w.args, a)
	}
}

// Same has key get the placeholder of the key first, where an equal value is. A key is said once.
func (w *Writer) Same(key, first *any) { w.same = append(w.same, key, first) }

func (w *Writer) number(key *any, v any) int {
	if key != nil {
		for i := 0; i < len(w.same); i += 2 {
			if w.same[i] == key {
				key = w.same[i+1]
				break
			}
		}
		if i := w.find(key); i >= 0 {
			return i + 1
		}
	}
	if w.index != nil {
		w.index[key] = len(w.keys)
	}
	w.args = append(w.args, v)
	w.keys = append(w.keys, key)
	return len(w.args)
}

// find returns the place of key among the keys, -1 where it is new.
func (w *Writer) find(key *any) int {
	const few = 64
	if len(w.keys) <= few {
		return slices.Index(w.keys, key)
	}
	if w.index == nil {
		w.index = make(map[*any]int, 2*len(w.keys))
		for i, k := range w.keys {
			w.index[k] = i
		}
	}
	if i, ok := w.index[key]; ok {
		return i
	}
	return -1
}

// Bare calls f; columns are meanwhile written without their table's name, as an INSERT's column list and an index want.
func (w *Writer) Bare(f func()) {
	w.bare++
	f()
	w.bare--
}

// Full calls f; columns are meanwhile written with their table's name, also within Bare.
func (w *Writer) Full(f func()) {
	bare := w.bare
	w.bare = 0
	f()
	w.bare = bare
}

// As calls f; columns of the table base are meanwhile written as those of another, which can be named. Statements within take what
// they read as it is: see IsAs.
func (w *Writer) As(base, other any, f func()) {
	before, goes := w.base, w.goes
	w.base, w.goes = base, other
	w.seen = append(w.seen, base)
	f()
	w.seen = w.seen[:len(w.seen)-1]
	w.base, w.goes = before, goes
}

// IsAs reports whether any table is written as another.
func (w *Writer) IsAs() bool { return w.base != nil }

// Stands returns the table that is written in the place of one.
func (w *Writer) Stands(table any) any {
	if w.base != nil && w.base == table {
		return w.goes
	}
	return table
}

// Plain reports whether columns are written as they are by themselves.
func (w *Writer) Plain() bool { return w.bare == 0 && w.base == nil }

// IsBare reports whether columns are to be written without their table's name.
func (w *Writer) IsBare() bool { return w.bare > 0 }

// Fail records err unless an earlier one is there. The text written is then of no use.
func (w *Writer) Fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Err returns the first error.
func (w *Writer) Err() error { return w.err }

// Len returns the length of the text so far, in bytes.
func (w *Writer) Len() int { return len(w.buf) }

// Bytes returns the text; it is valid until the next write or Release.
func (w *Writer) Bytes() []byte { return w.buf }

// String returns the text.
func (w *Writer) String() string { return string(w.buf) }

// Args returns the arguments as Go values, $1 first; nil when there are none.
func (w *Writer) Args() []any { return arg.Plains(w.args) }

// Values returns the arguments as they are for the encoder, a value or an [arg.Ref], without copying them; they are valid until the next write or Release.
func (w *Writer) Values() []any { return w.args }

// Result returns text, arguments and the first error; text and arguments are empty when there is an error.
func (w *Writer) Result() (string, []any, error) {
	if w.err != nil {
		return "", nil, w.err
	}
	return w.String(), w.Args(), nil
}
