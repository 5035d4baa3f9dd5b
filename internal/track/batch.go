package track

// Mark says how many objects there are, for LetGoSince. Objects that come are behind those that are there.
type Mark map[*Store]*Entry

// Mark returns a mark.
func (o *Objects) Mark() Mark {
	m := Mark{}
	for _, st := range o.Stores {
		if n := len(st.Entries); n > 0 {
			m[st] = st.Entries[n-1]
		}
	}
	return m
}

// LetGoSince lets go of the objects that came since a mark, but for new ones.
func (o *Objects) LetGoSince(m Mark) {
	var leaving []*Entry
	for _, st := range o.Stores {
		for i := len(st.Entries) - 1; i >= 0 && st.Entries[i] != m[st]; i-- {
			if e := st.Entries[i]; e.State == Persistent && !e.Created {
				leaving = append(leaving, e)
			}
		}
	}
	o.unlink(leaving)
	forget(leaving)
}
