package expr

import "github.com/cupel-go/cupel/internal/ast"

// Relationship is one that a mapping declares, with those of its targets that are to be loaded with it: c.Accounts, or
// c.Orders.Load(o.Lines). See Load of package query.
type Relationship interface {
	// CupelLoad returns what is to be loaded, for the other packages of this module.
	CupelLoad() ast.Load
}
