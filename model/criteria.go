package model

import (
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// related is a relationship as a statement uses it: from its owner's table, or another name for that, to its target's.
type related struct {
	relation *meta.Relation
	owner    *ast.Table // nil: the owner's own
	target   *ast.Table // nil: the target's own
	then     []ast.Load // relationships of the targets that are to be loaded too
}

// CupelLoad returns what is to be loaded, for the other packages of this module.
func (r related) CupelLoad() ast.Load { return ast.Load{Relation: r.relation, Then: r.then} }

// with returns the relationship with more to be loaded of its targets.
func (r related) with(rs []expr.Relationship) related {
	r.then = slices.Clip(r.then)
	for _, other := range rs {
		if ast.IsNil(other) {
			r.then = append(r.then, ast.Load{})
		} else {
			r.then = append(r.then, other.CupelLoad())
		}
	}
	return r
}

func (r related) declared() *meta.Relation { return r.relation }

// bindTo has the relationship lead from another name for the owner's table.
func (r *related) bindTo(relation *meta.Relation, owner *ast.Table) {
	r.relation, r.owner = relation, owner
}

// to returns the relationship with another name for the target's table.
func (r related) to(t expr.Entity) related {
	r.target = nil
	if !ast.IsNil(t) {
		r.target = t.CupelTable()
	}
	return r
}

// CupelTable returns the target's table, for joins; nil while the relationship does not know it.
func (r related) CupelTable() *ast.Table {
	switch {
	case r.target != nil:
		return r.target
	case r.relation == nil || r.relation.Target == nil:
		return nil
	}
	return r.relation.Target.Table
}

// CupelOn returns the condition of a join along the relationship, or why there is none.
func (r related) CupelOn() ast.Node {
	if err := r.unknown(); err != nil {
		return &ast.Bad{Err: err}
	}
	target := r.CupelTable()
	if link := r.link(target); link != nil {
		return &ast.Logic{Items: append(r.far(link, target), r.where(target)...)}
	}
	return &ast.Logic{Items: append(r.match(target), r.where(target)...)}
}

// CupelJoined returns what a LEFT JOIN along the relationship reads of its target, under a name for its table that free makes of one, for the
// other packages of this module.
func (r related) CupelJoined(free func(name string) string) (target expr.Entity, on ast.Node, err error) {
	if err := r.unknown(); err != nil {
		return nil, nil, err
	}
	if r.relation.Many {
		return nil, nil, fmt.Errorf("relationship %s: its foreign key is the target's, so that a join may repeat rows", r.relation)
	}
	t := r.relation.Target.Table.As(free("cupel_" + sqlw.Snake(r.relation.Name)))
	t.Take(r.relation.Target.Table)
	r.target = t
	return &meta.Source{Mapping: r.relation.Target, Table: t}, r.CupelOn(), nil
}

// unknown returns why the relationship cannot be used in a statement; nil when it can.
func (r related) unknown() error {
	switch {
	case r.relation == nil:
		return fmt.Errorf("relationship: %w", expr.ErrUnmapped)
	case r.relation.Target == nil:
		return fmt.Errorf("relationship %s: it does not know its table before NewSchema or MustSchema, so a statement along it is made after that", r.relation)
	case r.CupelTable().Real() != r.relation.Target.Table:
		return fmt.Errorf("relationship %s: leads to %s, not to %s", r.relation, r.relation.Target.Table, r.CupelTable())
	}
	return nil
}

// match returns "owner.id = target.owner_id" for each column.
func (r related) match(target *ast.Table) []ast.Node {
	owner := r.table()
	ps := make([]ast.Node, len(r.relation.Local))
	for i, c := range r.relation.Local {
		ps[i] = ast.Compare("=", owner.Columns[c.Index], target.Columns[r.relation.Remote[i].Index])
	}
	return ps
}

// rows returns the target's rows that are related to the row of the statement around, and meet conditions.
func (r related) rows(ps []expr.Condition) (*stmt.Select, error) {
	if err := r.unknown(); err != nil {
		return nil, err
	}
	target := r.CupelTable()
	if own := r.relation.Owner.Table; target == own && r.owner == nil || target == r.owner {
		if len(ps) > 0 {
			return nil, fmt.Errorf("relationship %s: conditions on %s could be meant for either end: make another name with model.Alias and say To of it", r.relation, target)
		}
		target = another(target, r.relation.Name)
	}
	s := &stmt.Select{More: &stmt.Rare{From: []*ast.Table{target}}}
	if link := r.link(target); link != nil {
		s.More.From = append(s.More.From, link)
		s.Where = slices.Concat(r.near(link), r.far(link, target))
	} else {
		s.Where = r.match(target)
	}
	s.Where = append(s.Where, r.where(target)...)
	s.Where = ast.Conditions(s.Where, ps)
	return s, nil
}

// another returns another name for a table.
func another(t *ast.Table, name string) *ast.Table {
	alias := t.As(sqlw.Snake(name))
	alias.Take(t.Real())
	alias.Prepare()
	return alias
}

// exists returns "EXISTS (SELECT 1 FROM target WHERE …)".
func (r related) exists(ps []expr.Condition) expr.Predicate {
	return expr.Rebound(expr.Predicate{}, r.late(func() ast.Node {
		s, err := r.rows(ps)
		if err != nil {
			return &ast.Bad{Err: err}
		}
		return expr.Exists(statement{s}).Node()
	}))
}

// late returns what is made of the relationship: at once where it knows its table, as nearly always, else when the statement is
// rendered, so that queries may be package variables beside the schema.
func (r related) late(build func() ast.Node) ast.Node {
	if r.relation == nil || r.relation.Target != nil {
		return build()
	}
	var made atomic.Pointer[ast.Node]
	return &ast.Late{Make: func() ast.Node {
		if n := made.Load(); n != nil {
			return *n
		}
		n := build()
		if r.relation.Target != nil {
			made.Store(&n)
		}
		return n
	}}
}

// statement is rows that a relationship makes.
type statement struct{ s *stmt.Select }

// CupelStatement returns the statement.
func (s statement) CupelStatement() ast.Statement { return s.s }

func bad(err error) expr.Predicate {
	return expr.Rebound(expr.Predicate{}, ast.Node(&ast.Bad{Err: err}))
}

// equals returns "local = $1" for each column, with the values that an object has in the columns that they are joined to.
func equals(local []*ast.Column, table *ast.Table, m *meta.Mapping, remote []*ast.Column, obj mem.Ptr) expr.Predicate {
	ps := make([]ast.Node, len(local))
	for i, c := range local {
		f := &m.Fields[remote[i].Index]
		if f.Generated && f.IsZero(obj) {
			return bad(fmt.Errorf("%s: the object has no key yet: flush it before it is compared with", m.Name()))
		}
		v := f.Value(obj)
		ps[i] = ast.Compare("=", table.Columns[c.Index], &ast.Literal{Value: v})
		if v == nil {
			ps[i] = &ast.Bool{} // NULL refers to nothing
		}
	}
	if len(ps) == 1 {
		return expr.Rebound(expr.Predicate{}, ps[0])
	}
	return expr.Rebound(expr.Predicate{}, ast.Node(&ast.Logic{Items: ps}))
}

func (r related) table() *ast.Table {
	if r.owner != nil {
		return r.owner
	}
	return r.relation.Owner.Table
}

// isNull returns "a IS NULL OR b IS NULL" of the foreign key.
func (r related) isNull() expr.Predicate {
	var ps []ast.Node
	for _, c := range r.relation.Local {
		if c.Nullable {
			ps = append(ps, &ast.Is{X: r.table().Columns[c.Index], What: "NULL"})
		}
	}
	if len(ps) == 1 {
		return expr.Rebound(expr.Predicate{}, ps[0])
	}
	return expr.Rebound(expr.Predicate{}, ast.Node(&ast.Logic{Or: true, Items: slices.Clip(ps)}))
}

// Has renders "EXISTS (SELECT 1 FROM target WHERE target.id = owner.target_id AND p AND q)": the owners that have a target which meets all
// conditions. On a table that refers to itself, conditions want To of another name.
//
//	query.Select(a).Filter(a.Customer.Has(c.LastName.Eq("Doctor")))
func (r ToOne[O, T]) Has(ps ...expr.Condition) expr.Predicate { return r.exists(ps) }

// None renders "NOT EXISTS (…)" of what [ToOne.Has] renders: the owners without a target which meets all conditions.
func (r ToOne[O, T]) None(ps ...expr.Condition) expr.Predicate { return r.exists(ps).Not() }

// Is renders "owner.target_id = $1": the owners whose target obj is, by the key that it has when Is is called. Of nil it is "owner.target_id IS
// NULL": those that have none. An object whose key is yet to be generated is an error of the statement.
func (r ToOne[O, T]) Is(obj *T) expr.Predicate {
	if err := r.unknown(); err != nil {
		return bad(err)
	}
	switch {
	case obj == nil && r.relation.Many:
		return r.None()
	case obj == nil:
		return r.isNull()
	case len(r.relation.Where) > 0:
		return r.containing(mem.Of(obj))
	}
	return equals(r.relation.Local, r.table(), r.relation.Target, r.relation.Remote, mem.Of(obj))
}

// IsNot renders "NOT (owner.target_id = $1) OR owner.target_id IS NULL": the owners whose target obj is not, those without one too. Of nil it is those
// that have one.
func (r ToOne[O, T]) IsNot(obj *T) expr.Predicate {
	if err := r.unknown(); err != nil {
		return bad(err)
	}
	switch {
	case obj == nil && r.relation.Many:
		return r.Has()
	case obj == nil:
		return r.isNull().Not()
	case len(r.relation.Where) > 0:
		return r.Is(obj).Not()
	}
	if !slices.ContainsFunc(r.relation.Local, func(c *ast.Column) bool { return c.Nullable }) {
		return r.Is(obj).Not()
	}
	return r.Is(obj).Not().Or(r.isNull())
}

// To returns the relationship with another name for the target's table, for joins and conditions:
//
//	boss := model.Alias(Employees, "boss")
//	query.Select2(e.Name, boss.Name).Join(e.Boss.To(boss))
func (r ToOne[O, T]) To(target expr.Item[*T]) ToOne[O, T] {
	return ToOne[O, T]{r.to(entity(target))}
}

// Any renders "EXISTS (SELECT 1 FROM target WHERE target.owner_id = owner.id AND p AND q)": the owners with a target that meets all conditions. On
// a table that refers to itself, conditions want To of another name.
//
//	query.Select(c).Filter(c.Accounts.Any(a.AcctNo.Gt(2000)))
func (r ToMany[O, T]) Any(ps ...expr.Condition) expr.Predicate { return r.exists(ps) }

// None renders "NOT EXISTS (…)" of what [ToMany.Any] renders: the owners without a target that meets all conditions.
func (r ToMany[O, T]) None(ps ...expr.Condition) expr.Predicate { return r.exists(ps).Not() }

// Count renders "(SELECT count(*) FROM target WHERE target.owner_id = owner.id AND p AND q)": how many targets an owner has that meet all
// conditions; 0 where there is none. Of a view-only many-to-many by a mapped table that may have a pair twice it renders count(DISTINCT target.id).
//
//	query.Select2(c.LastName, c.Accounts.Count())
func (r ToMany[O, T]) Count(ps ...expr.Condition) expr.Int {
	return expr.Rebound(expr.Int{}, r.late(func() ast.Node {
		s, err := r.rows(ps)
		if err != nil {
			return &ast.Bad{Err: err}
		}
		return expr.Scalar(r.counted(s.More.From[0]), statement{s}).Node()
	}))
}

// counted returns "count(*)", or "count(DISTINCT target.id)" where a target may be there several times.
func (r related) counted(target *ast.Table) expr.Int {
	if l := r.relation.Link; l == nil || !l.Repeats() {
		return expr.CountAll()
	}
	call := &ast.Call{Name: "count", Distinct: true}
	for _, k := range r.relation.Target.Key {
		call.Args = append(call.Args, target.Columns[k])
	}
	if len(call.Args) > 1 {
		call.Args = []ast.Node{&ast.Tuple{Items: call.Args}}
	}
	return expr.Rebound(expr.Int{}, ast.Node(call))
}

// Contains renders "owner.id = $1": the owner of obj, by the foreign key that it has when Contains is called. It is false where that is NULL.
//
// Of a many-to-many it renders "EXISTS (SELECT 1 FROM product_tag WHERE product_tag.product_id = product.id AND product_tag.tag_id = $1)", by
// the key that obj has.
func (r ToMany[O, T]) Contains(obj *T) expr.Predicate {
	if err := r.unknown(); err != nil {
		return bad(err)
	}
	if obj == nil {
		return bad(fmt.Errorf("relationship %s: %w", r.relation, ast.ErrNil))
	}
	if r.relation.Link != nil || len(r.relation.Where) > 0 {
		return r.containing(mem.Of(obj))
	}
	return equals(r.relation.Local, r.table(), r.relation.Target, r.relation.Remote, mem.Of(obj))
}

// To returns the relationship with another name for the target's table; see [ToOne.To].
func (r ToMany[O, T]) To(target expr.Item[*T]) ToMany[O, T] {
	return ToMany[O, T]{r.to(entity(target))}
}

// Load returns the relationship with those of its targets that are to be loaded with it, for query.Query.Load: c.Orders.Load(o.Lines).
func (r ToMany[O, T]) Load(rs ...expr.Relationship) ToMany[O, T] { return ToMany[O, T]{r.with(rs)} }

// Load returns the relationship with those of its target that are to be loaded with it; see [ToMany.Load].
func (r ToOne[O, T]) Load(rs ...expr.Relationship) ToOne[O, T] { return ToOne[O, T]{r.with(rs)} }

// entity returns the table of an item.
func entity[T any](item expr.Item[*T]) expr.Entity {
	if ast.IsNil(item) {
		return nil
	}
	return item.CupelSlot().Entity
}
