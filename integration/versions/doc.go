// Package versions tests what the database and the mapping make of a row at each write: versions, columns that are computed, and what is
// read back. It has no code of its own.
package versions
