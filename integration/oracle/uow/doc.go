// Package uow compares sessions with recordings of the real SQLAlchemy: its tests run the same scenarios on a real
// PostgreSQL and compare what is observed, what goes over the wire and what the tables hold at the end. It has no code
// of its own.
//
// A scenario is a Go function that reads like the Python script of the recording. It is registered under the
// recording's id; where Cupel rightly does something else, the registration names the kind of difference, and the
// comparison verifies that the difference is of that kind. The kinds are in differences_test.go, each with its reason.
//
// Siblings of these scenarios, recorded in the same way, are in the folder siblings, one a line.
//
// The recordings are in integration/testdata/oracle/uow; CUPEL_ORACLE_UOW names another folder. With
// CUPEL_ORACLE_STRICT=1 the test also fails on scenarios that are registered as wrong.
//
//	go test -v -run 'TestOracle|TestSiblings' ./integration/oracle/uow
package uow
