package sqlw

// Feature is something that servers have only from some version on. The zero value is what all have that this module serves.
type Feature struct {
	Name  string // as an error has it: "MERGE … RETURNING"
	Since int    // the major version
}

// Uses notes that what is written has a feature.
func (w *Writer) Uses(f Feature) {
	if f.Since > w.newest.Since {
		w.newest = f
	}
}

// Newest returns the feature of what was written that came last.
func (w *Writer) Newest() Feature { return w.newest }
