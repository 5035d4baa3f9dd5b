package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
	"github.com/cupel-go/cupel/internal/wire"
	"github.com/cupel-go/cupel/query"
)

// CopyOptions is how [CopyTo] writes rows.
type CopyOptions struct {
	Format     CopyFormat // default CopyText
	Header     bool       // the first line has the names of the columns: of CopyCSV, and of CopyText from PostgreSQL 15 on
	Delimiter  byte       // between the values of a row; default a tab, of CopyCSV a comma
	Null       *string    // what is written for NULL; default \N, of CopyCSV nothing
	ForceQuote bool       // of CopyCSV: every value but NULL is in quotes; default only where it must be
}

// CopyFormat is a format of [CopyTo].
type CopyFormat uint8

// The formats, which are PostgreSQL's.
const (
	CopyText   CopyFormat = iota // lines of values with tabs between, and backslashes before what is special
	CopyCSV                      // as encoding/csv reads it
	CopyBinary                   // which COPY reads again
)

// CopyTo writes the rows of a query to w by PostgreSQL's COPY, which streams them, and returns their number:
//
//	n, err := session.CopyTo(ctx, eng, file, query.Select(Products).Filter(Products.Price.Gt(5)), session.CopyOptions{Format: session.CopyCSV})
//	// COPY (SELECT … FROM product WHERE product.price > CAST('5' AS double precision)) TO STDOUT (FORMAT csv)
//
// COPY takes no arguments. The server itself makes literals of them, with the types that they have in the query, in a trip before; a connection
// whose settings would make another value of one (DateStyle other than ISO, IntervalStyle sql_standard, extra_float_digits below 1) is an
// error where there are arguments.
//
// r is a Session, in whose transaction it happens, after its pending changes of the tables concerned are flushed; an Engine; or what
// [Wrap] makes of a connection. A statement that changes rows is an error, unless it is query.Raw. After an error part of the rows may
// have been written. An error of w ends it and is returned; it costs the connection, and so the transaction. w must not use r.
func CopyTo(ctx context.Context, r query.Runner, w io.Writer, q expr.Rows, how CopyOptions) (n int64, err error) {
	if ast.IsNil(q) || ast.IsNil(w) {
		return 0, fmt.Errorf("session: CopyTo: %w", ast.ErrNil)
	}
	c := copyingTo{st: q.CupelStatement(), to: receiver{w: w}}
	if c.st == nil {
		return 0, stmt.ErrEmpty
	}
	if c.options, err = how.text(); err != nil {
		return 0, err
	}
	writer := sqlw.Get(sqlw.Numbered)
	defer writer.Release()
	writer.In(run.SchemaOf(r))
	c.st.AppendSQL(writer)
	if err := writer.Err(); err != nil {
		return 0, err
	}
	c.sql, c.args = writer.String(), writer.Values()
	if _, whole := c.st.(*stmt.Text); whole {
		c.about = run.Anything{}
	} else if c.about = tables(stmt.Reads(c.st)); writer.Changes() {
		return 0, fmt.Errorf("session: CopyTo: %w: %s", errChanges, c.sql)
	}
	err = outside(ctx, r, ast.Written{}, func(o *outsideRunner) error {
		n, err = o.copyTo(ctx, &c)
		return err
	})
	return n, err
}

var errChanges = errors.New("the statement changes rows, of which a session would not know; run it, or say it with query.Raw")

// copyingTo is a COPY of a statement's rows.
type copyingTo struct {
	st      ast.Statement
	sql     string // with placeholders
	args    []any
	about   run.Tables
	options string
	to      receiver
}

// text returns the options as they stand after TO STDOUT.
func (o CopyOptions) text() (string, error) {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	formats := [...]string{"text", "csv", "binary"}
	if int(o.Format) >= len(formats) {
		return "", fmt.Errorf("session: CopyTo: there is no format %d", o.Format)
	}
	w.Text(" (FORMAT " + formats[o.Format])
	if o.Header {
		w.Text(", HEADER")
	}
	if o.Delimiter != 0 {
		w.Text(", DELIMITER ")
		w.Quote(string(rune(o.Delimiter)))
	}
	if o.Null != nil {
		w.Text(", NULL ")
		w.Quote(*o.Null)
	}
	if o.ForceQuote {
		w.Text(", FORCE_QUOTE *")
	}
	w.Byte(')')
	return w.String(), nil
}

// copyTo runs the COPY.
func (o *outsideRunner) copyTo(ctx context.Context, c *copyingTo) (int64, error) {
	if err := o.autoflush(ctx, c.about); err != nil {
		return 0, err
	}
	if err := o.tx.ready(ctx, o.within()); err != nil {
		return 0, o.failQuery(explainStatement(err))
	}
	literals, err := o.literals(ctx, c)
	if err != nil {
		return 0, o.failQuery(explainStatement(err))
	}
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.Instead(literals)
	w.In(o.tx.terms.schema)
	w.Text("COPY (")
	c.st.AppendSQL(w)
	w.Text("\n) TO STDOUT") // a comment at the end of SQL text ends there
	w.Text(c.options)

	conn := o.tx.conn.Conn()
	st := &wire.Stmt{SQL: "COPY (" + c.sql + ") TO STDOUT" + c.options, Args: c.args}
	began := time.Now()
	st.Tag, err = conn.PgConn().CopyTo(ctx, &c.to, w.String())
	st.Took = time.Since(began)
	if c.to.panics != nil {
		panic(c.to.panics)
	}
	if err != nil {
		err = &wire.Error{SQL: st.SQL, Err: c.explain(ctx, err, conn.IsClosed())}
	}
	o.tx.core.log.statements(ctx, []*wire.Stmt{st}, err)
	switch {
	case err == nil:
		return st.Tag.RowsAffected(), nil
	case c.to.err != nil:
		return 0, o.failQuery(c.to.err)
	}
	return 0, o.failQuery(explainStatement(err))
}

// explain returns the error of a COPY that failed.
func (c *copyingTo) explain(ctx context.Context, err error, closed bool) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	var pg *pgconn.PgError
	if closed && ctx.Err() == nil && !errors.As(err, &pg) {
		return fmt.Errorf("%w: %w", ErrConnection, err)
	}
	return err
}

// receiver is what the rows are written to. The program's code runs within pgx's there, where a panic would leave the connection locked.
type receiver struct {
	w      io.Writer
	err    error
	panics any
}

var errReceiver = errors.New("session: CopyTo: the writer panicked")

// Write writes, and keeps the error.
func (r *receiver) Write(p []byte) (n int, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			r.panics, err = panicked, errReceiver
		}
	}()
	n, err = r.w.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	r.err = err
	return n, err
}
