package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// ManyToManyOption is a many-to-many in a Spec.
type ManyToManyOption struct {
	r    Relationship
	spec meta.LinkSpec
}

// ManyToMany says that a ToMany goes by a table of pairs, which has no struct: a row in it for each product and each of its tags.
//
//	model.ManyToMany(t.Tags, "product_tag")
//
// The table has a column for each column of the two primary keys, called by its table and its own name, product_id and tag_id (a key
// product.product_id gives product_id too), a primary key over all of them, and a foreign key to each table:
//
//	CREATE TABLE product_tag (
//		product_id bigint NOT NULL,
//		tag_id bigint NOT NULL,
//		PRIMARY KEY (product_id, tag_id),
//		FOREIGN KEY (product_id) REFERENCES product (id),
//		FOREIGN KEY (tag_id) REFERENCES tag (id)
//	)
//
// The other side, a ToMany[Tag, Product] without a foreign key, is found by itself when there is one; Inverse names it where there are
// several. ManyToMany is said on one of the two sides. Add and Remove on either write one row of the table at the next flush, and
// keep the other side in step; see [Many]. A row is deleted with either of its objects: in the flush, or by the database's ON DELETE
// where DatabaseDeletes says so. A pair that is removed and has no row is session.ErrStale; one that is added and has a row already is the
// database's unique violation. Triggers and defaults of further columns are the database's own affair.
func ManyToMany(r Relationship, table string) ManyToManyOption {
	return ManyToManyOption{r: r, spec: meta.LinkSpec{Name: table}}
}

// InSchema puts the table into a schema of the database, as the option [InSchema] does.
func (o ManyToManyOption) InSchema(schema string) ManyToManyOption { o.spec.Schema = schema; return o }

// OwnerColumns names the columns that refer to the primary key of the relationship's owner, in the key's order. A column may be
// among the TargetColumns too: a tenant that both have.
func (o ManyToManyOption) OwnerColumns(names ...string) ManyToManyOption {
	o.spec.OwnerColumns = append([]string{}, names...)
	return o
}

// TargetColumns names the columns that refer to the primary key of the target, in the key's order. A relationship of a table with
// itself needs both: OwnerColumns("from_id").TargetColumns("to_id").
func (o ManyToManyOption) TargetColumns(names ...string) ManyToManyOption {
	o.spec.TargetColumns = append([]string{}, names...)
	return o
}

// OnDelete adds "ON DELETE action" to both foreign keys of the DDL; see DatabaseDeletes.
func (o ManyToManyOption) OnDelete(action string) ManyToManyOption {
	o.spec.OnDelete = action
	return o
}

// OnUpdate adds "ON UPDATE action" to both foreign keys of the DDL: CASCADE, where keys change.
func (o ManyToManyOption) OnUpdate(action string) ManyToManyOption {
	o.spec.OnUpdate = action
	return o
}

func (o ManyToManyOption) apply(m *meta.Mapping) {
	rel := declaredOf(o.r)
	switch {
	case rel == nil || !rel.Many:
		m.Fail("ManyToMany: takes a ToMany of a table struct made by model.Map")
		return
	case rel.Through != nil:
		m.Fail("ManyToMany of relationship %s: said twice", rel.Name)
		return
	}
	checkName(m, "ManyToMany of relationship "+rel.Name, o.spec.Name)
	for _, action := range []string{o.spec.OnDelete, o.spec.OnUpdate} {
		if !slices.Contains(actions, strings.ToUpper(action)) || strings.HasPrefix(strings.ToUpper(action), "SET") {
			m.Fail("ManyToMany of relationship %s: %q is no action of a key's column: CASCADE, RESTRICT or NO ACTION", rel.Name, action)
		}
	}
	rel.Through = &o.spec
}

// declaredOf returns what a relationship declares; nil where there is none.
func declaredOf(r Relationship) *meta.Relation {
	if ast.IsNil(r) {
		return nil
	}
	return r.declared()
}

// link resolves the many-to-many relationships: the tables of their pairs, and their other sides.
func (s *Schema) link() (mistakes []error) {
	for _, m := range s.mappings {
		for _, r := range m.Relations {
			if r.Through == nil {
				continue
			}
			if err := s.linkOne(r); err != nil {
				mistakes = append(mistakes, fmt.Errorf("%s: relationship %s: %w", m.Table, r.Name, err))
			}
		}
	}
	return mistakes
}

