package ast

// Load is a relationship that is to be loaded for what a statement reads, and those of its targets. What a relationship is, others
// know.
type Load struct {
	Relation any
	Then     []Load
}
