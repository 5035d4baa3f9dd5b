package model

import (
	"slices"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/stmt"
)

// link returns the table of a many-to-many's pairs, by another name where the target has one: it may be in a statement more than
// once; nil of other relationships.
func (r related) link(target *ast.Table) *ast.Table {
	if r.relation.Link == nil {
		return nil
	}
	rows := r.relation.Link.Rows.Table
	if target.Base == nil {
		return rows
	}
	return another(rows, target.Alias+"_"+rows.Name)
}

// CupelLink returns the table of a many-to-many's pairs, and the conditions that join it to the two tables, for package query; nil of
// other relationships.
func (r related) CupelLink() (link *ast.Table, near, far ast.Node) {
	if r.unknown() != nil {
		return nil, nil, nil
	}
	target := r.CupelTable()
	if link = r.link(target); link == nil {
		return nil, nil, nil
	}
	return link, &ast.Logic{Items: r.near(link)}, &ast.Logic{Items: append(r.far(link, target), r.where(target)...)}
}

// near returns "owner.id = link.owner_id" for each column of the owner's key.
func (r related) near(link *ast.Table) []ast.Node {
	return ends(r.relation.Link.Near, link, r.table())
}

// far returns "link.target_id = target.id" for each column of the target's key.
func (r related) far(link, target *ast.Table) []ast.Node {
	return ends(r.relation.Link.Far, link, target)
}

// ends returns "link.product_id = product.id" for each column.
func ends(ref *meta.Relation, link, to *ast.Table) []ast.Node {
	ps := make([]ast.Node, len(ref.Local))
	for i, c := range ref.Local {
		ps[i] = ast.Compare("=", link.Columns[c.Index], to.Columns[ref.Remote[i].Index])
	}
	return ps
}

// where returns the conditions of the relationship itself, about the name that the target has.
func (r related) where(target *ast.Table) []ast.Node {
	if ps := r.relation.Where; len(ps) > 0 {
		return []ast.Node{&ast.About{Table: target, Conditions: ps}}
	}
	return nil
}

// containing returns the condition of the owners that have obj in a list that goes by a link table, or that has conditions.
func (r related) containing(obj mem.Ptr) expr.Predicate {
	target := r.relation.Target
	if link := r.link(target.Table); link != nil && len(r.relation.Where) == 0 {
		far := r.relation.Link.Far
		is := equals(far.Local, link, target, far.Remote, obj)
		s := &stmt.Select{Where: r.near(link), More: &stmt.Rare{From: []*ast.Table{link}}}
		s.Where = append(s.Where, is.Node())
		return expr.Rebound(expr.Predicate{}, expr.Exists(statement{s}).Node())
	}
	r.target = nil
	s, err := r.rows(nil)
	if err != nil {
		return bad(err)
	}
	from := s.More.From[0]
	key := slices.Clone(target.Table.PrimaryKey)
	s.Where = append(s.Where, equals(key, from, target, key, obj).Node())
	return expr.Rebound(expr.Predicate{}, expr.Exists(statement{s}).Node())
}
