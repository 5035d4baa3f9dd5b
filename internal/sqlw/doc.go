// Package sqlw writes SQL text: quoted identifiers, numbered arguments, parentheses where precedence asks for them.
//
// Everything that Cupel sends to the server goes through one Writer. It keeps the first error and writes on, so that
// code which renders has no error handling of its own. A Writer serves one goroutine at a time.
package sqlw
