package track

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
)

// CheckVersions fails where a given object has another version than its row: somebody has written the row since. One without a
// version does not tell.
func (g *Merge) CheckVersions() error {
	for _, n := range g.nodes {
		v := n.Store.Mapping.Version
		if v == nil || n.itself || n.Entry == nil || !n.Entry.HasRow() {
			continue
		}
		f := &n.Store.Mapping.Fields[v.Column]
		if !f.IsZero(n.Given) && !f.Access.Equal(mem.Add(n.Given, f.Offset), mem.Add(n.Entry.Row(), f.Offset)) {
			return fmt.Errorf("%w: %s has another version than its row", fault.ErrStale, n.Store.Mapping.Describe(n.Given))
		}
	}
	return nil
}
