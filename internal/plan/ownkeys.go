package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/track"
)

// keyMovers takes those of some changed rows out whose keys change and may be referred to in their own table. Each is to be written
// before those that refer to it: these get its new key from it, perhaps in their own, and are found by that.
func keyMovers(st *track.Store, changed []*track.Entry) (movers, others []*track.Entry) {
	fks := ownKeys(st.Mapping.Table)
	if len(fks) == 0 || len(changed) < 2 {
		return nil, changed
	}
	moves := st.Objects.Moves(st.Mapping)
	for _, e := range changed {
		if moves.Referred(e.ToWrite(nil)) {
			movers = append(movers, e)
		} else {
			others = append(others, e)
		}
	}
	for _, fk := range fks {
		movers = parentsFirst(movers, fk)
	}
	return movers, others
}

// ownKeys returns a table's foreign keys to itself.
func ownKeys(t *ast.Table) (own []*ast.ForeignKey) {
	for _, fk := range t.ForeignKeys {
		if fk.RefColumns[0].Table == t {
			own = append(own, fk)
		}
	}
	return own
}

// parentsFirst puts rows after those that they refer to by a foreign key, or are to refer to.
func parentsFirst(es []*track.Entry, fk *ast.ForeignKey) []*track.Entry {
	if len(es) < 2 {
		return es
	}
	m := es[0].Mapping
	refers, key := track.KeyerOf(m, fk.Columns), track.KeyerOf(m, fk.RefColumns)
	was, will := map[track.Key]*track.Entry{}, map[track.Key]*track.Entry{}
	for _, e := range es {
		was[key.Of(e.Row())], will[key.Of(e.Object)] = e, e
	}
	sorted, met := make([]*track.Entry, 0, len(es)), map[*track.Entry]bool{}
	var add func(e *track.Entry)
	add = func(e *track.Entry) {
		if e == nil || met[e] {
			return
		}
		met[e] = true
		if !refers.Null(e.Row()) {
			add(was[refers.Of(e.Row())])
		}
		if !refers.Null(e.Object) {
			add(will[refers.Of(e.Object)])
		}
		sorted = append(sorted, e)
	}
	for _, e := range es {
		add(e)
	}
	return slices.Clip(sorted)
}
