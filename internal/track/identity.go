package track

// identity finds entries by a lone integer key: an open hash table of their positions in a store's entries. It holds no
// pointers, so the garbage collector does not look at it, and it costs 5 to 11 bytes an object.
type identity struct {
	slots []uint32 // a position and one; 0: free
	used  int
}

const minSlots = 8

// hash spreads keys that count up over n slots, a power of two.
func hash(key int64, n int) int {
	h := uint64(key) * 0x9e3779b97f4a7c15
	return int(h>>32) & (n - 1)
}

// find returns the entry with a key, nil when there is none.
func (x *identity) find(key int64, entries []*Entry) *Entry {
	if len(x.slots) == 0 {
		return nil
	}
	for i := hash(key, len(x.slots)); ; i = (i + 1) & (len(x.slots) - 1) {
		at := x.slots[i]
		if at == 0 {
			return nil
		}
		if e := entries[at-1]; e.number == key {
			return e
		}
	}
}

// put makes e the entry of its key.
func (x *identity) put(e *Entry, entries []*Entry) {
	if 4*(x.used+1) > 3*len(x.slots) {
		x.grow(entries)
	}
	i := hash(e.number, len(x.slots))
	for ; x.slots[i] != 0; i = (i + 1) & (len(x.slots) - 1) {
		if entries[x.slots[i]-1].number == e.number {
			x.slots[i] = e.At + 1
			return
		}
	}
	x.slots[i] = e.At + 1
	x.used++
}

func (x *identity) grow(entries []*Entry) {
	old := x.slots
	*x = identity{slots: make([]uint32, max(minSlots, 2*len(old)))}
	for _, at := range old {
		if at != 0 {
			x.put(entries[at-1], entries)
		}
	}
}

// remove takes e out, unless another entry has its key by now. Entries behind it that belong before it move up, so that
// no search ends too early.
func (x *identity) remove(e *Entry, entries []*Entry) {
	if len(x.slots) == 0 {
		return
	}
	mask := len(x.slots) - 1
	i := hash(e.number, len(x.slots))
	for x.slots[i] != e.At+1 {
		if x.slots[i] == 0 {
			return
		}
		i = (i + 1) & mask
	}
	x.used--
	for j := (i + 1) & mask; x.slots[j] != 0; j = (j + 1) & mask {
		home := hash(entries[x.slots[j]-1].number, len(x.slots))
		if (j-home)&mask >= (j-i)&mask {
			x.slots[i] = x.slots[j]
			i = j
		}
	}
	x.slots[i] = 0
}
