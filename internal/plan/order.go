package plan

import (
	"cmp"
	"slices"

	"github.com/cupel-go/cupel/internal/track"
)

// byKey puts objects in the order of their rows' keys, as every session does, so that two that write the same rows wait for each
// other instead of deadlocking; and values that move from row to row of a unique column move one way. The order is that of
// the numbers or texts; of keys of several columns it is some order, the same everywhere.
func byKey(st *track.Store, entries []*track.Entry) []*track.Entry {
	if len(entries) < 2 {
		return entries
	}
	type keyed struct {
		key track.Key
		e   *track.Entry
	}
	all := make([]keyed, len(entries))
	for i, e := range entries {
		all[i] = keyed{st.Keys.Of(track.LoadedObject(e)), e}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key.Number, b.key.Number), cmp.Compare(a.key.Text, b.key.Text))
	})
	sorted := make([]*track.Entry, len(all))
	for i := range all {
		sorted[i] = all[i].e
	}
	return sorted
}
