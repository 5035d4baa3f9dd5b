// Package writes tests what a flush makes of rows: versions, columns that are computed and what is read back, the order of unique values,
// many rows at once. It has no code of its own.
package writes
