package load

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/track"
)

// cohortRefs loads a many-to-one for an object and for those that were read with it.
func (l Relations) cohortRefs(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	return l.refs(ctx, e, l.together(e, func(o *track.Entry) bool { return l.lacksRef(o, r) }), r)
}

func (l Relations) lacksRef(o *track.Entry, r *meta.Relation) bool {
	ref := relate.RefOf(r, o.Object)
	return !ref.Loaded || !ref.Dirty && !l.Objects.Current(ref.Epoch)
}

// refs loads a many-to-one of owners: from the identity map where the target is there already and not stale. What is wrong with that
// of e is an error; the others, all of them where e is nil, stay as they are and are told when they are asked.
func (l Relations) refs(ctx context.Context, e *track.Entry, owners []*track.Entry, r *meta.Relation) error {
	owners, err := l.current(ctx, e, owners)
	if err != nil {
		return err
	}
	local, inOrder := track.KeyerOf(r.Owner, r.Local), track.TargetKeys(r)
	missing := owners[:0:0]
	for _, o := range owners {
		if !l.fillRef(o, r, &local, inOrder) {
			missing = append(missing, o)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := l.Host.Flush(ctx, r.Target); err != nil {
		return err
	}
	found, err := l.targets(ctx, r, withDistinctKeys(missing, local, track.CurrentObject), &local)
	if err != nil {
		return err
	}
	for _, o := range missing {
		if target := found[local.Of(o.Object)]; target != nil || unset(o, r) {
			l.setRef(o, r, target)
		} else if o == e { // the others are told when they are asked
			err = fmt.Errorf("%w: %s", fault.ErrDangling, joins(r))
		}
	}
	return err
}

// unset reports whether an object is new and was given no foreign key yet.
func unset(o *track.Entry, r *meta.Relation) bool {
	if o.State != track.Pending {
		return false
	}
	for _, c := range r.Local {
		if !o.Mapping.Field(c).IsZero(o.Object) {
			return false
		}
	}
	return true
}

// joins names the columns of a relationship: "orders.cust_id → customer.id".
func joins(r *meta.Relation) (s string) {
	for i, c := range r.Local {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprintf("%s → %s", c, r.Remote[i])
	}
	return s
}

// current reads the rows of stale objects again, since others may have changed their foreign keys, and returns the objects whose
// rows are there.
func (l Relations) current(ctx context.Context, e *track.Entry, owners []*track.Entry) ([]*track.Entry, error) {
	var stale []*track.Entry
	for _, o := range owners {
		if o.HasRow() && o.Stale() {
			stale = append(stale, o)
		}
	}
	if len(stale) == 0 {
		return owners, nil
	}
	read, err := l.rows(ctx, stale[0].Store(), stale, again{})
	if err != nil {
		return nil, err
	}
	there := make([]*track.Entry, 0, len(owners))
	for _, o := range owners {
		if !o.HasRow() || !o.Stale() || read[o] {
			there = append(there, o)
		} else if o == e {
			return nil, fmt.Errorf("%s: %w", e.Describe(), fault.ErrNoRows)
		}
	}
	return there, nil
}

// allCurrent is current where it is an error that a row is gone, whichever it is.
func (l Relations) allCurrent(ctx context.Context, owners []*track.Entry) error {
	there, err := l.current(ctx, nil, owners)
	if err != nil || len(there) == len(owners) {
		return err
	}
	var gone []*track.Entry
	for _, o := range owners {
		if len(there) > 0 && there[0] == o {
			there = there[1:]
		} else {
			gone = append(gone, o)
		}
	}
	return fmt.Errorf("%s: %w", track.DescribeAll(gone), fault.ErrNoRows)
}

// targets returns the targets of owners by the owners' foreign keys, which are distinct. A target is found by the key of its row;
// one that has none of them is of an owner whose key is equal to it for the server, which is asked.
func (l Relations) targets(ctx context.Context, r *meta.Relation, owners []*track.Entry, local *track.Keyer) (map[track.Key]mem.Ptr, error) {
	found := make(map[track.Key]mem.Ptr, len(owners))
	one := func(o *track.Entry) error {
		return l.selectMatching(ctx, r, []*track.Entry{o}, func(_ track.Key, target *track.Entry) {
			found[local.Of(o.Object)] = target.Object
		})
	}
	if len(owners) == 1 {
		return found, one(owners[0])
	}
	err := l.selectMatching(ctx, r, owners, func(k track.Key, target *track.Entry) { found[k] = target.Object })
	if err != nil || r.Exact() {
		return found, err
	}
	lost := owners[:0:0]
	for _, o := range owners {
		if found[local.Of(o.Object)] == nil {
			lost = append(lost, o)
		}
	}
	switch len(lost) {
	case 0:
		return found, nil
	case 1:
		return found, one(lost[0])
	}
	return found, l.selectPlaced(ctx, r, lost, track.CurrentObject, func(i int, target mem.Ptr) {
		found[local.Of(lost[i].Object)] = target
	})
}

// fillRef fills a many-to-one when its target is known: a NULL foreign key, or an object that the session has.
func (l Relations) fillRef(o *track.Entry, r *meta.Relation, local, inOrder *track.Keyer) bool {
	if local.Null(o.Object) {
		l.setRef(o, r, nil)
		return true
	}
	target := l.Objects.TargetOf(o, r, inOrder)
	if target == nil || target.State == track.Deleted || target.State == track.Persistent && target.Stale() {
		return false
	}
	l.setRef(o, r, target.Object)
	return true
}

func (l Relations) setRef(o *track.Entry, r *meta.Relation, target mem.Ptr) {
	ref := relate.RefOf(r, o.Object)
	ref.Object, ref.Loaded, ref.Epoch = target, true, l.Objects.Epoch()
}
