// Package load reads what objects lack: relationships, for all objects that were read together in one statement, rows that are
// to be read again, and columns that were left out.
package load

import (
	"context"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// Host is where statements that load run.
type Host interface {
	// Flush flushes pending changes of the tables that a statement is about.
	Flush(ctx context.Context, about run.Tables) error
	// Run runs a statement and passes the objects that it reads to the sink.
	Run(ctx context.Context, req *run.Request, each *track.Sink) error
}

// Relations loads relationships of objects.
type Relations struct {
	Host    Host
	Objects *track.Objects
}

// Load loads a relationship for an object and for all that one query read with it, in one statement at most.
func (l Relations) Load(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	if !r.Many {
		return l.cohortRefs(ctx, e, r)
	}
	if err := l.Host.Flush(ctx, r.Target); err != nil {
		return err
	}
	return l.cohortLists(ctx, e, r)
}

// Known fills a relationship where that takes no statement.
func (l Relations) Known(e *track.Entry, r *meta.Relation) error {
	if !r.Many {
		local := track.KeyerOf(r.Owner, r.Local)
		if l.fillRef(e, r, &local, track.TargetKeys(r)) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s of %s", fault.ErrLazy, r.Name, e.Describe())
}

// together returns the objects for which a relationship is to be loaded with e: those of its cohort that lack it.
func (l Relations) together(e *track.Entry, lacks func(*track.Entry) bool) []*track.Entry {
	if e.Cohort == nil {
		return []*track.Entry{e}
	}
	var es []*track.Entry
	for _, o := range e.Cohort.Entries {
		if o == e || o.Loader != nil && o.State != track.Pending && o.State != track.Deleted && lacks(o) {
			es = append(es, o)
		}
	}
	return es
}

// cohortLists loads a one-to-many: the targets whose foreign key is one of the owners' keys, ordered by that key.
func (l Relations) cohortLists(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	return l.Lists(ctx, l.together(e, func(o *track.Entry) bool {
		list := relate.ListOf(r, o.Object)
		return !list.Loaded || list.Epoch != l.Objects.Epoch()
	}), r)
}

// Lists loads a one-to-many of owners in one statement. Owners that share a key, which is then no primary key, share
// a list.
func (l Relations) Lists(ctx context.Context, owners []*track.Entry, r *meta.Relation) error {
	local, remote := track.KeyerOf(r.Owner, r.Local), track.KeyerOf(r.Target, r.Remote)
	distinct := owners
	if !refersToOwnKey(r) {
		if owners = l.emptyWithoutKey(owners, r, &local, &remote); len(owners) == 0 {
			return nil
		}
		distinct = withDistinctKeys(owners, local, track.StoredObject)
	}
	g := newGrouping(distinct, r)
	if err := l.selectMatching(ctx, r, distinct, g.add); err != nil {
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
	mine := local.Of(track.StoredObject(o))
	for _, item := range items {
		if ref := relate.RefOf(r.Inverse, item); !ref.Dirty && remote.Of(item) == mine {
			ref.Object, ref.Loaded, ref.Epoch = o.Object, true, l.Objects.Epoch()
		}
	}
}

// cohortRefs loads a many-to-one: from the identity map where the target is there already and not stale.
func (l Relations) cohortRefs(ctx context.Context, e *track.Entry, r *meta.Relation) error {
	owners := l.together(e, func(o *track.Entry) bool {
		ref := relate.RefOf(r, o.Object)
		return !ref.Loaded || !ref.Dirty && ref.Epoch != l.Objects.Epoch()
	})
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
	found := make(map[track.Key]mem.Ptr, len(missing))
	err := l.selectMatching(ctx, r, withDistinctKeys(missing, local, track.CurrentObject), func(k track.Key, target *track.Entry) { found[k] = target.Object })
	if err != nil {
		return err
	}
	for _, o := range missing {
		l.setRef(o, r, found[local.Of(o.Object)]) // nil when it refers to a row that is not there
	}
	return nil
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

// selectMatching reads the targets that belong to owners, which have distinct keys, tracked, and calls each with them and with
// the key that joins their rows, which may not be what the session's objects hold:
//
//	SELECT … FROM account WHERE account.cust_id = ANY($1)
func (l Relations) selectMatching(ctx context.Context, r *meta.Relation, owners []*track.Entry, each func(track.Key, *track.Entry)) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	appendMatching(w, r, owners)
	if err := w.Err(); err != nil {
		return err
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}}},
		Rows:  &LastObject{},
	}
	keys := track.KeyerOf(r.Target, r.Remote)
	return l.Host.Run(ctx, req, &track.Sink{Take: each, Keys: &keys})
}

func appendMatching(w *sqlw.Writer, r *meta.Relation, owners []*track.Entry) {
	AppendEntity(w, r.Target)
	appendKeys(w, r, owners)
	for i, n := range r.OrderBy {
		if i == 0 {
			w.Text(" ORDER BY ")
		} else {
			w.Text(", ")
		}
		n.AppendSQL(w)
	}
}

// appendKeys writes the condition that finds the owners' targets.
func appendKeys(w *sqlw.Writer, r *meta.Relation, owners []*track.Entry) {
	object := track.CurrentObject // a foreign key is followed as it is to be
	if r.Many {
		object = track.StoredObject
	}
	if len(owners) > 1 && len(r.Local) == 1 {
		f := owners[0].Mapping.Field(r.Local[0])
		r.Remote[0].AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, track.ArrayOf(f, owners, object))
		w.Byte(')')
		return
	}
	for n, o := range owners {
		if n > 0 {
			w.Text(" OR ")
		}
		for i, c := range r.Remote {
			if i > 0 {
				w.Text(" AND ")
			}
			c.AppendSQL(w)
			w.Text(" = ")
			w.Arg(nil, o.Mapping.Field(r.Local[i]).Value(object(o)))
		}
	}
}

// refersToOwnKey reports whether the owners of a relationship are joined by their primary key, which no two share.
func refersToOwnKey(r *meta.Relation) bool {
	return r.Many && len(r.Local) == 1 && len(r.Owner.Key) == 1 && r.Local[0].Index == r.Owner.Key[0]
}

func withDistinctKeys(owners []*track.Entry, keys track.Keyer, object func(*track.Entry) mem.Ptr) []*track.Entry {
	seen := make(map[track.Key]bool, len(owners))
	distinct := make([]*track.Entry, 0, len(owners))
	for _, o := range owners {
		if k := keys.Of(object(o)); !seen[k] {
			seen[k] = true
			distinct = append(distinct, o)
		}
	}
	return distinct
}
