package query_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// token is a piece of SQL text.
type token struct{ kind, text string }

// What tokens begin with, and the kind of what they then are. The first that fits holds.
var lexemes = []struct {
	kind string
	*regexp.Regexp
}{
	{"space", regexp.MustCompile(`^\s+`)},
	{"comment", regexp.MustCompile(`^--[^\n]*`)},
	{"comment", regexp.MustCompile(`^/\*(?s:.*?)\*/`)},
	{"string", regexp.MustCompile(`^[eE]'(?:[^'\\]|\\(?s:.)|'')*'`)},
	{"string", regexp.MustCompile(`^'(?:[^']|'')*'`)},
	{"name", regexp.MustCompile(`^"(?:[^"]|"")+"`)},
	{"parameter", regexp.MustCompile(`^\$[0-9]+`)},
	{"word", regexp.MustCompile(`^[a-zA-Z_\x{80}-\x{10FFFF}][a-zA-Z0-9_$\x{80}-\x{10FFFF}]*`)},
	{"number", regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?`)},
	{"sign", regexp.MustCompile(`^[-+*/<>=~!@#%^&|?:.,;()\[\]]`)},
}

// tokens takes SQL text apart. What is between two tokens is left out.
func tokens(text string) (ts []token, err error) {
	for rest := text; rest != ""; {
		kind, length := "", 0
		for _, l := range lexemes {
			if at := l.FindStringIndex(rest); at != nil {
				kind, length = l.kind, at[1]
				break
			}
		}
		if length == 0 {
			return nil, fmt.Errorf("no token begins at %q of %q", rest, text)
		}
		t := token{kind, rest[:length]}
		rest = rest[length:]
		if t.kind == "name" {
			t.text = strings.ReplaceAll(t.text[1:len(t.text)-1], `""`, `"`)
		}
		if t.kind != "space" {
			ts = append(ts, t)
		}
	}
	return ts, nil
}

// shape is the structure of SQL text: names as their twins, strings without what they hold.
func shape(text string, twins map[string]string) (string, error) {
	ts, err := tokens(text)
	var b strings.Builder
	for _, t := range ts {
		twin, known := twins[t.text]
		switch {
		case t.kind == "string":
			b.WriteString(" 'string'")
		case t.kind == "name" && known, t.kind == "word" && known && !keyword(t.text):
			b.WriteString(" " + twin)
		default:
			b.WriteString(" " + t.kind + ":" + t.text)
		}
	}
	return b.String(), err
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`SELECT "a""b".x, 'it''s' -- "`: `word:SELECT A sign:. word:x sign:, 'string' comment:-- "`,
		`"select" select $12+1.5e3`:     `B word:select parameter:$12 sign:+ number:1.5e3`,
		`E'\'"' /* ' */ ''::text ünï`:   `'string' comment:/* ' */ 'string' sign:: sign:: word:text C`,
		`'\' "x; --"`:                   `'string' name:x; --`,
	} {
		got, err := shape(text, map[string]string{`a"b`: "A", "select": "B", "ünï": "C"})
		ok(t, err)
		if got != " "+want {
			t.Errorf("%s is%s, want %s", text, got, want)
		}
	}
	for _, text := range []string{`'open`, `"open`, `""`, "\x00"} {
		if got, err := tokens(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}
