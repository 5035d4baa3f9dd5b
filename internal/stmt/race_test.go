//go:build race

package stmt_test

// The race detector makes pools forget at random, so allocations are not what they are.
func init() { countsAllocations = false }
