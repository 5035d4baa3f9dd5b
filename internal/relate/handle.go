// Package relate is the state of relationships in users' structs, and the session as that state sees it.
package relate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Errors of relationships that cannot be loaded.
var (
	ErrDetached = errors.New("object is in no session, so its relationships cannot be loaded")
	errOutside  = fmt.Errorf("%w: it was read from an Engine or with NoTracking, and only a Session loads", ErrDetached)
	ErrViewOnly = errors.New("relationship is view-only: what it shows is changed elsewhere")
	ErrCopied   = errors.New("struct was copied: a relationship works on the object that the session knows")
)

// Handle ties an object to the session that it is in.
type Handle struct {
	Object mem.Ptr
	*Home
}

// Home is what the handles of a mapping's objects in a session share.
type Home struct {
	Mapping *meta.Mapping
	Loader  Loader // nil: the objects with this home have left their session
	Owner   any    // what the session keeps them in
	tied    *List  // the objects with this home are in no session, and in this list of one that was in none either
}

// Loader is a session as relationships see it.
type Loader interface {
	// LoadRelation fills the field r of h's object, and of all objects that were loaded with it.
	LoadRelation(ctx context.Context, h *Handle, r *meta.Relation) error
	// Current reports whether what was loaded in an epoch still holds.
	Current(epoch uint32) bool
	// RefChanged is told that the many-to-one r of h's object was set, from old to now; either may be nil.
	RefChanged(h *Handle, r *meta.Relation, old, now mem.Ptr)
	// ListChanged is told that items joined and left the one-to-many r of h's object.
	ListChanged(h *Handle, r *meta.Relation, added, removed []mem.Ptr)
	// ListReplaced is told that the list r of h's object was set, and that what was in it is not known.
	ListReplaced(h *Handle, r *meta.Relation)
	// ListArranged is told that the items of the list r of h's object, whose order is kept, were put into another one.
	ListArranged(h *Handle, r *meta.Relation)
}

// relationAt returns the relation whose field is at address field of h's object; nil when the object was copied, so that
// the field is not where it belongs.
func (h *Handle) relationAt(field mem.Ptr) *meta.Relation {
	for _, r := range h.Mapping.Relations {
		if mem.Add(h.Object, r.Offset) == field {
			return r
		}
	}
	return nil
}

func relationOf(h *Handle, field mem.Ptr) (*meta.Relation, error) {
	switch {
	case h.outside():
		return nil, errOutside
	case h == nil || h.Loader == nil:
		return nil, ErrDetached
	}
	if r := h.relationAt(field); r != nil {
		return r, nil
	}
	return nil, ErrCopied
}

// outside is the handle of all objects that were read outside a session, and outsidePart of those without some of their columns.
var outside, outsidePart = &Handle{Home: &Home{}}, &Handle{Home: &Home{}}

// Outside has the relationships of an object that was read outside a session know that: what they have is not what there is. Nor is
// what its fields have, where part of its columns was read.
func Outside(m *meta.Mapping, obj mem.Ptr, part bool) {
	h := outside
	if part {
		h = outsidePart
	}
	for _, r := range m.Relations {
		Attach(r, obj, h)
	}
}

// IsOutside reports whether an object was read outside a session, as far as it can tell.
func IsOutside(m *meta.Mapping, obj mem.Ptr) bool {
	return slices.ContainsFunc(m.Relations, func(r *meta.Relation) bool { return HandleOf(r, obj).outside() })
}

// IsOutsidePart reports whether an object was read outside a session without some of its columns, as far as it can tell.
func IsOutsidePart(m *meta.Mapping, obj mem.Ptr) bool {
	return slices.ContainsFunc(m.Relations, func(r *meta.Relation) bool { return HandleOf(r, obj) == outsidePart })
}

// outside reports whether the object was read outside a session.
func (h *Handle) outside() bool { return h == outside || h == outsidePart }

// free reports whether the object was never in a session, nor read outside of one: what it was given is all there is.
func (h *Handle) free() bool { return h == nil || h.tied != nil }

// untracked reports whether the object was never in a session.
func (h *Handle) untracked() bool { return h.free() || h.outside() }

// attached reports whether the object is in a session.
func (h *Handle) attached() bool { return h != nil && h.Loader != nil }
