package track

import (
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
)

// CheckRows fails where some columns only of an object are to be copied to its row, and it is not there. What an object has in its lists and refers
// to may be new.
func (g *Merge) CheckRows() error {
	for _, n := range g.nodes {
		if g.Named && n.asked && !n.fresh && !n.itself && n.first().Entry == nil {
			return fmt.Errorf("%w: %s, of which columns are named", fault.ErrNoRows, n.Store.Mapping.Describe(n.Row))
		}
	}
	return nil
}

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
			return fault.Stale("%s has another version than its row, which was written since the object was read", n.Store.Mapping.Describe(n.Given))
		}
	}
	return nil
}
