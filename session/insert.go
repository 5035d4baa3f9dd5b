package session

import (
	"context"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/plan"
	"github.com/cupel-go/cupel/internal/track"
	"github.com/cupel-go/cupel/query"
)

// BulkInsert inserts objects without tracking them: the mapping's defaults apply, and generated keys and what else the database
// makes are in the objects afterwards. Objects with the same columns set are one statement, whatever their number:
//
//	err := session.BulkInsert(ctx, eng, bank.Customers, c1, c2)
//	// INSERT INTO customer (…) SELECT … FROM unnest($1::text[], …) … RETURNING id
//
// r is a Session, in whose transaction it happens, after its pending changes of the tables concerned are flushed; an Engine;
// or what [Wrap] makes of a connection. Where no transaction is open it is one of its own: all rows or none, and a row
// that a trigger keeps out is an error. A table with rules wants query.Insert: where PostgreSQL rewrites an INSERT, it cannot count its rows in
// the statement. A relationship
// to one object that was set gives its foreign key, and that object has its key by then; lists are not followed. After an
// error the objects have no generated keys. No objects are no statement.
func BulkInsert[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs ...*T) error {
	src, err := sourceOf(table)
	if err != nil || len(objs) == 0 {
		return err
	}
	return outside(ctx, r, ast.Written{Table: src.Table}, func(o *outsideRunner) error {
		st, entries, err := track.Untracked(src.Mapping, objs)
		if err != nil {
			return fault.During("BulkInsert into "+src.Table.String(), err)
		}
		return o.insert(ctx, st, entries)
	})
}

// insert inserts the rows of objects that nobody tracks.
func (o *outsideRunner) insert(ctx context.Context, st *track.Store, entries []*track.Entry) error {
	if err := plan.PrepareInsert(entries); err != nil {
		return err
	}
	if err := o.autoflush(ctx, withParents(st.Mapping.Table)); err != nil {
		return err
	}
	p := plan.Insert(st, entries)
	err := o.write(ctx, &p)
	if err != nil {
		for _, e := range entries {
			e.Unstamp()
		}
	}
	return err
}