func (s *Schema) linkOne(r *meta.Relation) error {
	target := s.byType[r.TargetType]
	switch {
	case target == nil || r.Target == target || r.Target != nil:
		return nil // which resolveOne tells
	case r.Via != nil:
		return errors.New("model.Via names a foreign key, which a many-to-many has not")
	case r.Cascade.Delete || r.Cascade.Orphan:
		return errors.New("DeleteMembers and DeleteOrphans are not for a many-to-many: others may have the same objects")
	case r.Position != nil:
		return errors.New("Position: it is for the ToMany of a foreign key; pairs with a position are a struct of their own")
	case r.PostUpdate:
		return errors.New("PostUpdate is not for a many-to-many")
	case len(r.Owner.Key) == 0 || len(target.Key) == 0:
		return nil // which is a mistake of the tables
	}
	if r.ViewOnly {
		if own := s.byName(r.Through.Schema, r.Through.Name); own != nil {
			return linkThrough(r, own, target)
		}
	}
	names, err := linkNames(r, target)
	if err != nil {
		return err
	}
	rows, refs := meta.LinkRows(r.Through, [2]*meta.Mapping{r.Owner, target}, names)
	if len(rows.Errs) > 0 {
		return rows.Errs[0]
	}
	for _, c := range rows.Table.Columns {
		if checkName(rows, "column", c.Name); len(rows.Errs) > 0 {
			return rows.Errs[0]
		}
	}
	tie(r, target, &meta.LinkTable{Rows: rows, Near: refs[0], Far: refs[1]})
	if r.ViewOnly {
		return checkView(r)
	}
	back, err := s.otherSide(r, target)
	if err != nil {
		return err
	}
	if back != nil {
		tie(back, r.Owner, &meta.LinkTable{Rows: rows, Near: refs[1], Far: refs[0], Turned: true})
		r.Inverse, back.Inverse = back, r
	}
	r.Owner.Ends = append(r.Owner.Ends, meta.End{Ref: refs[0], Side: r})
	target.Ends = append(target.Ends, meta.End{Ref: refs[1], Side: back})
	return nil
}

// tie makes a relationship one that goes by a link table.
func tie(r *meta.Relation, target *meta.Mapping, l *meta.LinkTable) {
	r.Target, r.Link, r.Local, r.Remote = target, l, l.Near.Remote, l.Far.Remote
}

// linkThrough makes a view-only relationship go by a table that is mapped.
func linkThrough(r *meta.Relation, rows, target *meta.Mapping) error {
	l := &meta.LinkTable{Rows: rows}
	var err error
	if l.Near, err = throughKey(rows, r.Owner, r.Through.OwnerColumns); err != nil {
		return err
	}
	if l.Far, err = throughKey(rows, target, r.Through.TargetColumns); err != nil {
		return err
	}
	if l.Near.Local[0] == l.Far.Local[0] && r.Owner == target {
		return fmt.Errorf("the two ends go by the same foreign key of %s: say OwnerColumns and TargetColumns", rows.Table)
	}
	tie(r, target, l)
	return checkView(r)
}

// throughKey returns the reference of a mapped link table's rows to a primary key.
func throughKey(rows, to *meta.Mapping, names []string) (*meta.Relation, error) {
	var found []*ast.ForeignKey
	for _, fk := range rows.Table.ForeignKeys {
		if fk.RefColumns[0].Table == to.Table && to.IsKey(fk.RefColumns) && (names == nil || slices.Equal(columnNamesOf(fk.Columns), names)) {
			found = append(found, fk)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%d foreign keys of %s lead to the primary key of %s: OwnerColumns and TargetColumns name one", len(found), rows.Table, to.Table)
	}
	ref := &meta.Relation{Name: to.Name(), Owner: rows, Target: to, TargetType: to.Type}
	for _, k := range to.Key { // in the key's order
		i := slices.Index(found[0].RefColumns, to.Fields[k].Column)
		ref.Local, ref.Remote = append(ref.Local, found[0].Columns[i]), append(ref.Remote, found[0].RefColumns[i])
	}
	return ref, nil
}

func columnNamesOf(cs []*ast.Column) []string {
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = c.Name
	}
	return names
}

// byName returns the mapping of a table, nil when it has none.
func (s *Schema) byName(schema, name string) *meta.Mapping {
	for _, m := range s.mappings {
		if m.Table.Name == name && m.Table.Schema == schema {
			return m
		}
	}
	return nil
}

