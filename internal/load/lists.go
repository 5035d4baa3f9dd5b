package load

import (
	"context"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// cohortLists loads a one-to-many: the targets whose foreign key is one of the owners' keys, ordered by that key.
func (l Relations) cohortLists(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	return l.lists(ctx, e, l.together(e, func(o *track.Entry) bool { return l.lacksList(o, r) }), r)
}

func (l Relations) lacksList(o *track.Entry, r *meta.Relation) bool {
	list := relate.ListOf(r, o.Object)
	return !list.Loaded || !l.Objects.Current(list.Epoch)
}

// lists is Lists where others may have changed what the rows of owners are found by. That the row of e is gone is an error.
func (l Relations) lists(ctx context.Context, e *track.Entry, owners []*track.Entry, r *meta.Relation) error {
	if !refersToOwnKey(r) { // others may have changed what its rows are found by
		var err error
		if owners, err = l.current(ctx, e, owners); err != nil {
			return err
		}
	}
	return l.Lists(ctx, owners, r)
}

// Lists loads a list of owners in one statement. Owners that share a key, which is then no primary key, share
// a list.
func (l Relations) Lists(ctx context.Context, owners []*track.Entry, r *meta.Relation) error {
	if r.Link != nil {
		return l.linked(ctx, owners, r)
	}
	local, remote := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote)
	distinct := owners
	if !refersToOwnKey(r) {
		if owners = l.emptyWithoutKey(owners, r, &local, &remote); len(owners) == 0 {
			return nil
		}
		distinct = withDistinctKeys(owners, local, track.StoredObject)
	}
	g := newGrouping(distinct, r)
	defer g.done()
	if err := l.group(ctx, r, g); err != nil {
		return err
	}
	g.each(func(o *track.Entry, items []mem.Ptr) { l.fillList(o, r, items, &local, &remote) })
	if len(distinct) == len(owners) {
		return nil
	}
	for _, o := range owners {
		if i := g.byKey[local.Of(track.StoredObject(o))]; distinct[i] != o {
			l.fillList(o, r, relate.ListOf(r, distinct[i].Object).Items, &local, &remote)
		}
	}
	return nil
}

// group reads the targets and puts each under its owner: by the foreign key of its row; where that is equal to no owner's key,
// or may be equal to several that differ in Go, the server is asked which it is.
func (l Relations) group(ctx context.Context, r *meta.Relation, g *grouping) error {
	if len(g.owners) == 1 || r.Owner.IsKey(r.Local) || r.Exact() {
		if err := l.selectMatching(ctx, r, g.owners, g.add); err != nil || !g.strangers {
			return err
		}
		g.reset()
	}
	return l.selectPlaced(ctx, r, g.owners, track.StoredObject, g.put)
}

// emptyWithoutKey gives owners whose key is NULL an empty list, and returns the others.
func (l Relations) emptyWithoutKey(owners []*track.Entry, r *meta.Relation, local, remote *track.Keyer) []*track.Entry {
	keyed := make([]*track.Entry, 0, len(owners))
	for _, o := range owners {
		if local.Null(track.StoredObject(o)) {
			l.fillList(o, r, nil, local, remote)
		} else {
			keyed = append(keyed, o)
		}
	}
	return keyed
}

// fillList gives an object the list that was loaded, and its items the way back.
func (l Relations) fillList(o *track.Entry, r *meta.Relation, items []mem.Ptr, local, remote *track.Keyer) {
	relate.ListOf(r, o.Object).Fill(items, l.Objects.Epoch())
	if r.Inverse == nil {
		return
	}
	mine, exact := local.Of(track.StoredObject(o)), r.Exact()
	for _, item := range items {
		if ref := relate.RefOf(r.Inverse, item); !ref.Dirty && (remote.Of(item) == mine || !exact && l.unchanged(r, item, remote)) {
			ref.Object, ref.Loaded, ref.Epoch = o.Object, true, l.Objects.Epoch()
		}
	}
}

// unchanged reports whether the foreign key of an item is as its row has it.
func (l Relations) unchanged(r *meta.Relation, item mem.Ptr, remote *track.Keyer) bool {
	e := l.Objects.Store(r.Target).Find(item)
	return e != nil && e.Keeps(remote)
}
