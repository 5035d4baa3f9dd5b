package load

import (
	"context"
	"reflect"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqltype"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
)

// selectMatching reads the targets that belong to owners, which have distinct keys, tracked, and calls each with them and with
// the key that joins their rows, which may not be what the session's objects hold:
//
//	SELECT … FROM account WHERE account.cust_id = ANY($1)
func (l Relations) selectMatching(ctx context.Context, r *meta.Relation, owners []*track.Entry, each func(track.Key, *track.Entry)) error {
	w := l.writer()
	defer w.Release()
	AppendEntity(w, r.Target)
	if l.filters(r) || len(r.Where) > 0 {
		w.Byte('(')
		appendKeys(w, r, owners)
		w.Byte(')')
		l.appendConditions(w, r)
	} else {
		appendKeys(w, r, owners)
	}
	appendOrder(w, r)
	w.Apart()
	if err := w.Err(); err != nil {
		return err
	}
	req := &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}}},
		Rows:  &LastObject{},
	}
	keys := track.KeyerOf(r.Target, r.Remote)
	return l.Host.Run(ctx, req, &track.Sink{Take: each, Keys: &keys})
}

// filters reports whether the targets of a relationship are to be those only that the filters of their mapping let through.
func (l Relations) filters(r *meta.Relation) bool {
	return r.Many && !l.All && r.Target.Table.HasFilter()
}

func appendFilter(w *sqlw.Writer, t *ast.Table) {
	ast.Operand(w, &ast.Filtered{Table: t}, sqlw.PrecAnd)
}

// appendKeys writes the condition that finds the owners' targets.
func appendKeys(w *sqlw.Writer, r *meta.Relation, owners []*track.Entry) {
	object := track.CurrentObject // a foreign key is followed as it is to be
	if r.Many {
		object = track.StoredObject
	}
	if len(owners) > 1 && len(r.Local) == 1 {
		f := owners[0].Mapping.Field(r.Local[0])
		r.Remote[0].AppendSQL(w)
		w.Text(" = ANY(")
		w.Arg(nil, track.ArrayOf(f, owners, object))
		w.Byte(')')
		return
	}
	if len(owners) > 1 && !hasArrays(r.Remote) {
		appendAmong(w, r.Remote, func(i int) {
			r.Target.Field(r.Remote[i]).AppendArray(w, track.ArrayOf(r.Owner.Field(r.Local[i]), owners, object))
		})
		return
	}
	for n, o := range owners {
		if n > 0 {
			w.Text(" OR ")
		}
		for i, c := range r.Remote {
			if i > 0 {
				w.Text(" AND ")
			}
			c.AppendSQL(w)
			w.Text(" = ")
			w.Arg(nil, o.Mapping.Field(r.Local[i]).Value(object(o)))
		}
	}
}

// appendAmong writes the condition that finds rows by the values of several columns; array writes those of the i-th.
//
//	(t.a, t.b) IN (SELECT * FROM unnest($1::bigint[], $2::uuid[]))
func appendAmong(w *sqlw.Writer, columns []*ast.Column, array func(i int)) {
	w.Byte('(')
	for i, c := range columns {
		w.Separate(i)
		c.AppendSQL(w)
	}
	w.Text(") IN (SELECT * FROM unnest(")
	for i := range columns {
		w.Separate(i)
		array(i)
	}
	w.Text("))")
}

func appendOrder(w *sqlw.Writer, r *meta.Relation) { appendOrderBy(w, r.Target.Table, r.OrderBy) }

// appendOrderBy writes " ORDER BY x, y".
func appendOrderBy(w *sqlw.Writer, t *ast.Table, keys []ast.Node) {
	inside(w, t, func() {
		for i, n := range keys {
			if i == 0 {
				w.Text(" ORDER BY ")
			} else {
				w.Text(", ")
			}
			n.AppendSQL(w)
		}
	})
}

// inside calls f, which writes what is about a table; statements within that can name it.
func inside(w *sqlw.Writer, t *ast.Table, f func()) {
	outer := w.Enter()
	w.See(t)
	f()
	w.Leave(outer)
}

