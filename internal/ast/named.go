package ast

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/arg"
)

// skipped returns the length of what begins at i and in which a placeholder is none: a quoted string or identifier, a comment, or a
// string between dollars; 0 where there is nothing of these.
func skipped(text string, i int) int {
	rest := text[i:]
	switch rest[0] {
	case '\'', '"':
		return quotedEnd(rest, rest[0] == '\'' && escapes(text[:i]))
	case '-':
		if strings.HasPrefix(rest, "--") {
			return upTo(rest, 2, "\n")
		}
	case '/':
		if strings.HasPrefix(rest, "/*") {
			return commentEnd(rest)
		}
	case '$':
		return dollarEnd(text, i)
	}
	return 0
}

// escapes reports whether the string that follows is one with backslashes, E'…'.
func escapes(before string) bool {
	n := len(before)
	return n > 0 && before[n-1]|0x20 == 'e' && (n == 1 || !partOfName(before[n-2]))
}

func partOfName(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

// upTo returns the length of s up to the end of what is looked for from a place on, all of s where it is not there.
func upTo(s string, from int, end string) int {
	if n := strings.Index(s[from:], end); n >= 0 {
		return from + n + len(end)
	}
	return len(s)
}

// quotedEnd returns the length of the quoted string or identifier that s begins with; in an E'…' string a backslash takes
// the meaning from the character after it.
func quotedEnd(s string, escapes bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case escapes && s[i] == '\\':
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return len(s)
}

// commentEnd returns the length of the comment that s begins with; there may be others in it.
func commentEnd(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// dollarEnd returns the length of the string between dollars, $tag$…$tag$, that begins at i; 0 where none does.
func dollarEnd(text string, i int) int {
	if i > 0 && partOfName(text[i-1]) {
		return 0
	}
	n := 1
	for i+n < len(text) && text[i+n] != '$' && partOfName(text[i+n]) {
		n++
	}
	if i+n >= len(text) || text[i+n] != '$' || n > 1 && text[i+1] >= '0' && text[i+1] <= '9' {
		return 0
	}
	tag := text[i : i+n+1]
	return upTo(text[i:], len(tag), tag)
}

// named returns the text and arguments of SQL text in which @name stands for an argument: with ? in its place, and ?? for each
// question mark. The same name is the same argument.
func named(text string, values arg.Named) (string, []any, error) {
	var (
		b    strings.Builder
		args []any
		used = map[string]any{}
	)
	for i := 0; i < len(text); {
		if n := skipped(text, i); n > 0 {
			b.WriteString(strings.ReplaceAll(text[i:i+n], "?", "??"))
			i += n
			continue
		}
		n := 1
		for text[i] == '@' && i+n < len(text) && partOfName(text[i+n]) && text[i+n] != '$' {
			n++
		}
		switch name := text[i+1 : i+n]; {
		case n > 1 && !beginsName(name[0]), n > 1 && i > 0 && (partOfName(text[i-1]) || strings.IndexByte("+-*/<>=~!@#%^&|`?", text[i-1]) >= 0):
			b.WriteString(text[i : i+n]) // an operator, and what follows it
		case n > 1:
			a, met := used[name]
			if !met {
				v, given := values[name]
				if !given {
					return "", nil, fmt.Errorf("raw SQL has @%s, of which nothing is given", name)
				}
				if a = v; splice(v) == nil {
					a = &Literal{Value: v}
				}
				used[name] = a
			}
			args = append(args, a)
			b.WriteByte('?')
		case text[i] == '?':
			b.WriteString("??")
		default:
			b.WriteByte(text[i])
		}
		i += n
	}
	var unused []string
	for name := range values {
		if _, met := used[name]; !met {
			unused = append(unused, "@"+name)
		}
	}
	if len(unused) > 0 {
		slices.Sort(unused)
		return "", nil, fmt.Errorf("raw SQL does not have %s, which is given; behind another operator's character it needs a space", strings.Join(unused, ", "))
	}
	return b.String(), args, nil
}

func beginsName(c byte) bool { return partOfName(c) && (c < '0' || c > '9') }
