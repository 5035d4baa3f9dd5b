package model

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// Schema is a set of mapped tables that belong together: it knows their relationships, creates and drops them. A
// session works on the objects of one Schema.
type Schema struct {
	mappings []*meta.Mapping // as given
	sorted   []*meta.Mapping // those that others refer to first
	byType   map[reflect.Type]*meta.Mapping
	position map[*meta.Mapping]int // in sorted
}

// NewSchema makes a Schema of tables and resolves their relationships. The error is a [*MappingError] with every
// mistake in every mapping.
func NewSchema(tables ...Mapped) (*Schema, error) {
	s := &Schema{byType: map[reflect.Type]*meta.Mapping{}, position: map[*meta.Mapping]int{}}
	var mistakes []error
	for _, t := range tables {
		src := sourceOf(t)
		if src == nil {
			mistakes = append(mistakes, errNoMapping)
			continue
		}
		mistakes = append(mistakes, s.add(src.Mapping)...)
	}
	for _, m := range s.mappings {
		mistakes = append(mistakes, m.Errs...)
		mistakes = append(mistakes, s.checkForeignKeys(m)...)
	}
	mistakes = append(mistakes, s.link()...)
	for _, m := range s.mappings {
		mistakes = append(mistakes, s.resolve(m)...)
	}
	var links []*meta.Mapping
	if len(mistakes) == 0 {
		mistakes = s.pair()
		more, wrong := s.linkTables()
		links, mistakes = more, append(mistakes, wrong...)
	}
	if len(mistakes) > 0 {
		return nil, &MappingError{Mistakes: mistakes}
	}
	for _, m := range s.mappings {
		for _, r := range m.Relations {
			r.PostUpdate = r.PostUpdate || r.Inverse != nil && r.Inverse.PostUpdate
		}
	}
	s.sorted = sortTables(slices.Concat(s.mappings, links))
	for i, m := range s.sorted {
		s.position[m] = i
	}
	return s, nil
}

// MustSchema is NewSchema for a package variable: a mistake in a mapping stops the program at its start, with the list
// of all mistakes.
func MustSchema(tables ...Mapped) *Schema {
	s, err := NewSchema(tables...)
	if err != nil {
		panic(err)
	}
	return s
}

func sourceOf(t Mapped) *meta.Source {
	if v := reflect.ValueOf(t); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	return t.mapped()
}

func (s *Schema) add(m *meta.Mapping) (mistakes []error) {
	for _, other := range s.mappings {
		switch {
		case other == m:
			return []error{fmt.Errorf("%s: is in the schema twice", m.Table)}
		case other.Type == m.Type:
			mistakes = append(mistakes, fmt.Errorf("%s: struct %s is mapped to %s already", m.Table, m.Type, other.Table))
		case other.Table.Name == m.Table.Name && other.Table.Schema == m.Table.Schema:
			mistakes = append(mistakes, fmt.Errorf("%s: two structs, %s and %s, are mapped to this table", m.Table, other.Type, m.Type))
		}
	}
	s.mappings = append(s.mappings, m)
	if s.byType[m.Type] == nil {
		s.byType[m.Type] = m
	}
	return mistakes
}

func (s *Schema) checkForeignKeys(m *meta.Mapping) (mistakes []error) {
	for _, fk := range m.Table.ForeignKeys {
		to := fk.RefColumns[0].Table
		if !slices.ContainsFunc(s.mappings, func(o *meta.Mapping) bool { return o.Table == to }) {
			mistakes = append(mistakes, fmt.Errorf("%s: column %s refers to table %s, which is not in the schema",
				m.Table, fk.Columns[0].Name, to))
		}
	}
	return mistakes
}

// sortTables puts tables that others refer to before those. In a cycle the order given decides.
func sortTables(ms []*meta.Mapping) []*meta.Mapping {
	byTable := map[*ast.Table]*meta.Mapping{}
	for _, m := range ms {
		byTable[m.Table] = m
	}
	var sorted []*meta.Mapping
	state := map[*meta.Mapping]int{}
	var visit func(m *meta.Mapping)
	visit = func(m *meta.Mapping) {
		if m == nil || state[m] != 0 {
			return
		}
		state[m] = 1
		for _, fk := range m.Table.ForeignKeys {
			if !fk.Postponed {
				visit(byTable[fk.RefColumns[0].Table])
			}
		}
		sorted = append(sorted, m)
	}
	for _, m := range ms {
		visit(m)
	}
	return sorted
}

// Mappings returns the mappings, those that others refer to first, for the other packages of this module.
func (s *Schema) Mappings() []*meta.Mapping { return s.sorted }

// Position returns the place of a mapping among Mappings; false when it is not of the schema. It is for the other packages
// of this module.
func (s *Schema) Position(m *meta.Mapping) (int, bool) {
	i, ok := s.position[m]
	return i, ok
}

// MappingOf returns the mapping of a struct type, nil when it has none, for the other packages of this module.
func (s *Schema) MappingOf(t reflect.Type) *meta.Mapping { return s.byType[t] }
