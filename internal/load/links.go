package load

import (
	"context"
	"reflect"
	"slices"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/relate"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
	"github.com/cupel-go/cupel/internal/track"
)

// about returns the tables that the loading of a list reads, those that statements in its sort keys and in filters read too.
func about(r *meta.Relation) run.Tables {
	filters := r.Target.Table.Filters
	if r.Link != nil {
		filters = slices.Concat(filters, r.Link.Rows.Table.Filters)
	}
	if r.Link == nil && len(r.Where) == 0 && len(filters) == 0 && (len(r.OrderBy) == 0 || r.Position != nil) {
		return r.Target
	}
	all := tables(r.Reads())
	for _, n := range slices.Concat(filters, r.OrderBy) {
		all = append(all, stmt.ReadsIn(n)...)
	}
	return all
}

// linked loads a many-to-many of owners in one statement, with the position of the owner in each row where there are several: the
// same target may be in many lists.
func (l Relations) linked(ctx context.Context, owners []*track.Entry, r *meta.Relation) error {
	lists := make([][]mem.Ptr, len(owners))
	add := func(i int, target mem.Ptr) { lists[i] = append(lists[i], target) }
	if err := l.selectLinked(ctx, r, owners, once(add)); err != nil {
		return err
	}
	for i, o := range owners {
		relate.ListOf(r, o.Object).Fill(lists[i], l.Objects.Epoch())
	}
	return nil
}

// once passes each target of an owner on once: a link table without a key may have a pair twice.
func once(each func(i int, target mem.Ptr)) func(i int, target mem.Ptr) {
	type place struct {
		owner  int
		target mem.Ptr
	}
	met := map[place]bool{}
	return func(i int, target mem.Ptr) {
		if at := (place{i, target}); !met[at] {
			met[at] = true
			each(i, target)
		}
	}
}

// selectLinked reads the targets of owners:
//
//	SELECT tag.id, … FROM tag JOIN product_tag ON product_tag.tag_id = tag.id WHERE product_tag.product_id = $1
//
//	SELECT cupel.ord, tag.id, … FROM tag JOIN product_tag ON product_tag.tag_id = tag.id
//	JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON product_tag.product_id = cupel.k1
func (l Relations) selectLinked(ctx context.Context, r *meta.Relation, owners []*track.Entry, each func(i int, target mem.Ptr)) error {
	if len(owners) > 1 && hasArrays(r.Local) { // an array of arrays cannot be taken apart
		for i := range owners {
			if err := l.selectLinked(ctx, r, owners[i:i+1], func(_ int, t mem.Ptr) { each(i, t) }); err != nil {
				return err
			}
		}
		return nil
	}
	w := l.writer()
	defer w.Release()
	slots := []run.Slot{{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}}}
	var rows run.Rows
	var t reflect.Type
	if len(owners) == 1 {
		one := &lone{each: func(p mem.Ptr) { each(0, p) }}
		rows, t = one, reflect.TypeFor[mem.Ptr]()
		w.Text("SELECT ")
		for i, c := range r.Target.Table.Items() {
			w.Separate(i)
			c.AppendSQL(w)
		}
		w.Text(" \nFROM ")
		r.Target.Table.AppendFrom(w)
		l.appendLink(w, r.Link)
		appendLoneOwner(w, r.Link.Near, owners[0])
	} else {
		rows, t = &placed{each: each}, reflect.TypeFor[placedRow]()
		slots[0].Offset = t.Field(1).Offset
		slots = append([]run.Slot{{Type: reflect.TypeFor[int64]()}}, slots...)
		appendOrdItems(w, r)
		l.appendLink(w, r.Link)
		joinOf(r).appendOwners(w, owners, track.StoredObject)
	}
	l.appendConditions(w, r)
	appendOrder(w, r)
	w.Apart()
	if err := w.Err(); err != nil {
		return err
	}
	return l.Host.Run(ctx, &run.Request{Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: t, Slots: slots, Rows: rows}, nil)
}

// appendConditions writes what the targets of a relationship must meet besides, " AND p AND q".
func (l Relations) appendConditions(w *sqlw.Writer, r *meta.Relation) {
	if l.filters(r) {
		w.Text(" AND ")
		appendFilter(w, r.Target.Table)
	}
	if len(r.Where) > 0 {
		w.Text(" AND ")
		ast.Operand(w, &ast.About{Table: r.Target.Table, Conditions: r.Where}, sqlw.PrecAnd)
	}
}

// appendLink writes " JOIN product_tag ON product_tag.tag_id = tag.id".
func (l Relations) appendLink(w *sqlw.Writer, link *meta.LinkTable) {
	w.Text(" JOIN ")
	link.Rows.Table.AppendFrom(w)
	w.Text(" ON ")
	l.appendFar(w, link)
}

// appendFar writes "product_tag.tag_id = tag.id", and what the filters of a link table that is mapped let through.
func (l Relations) appendFar(w *sqlw.Writer, link *meta.LinkTable) {
	for i, c := range link.Far.Local {
		if i > 0 {
			w.Text(" AND ")
		}
		c.AppendSQL(w)
		w.Text(" = ")
		link.Far.Remote[i].AppendSQL(w)
	}
	if !l.All && link.Rows.Table.HasFilter() {
		w.Text(" AND ")
		appendFilter(w, link.Rows.Table)
	}
}

// appendLoneOwner writes " WHERE product_tag.product_id = $1".
func appendLoneOwner(w *sqlw.Writer, near *meta.Relation, owner *track.Entry) {
	for i, c := range near.Local {
		if i == 0 {
			w.Text(" \nWHERE ")
		} else {
			w.Text(" AND ")
		}
		c.AppendSQL(w)
		w.Text(" = ")
		w.Arg(nil, near.Target.Field(near.Remote[i]).Value(track.StoredObject(owner)))
	}
}

// lone takes the targets of one owner.
type lone struct {
	target mem.Ptr
	each   func(target mem.Ptr)
}

// Next returns the memory for a row.
func (o *lone) Next() mem.Ptr {
	o.target = nil
	return mem.Of(&o.target)
}

// Done passes the row on.
func (o *lone) Done() bool {
	o.each(o.target)
	return true
}
