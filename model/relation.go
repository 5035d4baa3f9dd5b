package model

import (
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/meta"
)

// ToOne declares, in the table struct of Owner, that the field of the same name is a One[Target]. The foreign key
// between the two tables is found by itself when there is one; see Via. Where it leads from Owner to Target, many owners may have the
// same target. Where none does and one leads from Target to Owner it is a one-to-one: a target refers to the owner, and at most one; its
// foreign key is better unique in the database.
//
// In queries it joins, Join(a.Customer), and makes conditions, see [ToOne.Has] and [ToOne.Is].
type ToOne[Owner, Target any] struct{ related }

// ToMany declares, in the table struct of Owner, that the field of the same name is a Many[Target].
//
// In queries it joins, Join(c.Accounts), and makes conditions, see [ToMany.Any] and [ToMany.Count].
type ToMany[Owner, Target any] struct{ related }

func (r *ToOne[O, T]) declare(name string) (*meta.Relation, reflect.Type, reflect.Type) {
	r.relation = &meta.Relation{Name: name, TargetType: reflect.TypeFor[T]()}
	return r.relation, reflect.TypeFor[O](), reflect.TypeFor[One[T]]()
}

func (r *ToMany[O, T]) declare(name string) (*meta.Relation, reflect.Type, reflect.Type) {
	r.relation = &meta.Relation{Name: name, TargetType: reflect.TypeFor[T](), Many: true}
	return r.relation, reflect.TypeFor[O](), reflect.TypeFor[Many[T]]()
}

// Relationship is a ToOne or a ToMany.
type Relationship interface{ declared() *meta.Relation }

type declarable interface {
	declare(name string) (r *meta.Relation, owner, field reflect.Type)
}

// declareRelations finds the relationships of the table struct v, and of the structs that it embeds.
func declareRelations(m *meta.Mapping, v reflect.Value) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if sf.IsExported() {
			if d, ok := v.Field(i).Addr().Interface().(declarable); ok {
				declareRelation(m, d, sf.Name)
				continue
			}
		}
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			declareRelations(m, v.Field(i))
		}
	}
}

// bindRelations has the relationships of a table struct lead from another name for its table.
func bindRelations(m *meta.Mapping, v reflect.Value, table *ast.Table) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if sf.IsExported() {
			if b, ok := v.Field(i).Addr().Interface().(interface {
				bindTo(r *meta.Relation, owner *ast.Table)
			}); ok {
				if at := slices.IndexFunc(m.Relations, func(r *meta.Relation) bool { return r.Name == sf.Name }); at >= 0 {
					b.bindTo(m.Relations[at], table)
				}
				continue
			}
		}
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			bindRelations(m, v.Field(i), table)
		}
	}
}

func declareRelation(m *meta.Mapping, d declarable, name string) {
	r, owner, field := d.declare(name)
	r.Owner = m
	m.Relations = append(m.Relations, r)
	sf, ok := m.Type.FieldByName(name)
	switch {
	case owner != m.Type:
		m.Fail("relationship %s: says that its owner is %s, but it is in the table struct of %s", name, owner, m.Type)
	case !ok:
		m.Fail("relationship %s: struct %s has no field %s", name, m.Type.Name(), name)
	case sf.Type != field:
		m.Fail("relationship %s: field %s.%s is %s, not %s", name, m.Type.Name(), name, sf.Type, field)
	case throughPointer(m.Type, sf.Index):
		m.Fail("relationship %s: field %s.%s is in an embedded pointer", name, m.Type.Name(), name)
	default:
		r.Offset = fieldOffset(m.Type, sf.Index)
	}
}

// Via says which foreign key a relationship goes by, where there are several between the two tables: its columns.
//
//	model.Via(t.Source, t.FromAcct)
func Via(r Relationship, cols ...expr.Expression) Option {
	return option(func(m *meta.Mapping) {
		rel := r.declared()
		if rel == nil {
			m.Fail("Via: takes a relationship of a table struct made by model.Map")
			return
		}
		for _, x := range cols {
			if c, ok := ast.Of(x).(*ast.Column); ok {
				rel.Via = append(rel.Via, c)
			} else {
				m.Fail("Via of relationship %s: takes columns", rel.Name)
			}
		}
	})
}

// Inverse says that two relationships are the two sides of one, where there are several between the two tables. It is
// said on the side that is mapped last and so can name both. Of two ToOnes of a table with itself, the first has the foreign key, or the one
// whose Via names it; the second is a one-to-one, of the row that refers to this one:
//
//	model.ForeignKey(t.PrevID, t.ID), model.Unique(t.PrevID), model.Inverse(t.Prev, t.Next)
func Inverse(one, other Relationship) Option {
	return option(func(m *meta.Mapping) {
		a, b := one.declared(), other.declared()
		if a == nil || b == nil {
			m.Fail("Inverse: takes relationships of table structs made by model.Map")
			return
		}
		a.Inverse, b.Inverse, b.Second = b, a, true
	})
}

