package meta

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/mem"
)

// Snapshots is how objects of a mapping are copied and compared. A snapshot is memory with the struct at its start, and
// after it a place for what each pointer field points to, so that it needs no allocation of its own: snapshots come many
// to an allocation.
type Snapshots struct {
	New  func(n int) mem.Ptr // n empty snapshots in a row
	Size uintptr

	m      *Mapping
	runs   []memoryRun
	refs   []pointerField
	others []int // positions of fields that hold slices, maps and the like
}

// memoryRun is a piece of the struct with columns side by side that hold no pointer but a string's: equal bytes are equal
// values. Values with other bytes may be equal too.
type memoryRun struct {
	offset, size uintptr
	fields       []int
}

// pointerField is a nullable column whose field is a pointer to a plain value.
type pointerField struct {
	offset, place, size uintptr
	access              Access // of what it points to
	field               int    // its position
}

// Prepare works out how to copy and compare the mapping's objects, once its fields are known.
func (m *Mapping) Prepare() {
	m.prepareRead()
	s := &Snapshots{m: m}
	layout := []reflect.StructField{{Name: "Object", Type: m.Type}}
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Type != nil {
			f.Slice = sliceOf(f.Type)
		}
		switch elem, ok := plainElem(f.Type); {
		case f.Type == nil:
		case !f.Access.Shares:
			s.addPlain(i, f)
		case ok:
			access, _ := plainAccess(elem)
			s.refs = append(s.refs, pointerField{offset: f.Offset, size: elem.Size(), access: access, field: i})
			layout = append(layout, reflect.StructField{Name: "Place" + f.Column.Field, Type: elem})
		default:
			s.others = append(s.others, i)
		}
	}
	t := reflect.StructOf(layout)
	for i := range s.refs {
		s.refs[i].place = t.Field(i + 1).Offset
	}
	s.Size = t.Size()
	slice := reflect.SliceOf(t)
	s.New = func(n int) mem.Ptr { return reflect.MakeSlice(slice, n, n).UnsafePointer() }
	m.Snapshots = s
}

// prepareRead works out which columns a query of the objects reads.
func (m *Mapping) prepareRead() {
	for i, c := range m.Table.Columns {
		if c.Deferred {
			m.Deferred = append(m.Deferred, i)
		} else {
			m.Read = append(m.Read, i)
		}
	}
	for _, k := range m.Key {
		m.ReadKey = append(m.ReadKey, slices.Index(m.Read, k))
	}
}

// plainElem returns what a pointer type points to, where that is plain and shares nothing.
func plainElem(t reflect.Type) (reflect.Type, bool) {
	if t == nil || t.Kind() != reflect.Pointer {
		return nil, false
	}
	a, ok := plainAccess(t.Elem())
	return t.Elem(), ok && !a.Shares
}

func (s *Snapshots) addPlain(i int, f *Field) {
	if n := len(s.runs); n > 0 {
		last := &s.runs[n-1]
		if gap := f.Offset - (last.offset + last.size); f.Offset >= last.offset+last.size && gap < 8 {
			last.size += gap + f.Type.Size()
			last.fields = append(last.fields, i)
			return
		}
	}
	s.runs = append(s.runs, memoryRun{f.Offset, f.Type.Size(), []int{i}})
}

// Take makes snap a copy of the object at obj, with all that its columns point to.
func (s *Snapshots) Take(snap, obj mem.Ptr) {
	s.m.Assign(snap, obj)
	for i := range s.refs {
		r := &s.refs[i]
		if p := *mem.As[mem.Ptr](mem.Add(obj, r.offset)); p != nil {
			place := mem.Add(snap, r.place)
			r.access.Copy(place, p)
			*mem.As[mem.Ptr](mem.Add(snap, r.offset)) = place
		}
	}
	for _, i := range s.others {
		f := &s.m.Fields[i]
		f.Access.Copy(mem.Add(snap, f.Offset), mem.Add(obj, f.Offset))
	}
}

// Same reports whether the object's columns are what they were when the snapshot was taken.
func (s *Snapshots) Same(obj, snap mem.Ptr) bool {
	for i := range s.runs {
		r := &s.runs[i]
		if !mem.Same(mem.Add(obj, r.offset), mem.Add(snap, r.offset), r.size) && !s.sameFields(r.fields, obj, snap) {
			return false
		}
	}
	for i := range s.refs {
		r := &s.refs[i]
		a, b := *mem.As[mem.Ptr](mem.Add(obj, r.offset)), *mem.As[mem.Ptr](mem.Add(snap, r.offset))
		if a == nil || b == nil {
			if a != b {
				return false
			}
			continue
		}
		if !mem.Same(a, b, r.size) {
			if f := &s.m.Fields[r.field]; !f.Access.Equal(mem.Add(obj, r.offset), mem.Add(snap, r.offset)) {
				return false
			}
		}
	}
	return len(s.others) == 0 || s.sameFields(s.others, obj, snap)
}

func (s *Snapshots) sameFields(fields []int, obj, snap mem.Ptr) bool {
	for _, i := range fields {
		f := &s.m.Fields[i]
		if !f.Access.Equal(mem.Add(obj, f.Offset), mem.Add(snap, f.Offset)) {
			return false
		}
	}
	return true
}
