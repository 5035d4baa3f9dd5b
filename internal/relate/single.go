package relate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// ErrSeveral is the error of a one-to-one whose owner more than one row refers to.
var ErrSeveral = errors.New("more than one row is related, where there may be one")

// A one-to-one is a list of at most one, where the foreign key is the target's. The field is a Ref, which has the list behind it from the
// first time that it is needed: everything that is so of lists is so of it.

// single is the list behind a Ref.
type single struct {
	List
	ref *Ref
}

// list returns the list behind r, nil where there is none yet. That of a copied struct is one of its own.
func (r *Ref) list() *List {
	if !r.single {
		return nil
	}
	s := mem.As[single](r.Object)
	if s.ref != r {
		s = &single{List: s.List, ref: r}
		r.Object = mem.Of(s)
	}
	return &s.List
}

// asList returns the list behind r, and makes it where there is none.
func (r *Ref) asList() *List {
	if l := r.list(); l != nil {
		return l
	}
	s := &single{List: List{Handle: r.Handle, one: true}, ref: r}
	if r.Object != nil { // it was given when it was in no session
		s.Items, s.Added = []mem.Ptr{r.Object}, []mem.Ptr{r.Object}
	}
	s.replaced = r.Dirty // what was there, if the object has a row, nobody read
	*r = Ref{Object: mem.Of(s), Handle: r.Handle, single: true}
	return &s.List
}

// field returns where the list is in its owner's struct.
func (l *List) field() mem.Ptr {
	if l.one {
		return mem.Of(mem.As[single](mem.Of(l)).ref)
	}
	return mem.Of(l)
}

// handle returns where the handle of r is.
func (r *Ref) handle() **Handle {
	if l := r.list(); l != nil {
		return &l.Handle
	}
	return &r.Handle
}

// Attach ties the field r of obj to a session.
func Attach(r *meta.Relation, obj mem.Ptr, h *Handle) {
	if r.Many && !r.Single {
		ListOf(r, obj).Handle = h
	} else {
		*RefOf(r, obj).handle() = h
	}
}

// Single reports whether r is known to be a one-to-one, whose foreign key is the target's.
func (r *Ref) Single() bool { return r.single }

// Owner returns the object that r is a field of, nil where no session told.
func (r *Ref) Owner() mem.Ptr {
	if h := *r.handle(); h != nil {
		return h.Object
	}
	return nil
}

// Known returns what is loaded or set; false when nothing is known.
func (r *Ref) Known() (mem.Ptr, bool) {
	l := r.list()
	switch {
	case l == nil:
		return r.Object, r.Loaded
	case l.replaced:
		return last(l.Added), true
	case len(l.Items) > 1, len(l.Items) == 0 && !l.Loaded && len(l.Added) == 0:
		return nil, false
	case len(l.Items) == 1:
		return l.Items[0], true
	}
	return last(l.Added), true
}

func last(ps []mem.Ptr) mem.Ptr {
	if len(ps) == 0 {
		return nil
	}
	return ps[len(ps)-1]
}

// the returns the only object of a list, loading it when that has not happened.
func (l *List) the(ctx context.Context) (mem.Ptr, error) {
	if l.replaced {
		return last(l.Added), nil
	}
	items, err := l.All(ctx)
	if err != nil || len(items) < 2 {
		return last(items), err
	}
	rel, err := relationOf(l.Handle, l.field())
	if err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%w: %s of %s: %s and %s", ErrSeveral, rel.Name, rel.Owner.Describe(l.Handle.Object),
		rel.Target.Describe(items[0]), rel.Target.Describe(items[1]))
}

// replace makes obj, nil for none, all that there is in the list. What was there and is not loaded leaves it at the next flush.
func (l *List) replace(obj mem.Ptr) {
	surely := l.Surely()
	others := slices.DeleteFunc(slices.Concat(l.Items, l.Added), func(p mem.Ptr) bool { return p == obj })
	l.Remove(others)
	if obj != nil {
		l.Add([]mem.Ptr{obj})
	}
	if surely && !l.Handle.free() {
		return
	}
	l.replaced = true
	if rel, err := relationOf(l.Handle, l.field()); err == nil {
		l.Handle.Loader.ListReplaced(l.Handle, rel)
	}
}

// Displace has all others leave the list that obj was put into, from the other side.
func (l *List) Displace(obj mem.Ptr) { l.replace(obj) }

// Replaced reports whether the list was set, and what it had before is not known.
func (l *List) Replaced() bool { return l.replaced }

// Restore takes back that the list was set.
func (l *List) Restore() { l.replaced = false }

// settleReplaced has what was loaded leave a list that was set before.
func (l *List) settleReplaced() {
	if !l.replaced {
		return
	}
	l.replaced = false
	l.Remove(slices.DeleteFunc(slices.Clone(l.Items), func(p mem.Ptr) bool { return slices.Contains(l.Added, p) }))
}