// linkNames returns the names of a link table's columns.
func linkNames(r *meta.Relation, target *meta.Mapping) (names [2][]string, err error) {
	for i, end := range []*meta.Mapping{r.Owner, target} {
		given, what := r.Through.OwnerColumns, "OwnerColumns"
		if i == 1 {
			given, what = r.Through.TargetColumns, "TargetColumns"
		}
		switch {
		case given == nil:
			names[i] = defaultNames(end)
		case len(given) != len(end.Key):
			return names, fmt.Errorf("%s names %d columns; the primary key of %s has %d", what, len(given), end.Table, len(end.Key))
		default:
			names[i] = given
		}
		for n, name := range names[i] {
			if slices.Contains(names[i][:n], name) {
				return names, fmt.Errorf("%s names %s twice", what, name)
			}
		}
	}
	if slices.Equal(names[0], names[1]) {
		return names, fmt.Errorf("the columns to its two ends would both be called %s: say OwnerColumns and TargetColumns", strings.Join(names[0], ", "))
	}
	return names, nil
}

// defaultNames returns "product_id" for the key product.id, and for product.product_id too.
func defaultNames(m *meta.Mapping) []string {
	names := make([]string, len(m.Table.PrimaryKey))
	for i, c := range m.Table.PrimaryKey {
		if names[i] = c.Name; !strings.HasPrefix(c.Name, m.Table.Name+"_") {
			names[i] = m.Table.Name + "_" + c.Name
		}
	}
	return names
}

// otherSide returns the other side of a many-to-many, nil when it is not mapped: the one that is named, or a list of the owner's that
// no foreign key explains.
func (s *Schema) otherSide(r *meta.Relation, target *meta.Mapping) (*meta.Relation, error) {
	if o := r.Inverse; o != nil {
		if o.Owner != target || o.TargetType != r.Owner.Type || !o.Many || o.Through != nil || o.ViewOnly {
			return nil, fmt.Errorf("%s cannot be its other side: that is a ToMany[%s, %s] without a ManyToMany of its own", o, target.Name(), r.Owner.Name())
		}
		return o, nil
	}
	var found []*meta.Relation
	for _, o := range target.Relations {
		if o == r || !o.Many || o.TargetType != r.Owner.Type || o.Through != nil || o.Inverse != nil || o.ViewOnly || o.Link != nil {
			continue
		}
		if slices.ContainsFunc(r.Owner.Table.ForeignKeys, func(fk *ast.ForeignKey) bool { return fk.RefColumns[0].Table == target.Table }) {
			continue // it is a one-to-many
		}
		found = append(found, o)
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("both %s and %s could be its other side: say which with model.Inverse", found[0], found[1])
}

// linkTables returns the mappings of the link tables of the schema's relationships. A table with two writers is a mistake.
func (s *Schema) linkTables() (tables []*meta.Mapping, mistakes []error) {
	for _, m := range s.mappings {
		for _, r := range m.Relations {
			if r.Through == nil || r.Link == nil || r.Link.Rows.Label == "" {
				continue
			}
			fail := func(why string, by any) {
				mistakes = append(mistakes, fmt.Errorf("%s: relationship %s: table %s is written by %s already: %s", m.Table, r.Name, r.Link.Rows.Table, by, why))
			}
			own := s.byName(r.Through.Schema, r.Through.Name)
			at := slices.IndexFunc(tables, func(t *meta.Mapping) bool { return nameOf(t) == nameOf(r.Link.Rows) })
			switch {
			case own != nil:
				fail("say model.ViewOnly of the relationship", "struct "+own.Name())
			case at < 0:
				tables = append(tables, r.Link.Rows)
			case !r.ViewOnly && writer(s.mappings, tables[at], r) != nil:
				fail("the other side of a many-to-many has no ManyToMany of its own; of a third, say model.ViewOnly", writer(s.mappings, tables[at], r))
			case !r.ViewOnly:
				tables[at] = r.Link.Rows
			}
		}
	}
	return tables, mistakes
}

// writer returns the relationship that writes a link table, other than r; nil: none does.
func writer(ms []*meta.Mapping, rows *meta.Mapping, but *meta.Relation) *meta.Relation {
	for _, m := range ms {
		for _, r := range m.Relations {
			if r != but && r.Through != nil && r.Link != nil && !r.ViewOnly && r.Link.Rows == rows {
				return r
			}
		}
	}
	return nil
}
