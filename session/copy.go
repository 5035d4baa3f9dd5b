package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// CopyFrom stores objects by PostgreSQL's COPY, which streams them: any number takes no more memory than a few, and less of the
// server's time than INSERT does. It returns their number:
//
//	n, err := session.CopyFrom(ctx, eng, Products, func(yield func(*Product, error) bool) { … })
//	// COPY product (sku, name) FROM STDIN
//	n, err := session.CopyFrom(ctx, eng, Archive, query.Select(Archive).FromRaw("…").Iter(ctx, other))
//
// Nothing comes back, so that generated keys are not in the objects afterwards; see [BulkInsert] for that, and for relationships,
// which are not followed here. The first object decides which columns are named: not those that the database gives a new row and that are zero
// in it. An object that is otherwise is an error. The mapping's Go functions of Default apply; the objects stay as they are.
//
// r is a Session, in whose transaction it happens, after its pending changes of the tables concerned are flushed; an Engine; or what
// [Wrap] makes of a connection. It is all rows or none. An error of objs ends it and is returned. objs must not use r meanwhile,
// and may run on another goroutine. No objects are no statement.
func CopyFrom[T any](ctx context.Context, r query.Runner, table expr.Item[*T], objs iter.Seq2[*T, error]) (n int64, err error) {
	src, err := sourceOf(table)
	if err != nil {
		return 0, err
	}
	next, stop := iter.Pull2(objs)
	defer stop()
	c := copying{mapping: src.Mapping, pull: func() (mem.Ptr, error, bool) {
		obj, err, ok := next()
		if ok && err == nil && obj == nil {
			err = fmt.Errorf("session: CopyFrom: an object of %s is nil", src.Mapping.Table)
		}
		return mem.Of(obj), err, ok
	}}
	err = outside(ctx, r, ast.Written{Table: src.Table}, func(o *outsideRunner) error {
		n, err = o.copyFrom(ctx, &c)
		return err
	})
	return n, err
}

// copying is the rows of a COPY while they are read.
type copying struct {
	mapping *meta.Mapping
	pull    func() (mem.Ptr, error, bool)
	columns []int // positions of the columns that are named
	values  []any
	obj     mem.Ptr
	waiting bool // obj was read, but not yet asked for
	read    int64
	ended   bool  // there are no more
	err     error // why there are no more
	panics  any   // what the program's code panicked with
}

// Next reads the next object. pgx calls it on a goroutine of its own, where a panic would end the program.
func (c *copying) Next() bool {
	if c.waiting {
		c.waiting = false
		return true
	}
	return c.advance()
}

func (c *copying) advance() (more bool) {
	defer func() {
		if p := recover(); p != nil {
			more, c.panics, c.err = false, p, errPanicked
		}
	}()
	obj, err, ok := c.pull()
	if !ok || err != nil {
		c.ended, c.err = err == nil, err
		return false
	}
	c.obj = obj
	c.read++
	return true
}

var errPanicked = errors.New("session: CopyFrom: the objects' code panicked")

// Values returns the row of the object.
func (c *copying) Values() (_ []any, err error) {
	defer func() {
		if p := recover(); p != nil { // of a Default
			c.panics, err = p, errPanicked
			c.err = err
		}
	}()
	c.values = c.values[:0]
	at := 0
	for i := range c.mapping.Fields {
		f := &c.mapping.Fields[i]
		zero := f.IsZero(c.obj)
		named := at < len(c.columns) && c.columns[at] == i
		if named {
			at++
		}
		switch {
		case named && zero && f.Default != nil:
			c.values = append(c.values, f.Default())
		case named && zero && f.Computed():
			c.err = fmt.Errorf("session: CopyFrom: object %d has no %s, which the first one has", c.read, f.Column)
			return nil, c.err
		case named:
			c.values = append(c.values, f.Value(c.obj))
		case !zero && !f.Unwritten:
			c.err = fmt.Errorf("session: CopyFrom: object %d has a %s, which the first one has not", c.read, f.Column)
			return nil, c.err
		}
	}
	return c.values, nil
}

