package expr

import (
	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/ast"
)

// ParamOf is a kind as a parameter of a prepared query: an argument for it is an A, which follows from K and is never written.
type ParamOf[K, A any] interface {
	Kind[K]
	Item[A]
}

// CupelParam returns a parameter of a prepared query, for the other packages of this module.
func CupelParam[K ParamOf[K, A], A any](p *arg.Param) K {
	var k K
	return boxed[K](ast.Boxed(ast.Literal{Value: p, Type: k.kind().SQLType}))
}
