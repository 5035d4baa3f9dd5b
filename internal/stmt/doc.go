// Package stmt has statements as nodes: SELECT, INSERT, UPDATE, DELETE, and SQL text from elsewhere.
//
// A statement is plain data, as the expressions of package ast are, and renders itself. Before it writes anything it works
// out its FROM: the tables that its clauses mention, less those that it can name because a statement around it has them;
// joins are put where they belong, and their conditions are found in the foreign keys (resolve.go). A statement within
// another has a FROM of its own. A table in FROM may itself be defined by a statement; see Derived.
//
// The typed statements that users see are in package query.
package stmt