// Err returns why there are no more objects.
func (c *copying) Err() error { return c.err }

// begin reads the first object, which decides the columns; false where there is none.
func (c *copying) begin() bool {
	if c.waiting = c.advance(); !c.waiting {
		return false
	}
	for i := range c.mapping.Fields {
		f := &c.mapping.Fields[i]
		if f.DefaultExpr != nil && f.Default == nil && f.IsZero(c.obj) {
			c.err = fmt.Errorf("session: CopyFrom: object 1 has no %s, and COPY computes no DefaultExpr; see BulkInsert", f.Column)
			return false
		}
		if f.Unwritten {
			continue
		}
		if !f.Computed() || !f.IsZero(c.obj) || f.Default != nil {
			c.columns = append(c.columns, i)
		}
	}
	return true
}

// names returns the names of the columns, and the statement for errors and the log.
func (c *copying) names(schema string) (names []string, sql string) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.In(schema)
	w.Text("COPY ")
	w.Relation(c.mapping.Table.Schema, c.mapping.Table.Name)
	w.Text(" (")
	for k, i := range c.columns {
		name := c.mapping.Fields[i].Column.Name
		names = append(names, name)
		w.Separate(k)
		w.Ident(name)
	}
	w.Text(") FROM STDIN")
	return names, w.String()
}

// copyFrom runs the COPY.
func (o *outsideRunner) copyFrom(ctx context.Context, c *copying) (int64, error) {
	if err := o.autoflush(ctx, withParents(c.mapping.Table)); err != nil {
		return 0, err
	}
	defer func() {
		if c.panics != nil {
			panic(c.panics)
		}
	}()
	if !c.begin() {
		return 0, c.err
	}
	if err := o.tx.ready(ctx, o.within()); err != nil {
		return 0, o.failQuery(explainStatement(err))
	}
	conn := o.tx.conn.Conn()
	alone := conn.PgConn().TxStatus() == 'I'
	names, sql := c.names(o.tx.terms.schema)
	st := &wire.Stmt{SQL: sql}
	began := time.Now()
	n, err := conn.CopyFrom(ctx, tableName(c.mapping, o.tx.terms.schema), names, c)
	st.Took, st.Tag = time.Since(began), pgconn.NewCommandTag(fmt.Sprintf("COPY %d", n))
	if err != nil {
		err = &wire.Error{SQL: sql, Err: c.explain(ctx, err, conn.IsClosed(), alone)}
	}
	o.tx.core.log.statements(ctx, []*wire.Stmt{st}, err)
	switch {
	case err == nil:
		return n, nil
	case c.err != nil:
		return 0, o.failQuery(c.err)
	}
	return 0, o.failQuery(explainStatement(err))
}

// explain returns the error of a COPY that failed. What pgx says of a value that it cannot send has the value in it.
func (c *copying) explain(ctx context.Context, err error, closed, alone bool) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if pg.Code == "57014" && strings.HasPrefix(pg.Message, "COPY from stdin failed") {
			return fmt.Errorf("object %d has a value that cannot be sent as what its column is", c.read)
		}
		return err
	}
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		err = fmt.Errorf("%w: %w", ended, err)
	}
	switch {
	case closed && alone && c.ended:
		return fmt.Errorf("%w: %w", ErrUnknownOutcome, err)
	case closed && ctx.Err() == nil:
		return fmt.Errorf("%w: %w", ErrConnection, err)
	}
	return err
}

// tableName returns the name of a mapping's table; schema is that of tables whose mapping names none.
func tableName(m *meta.Mapping, schema string) pgx.Identifier {
	if schema = cmp.Or(m.Table.Schema, schema); schema == "" {
		return pgx.Identifier{m.Table.Name}
	}
	return pgx.Identifier{schema, m.Table.Name}
}

// failQuery is that of the session, if there is one.
func (o *outsideRunner) failQuery(err error) error {
	if o.session == nil {
		return err
	}
	return o.session.failQuery(err)
}
