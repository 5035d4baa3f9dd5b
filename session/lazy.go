package session

import (
	"context"
	"fmt"
	"reflect"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// loadHost is where statements that load run.
type loadHost interface {
	// Flush flushes pending changes of the tables that a statement is about.
	Flush(ctx context.Context, about run.Tables) error
	// Run runs a statement and gives the objects that it reads to the sink.
	Run(ctx context.Context, req *run.Request, each *sink) error
}

// relations loads relationships of objects.
type relations struct {
	host loadHost
	objs *objects
}

// relation loads a relationship for an object and for all that one query read with it, in one statement at most.
func (l relations) relation(ctx context.Context, e *entry, r *meta.Relation) error {
	if !r.Many {
		return l.refs(ctx, e, r)
	}
	if err := l.host.Flush(ctx, r.Target); err != nil {
		return err
	}
	return l.lists(ctx, e, r)
}

// known fills a relationship where that takes no statement.
func (l relations) known(e *entry, r *meta.Relation) error {
	if !r.Many {
		local := keyerOf(r.Owner, r.Local)
		if l.fillRef(e, r, &local, targetKeys(r)) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s of %s", fault.ErrLazy, r.Name, e.describe())
}

// together gives the objects for which a relationship is to be loaded with e: those of its cohort that lack it.
func (l relations) together(e *entry, lacks func(*entry) bool) []*entry {
	if e.cohort == nil {
		return []*entry{e}
	}
	var es []*entry
	for _, o := range e.cohort.entries {
		if o == e || o.Loader != nil && o.state != pending && o.state != deleted && lacks(o) {
			es = append(es, o)
		}
	}
	return es
}

// lists loads a one-to-many: the targets whose foreign key is one of the owners' keys, ordered by that key.
func (l relations) lists(ctx context.Context, e *entry, r *meta.Relation) error {
	return l.listsOf(ctx, l.together(e, func(o *entry) bool {
		list := r.ListAt(o.Object)
		return !list.Loaded || list.Epoch != l.objs.Epoch()
	}), r)
}

// listsOf loads a one-to-many of owners in one statement. Owners that share a key, which is then no primary key, share
// a list.
func (l relations) listsOf(ctx context.Context, owners []*entry, r *meta.Relation) error {
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	distinct := owners
	if !refersToOwnKey(r) {
		if owners = l.emptyWithoutKey(owners, r, &local, &remote); len(owners) == 0 {
			return nil
		}
		distinct = withDistinctKeys(owners, local, storedObject)
	}
	g := newGrouping(distinct, r)
	if err := l.selectMatching(ctx, r, distinct, g.add); err != nil {
		return err
	}
	g.each(func(o *entry, items []mem.Ptr) { l.fillList(o, r, items, &local, &remote) })
	if len(distinct) == len(owners) {
		return nil
	}
	for _, o := range owners {
		if i := g.byKey[local.of(storedObject(o))]; distinct[i] != o {
			l.fillList(o, r, r.ListAt(distinct[i].Object).Items, &local, &remote)
		}
	}
	return nil
}

// emptyWithoutKey gives owners whose key is NULL an empty list, and gives the others.
func (l relations) emptyWithoutKey(owners []*entry, r *meta.Relation, local, remote *keyer) []*entry {
	keyed := make([]*entry, 0, len(owners))
	for _, o := range owners {
		if local.null(storedObject(o)) {
			l.fillList(o, r, nil, local, remote)
		} else {
			keyed = append(keyed, o)
		}
	}
	return keyed
}

// fillList gives an object the list that was loaded, and its items the way back.
func (l relations) fillList(o *entry, r *meta.Relation, items []mem.Ptr, local, remote *keyer) {
	r.ListAt(o.Object).Fill(items, l.objs.Epoch())
	if r.Inverse == nil {
		return
	}
	mine := local.of(storedObject(o))
	for _, item := range items {
		if ref := r.Inverse.RefAt(item); !ref.Dirty && remote.of(item) == mine {
			ref.Object, ref.Loaded, ref.Epoch = o.Object, true, l.objs.Epoch()
		}
	}
}

// refs loads a many-to-one: from the identity map where the target is there already and not stale.
func (l relations) refs(ctx context.Context, e *entry, r *meta.Relation) error {
	owners := l.together(e, func(o *entry) bool {
		ref := r.RefAt(o.Object)
		return !ref.Loaded || !ref.Dirty && ref.Epoch != l.objs.Epoch()
	})
	local, inOrder := keyerOf(r.Owner, r.Local), targetKeys(r)
	missing := owners[:0:0]
	for _, o := range owners {
		if !l.fillRef(o, r, &local, inOrder) {
			missing = append(missing, o)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := l.host.Flush(ctx, r.Target); err != nil {
		return err
	}
	found := make(map[key]mem.Ptr, len(missing))
	err := l.selectMatching(ctx, r, withDistinctKeys(missing, local, currentObject), func(k key, target *entry) { found[k] = target.Object })
	if err != nil {
		return err
	}
	for _, o := range missing {
		l.setRef(o, r, found[local.of(o.Object)]) // nil when it refers to a row that is not there
	}
	return nil
}

// fillRef fills a many-to-one when its target is known: a NULL foreign key, or an object that the session has.
func (l relations) fillRef(o *entry, r *meta.Relation, local, inOrder *keyer) bool {
	if local.null(o.Object) {
		l.setRef(o, r, nil)
		return true
	}
	target := l.objs.targetOf(o, r, inOrder)
	if target == nil || target.state == deleted || target.state == persistent && target.stale() {
		return false
	}
	l.setRef(o, r, target.Object)
	return true
}

func (l relations) setRef(o *entry, r *meta.Relation, target mem.Ptr) {
	ref := r.RefAt(o.Object)
	ref.Object, ref.Loaded, ref.Epoch = target, true, l.objs.Epoch()
}

// selectMatching reads the targets that belong to owners, which have distinct keys, tracked, and calls each with them and with
// the key that joins their rows, which may not be what the session's objects hold:
//
//	SELECT … FROM account WHERE account.cust_id = ANY($1)
func (l relations) selectMatching(ctx context.Context, r *meta.Relation, owners []*entry, each func(key, *entry)) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	appendMatching(w, r, owners)
	if err := w.Err(); err != nil {
		return err
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}}},
		Rows:  &lastObject{},
	}
	keys := keyerOf(r.Target, r.Remote)
	return l.host.Run(ctx, req, &sink{take: each, keys: &keys})
}

func appendMatching(w *sqlw.Writer, r *meta.Relation, owners []*entry) {
	appendEntity(w, r.Target)
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
func appendKeys(w *sqlw.Writer, r *meta.Relation, owners []*entry) {
	object := currentObject // a foreign key is followed as it is to be
	if r.Many {
		object = storedObject
	}
	if len(owners) > 1 && len(r.Local) == 1 {
		f := owners[0].Mapping.Field(r.Local[0])
		r.Remote[0].AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, arrayOf(f, owners, object))
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

// refersToOwnKey tells whether the owners of a relationship are joined by their primary key, which no two share.
func refersToOwnKey(r *meta.Relation) bool {
	return r.Many && len(r.Local) == 1 && len(r.Owner.Key) == 1 && r.Local[0].Index == r.Owner.Key[0]
}

func withDistinctKeys(owners []*entry, keys keyer, object func(*entry) mem.Ptr) []*entry {
	seen := make(map[key]bool, len(owners))
	distinct := make([]*entry, 0, len(owners))
	for _, o := range owners {
		if k := keys.of(object(o)); !seen[k] {
			seen[k] = true
			distinct = append(distinct, o)
		}
	}
	return distinct
}
