package entity

import (
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
)

// Slabs returns zero objects or empty snapshots, not both, many of a kind from one allocation.
type Slabs struct {
	m      *meta.Mapping
	base   mem.Ptr
	used   int
	size   int
	stride uintptr
}

// MaxSlab is the greatest number of objects in one allocation.
const MaxSlab = 256

// Object returns a zero object.
func (s *Slabs) Object(m *meta.Mapping) mem.Ptr {
	if s.m != m {
		*s = Slabs{m: m, stride: m.Type.Size()}
	}
	return s.take(m.New)
}

// Snapshot returns an empty snapshot.
func (s *Slabs) Snapshot(m *meta.Mapping) mem.Ptr {
	if s.m != m {
		*s = Slabs{m: m, stride: m.Snapshots.Size}
	}
	return s.take(m.Snapshots.New)
}

func (s *Slabs) take(alloc func(n int) mem.Ptr) mem.Ptr {
	if s.used == s.size {
		s.size = min(max(1, s.size*2), MaxSlab)
		s.base, s.used = alloc(s.size), 0
	}
	p := mem.Add(s.base, uintptr(s.used)*s.stride)
	s.used++
	return p
}

// Back takes back the object that was returned last; it must be all zero again.
func (s *Slabs) Back() { s.used-- }
