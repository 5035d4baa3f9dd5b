package session

import "github.com/cupel-go/cupel/internal/mem"

// lastObject is the rows of a statement of which only the last object matters.
type lastObject struct{ object mem.Ptr }

// Next gives the memory for the object's pointer.
func (o *lastObject) Next() mem.Ptr { return mem.Of(&o.object) }

// Done goes on.
func (o *lastObject) Done() bool { return true }
