// Package render is the test bed of expressions and statements: what SQLAlchemy was seen to do with them on a real
// PostgreSQL is what Cupel is held against.
//
// The data are in integration/testdata/oracle/render: for each case the Python expression, the rows that it gave, what it
// changed and how it failed, with the tables and rows that every case begins with. CUPEL_ORACLE names another folder of
// such cases. The Go side of a case is one line in the file of its group, under the case's id; see the constructors in
// case_test.go. TestOracle runs all of them and prints a table:
//
//	go test -v -run TestOracle ./integration/oracle/render
//
// What may differ from SQLAlchemy is in differences_test.go, each with its reason. CUPEL_ORACLE_STRICT=1 has the cases
// fail that are marked as giving a wrong result.
package render
