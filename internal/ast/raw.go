package ast

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/cupel-go/cupel/internal/sqlw"
)

// Raw is SQL with ? placeholders from elsewhere, squirrel above all. Each ? becomes one of our arguments, or the SQL that was
// given in an argument's place; each ?? becomes the operator ?. A single ? inside a quoted string is text.
type Raw struct {
	Build func() (string, []any, error)
	Parts []Node // the nodes among the arguments
	From  any    // the builder of others that it comes from; nil: it is text of the program's
}

// Child returns SQL that was given in an argument's place.
func (r *Raw) Child(i int) Node { return nth(i, r.Parts...) }

// Prec is PrecNone: nobody knows what is inside, so as an operand it gets parentheses.
func (r *Raw) Prec() sqlw.Prec { return sqlw.PrecNone }

// AppendSQL writes the text with its arguments renumbered.
func (r *Raw) AppendSQL(w *sqlw.Writer) {
	w.Act() // for all that anybody knows
	text, args, err := r.Build()
	if err != nil {
		w.Fail(fmt.Errorf("raw SQL: %w", err))
		return
	}
	if r.From != nil && uncorrelated(w, text, r.From) {
		w.Fail(errUncorrelated)
		return
	}
	used := appendPlaceholders(w, text, args)
	if used != len(args) {
		w.Fail(fmt.Errorf("raw SQL %q has %d placeholders and %d arguments", text, used, len(args)))
	}
}

// appendPlaceholders writes text and returns the number of placeholders met.
func appendPlaceholders(w *sqlw.Writer, text string, args []any) int {
	used, before, from := 0, "", 0
	write := func(to int) {
		if to > from {
			before = text[from:to]
			w.Text(before)
		}
	}
	for i := 0; i < len(text); {
		if n := skipped(text, i); n > 0 {
			write(i)
			before = text[i : i+n]
			w.Text(strings.ReplaceAll(before, "??", "?"))
			i += n
			from = i
			continue
		}
		if text[i] != '?' {
			i++
			continue
		}
		write(i)
		if strings.HasPrefix(text[i:], "??") {
			w.Text("?")
			i += 2
		} else {
			if used < len(args) {
				appendArgument(w, args[used], enclosed(before, text[i+1:]), takesStatement(before, text[i+1:]))
			}
			used++
			i++
		}
		before, from = "?", i
	}
	w.Text(text[from:])
	return used
}

// several reports whether the text may be something else than one element of a list: a statement, elements with commas between
// them, all columns of a row. It is looked at from outside only, so that a comment or a quote of an unusual kind is one too.
func (r *Raw) several() bool {
	text, _, err := r.Build()
	text = strings.TrimSpace(text)
	if err != nil || text == "" || strings.HasSuffix(text, "*") || strings.Contains(text, "--") || strings.Contains(text, "/*") {
		return true
	}
	word := text
	if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); i > 0 {
		word = text[:i]
	}
	return slices.Contains([]string{"SELECT", "VALUES", "WITH", "TABLE"}, strings.ToUpper(word)) || parted(text)
}

// parted reports whether a comma, or something that cannot be followed from outside, is in text beyond parentheses and quotes.
func parted(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth < 0 {
				return true
			}
		case '\'', '"':
			i += quotedEnd(text[i:], text[i] == '\'' && escapes(text[:i])) - 1
		case '$':
			return true
		case ',':
			if depth == 0 {
				return true
			}
		}
	}
	return depth != 0
}
