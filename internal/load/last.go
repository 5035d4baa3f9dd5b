package load

import "github.com/cupel-go/cupel/internal/mem"

// LastObject is the rows of a statement of which only the last object matters.
type LastObject struct{ Object mem.Ptr }

// Next returns the memory for the object's pointer.
func (o *LastObject) Next() mem.Ptr { return mem.Of(&o.Object) }

// Done goes on.
func (o *LastObject) Done() bool { return true }
