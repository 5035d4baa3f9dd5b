package track

import (
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// Referring returns those of some objects whose rows refer to the one of parent, as the server sees it.
type Referring func(fk *ast.ForeignKey, parent *Entry, of []*Entry) ([]*Entry, error)

// FindReferring finds out, before the key of e's row changes, which rows have it in their own keys, and those that have these in
// theirs: the database will change them too, and whatever is to find them must know. Where Go does not see that they refer to the
// row the server is asked.
func (o *Objects) FindReferring(e *Entry, ask Referring) error {
	for _, st := range o.Stores {
		for _, fk := range st.Mapping.Table.ForeignKeys {
			if fk.RefColumns[0].Table != e.Mapping.Table || !st.identifies(fk) {
				continue
			}
			if err := o.findReferring(e, st, fk, ask); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *Objects) findReferring(e *Entry, st *Store, fk *ast.ForeignKey, ask Referring) error {
	refers, key := KeyerOf(st.Mapping, fk.Columns), KeyerOf(e.Mapping, fk.RefColumns)
	old := key.Of(e.Row())
	var found, unsure []*Entry
	for _, c := range st.Entries {
		switch {
		case !c.HasRow() || refers.Null(c.Row()) || o.referring[linkKey{c, &fk.Columns[0]}] != nil:
		case refers.Of(c.Row()) == old:
			found = append(found, c)
		case !meta.ExactKey(fk):
			unsure = append(unsure, c)
		}
	}
	if len(unsure) > 0 {
		more, err := ask(fk, e, unsure)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	if o.referring == nil {
		o.referring = map[linkKey]*Entry{}
	}
	for _, c := range unsure {
		o.referring[linkKey{c, &fk.Columns[0]}] = nil
	}
	for _, c := range found {
		o.referring[linkKey{c, &fk.Columns[0]}] = e
	}
	for _, c := range found {
		if err := o.FindReferring(c, ask); err != nil {
			return err
		}
	}
	return nil
}

// identifies reports whether a change of the key that a foreign key refers to changes a key of the objects.
func (st *Store) identifies(fk *ast.ForeignKey) bool {
	if action := strings.ToUpper(fk.OnUpdate); action != "" && action != "CASCADE" {
		return false
	}
	columns := make([]int, len(fk.Columns))
	for i, c := range fk.Columns {
		columns[i] = c.Index
	}
	return st.isPartOfKey(fk) || st.Objects.Moves(st.Mapping).Referred(columns)
}

// isPartOfKey reports whether a foreign key has columns of the primary key.
func (st *Store) isPartOfKey(fk *ast.ForeignKey) bool {
	return slices.ContainsFunc(fk.Columns, func(c *ast.Column) bool { return slices.Contains(st.Mapping.Key, c.Index) })
}

// ForgetReferring forgets which rows referred to which: the keys have changed.
func (o *Objects) ForgetReferring() { clear(o.referring) }
