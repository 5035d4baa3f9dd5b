package ast

import "testing"

// TestHasWord: a name is found as a whole only, also one of a single letter, which begins other words.
func TestHasWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"table of all", "t", false},
		{"table of t.x", "t", true},
		{"aaa aa", "a", false},
		{"aaa aa", "aa", true},
		{"_customer, customers, customer", "customer", true},
		{"_customer, customers", "customer", false},
		{`FROM "a""b" AS x`, `a"b`, true},
		{`FROM "a??b" AS x`, "a?b", true},
		{`FROM "a?b" AS x`, "a?b", true},
		{"ünï", "n", false},
		{"", "a", false},
		{"a", "", false},
	} {
		if got := HasWord(c.text, c.name); got != c.want {
			t.Errorf("HasWord(%q, %q) is %t", c.text, c.name, got)
		}
	}
}
