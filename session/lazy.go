package session

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
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
	if err := s.loadRelation(ctx, e, r); err != nil {
		return fmt.Errorf("session: load %s of %s: %w", r.Name, e.describe(), err)
	}
	return nil
}

func (s *Session) loadRelation(ctx context.Context, e *entry, r *relation) error {
	if err := s.autoflush(ctx, r.Target); err != nil {
		return err
	}
	if r.Many {
		return s.loadLists(ctx, e, r)
	}
	return s.loadRefs(ctx, e, r)
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

// loadListsOf loads a one-to-many of owners in one statement. The targets come ordered by foreign key, so those of an
// owner come together.
func (s *Session) loadListsOf(ctx context.Context, owners []*entry, r *relation) error {
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	p := pieces{spans: make(map[key]span, len(owners))}
	err := s.selectMatching(ctx, r, owners, func(target *entry) { p.add(remote.of(target.Object), target.Object) })
	if err != nil {
		return err
	}
	for _, o := range owners {
		items := p.of(local.of(o.Object))
		r.ListAt(o.Object).Fill(items, s.epoch)
		if r.Inverse == nil {
			continue
		}
		for _, item := range items {
			if ref := r.Inverse.RefAt(item); !ref.Dirty {
				ref.Object, ref.Loaded, ref.Epoch = o.Object, true, s.epoch
			}
		}
	}
	return nil
}

// pieces are lists that are parts of one slice.
type pieces struct {
	all   []mem.Ptr
	spans map[key]span
	more  map[key][]mem.Ptr // what does not come together: objects whose foreign key was changed in memory
}

type span struct{ from, to int }

func (p *pieces) add(k key, o mem.Ptr) {
	n := len(p.all)
	s, known := p.spans[k]
	switch {
	case !known:
		s = span{n, n}
	case s.to != n:
		if p.more == nil {
			p.more = map[key][]mem.Ptr{}
		}
		p.more[k] = append(p.more[k], o)
		return
	}
	p.all = append(p.all, o)
	s.to++
	p.spans[k] = s
}

func (p *pieces) of(k key) []mem.Ptr {
	s := p.spans[k]
	return append(p.all[s.from:s.to:s.to], p.more[k]...)
}

// loadRefs loads a many-to-one: from the identity map where the target is there already and not stale.
func (s *Session) loadRefs(ctx context.Context, e *entry, r *relation) error {
	owners := s.together(e, func(o *entry) bool {
		ref := r.RefAt(o.Object)
		return !ref.Loaded || !ref.Dirty && ref.Epoch != s.epoch
	})
	missing := owners[:0:0]
	for _, o := range owners {
		if !s.fillRef(o, r) {
			missing = append(missing, o)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	local, remote := keyerOf(r.Owner, r.Local), keyerOf(r.Target, r.Remote)
	found := make(map[key]mem.Ptr, len(missing))
	err := s.selectMatching(ctx, r, missing, func(target *entry) { found[remote.of(target.Object)] = target.Object })
	if err != nil {
		return err
	}
	for _, o := range missing {
		ref := r.RefAt(o.Object) // nil when it refers to a row that is not there
		ref.Object, ref.Loaded, ref.Epoch = found[local.of(o.Object)], true, s.epoch
	}
	return nil
}

// fillRef fills a many-to-one when its target is known: a NULL foreign key, or an object that the session has.
func (s *Session) fillRef(o *entry, r *relation) bool {
	ref := r.RefAt(o.Object)
	for _, c := range r.Local {
		if f := o.Mapping.Field(c); isNull(f.Value(o.Object)) {
			ref.Object, ref.Loaded, ref.Epoch = nil, true, s.epoch
			return true
		}
	}
	st := s.store(r.Target)
	if !refersToKey(r) {
		return false
	}
	values := make([]any, len(r.Local))
	for i, k := range r.Target.Key { // the key's columns may come in another order in the foreign key
		at := slices.Index(r.Remote, r.Target.Fields[k].Column)
		values[i] = o.Mapping.Field(r.Local[at]).Value(o.Object)
	}
	target := st.lookup(st.keys.ofValues(values))
	if target == nil || target.state == deleted || target.state == persistent && target.stale() {
		return false
	}
	ref.Object, ref.Loaded, ref.Epoch = target.Object, true, s.epoch
	return true
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

// selectMatching reads the targets that belong to owners, tracked, and calls each with them in order:
//
//	SELECT … FROM account WHERE account.cust_id = ANY($1) ORDER BY account.cust_id, …
func (s *Session) selectMatching(ctx context.Context, r *relation, owners []*entry, each func(*entry)) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	s.appendMatching(w, r, owners)
	if err := w.Err(); err != nil {
		return err
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}}},
		Rows:  &eachObject{store: s.store(r.Target), each: each},
	}
	return s.run(ctx, req)
}

// eachObject calls a function with the entry of each object that is read.
type eachObject struct {
	object mem.Ptr
	store  *store
	each   func(*entry)
}

// Next gives the memory for an object's pointer.
func (o *eachObject) Next() mem.Ptr { o.object = nil; return mem.Of(&o.object) }

// Done calls the function.
func (o *eachObject) Done() bool { o.each(o.store.find(o.object)); return true }

func (s *Session) appendMatching(w *sqlw.Writer, r *relation, owners []*entry) {
	w.Text("SELECT ")
	for i, c := range r.Target.Table.Items() {
		if i > 0 {
			w.Text(", ")
		}
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	r.Target.Table.AppendFrom(w)
	w.Text(" \nWHERE ")
	many := s.appendKeys(w, r, owners)
	var order []ast.Node
	if r.Many && many {
		for _, c := range r.Remote {
			order = append(order, c)
		}
	}
	for i, n := range append(order, r.OrderBy...) {
		if i == 0 {
			w.Text(" ORDER BY ")
		} else {
			w.Text(", ")
		}
		n.AppendSQL(w)
	}
}

// appendKeys writes the condition that finds the owners' targets; true when it is for several owners.
func (s *Session) appendKeys(w *sqlw.Writer, r *relation, owners []*entry) bool {
	distinct := owners
	if !refersToOwnKey(r) {
		distinct = withDistinctKeys(owners, keyerOf(r.Owner, r.Local))
	}
	if len(distinct) > 1 && len(r.Local) == 1 {
		f := distinct[0].Mapping.Field(r.Local[0])
		r.Remote[0].AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, arrayOf(f, distinct, currentObject))
		w.Byte(')')
		return true
	}
	for n, o := range distinct {
		if n > 0 {
			w.Text(" OR ")
		}
		for i, c := range r.Remote {
			if i > 0 {
				w.Text(" AND ")
			}
			c.AppendSQL(w)
			w.Text(" = ")
			w.Arg(nil, o.Mapping.Field(r.Local[i]).Value(o.Object))
		}
	}
	return len(distinct) > 1
}

// refersToOwnKey tells whether the owners of a relationship are joined by their primary key, which no two share.
func refersToOwnKey(r *relation) bool {
	return r.Many && len(r.Local) == 1 && len(r.Owner.Key) == 1 && r.Local[0].Index == r.Owner.Key[0]
}

func withDistinctKeys(owners []*entry, keys keyer) []*entry {
	seen := make(map[key]bool, len(owners))
	distinct := make([]*entry, 0, len(owners))
	for _, o := range owners {
		if k := keys.of(o.Object); !seen[k] {
			seen[k] = true
			distinct = append(distinct, o)
		}
	}
	return distinct
}
