package integration_test

import (
	"cmp"
	"slices"
	"strings"
)

// sortByCount sorts lines "… ('x', n)" of equal n; lines whose n is out of order stay where they are, to be found.
func sortByCount(lines []string) {
	count := func(line string) string { return line[strings.LastIndexByte(line, ' '):] }
	for i := 0; i < len(lines); {
		j := i
		for j < len(lines) && count(lines[j]) == count(lines[i]) {
			j++
		}
		slices.SortFunc(lines[i:j], cmp.Compare[string])
		i = j
	}
}
