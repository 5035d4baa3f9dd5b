package ast

// Load is a relationship that is to be loaded for what a statement reads, and those of its targets. What a relationship is, others
// know.
type Load struct {
	Relation any
	Then     []Load
}

// Part is part of the lists of a relationship.
type Part struct {
	Load
	Where   []Node
	Order   []Node // nil: that of the mapping
	First   int    // the most targets of a list, if Limited
	Limited bool
}
