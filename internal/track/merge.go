package track

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
)

// Merge is a graph of given objects that are to be copied to those of a session. The given ones are only read. Nothing is changed before
// Apply: all that can be wrong with a graph is found before.
type Merge struct {
	objs  *Objects
	only  map[*meta.Mapping][]int // which columns are copied
	Named bool                    // columns were named, and only those are copied
	nodes []*MergeNode            // in the order in which they were met
	at    map[mem.Ptr]*MergeNode  // by given object
	byKey map[mergeKey]*MergeNode // the first of a key

	children map[ownerKey][]*MergeNode // by what their foreign keys follow; see check
}

type mergeKey struct {
	st  *Store
	key Key
}

// MergeNode is one given object.
type MergeNode struct {
	Given mem.Ptr
	Store *Store
	Entry *Entry // of the object that it is copied to; nil: there is none yet
	Row   mem.Ptr

	key       Key
	keyed     bool       // key is known, and so are the foreign keys in Row
	drawing   bool       // they are being found
	fresh     bool       // it has no key that a row could have
	itself    bool       // the given object is the session's own
	asked     bool       // it was given itself, and is not only what another one refers to
	leaving   bool       // it is met only as one that was removed from a list
	twin      *MergeNode // the first with the same key; nil: it is that one
	governors map[**ast.Column]*governor
	lists     []givenList
}

// governor is what a foreign key of a given object follows: a relationship to a given object, nil for none.
type governor struct {
	relation *meta.Relation
	parent   *MergeNode
	strong   bool // it was set or added, and not only loaded
}

// givenList is what a given object has of a list.
type givenList struct {
	relation *meta.Relation
	items    []*MergeNode
	removed  []mem.Ptr
	whole    bool // items are all there are
}

// NewMerge returns a graph without objects.
func (o *Objects) NewMerge() *Merge {
	return &Merge{objs: o, at: map[mem.Ptr]*MergeNode{}, byKey: map[mergeKey]*MergeNode{}}
}

// Only has those columns be copied only that are named.
func (g *Merge) Only(m *meta.Mapping, column int) {
	if g.only == nil {
		g.only = map[*meta.Mapping][]int{}
	}
	g.only[m] = append(g.only[m], column)
}

// Add takes in an object and what is loaded or set of its relationships, of it and of what they refer to.
func (g *Merge) Add(m *meta.Mapping, given mem.Ptr) (*MergeNode, error) {
	st := g.objs.Store(m)
	if st == nil {
		return nil, fmt.Errorf("%w: %s", fault.ErrNotMapped, m.Type)
	}
	first := len(g.nodes)
	n := g.node(st, given)
	n.asked = true
	for i := first; i < len(g.nodes); i++ {
		if err := g.follow(g.nodes[i]); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (g *Merge) node(st *Store, given mem.Ptr) *MergeNode {
	if n := g.at[given]; n != nil {
		return n
	}
	n := &MergeNode{Given: given, Store: st}
	if e := st.Find(given); e != nil && e.State != Deleted {
		n.Entry, n.itself = e, true
	}
	g.at[given] = n
	g.nodes = append(g.nodes, n)
	return n
}

// follow takes in what a given object refers to.
func (g *Merge) follow(n *MergeNode) error {
	if n.itself {
		return nil
	}
	for _, r := range n.Store.Mapping.Relations {
		if r.ViewOnly || r.Cascade.NoMerge {
			continue
		}
		st := g.objs.Store(r.Target)
		if r.Many {
			if err := g.followList(n, r, st); err != nil {
				return err
			}
			continue
		}
		ref := relate.RefOf(r, n.Given)
		if !ref.Loaded || !ref.Dirty && !joined(r, n.Given, ref.Object) {
			continue
		}
		var parent *MergeNode
		if ref.Object != nil {
			parent = g.node(st, ref.Object)
		}
		if err := n.governed(r, parent, ref.Dirty); err != nil {
			return err
		}
	}
	return nil
}

// joined reports whether a reference that was loaded is still the one of its foreign key.
func joined(r *meta.Relation, obj, target mem.Ptr) bool {
	local := KeyerOf(r.Owner, r.Local)
	if target == nil {
		return local.Null(obj)
	}
	remote := KeyerOf(r.Target, r.Remote)
	return local.Of(obj) == remote.Of(target)
}

func (g *Merge) followList(n *MergeNode, r *meta.Relation, st *Store) error {
	list := relate.ListOf(r, n.Given)
	items, whole := list.Given()
	if e := entryKnown(n.Store.Mapping, n.Given); len(items) == 0 && e != nil && !e.HasRow() {
		whole = false // the list of an object that was added and never stored: nothing was said of it
	}
	if !whole && len(items) == 0 && len(list.Removed) == 0 {
		return nil
	}
	given := givenList{relation: r, whole: whole}
	if !whole {
		given.removed = list.Removed
	}
	for _, p := range items {
		item := g.node(st, p)
		if r.Link == nil {
			if err := item.governed(r, n, slices.Contains(list.Added, p)); err != nil {
				return err
			}
		}
		given.items = append(given.items, item)
	}
	n.lists = append(n.lists, given)
	return nil
}

// governed notes what a foreign key follows. What was set or added comes before what was loaded; two that differ are an error.
func (n *MergeNode) governed(r *meta.Relation, parent *MergeNode, strong bool) error {
	fk := foreignKey(r)
	was := n.governors[fk]
	switch {
	case was == nil || strong && !was.strong:
	case was.parent == parent || was.strong && !strong:
		return nil
	default:
		return fmt.Errorf("%w: %s belongs to two objects by %s and %s", fault.ErrMerge, n.Store.Mapping.Describe(n.Given), was.relation, r)
	}
	if n.governors == nil {
		n.governors = map[**ast.Column]*governor{}
	}
	n.governors[fk] = &governor{r, parent, strong}
	return nil
}

// follows reports whether a foreign key of the object follows a relationship to parent.
func (n *MergeNode) follows(r *meta.Relation, parent *MergeNode) bool {
	v := n.governors[foreignKey(r)]
	return v != nil && v.parent == parent
}

// Locate returns the mapping of an object.
func (o *Objects) Locate(obj any) (*meta.Mapping, mem.Ptr, error) {
	st, p, err := o.locate(obj)
	if err != nil {
		return nil, nil, err
	}
	return st.Mapping, p, nil
}

// Object returns the session's object.
func (n *MergeNode) Object() mem.Ptr { return n.first().Entry.Object }
