package session

import (
	"context"
	"fmt"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/query"
)

// Insert inserts objects without tracking them: the mapping's defaults apply, and generated keys and what else the database
// makes are in the objects afterwards. Objects with the same columns set are one statement, whatever their number:
//
//	err := session.Insert(ctx, eng, bank.Customers, c1, c2)
//	// INSERT INTO customer (…) SELECT … FROM unnest($1::text[], …) … RETURNING id
//
// r is a Session, in whose transaction it happens, after its pending changes of the tables concerned are flushed; an Engine;
// or what [Wrap] makes of a connection. Where no transaction is open it is one of its own: all rows or none. A relationship
// to one object that was set gives its foreign key, and that object has its key by then; lists are not followed. After an
// error the objects have no generated keys. No objects are no statement.
func Insert[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs ...*T) error {
	src, err := sourceOf(table)
	if err != nil || len(objs) == 0 {
		return err
	}
	return outside(ctx, r, func(s *Session, commit bool) error {
		st, entries, err := strangers(s, src.Mapping, objs)
		if err != nil {
			return fault.During("Insert into "+src.Table.String(), err)
		}
		return st.insert(ctx, entries, commit)
	})
}

// insert inserts the rows of objects outside the identity map.
func (st *store) insert(ctx context.Context, entries []*entry, commit bool) error {
	s := st.session
	for _, e := range entries {
		if err := e.followRefs(); err != nil {
			return fault.During("Insert of "+e.describe(), err)
		}
		stamp(e)
	}
	if err := s.autoflush(ctx, withParents(st.m.Table)); err != nil {
		return err
	}
	p := &plan{}
	st.group(p, insertStep, entries, nil, func(buf []int, e *entry) []int { return insertColumns(buf, e, nil) })
	if err := s.execute(ctx, p, commit); err != nil {
		for _, e := range entries {
			e.unstamp()
		}
		return s.fail(err)
	}
	return nil
}

// followRefs copies the keys of the objects that an object was made to refer to into its foreign keys.
func (e *entry) followRefs() error {
	for _, r := range e.Mapping.Relations {
		if r.Many {
			continue
		}
		ref := r.RefAt(e.Object)
		if !ref.Dirty || ref.Object == nil {
			continue
		}
		parent := &entry{Handle: meta.Handle{Object: ref.Object, Home: &meta.Home{Mapping: r.Target, Owner: e.Owner}}}
		if l := (link{r, e, parent}); !l.sync() {
			return fmt.Errorf("%s of it is %s, whose row is not there yet", r.Name, parent.describe())
		}
	}
	return nil
}

// unstamp takes back a key that the database generated.
func (e *entry) unstamp() {
	if !e.stamped {
		return
	}
	if k := e.Mapping.GeneratedKey(); k >= 0 {
		f := &e.Mapping.Fields[k]
		f.Clear(e.Object)
	}
}