// selectPlaced is selectMatching where the server says which owner a target belongs to, by the owner's position. An owner is
// one of two or more; several may have the same target.
//
//	SELECT cupel.ord, … FROM truck JOIN unnest(nullif($1, ARRAY[(NULL::shop).name])) WITH ORDINALITY AS cupel (k1, ord)
//	ON truck.shop = cupel.k1
func (l Relations) selectPlaced(
	ctx context.Context, r *meta.Relation, owners []*track.Entry, object func(*track.Entry) mem.Ptr, each func(i int, target mem.Ptr),
) error {
	if hasArrays(r.Remote) { // an array of arrays cannot be taken apart
		for i, o := range owners {
			err := l.selectMatching(ctx, r, []*track.Entry{o}, func(_ track.Key, target *track.Entry) { each(i, target.Object) })
			if err != nil {
				return err
			}
		}
		return nil
	}
	w := l.writer()
	defer w.Release()
	appendPlaced(w, r, owners, object)
	l.appendConditions(w, r)
	appendOrder(w, r)
	w.Apart()
	if err := w.Err(); err != nil {
		return err
	}
	rows := &placed{each: each}
	return l.Host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: reflect.TypeFor[placedRow](),
		Slots: []run.Slot{
			{Type: reflect.TypeFor[int64]()},
			{Entity: &meta.Source{Mapping: r.Target, Table: r.Target.Table}, Offset: reflect.TypeFor[placedRow]().Field(1).Offset},
		},
		Rows: rows,
	}, nil)
}

// appendOrdItems writes "SELECT cupel.ord, … FROM tag".
func appendOrdItems(w *sqlw.Writer, r *meta.Relation) {
	w.Text("SELECT cupel.ord")
	for _, c := range r.Target.Table.Items() {
		w.Text(", ")
		c.AppendSQL(w)
	}
	w.Text(" \nFROM ")
	r.Target.Table.AppendFrom(w)
}

// appendPlaced writes "SELECT cupel.ord, … FROM truck JOIN unnest(…) WITH ORDINALITY AS cupel (k1, ord) ON truck.shop = cupel.k1".
func appendPlaced(w *sqlw.Writer, r *meta.Relation, owners []*track.Entry, object func(*track.Entry) mem.Ptr) {
	appendOrdItems(w, r)
	joinOf(r).appendOwners(w, owners, object)
}

// join is what the rows of targets, or those of a link table, and owners are joined by.
type join struct {
	rows, owner   *meta.Mapping
	columns, keys []*ast.Column // of rows, of owner
}

func joinOf(r *meta.Relation) join {
	if r.Link != nil {
		near := r.Link.Near
		return join{near.Owner, near.Target, near.Local, near.Remote}
	}
	return join{r.Target, r.Owner, r.Remote, r.Local}
}

// appendOwners writes " JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON product_tag.product_id = cupel.k1".
func (j join) appendOwners(w *sqlw.Writer, owners []*track.Entry, object func(*track.Entry) mem.Ptr) {
	w.Text(" JOIN ")
	j.appendUnnest(w, owners, object)
	w.Text(" ON ")
	j.appendMatch(w)
}

// appendUnnest writes "unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord)".
func (j join) appendUnnest(w *sqlw.Writer, owners []*track.Entry, object func(*track.Entry) mem.Ptr) {
	w.Text("unnest(")
	for i, c := range j.columns {
		w.Separate(i)
		j.rows.Field(c).AppendArray(w, track.ArrayOf(j.owner.Field(j.keys[i]), owners, object))
	}
	w.Text(") WITH ORDINALITY AS cupel (")
	for i := range j.columns {
		w.Byte('k')
		w.Int(i + 1)
		w.Text(", ")
	}
	w.Text("ord)")
}

// appendMatch writes "product_tag.product_id = cupel.k1".
func (j join) appendMatch(w *sqlw.Writer) {
	for i, c := range j.columns {
		if i > 0 {
			w.Text(" AND ")
		}
		c.AppendSQL(w)
		w.Text(" = cupel.k")
		w.Int(i + 1)
	}
}

// placedRow is a target with the position of its owner, from 1.
type placedRow struct {
	Ord    int64
	Target mem.Ptr
}

// placed takes rows one by one.
type placed struct {
	row  placedRow
	each func(i int, target mem.Ptr)
}

// Next returns the memory for a row.
func (p *placed) Next() mem.Ptr {
	p.row = placedRow{}
	return mem.Of(&p.row)
}

// Done passes the row on.
func (p *placed) Done() bool {
	p.each(int(p.row.Ord-1), p.row.Target)
	return true
}

func hasArrays(columns []*ast.Column) bool {
	for _, c := range columns {
		if sqltype.Parse(c.Type).Dims > 0 {
			return true
		}
	}
	return false
}

// refersToOwnKey reports whether the owners of a relationship are joined by their primary key, a lone column, which no two share.
func refersToOwnKey(r *meta.Relation) bool {
	return r.Many && len(r.Local) == 1 && r.Owner.IsKey(r.Local)
}

func withDistinctKeys(owners []*track.Entry, keys track.Keyer, object func(*track.Entry) mem.Ptr) []*track.Entry {
	seen := make(map[track.Key]bool, len(owners))
	distinct := make([]*track.Entry, 0, len(owners))
	for _, o := range owners {
		if k := keys.Of(object(o)); !seen[k] {
			seen[k] = true
			distinct = append(distinct, o)
		}
	}
	return distinct
}
