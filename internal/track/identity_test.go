package track

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestIdentityMap does random work with the identity map's table and with a Go map, and compares the two.
func TestIdentityMap(t *testing.T) {
	t.Parallel()
	const seed = 20261125
	r := rand.New(rand.NewPCG(seed, seed))
	for round := range 200 {
		keys := int64(1 + r.IntN(300))
		w := &identityWork{r: r, have: map[int64]*Entry{}, key: func() int64 {
			switch r.IntN(8) {
			case 0:
				return []int64{0, -1, math.MinInt64, math.MaxInt64, math.MinInt32, 1 << 32}[r.IntN(6)]
			case 1:
				return -r.Int64N(keys)
			case 2:
				return r.Int64N(keys) << 32 // the same in the low bits
			}
			return r.Int64N(keys)
		}}
		for range 500 {
			w.step()
		}
		if !w.agrees(t) {
			t.Fatalf("round %d of seed %d", round, seed)
		}
	}
}

type identityWork struct {
	r       *rand.Rand
	key     func() int64
	table   identity
	entries []*Entry
	have    map[int64]*Entry
}

func (w *identityWork) step() {
	switch n := w.r.IntN(10); {
	case n < 5 || len(w.entries) == 0: // a new entry, perhaps in the place of another one
		e := &Entry{number: w.key(), At: uint32(len(w.entries))}
		w.entries = append(w.entries, e)
		w.put(e)
	case n < 7: // one is out, though still among the entries
		w.take(w.entries[w.r.IntN(len(w.entries))])
	case n < 9: // one gets another key
		e := w.entries[w.r.IntN(len(w.entries))]
		w.take(e)
		e.number = w.key()
		w.put(e)
	default:
		w.forget()
	}
}

func (w *identityWork) put(e *Entry) {
	w.table.put(e, w.entries)
	w.have[e.number] = e
}

func (w *identityWork) take(e *Entry) {
	w.table.remove(e, w.entries)
	if w.have[e.number] == e {
		delete(w.have, e.number)
	}
}

// forget takes some entries out, and numbers the others anew.
func (w *identityWork) forget() {
	st := &Store{Entries: w.entries, numbers: w.table}
	kept := slices.DeleteFunc(slices.Clone(w.entries), func(e *Entry) bool {
		gone := w.r.IntN(3) == 0
		if gone {
			st.numbers.remove(e, st.Entries)
			if w.have[e.number] == e {
				delete(w.have, e.number)
			}
		}
		return gone
	})
	st.renumber(kept)
	w.entries, w.table = st.Entries, st.numbers
}

func (w *identityWork) agrees(t *testing.T) bool {
	t.Helper()
	for range 1000 {
		k := w.key()
		if got, want := w.table.find(k, w.entries), w.have[k]; got != want {
			t.Errorf("key %d: %v, want %v", k, got, want)
			return false
		}
	}
	for k, want := range w.have {
		if got := w.table.find(k, w.entries); got != want {
			t.Errorf("key %d: %v, want %v", k, got, want)
			return false
		}
	}
	if w.table.used != len(w.have) {
		t.Errorf("%d places are used for %d keys", w.table.used, len(w.have))
	}
	return !t.Failed()
}
