package load

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
	"github.com/cupel-go/cupel/internal/track"
)

var (
	errNoOrder   = errors.New("the first few want an order: say OrderBy, or model.OrderBy of the relationship")
	errArrayKeys = errors.New("keys that are arrays cannot be taken apart")
)

// checkPart says what is wrong with part of the lists of a relationship.
func checkPart(r *meta.Relation, p *ast.Part) error {
	if p.Limited && p.First < 1 {
		return fmt.Errorf("the first %d of each list: not a positive number", p.First)
	}
	if p.Limited && len(p.Order) == 0 {
		return errNoOrder
	}
	if hasArrays(r.Remote) || hasArrays(r.Local) {
		return errArrayKeys
	}
	for _, ns := range [][]ast.Node{p.Where, p.Order} {
		for _, n := range ns {
			if n == nil {
				return ast.ErrNil
			}
			if !stmt.IsAbout(n, r.Target.Table) {
				return fmt.Errorf("a condition or sort key mentions another table than %s, which only a subquery may", r.Target.Table)
			}
		}
	}
	return nil
}

// tables are what a statement is about.
type tables []*ast.Table

// Reads returns the tables.
func (t tables) Reads() []*ast.Table { return t }

// partTables returns the tables that part of the lists of a relationship is read from.
func partTables(r *meta.Relation, p ast.Part) tables {
	all := tables(slices.Clip(about(r).Reads()))
	for _, ns := range [][]ast.Node{p.Where, p.Order} {
		for _, n := range ns {
			all = append(all, stmt.ReadsIn(n)...)
		}
	}
	return all
}

// Parts reads part of the lists of owners in one statement, which leaves the lists as they are: parts[i] is that of owners[i], which
// are different objects.
func (l Relations) Parts(ctx context.Context, owners []*track.Entry, r *meta.Relation, p ast.Part) (parts [][]mem.Ptr, err error) {
	if len(p.Order) == 0 {
		p.Order = r.OrderBy
	}
	if err := checkPart(r, &p); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", fault.ErrLoad, r, err)
	}
	if err := l.Host.Flush(ctx, partTables(r, p)); err != nil {
		return nil, err
	}
	for _, e := range owners {
		if e.State == track.Pending || e.State == track.Deleted {
			return nil, fmt.Errorf("%w: %s has no row", fault.ErrNotInSession, e.Describe())
		}
	}
	if !refersToOwnKey(r) { // others may have changed what its rows are found by
		if err := l.allCurrent(ctx, owners); err != nil {
			return nil, err
		}
	}
	parts = make([][]mem.Ptr, len(owners))
	j := joinOf(r)
	local := track.KeyerOf(j.owner, j.keys)
	var keyed []*track.Entry
	var at []int
	for i, e := range owners {
		if !local.Null(track.StoredObject(e)) {
			keyed, at = append(keyed, e), append(at, i)
		}
	}
	if len(keyed) == 0 {
		return parts, nil
	}
	err = l.selectPart(ctx, r, keyed, p, func(i int, target mem.Ptr) { parts[at[i]] = append(parts[at[i]], target) })
	return parts, err
}

// selectPart reads the targets with the positions of their owners:
//
//	SELECT cupel.ord, orders.id, … FROM orders JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON orders.cust_id = cupel.k1
//	AND orders.paid_at IS NULL ORDER BY orders.total DESC
//
//	SELECT cupel.ord, cupel_part.id, … FROM unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) CROSS JOIN LATERAL
//	(SELECT orders.* FROM orders WHERE orders.cust_id = cupel.k1 AND orders.paid_at IS NULL ORDER BY orders.total DESC LIMIT 3) AS cupel_part
//	ORDER BY cupel_part.total DESC
func (l Relations) selectPart(ctx context.Context, r *meta.Relation, owners []*track.Entry, p ast.Part, each func(i int, target mem.Ptr)) error {
	w := l.writer()
	defer w.Release()
	if p.Limited {
		l.appendFirst(w, r, owners, p)
	} else {
		appendOrdItems(w, r)
		if r.Link != nil {
			l.appendLink(w, r.Link)
		}
		joinOf(r).appendOwners(w, owners, track.StoredObject)
		l.appendPart(w, r, p)
	}
	w.Apart()
	if err := w.Err(); err != nil {
		return err
	}
	if r.Link != nil {
		each = once(each)
	}
	rows := &placed{each: each}
	row := reflect.TypeFor[placedRow]()
	return l.Host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: row,
		Slots: []run.Slot{
			{Type: reflect.TypeFor[int64]()},
			{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}, Offset: row.Field(1).Offset},
		},
		Rows: rows,
	}, nil)
}

// appendFirst writes the statement of the first few of each list. What they are sorted by, where it is no column, is a column of the part. A
// link table may have a pair twice, so it is looked into and not joined.
func (l Relations) appendFirst(w *sqlw.Writer, r *meta.Relation, owners []*track.Entry, p ast.Part) {
	target, j := r.Target.Table, joinOf(r)
	part := target.As("cupel_part")
	part.Take(target)
	w.Text("SELECT cupel.ord")
	for _, c := range part.Items() {
		w.Text(", ")
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	j.appendUnnest(w, owners, track.StoredObject)
	w.Text(" CROSS JOIN LATERAL (SELECT ")
	target.AppendSQL(w)
	w.Text(".*")
	p.Order = appendKeyItems(w, target, p.Order)
	w.Text(" FROM ")
	target.AppendFrom(w)
	w.Text(" WHERE ")
	if r.Link != nil {
		w.Text("EXISTS (SELECT 1 FROM ")
		r.Link.Rows.Table.AppendFrom(w)
		w.Text(" WHERE ")
		l.appendFar(w, r.Link)
		w.Text(" AND ")
	}
	j.appendMatch(w)
	if r.Link != nil {
		w.Byte(')')
	}
	l.appendPart(w, r, p)
	w.Text(" LIMIT ")
	w.Int(p.First)
	w.Text(") AS cupel_part")
	w.As(target, part, func() { appendOrderBy(w, target, p.Order) })
}

// appendKeyItems writes the sort keys that are no columns as items, ", x AS cupel_key1", and returns the keys with the names of these.
func appendKeyItems(w *sqlw.Writer, t *ast.Table, keys []ast.Node) []ast.Node {
	named := slices.Clone(keys)
	inside(w, t, func() {
		for i, n := range keys {
			o, ok := n.(*ast.Order)
			if !ok {
				o = &ast.Order{X: n}
			}
			if _, plain := o.X.(*ast.Column); plain {
				continue
			}
			own := *o
			own.X = &ast.Name{Text: fmt.Sprint("cupel_key", i+1)}
			named[i] = &own
			w.Text(", ")
			o.X.AppendSQL(w)
			w.Text(" AS ")
			own.X.AppendSQL(w)
		}
	})
	return named
}

// appendPart writes " AND p AND q ORDER BY x".
func (l Relations) appendPart(w *sqlw.Writer, r *meta.Relation, p ast.Part) {
	l.appendConditions(w, r)
	inside(w, r.Target.Table, func() {
		for _, n := range p.Where {
			w.Text(" AND ")
			ast.Operand(w, n, sqlw.PrecAnd)
		}
	})
	appendOrderBy(w, r.Target.Table, p.Order)
}
