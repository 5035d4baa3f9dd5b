// Package housetest holds the tests that keep the house in order: which package may import which, which mistakes must
// not compile, and that what is exported has a comment. It has no code of its own.
package housetest