// NoLazy forbids relationships to load by themselves: Get and All of what is not loaded, and not in the session, are
// session.ErrLazy, without a statement. For the objects of one query, see query.Query.NoLazy.
func NoLazy(rs ...Relationship) Option {
	return option(func(m *meta.Mapping) {
		for _, r := range rs {
			if rel := r.declared(); rel != nil {
				rel.NoLazy = true
			} else {
				m.Fail("NoLazy: takes relationships of a table struct made by model.Map")
			}
		}
	})
}

// OrderBy says in which order the list of a ToMany is loaded.
func OrderBy(r Relationship, keys ...expr.Sortable) Option {
	return option(func(m *meta.Mapping) {
		rel := r.declared()
		if rel == nil || !rel.Many {
			m.Fail("OrderBy: takes a ToMany of a table struct made by model.Map")
			return
		}
		for _, k := range keys {
			rel.OrderBy = append(rel.OrderBy, ast.Of(k))
		}
	})
}

// DeleteMembers has the objects of a ToMany, or the one of a one-to-one, deleted with their owner, instead of having their foreign key set to NULL.
func DeleteMembers(r Relationship) Option {
	return cascade("DeleteMembers", r, func(c *meta.Cascade) { c.Delete = true })
}

// DeleteOrphans has the objects of a ToMany, or the one of a one-to-one, deleted when they are removed from it, and with their owner.
func DeleteOrphans(r Relationship) Option {
	return cascade("DeleteOrphans", r, func(c *meta.Cascade) { c.Delete, c.Orphan = true, true })
}

// DatabaseDeletes leaves the objects of a ToMany to the database's ON DELETE when their owner is deleted: they are not
// loaded for it. Those that the session has follow: with DeleteMembers or DeleteOrphans they are deleted by the flush as always, first, so that
// with ON DELETE CASCADE only the others are left to the database; without, they are left as they are, and are stale
// after the flush: the next query that returns their rows finds what the database made of them.
func DatabaseDeletes(r Relationship) Option {
	return cascade("DatabaseDeletes", r, func(c *meta.Cascade) { c.Passive = true })
}

// CascadeExpunge has what is loaded of relationships leave a session with their owner, when session.Session.Expunge lets go of that.
func CascadeExpunge(rs ...Relationship) Option {
	return cascadeAll("CascadeExpunge", rs, func(c *meta.Cascade) { c.Expunge = true })
}

// CascadeRefresh has what is loaded of relationships be read again with their owner by session.Session.Refresh, and be expired with it by
// Expire: the objects of each table with one statement.
func CascadeRefresh(rs ...Relationship) Option {
	return cascadeAll("CascadeRefresh", rs, func(c *meta.Cascade) { c.Refresh = true })
}

// NoCascadeAdd has relationships not bring their objects into a session: neither with Add of the object that has them, nor by Set and
// Add of an object in a session. What they were given must be added itself, before or after, and both sides are in step from then on; a flush
// that finds it missing is session.ErrNotInSession, which names both objects.
func NoCascadeAdd(rs ...Relationship) Option {
	return cascadeAll("NoCascadeAdd", rs, func(c *meta.Cascade) { c.NoAdd = true })
}

// NoCascadeMerge has session.Merge, and its kin, leave relationships alone: what a given object has of them is not looked at, and the session's
// object keeps its own. The columns of a foreign key are copied like others.
func NoCascadeMerge(rs ...Relationship) Option {
	return cascadeAll("NoCascadeMerge", rs, func(c *meta.Cascade) { c.NoMerge = true })
}

func cascadeAll(what string, rs []Relationship, set func(*meta.Cascade)) Option {
	return option(func(m *meta.Mapping) {
		for _, r := range rs {
			if rel := r.declared(); rel != nil {
				set(&rel.Cascade)
			} else {
				m.Fail("%s: takes relationships of a table struct made by model.Map", what)
			}
		}
	})
}

// PostUpdate lets rows refer to each other, as a person to a favourite ball and the ball to its owner: between two new
// rows the foreign key of this relationship stays NULL in the INSERT, and is written by an UPDATE once both are there.
// Where both are deleted it is set NULL before:
//
//	INSERT INTO person (name, fav_id) VALUES ($1, $2) RETURNING id -- fav_id NULL
//	INSERT INTO ball (colour, owner_id) VALUES ($1, $2) RETURNING id
//	UPDATE person SET fav_id = $1 WHERE person.id = $2
//
// OnUpdate does not apply to these UPDATEs. One of the two relationships has it; its foreign key may be NULL.
func PostUpdate(r Relationship) Option {
	return option(func(m *meta.Mapping) {
		rel := r.declared()
		if rel == nil {
			m.Fail("PostUpdate: takes a relationship of a table struct made by model.Map")
			return
		}
		rel.PostUpdate = true
	})
}

func cascade(what string, r Relationship, set func(*meta.Cascade)) Option {
	return option(func(m *meta.Mapping) {
		rel := r.declared()
		if rel == nil {
			m.Fail("%s: takes a ToMany, or the ToOne of a one-to-one, of a table struct made by model.Map", what)
			return
		}
		set(&rel.Cascade)
	})
}
