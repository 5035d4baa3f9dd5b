package session

import (
	"context"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
)

// LoadRelation loads a relationship for an object and for all that one query read with it, in one statement at most. It
// is for package model.
func (s *Session) LoadRelation(ctx context.Context, h *meta.Handle, r *meta.Relation) error {
	if err := s.ready(); err != nil {
		return err
	}
	defer s.leave()
	e := entryOf(h)
	if s.forbidsLazy(e, r) {
		return s.giveKnown(e, r)
	}
	if err := s.loadRelation(ctx, e, r); err != nil {
		return fault.During("load "+r.Name+" of "+e.describe(), err)
	}
	return nil
}

func (s *Session) loadRelation(ctx context.Context, e *entry, r *relation) error {
	if !r.Many {
		return s.loadRefs(ctx, e, r)
	}
	if err := s.autoflush(ctx, r.Target); err != nil {
		return err
	}
	return s.loadLists(ctx, e, r)
}

// together gives the objects for which a relationship is to be loaded with e: those of its cohort that lack it.
func (s *Session) together(e *entry, lacks func(*entry) bool) []*entry {
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

// loadLists loads a one-to-many: the targets whose foreign key is one of the owners' keys, ordered by that key.
func (s *Session) loadLists(ctx context.Context, e *entry, r *relation) error {
	return s.loadListsOf(ctx, s.together(e, func(o *entry) bool {
		l := r.ListAt(o.Object)
		return !l.Loaded || l.Epoch != s.epoch
	}), r)
}

// loadListsOf loads a one-to-many of owners in one statement. Owners that share a key, which is then no primary key, share
// a list.
func (s *Session) loadListsOf(ctx context.Context, owners []*entry, r *relation) error {
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	distinct := owners
	if !refersToOwnKey(r) {
		if owners = s.emptyWithoutKey(owners, r, &local, &remote); len(owners) == 0 {
			return nil
		}
		distinct = withDistinctKeys(owners, local, storedObject)
	}
	g := newGrouping(distinct, r)
	if err := s.selectMatching(ctx, r, distinct, g.add); err != nil {
		return err
	}
	g.each(func(o *entry, items []mem.Ptr) { s.fillList(o, r, items, &local, &remote) })
	if len(distinct) == len(owners) {
		return nil
	}
	for _, o := range owners {
		if i := g.byKey[local.of(storedObject(o))]; distinct[i] != o {
			s.fillList(o, r, r.ListAt(distinct[i].Object).Items, &local, &remote)
		}
	}
	return nil
}

// emptyWithoutKey gives owners whose key is NULL an empty list, and gives the others.
func (s *Session) emptyWithoutKey(owners []*entry, r *relation, local, remote *keyer) []*entry {
	keyed := make([]*entry, 0, len(owners))
	for _, o := range owners {
		if local.null(storedObject(o)) {
			s.fillList(o, r, nil, local, remote)
		} else {
			keyed = append(keyed, o)
		}
	}
	return keyed
}

// storedObject gives the object as its row is: while a change of its key is not flushed, others refer to the key that the
// row has. Of a new one it is the object itself.
func storedObject(e *entry) mem.Ptr {
	if e.state != pending && e.dirty() {
		return e.row()
	}
	return e.Object
}

// fillList gives an object the list that was loaded, and its items the way back.
func (s *Session) fillList(o *entry, r *relation, items []mem.Ptr, local, remote *keyer) {
	r.ListAt(o.Object).Fill(items, s.epoch)
	if r.Inverse == nil {
		return
	}
	mine := local.of(storedObject(o))
	for _, item := range items {
		if ref := r.Inverse.RefAt(item); !ref.Dirty && remote.of(item) == mine {
			ref.Object, ref.Loaded, ref.Epoch = o.Object, true, s.epoch
		}
	}
}

// loadRefs loads a many-to-one: from the identity map where the target is there already and not stale.
func (s *Session) loadRefs(ctx context.Context, e *entry, r *relation) error {
	owners := s.together(e, func(o *entry) bool {
		ref := r.RefAt(o.Object)
		return !ref.Loaded || !ref.Dirty && ref.Epoch != s.epoch
	})
	local, inOrder := keyerOf(r.Owner, r.Local), targetKeys(r)
	missing := owners[:0:0]
	for _, o := range owners {
		if !s.fillRef(o, r, &local, inOrder) {
			missing = append(missing, o)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := s.autoflush(ctx, r.Target); err != nil {
		return err
	}
	found := make(map[key]mem.Ptr, len(missing))
	err := s.selectMatching(ctx, r, withDistinctKeys(missing, local, currentObject), func(k key, target *entry) { found[k] = target.Object })
	if err != nil {
		return err
	}
	for _, o := range missing {
		s.setRef(o, r, found[local.of(o.Object)]) // nil when it refers to a row that is not there
	}
	return nil
}

// fillRef fills a many-to-one when its target is known: a NULL foreign key, or an object that the session has.
func (s *Session) fillRef(o *entry, r *relation, local, inOrder *keyer) bool {
	if local.null(o.Object) {
		s.setRef(o, r, nil)
		return true
	}
	target := s.targetOf(o, r, inOrder)
	if target == nil || target.state == deleted || target.state == persistent && target.stale() {
		return false
	}
	s.setRef(o, r, target.Object)
	return true
}

// targetOf gives the object that the foreign key of a many-to-one refers to, nil when the session has it not.
func (s *Session) targetOf(o *entry, r *relation, inOrder *keyer) *entry {
	if inOrder == nil {
		return nil
	}
	return s.store(r.Target).lookup(inOrder.of(o.Object))
}

func (s *Session) setRef(o *entry, r *relation, target mem.Ptr) {
	ref := r.RefAt(o.Object)
	ref.Object, ref.Loaded, ref.Epoch = target, true, s.epoch
}

// targetKeys reads a many-to-one's foreign key as the primary key that it refers to, whose columns may come in another order;
// nil when it refers to something else.
func targetKeys(r *relation) *keyer {
	if !refersToKey(r) {
		return nil
	}
	columns := make([]*ast.Column, len(r.Local))
	for i, k := range r.Target.Key {
		columns[i] = r.Local[slices.Index(r.Remote, r.Target.Fields[k].Column)]
	}
	keys := keyerOf(r.Owner, columns)
	return &keys
}

// refersToKey tells whether a many-to-one refers to the target's primary key.
func refersToKey(r *relation) bool {
	if len(r.Remote) != len(r.Target.Key) {
		return false
	}
	for _, k := range r.Target.Key {
		if !slices.Contains(r.Remote, r.Target.Fields[k].Column) {
			return false
		}
	}
	return true
}

// selectMatching reads the targets that belong to owners, which have distinct keys, tracked, and calls each with them and with
// the key that joins their rows, which may not be what the session's objects hold:
//
//	SELECT … FROM account WHERE account.cust_id = ANY($1)
func (s *Session) selectMatching(ctx context.Context, r *relation, owners []*entry, each func(key, *entry)) error {
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
	return s.runEach(ctx, req, &sink{take: each, keys: &keys})
}

func appendMatching(w *sqlw.Writer, r *relation, owners []*entry) {
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
func appendKeys(w *sqlw.Writer, r *relation, owners []*entry) {
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
func refersToOwnKey(r *relation) bool {
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
