package model

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// resolve finds the target and the joining columns of each relationship of m.
func (s *Schema) resolve(m *meta.Mapping) (mistakes []error) {
	for _, r := range m.Relations {
		if err := s.resolveOne(r); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: relationship %s: %w", m.Table, r.Name, err))
		}
	}
	return mistakes
}

func (s *Schema) resolveOne(r *meta.Relation) error {
	target := s.byType[r.TargetType]
	switch {
	case target == nil:
		return fmt.Errorf("struct %s is not mapped in this schema", r.TargetType)
	case r.Target == target:
		return nil // resolved for another schema of the same tables
	case r.Target != nil:
		return fmt.Errorf("belongs to another schema, where %s is mapped otherwise", r.TargetType)
	}
	if r.Through != nil {
		return nil // its own mistakes are told
	}
	fk, err := relationKey(r, target)
	if err != nil {
		return err
	}
	if c := r.Cascade; !r.Many && (c.Delete || c.Orphan || c.Passive) {
		return errors.New("DeleteMembers, DeleteOrphans and DatabaseDeletes are of the side whose rows others refer to")
	}
	if r.PostUpdate {
		if err := postpone(fk); err != nil {
			return err
		}
	}
	r.Target = target
	if r.Many {
		r.Local, r.Remote = fk.RefColumns, fk.Columns
	} else {
		r.Local, r.Remote = fk.Columns, fk.RefColumns
	}
	if err := checkPosition(r); err != nil {
		return err
	}
	return checkView(r)
}

// postpone takes a foreign key out of the order of the tables.
func postpone(fk *ast.ForeignKey) error {
	for _, c := range fk.Columns {
		if !c.Nullable {
			return fmt.Errorf("PostUpdate: column %s is not null, so its row cannot be there before the one that it refers to", c)
		}
	}
	fk.Postponed = true
	return nil
}

// relationKey returns the foreign key that r goes by. A ToOne goes by one of its owner's table; where there is none, or Via names it, by
// one of the target's, and is a one-to-one.
func relationKey(r *meta.Relation, target *meta.Mapping) (*ast.ForeignKey, error) {
	if !r.Many && isFarEnd(r, target) {
		r.Many, r.Single = true, true
	}
	if r.Many {
		return chooseKey(r, target, r.Owner)
	}
	fk, err := chooseKey(r, r.Owner, target)
	if err == nil || errors.Is(err, errSeveral) || r.Owner == target {
		return fk, err
	}
	back, reason := chooseKey(r, target, r.Owner)
	switch {
	case reason == nil:
		r.Many, r.Single = true, true
		return back, nil
	case errors.Is(reason, errSeveral):
		return nil, reason
	}
	return nil, err
}

// isFarEnd reports whether a ToOne of a table with itself is the side of a one-to-one without the foreign key; see Inverse.
func isFarEnd(r *meta.Relation, target *meta.Mapping) bool {
	near := r.Inverse
	if r.Owner != target || near == nil || near.Owner != target || near.Many {
		return false
	}
	if (r.Via == nil) != (near.Via == nil) {
		return r.Via == nil
	}
	return r.Second
}

// errSeveral is why no foreign key is chosen.
var errSeveral = errors.New("say which with model.Via")

// chooseKey returns the foreign key from child to parent that r goes by.
func chooseKey(r *meta.Relation, child, parent *meta.Mapping) (*ast.ForeignKey, error) {
	via := r.Via
	if via == nil && r.Inverse != nil {
		via = r.Inverse.Via
	}
	var found []*ast.ForeignKey
	for _, fk := range child.Table.ForeignKeys {
		if fk.RefColumns[0].Table == parent.Table && (via == nil || slices.Equal(fk.Columns, via)) {
			found = append(found, fk)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, fmt.Errorf("%d foreign keys lead from %s to %s: %w", len(found), child.Table, parent.Table, errSeveral)
	case via != nil:
		return nil, fmt.Errorf("the columns named with model.Via are no foreign key from %s to %s", child.Table, parent.Table)
	}
	return nil, fmt.Errorf("no foreign key leads from %s to %s", child.Table, parent.Table)
}

// pair finds the two sides of each relationship where the program has not named them: a ToOne and a ToMany that go by
// the same foreign key.
func (s *Schema) pair() (mistakes []error) {
	for _, m := range s.mappings {
		for _, r := range m.Relations {
			if r.Inverse != nil || r.Link != nil || r.ViewOnly {
				continue
			}
			if o := sameReference(r); o != nil {
				mistakes = append(mistakes, fmt.Errorf("%s: relationship %s: %s goes by the same foreign key: if they are the two sides of a one-to-one, say so with model.Inverse",
					m.Table, r.Name, o))
				continue
			}
			if others := inverses(r); len(others) == 1 {
				r.Inverse, others[0].Inverse = others[0], r
			} else if len(others) > 1 {
				mistakes = append(mistakes, fmt.Errorf("%s: relationship %s: both %s and %s could be its other side: say which with model.Inverse",
					m.Table, r.Name, others[0], others[1]))
			}
		}
	}
	return mistakes
}

// sameReference returns another ToOne of a table with itself that goes by the same foreign key as r; nil: there is none.
func sameReference(r *meta.Relation) *meta.Relation {
	if r.Many || r.Target != r.Owner {
		return nil
	}
	for _, o := range r.Owner.Relations {
		if o != r && !o.Many && o.Target == r.Target && o.Inverse == nil && slices.Equal(o.Local, r.Local) {
			return o
		}
	}
	return nil
}

func inverses(r *meta.Relation) (found []*meta.Relation) {
	rc, _ := r.ForeignKey()
	for _, o := range r.Target.Relations {
		oc, _ := o.ForeignKey()
		if o != r && o.Target == r.Owner && o.Many != r.Many && o.Inverse == nil && o.Link == nil && !o.ViewOnly && slices.Equal(oc, rc) {
			found = append(found, o)
		}
	}
	return found
}
