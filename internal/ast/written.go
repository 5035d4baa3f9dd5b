package ast

// Written is what a statement changes of a table's rows without telling which rows.
type Written struct {
	Table   *Table
	Columns []*Column // that an UPDATE sets, none of a DELETE; nil: rows come too, or anything changes
	Old     bool      // rows that were there change or go, and not new ones only
	Named   bool      // they are those of a whole statement that may name them: it is no MERGE and not in WITH
}
