package session

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/rows"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// BulkCopy is [BulkInsert] by PostgreSQL's COPY, for very many new rows: generated keys are drawn from their sequence first, all of them in
// one statement, so that they are in the objects here too.
//
//	err := session.BulkCopy(ctx, eng, Products, products...)
//	// SELECT nextval('product_id_seq') … -- once for each object
//	// COPY product (id, sku, name) FROM STDIN
//
// It pays from about 1,000 rows on: 10,000 take some two thirds of BulkInsert's time. Where COPY would do something else than INSERT, or there is
// more to read back than the key, it is BulkInsert: tables with rules, policies, or triggers BEFORE INSERT that see each row, views and partitioned
// tables, keys of which the sequence is not their own or may not be used, objects that do not all have the same columns set, columns with
// ServerDefault, DefaultExpr or Generated to be read. An error of the server names no object. All else is as for BulkInsert.
func BulkCopy[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs ...*T) error {
	src, err := sourceOf(table)
	if err != nil || len(objs) == 0 {
		return err
	}
	return outside(ctx, r, ast.Written{Table: src.Table}, func(o *outsideRunner) error {
		st, entries, err := track.Untracked(src.Mapping, objs)
		if err == nil {
			err = plan.PrepareInsert(entries)
		}
		if err != nil {
			return fault.During("BulkCopy into "+src.Table.String(), err)
		}
		return o.insertOrCopy(ctx, st, entries)
	})
}

// insertOrCopy inserts prepared objects, by COPY where that comes to the same.
func (o *outsideRunner) insertOrCopy(ctx context.Context, st *track.Store, entries []*track.Entry) error {
	if err := o.autoflush(ctx, withParents(st.Mapping.Table)); err != nil {
		return err
	}
	p := plan.Insert(st, entries)
	key, ok := copyable(&p)
	if ok {
		var err error
		if ok, err = o.drawKeys(ctx, st.Mapping, key, entries); err != nil {
			return o.unstamped(entries, o.failQuery(explainStatement(err)))
		}
	}
	if !ok {
		return o.unstamped(entries, o.write(ctx, &p))
	}
	return o.unstamped(entries, o.copyObjects(ctx, st.Mapping, entries))
}

// unstamped takes keys that the database gave back from objects that were not stored.
func (o *outsideRunner) unstamped(entries []*track.Entry, err error) error {
	if err != nil {
		for _, e := range entries {
			e.Unstamp()
		}
	}
	return err
}

// copyable reports whether nothing comes back of a plan's rows but perhaps a generated key, whose position it returns; -1: no key.
func copyable(p *plan.Plan) (key int, ok bool) {
	if len(p.Steps) != 1 {
		return -1, false
	}
	st := &p.Steps[0]
	back := st.Returned()
	switch {
	case len(st.Computed()) > 0 || len(st.Columns) == 0:
		return -1, false
	case len(back) == 0:
		return -1, true
	}
	return back[0], len(back) == 1 && st.Store.Mapping.Fields[back[0]].Generated
}

// plainTable is the condition that COPY does with a table what INSERT does, but for triggers; $1 is its name.
const plainTable = `c.oid = $1::regclass AND c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity`

// ownSequenceSQL draws keys from the sequence that a column takes its values from; no rows where there is none, or where a trigger may change
// what it gives.
const ownSequenceSQL = `SELECT nextval(q.seq) FROM (SELECT s.seq FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = $2 AND NOT a.attisdropped,
	LATERAL (SELECT pg_catalog.pg_get_serial_sequence($1, $2)::regclass AS seq OFFSET 0) s
	WHERE ` + plainTable + ` AND s.seq IS NOT NULL AND pg_catalog.has_sequence_privilege(s.seq, 'USAGE')
	AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgtype & 7 = 7)
	AND (a.attidentity <> '' OR EXISTS (SELECT FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_depend p
		ON p.classid = 'pg_catalog.pg_attrdef'::regclass AND p.objid = d.oid AND p.refobjid = s.seq
		WHERE d.adrelid = c.oid AND d.adnum = a.attnum AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\(''[^'']*''::regclass\)$'))
	OFFSET 0) q, generate_series(1, $3::integer)`

// plainTableSQL gives one row where COPY does with a table what INSERT does.
const plainTableSQL = `SELECT 1::bigint FROM pg_catalog.pg_class c WHERE ` + plainTable

// drawKeys gives objects keys of their sequence, where there is a key to be drawn; false where COPY is not to be used.
func (o *outsideRunner) drawKeys(ctx context.Context, m *meta.Mapping, key int, entries []*track.Entry) (ok bool, err error) {
	w := sqlw.Get(sqlw.Numbered)
	w.In(o.tx.terms.schema)
	w.Relation(m.Table.Schema, m.Table.Name)
	name := w.String()
	w.Release()
	n, column, wanted := 0, m.Key[0], 1
	stmt := &wire.Stmt{SQL: plainTableSQL, Args: []any{name}}
	if key >= 0 {
		column, wanted = key, len(entries)
		stmt = &wire.Stmt{SQL: ownSequenceSQL, Args: []any{name, m.Fields[key].Column.Name, int32(len(entries))}}
	}
	stmt.Read = &rows.Columns{Mapping: m, Columns: []int{column}, Take: func(r *rows.Columns) error {
		for n = 0; r.Next() && n < wanted; n++ {
			if key < 0 {
				continue
			}
			e := entries[n]
			e.Stamped = true
			if err := r.Read(e.Object); err != nil {
				return err
			}
		}
		return nil
	}}
	err = o.tx.Send(ctx, stmt)
	return n == wanted, err
}

// copyObjects stores objects by COPY, and commits where there is no session.
func (o *outsideRunner) copyObjects(ctx context.Context, m *meta.Mapping, entries []*track.Entry) error {
	at := -1
	c := copying{mapping: m, pull: func() (mem.Ptr, error, bool) {
		if at++; at >= len(entries) {
			return nil, nil, false
		}
		return entries[at].Object, nil, true
	}}
	n, err := o.copyFrom(ctx, &c)
	if err != nil {
		return err
	}
	if n != int64(len(entries)) {
		err := fmt.Errorf("session: the COPY of %d rows into %s stored %d: a trigger kept some out", len(entries), m.Table, n)
		if o.session != nil {
			return o.session.fail(err)
		}
		return err
	}
	if o.commit {
		return o.write(ctx, &plan.Plan{})
	}
	return nil
}
