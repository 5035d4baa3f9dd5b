package query

import (
	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
)

// give makes item what the rows of a statement are.
func give[R any](s *selection, item expr.Item[R]) {
	if ast.IsNil(item) {
		s.fail(ast.ErrNil)
		return
	}
	switch slot := item.CupelSlot(); {
	case slot.Shape != nil:
		s.shape, s.items = slot.Shape, slot.Shape.Items
	case slot.Entity != nil:
		s.entity, s.items = slot.Entity, slot.Entity.CupelTable().Items()
	default:
		s.items = []ast.Node{slot.Value}
	}
}

// tableOf gives the table behind an entity, nil when there is none.
func tableOf(t expr.Entity) *ast.Table {
	if ast.IsNil(t) {
		return nil
	}
	return t.CupelTable()
}
