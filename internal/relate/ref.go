package relate

import (
	"context"

	"github.com/cupel-go/cupel/internal/mem"
)

// Ref is the state of a many-to-one field.
type Ref struct {
	Object mem.Ptr // nil: none, or not known
	Handle *Handle
	Epoch  uint32 // of the session when it was loaded
	Loaded bool
	Dirty  bool // the program set it; its foreign key follows at the next flush
	single bool // Object is the list behind it; see single
}

// current reports whether what is known still holds: a commit or a rollback makes what was loaded before stale.
func (r *Ref) current() bool {
	return r.Loaded && (r.Dirty || r.Handle == nil || r.Handle.Loader == nil || r.Handle.Loader.Current(r.Epoch))
}

// Get returns the object, loading it when that has not happened.
func (r *Ref) Get(ctx context.Context) (mem.Ptr, error) {
	if l := r.list(); l != nil {
		return l.the(ctx)
	}
	if r.current() {
		return r.Object, nil
	}
	rel, err := relationOf(r.Handle, mem.Of(r))
	if err != nil {
		return nil, err
	}
	if rel.Single {
		return r.asList().the(ctx)
	}
	if err := r.Handle.Loader.LoadRelation(ctx, r.Handle, rel); err != nil {
		return nil, err
	}
	return r.Object, nil
}

// Set makes r refer to obj, nil for none. The session, if there is one, keeps the other side in step.
func (r *Ref) Set(obj mem.Ptr) {
	if l := r.list(); l != nil {
		l.replace(obj)
		return
	}
	rel, err := relationOf(r.Handle, mem.Of(r))
	if err == nil && rel.Single {
		r.asList().replace(obj)
		return
	}
	old := r.Object
	r.Object, r.Loaded, r.Dirty = obj, true, true
	if err == nil {
		r.Handle.Loader.RefChanged(r.Handle, rel, old, obj)
	}
}

// Expire forgets what was loaded, so that Get loads it again. What the program set and has not flushed stays, and so does
// everything where there is no session to load from.
func (r *Ref) Expire() {
	if l := r.list(); l != nil {
		l.Expire()
		return
	}
	if !r.Dirty && r.Handle.attached() {
		r.Object, r.Loaded = nil, false
	}
}

// Undo takes back what the program set and has not flushed: the reference is not loaded.
func (r *Ref) Undo() { r.Object, r.Loaded, r.Dirty = nil, false, false }

// Tracked reports whether the reference is of an object that is in a session.
func (r *Ref) Tracked() bool { return (*r.handle()).attached() }
