package ast

import "strings"

// HasWord reports whether text has name in it, and not as a part of a longer name.
func HasWord(text, name string) bool {
	for rest := text; ; {
		before, after, ok := strings.Cut(rest, name)
		if !ok {
			return false
		}
		if !wordAt(before, len(before)-1) && !wordAt(after, 0) {
			return true
		}
		rest = name[len(name)-1:] + after
	}
}

func wordAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '_' || s[i] >= 0x80 || s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}
