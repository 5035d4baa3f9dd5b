package ast

import "strings"

// HasWord reports whether SQL text has name in it, as it stands in text, and not as a part of a longer name: a quote in it is doubled,
// and so is a question mark where the text has placeholders.
func HasWord(text, name string) bool {
	name = strings.ReplaceAll(name, `"`, `""`)
	return hasWord(text, name) || strings.Contains(name, "?") && hasWord(text, strings.ReplaceAll(name, "?", "??"))
}

func hasWord(text, name string) bool {
	if name == "" {
		return false
	}
	for from := 0; ; from++ {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		from += at
		if !wordAt(text, from-1) && !wordAt(text, from+len(name)) {
			return true
		}
	}
}

func wordAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '_' || s[i] >= 0x80 || s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
}
