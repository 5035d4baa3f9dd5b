package wire

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// customKey is where a connection keeps its Conn.
const customKey = "github.com/cupel-go/cupel"

// Conn is the wire side of a connection: its prepared statements and its buffers. Like the connection, it is for one
// goroutine at a time.
type Conn struct {
	conn     *pgx.Conn
	known    *statements // nil: the connection's mode prepares nothing
	encoders []params
	sends    []send
	rows     Rows            // of the statement whose results are read
	tracer   pgx.QueryTracer // nil: none
	timed    bool
}

// Of returns the wire side of conn. It lives as long as the connection does.
func Of(conn *pgx.Conn) *Conn {
	data := conn.PgConn().CustomData()
	if c, ok := data[customKey].(*Conn); ok && c.conn == conn {
		return c
	}
	config := conn.Config()
	c := &Conn{conn: conn, tracer: config.Tracer}
	if config.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement {
		c.known = newStatements(config.StatementCacheCapacity)
	}
	data[customKey] = c
	return c
}

// Stmt is one statement of a batch.
type Stmt struct {
	SQL  string
	Args []any
	Once bool   // not worth preparing: BEGIN, COMMIT, DDL
	Read Reader // is given the rows as they stream in; nil: they are discarded

	Tag  pgconn.CommandTag // set by Run
	Took time.Duration     // set by Run, if the connection is Timed: from the sending of the batch to the end of this statement's result
}

// Reader takes the rows of a statement.
type Reader interface{ ReadRows(rows *Rows) error }

// ReadFunc is a function as a Reader.
type ReadFunc func(rows *Rows) error

// ReadRows calls f.
func (f ReadFunc) ReadRows(rows *Rows) error { return f(rows) }

// Formatted is a Reader that wants some columns in binary format from the first execution on, when the server has not
// told their types yet. nil asks for text.
type Formatted interface{ Formats() []int16 }

func formatsOf(s *Stmt) []int16 {
	if f, ok := s.Read.(Formatted); ok {
		return f.Formats()
	}
	return nil
}

// ErrStop is what a Read returns to read no further. It is no failure.
var ErrStop = errors.New("wire: stop reading")

// send is how a statement of a batch goes out.
type send struct {
	statement *statement // nil: unnamed
	fresh     bool       // prepared in this batch
}

// Timed has Run tell how long statements took, which costs a look at the clock for each.
func (c *Conn) Timed() *Conn {
	c.timed = true
	return c
}

func (c *Conn) now() time.Time {
	if c.timed {
		return time.Now()
	}
	return time.Time{}
}

// took notes how long a statement took.
func (c *Conn) took(s *Stmt, start time.Time) {
	if c.timed {
		s.Took = time.Since(start)
	}
}

// Run sends stmts in one round trip and reads their results in order. When one fails the server skips the rest; the
// error is then an *[Error]. A context that ends closes the connection.
func (c *Conn) Run(ctx context.Context, stmts []*Stmt) error {
	idle := c.conn.PgConn().TxStatus() == 'I'
	err := c.run(ctx, stmts)
	if e := (*Error)(nil); idle && errors.As(err, &e) && e.Index == 0 && !stmts[0].Once && forgotten(e.Err) {
		return c.run(ctx, stmts) // nothing of the batch took effect, and the statement was dropped from the cache
	}
	return err
}

func (c *Conn) run(ctx context.Context, stmts []*Stmt) error {
	if err := ctx.Err(); err != nil {
		return &Error{SQL: stmts[0].SQL, Err: err}
	}
	if err := c.encode(ctx, stmts); err != nil {
		return err
	}
	start := c.now()
	ctxs := c.traceStart(ctx, stmts)
	err := c.transmit(ctx, stmts, start)
	if err != nil && ctx.Err() != nil {
		err = withCause(err, ctx.Err())
	}
	c.finish(stmts, err)
	if c.known != nil {
		c.known.trim()
	}
	c.traceEnd(ctxs, stmts, err)
	return err
}

// transmit sends the batch and reads its results.
func (c *Conn) transmit(ctx context.Context, stmts []*Stmt, start time.Time) error {
	if st := c.sends[0].statement; len(stmts) == 1 && st != nil && st.described && len(c.known.evicted) == 0 {
		b := &c.encoders[0] // a lone statement that is known needs no pipeline
		r := c.conn.PgConn().ExecStatement(ctx, &st.description, b.values, b.formats, st.formats)
		if err := c.read(stmts[0], r); err != nil {
			return &Error{SQL: stmts[0].SQL, Err: err}
		}
		c.took(stmts[0], start)
		return nil
	}
	if c.allKnown() {
		return c.batch(ctx, stmts, start)
	}
	p := c.conn.PgConn().StartPipeline(ctx)
	c.queue(p, stmts)
	err := c.exchange(p, stmts, start)
	if closeErr := p.Close(); err == nil && closeErr != nil {
		err = &Error{SQL: stmts[len(stmts)-1].SQL, Index: len(stmts) - 1, Err: closeErr}
	}
	return err
}

// allKnown reports whether a batch has nothing to prepare or deallocate.
func (c *Conn) allKnown() bool {
	for _, out := range c.sends {
		if out.statement != nil && !out.statement.described {
			return false
		}
	}
	return c.known == nil || len(c.known.evicted) == 0
}

// batch sends statements that are known or not worth preparing: as the pipeline does, with fewer allocations.
func (c *Conn) batch(ctx context.Context, stmts []*Stmt, start time.Time) error {
	var out pgconn.Batch
	for i, s := range stmts {
		b := &c.encoders[i]
		if st := c.sends[i].statement; st != nil {
			out.ExecStatement(&st.description, b.values, b.formats, st.formats)
		} else {
			out.ExecParams(s.SQL, b.values, nil, b.formats, nil)
		}
	}
	results := c.conn.PgConn().ExecBatch(ctx, &out)
	for i, s := range stmts {
		if !results.NextResult() {
			err := results.Close()
			if err == nil {
				err = errUnexpected
			}
			return &Error{Index: i, SQL: s.SQL, Err: err}
		}
		if err := c.read(s, results.ResultReader()); err != nil {
			_ = results.Close() // it reports the same
			return &Error{Index: i, SQL: s.SQL, Err: err}
		}
		c.took(s, start)
	}
	if err := results.Close(); err != nil {
		return &Error{Index: len(stmts) - 1, SQL: stmts[len(stmts)-1].SQL, Err: err}
	}
	return nil
}

// encode encodes the arguments of every statement before anything is sent, so that a value that cannot be sent leaves
// the connection as it was.
func (c *Conn) encode(ctx context.Context, stmts []*Stmt) error {
	for len(c.encoders) < len(stmts) {
		c.encoders = append(c.encoders, params{})
	}
	c.sends = c.sends[:0]
	for i, s := range stmts {
		out, err := c.encodeOne(ctx, i, s)
		if err != nil {
			c.abandon()
			return &Error{Index: i, SQL: s.SQL, Err: err}
		}
		c.sends = append(c.sends, out)
	}
	return nil
}

func (c *Conn) encodeOne(ctx context.Context, i int, s *Stmt) (send, error) {
	b, types := &c.encoders[i], c.conn.TypeMap()
	if c.known == nil || s.Once {
		return send{}, b.encodeFirst(types, s.Args)
	}
	st, have := c.known.get(s.SQL)
	if have && st.described {
		return send{statement: st}, b.encode(types, st.params, s.Args)
	}
	err := b.encodeFirst(types, s.Args)
	if err == nil {
		return send{statement: st, fresh: !have}, nil
	}
	if have { // prepared by an earlier statement of this batch, but not described yet
		return send{}, err
	}
	// The value's encoding depends on the parameter's type: describe the statement first, in a trip of its own.
	d, err := c.conn.PgConn().Prepare(ctx, st.name, s.SQL, nil)
	if err != nil {
		c.known.drop(s.SQL)
		return send{}, err
	}
	st.describe(types, d)
	return send{statement: st}, b.encode(types, st.params, s.Args)
}

// abandon forgets the statements that were to be prepared by a batch that is not sent.
func (c *Conn) abandon() {
	for _, out := range c.sends {
		if out.fresh {
			c.known.drop(out.statement.description.SQL)
		}
	}
}

// queue puts the batch into the pipeline.
func (c *Conn) queue(p *pgconn.Pipeline, stmts []*Stmt) {
	if c.known != nil {
		for _, name := range c.known.takeEvicted() {
			p.SendDeallocate(name)
		}
	}
	for i, s := range stmts {
		b, out := &c.encoders[i], c.sends[i]
		switch {
		case out.statement == nil:
			p.SendQueryParams(s.SQL, b.values, nil, b.formats, nil)
		case out.statement.described:
			p.SendQueryStatement(&out.statement.description, b.values, b.formats, out.statement.formats)
		default:
			if out.fresh {
				p.SendPrepare(out.statement.name, s.SQL, nil)
			}
			p.SendQueryPrepared(out.statement.name, b.values, b.formats, formatsOf(s))
		}
	}
}

// exchange sends the batch and reads its results.
func (c *Conn) exchange(p *pgconn.Pipeline, stmts []*Stmt, start time.Time) error {
	if err := p.Sync(); err != nil {
		return &Error{SQL: stmts[0].SQL, Err: err}
	}
	for i := 0; i < len(stmts); {
		results, err := p.GetResults()
		if err != nil {
			return &Error{Index: i, SQL: stmts[i].SQL, Err: err}
		}
		switch r := results.(type) {
		case *pgconn.CloseComplete:
		case *pgconn.StatementDescription:
			c.sends[i].statement.describe(c.conn.TypeMap(), r)
		case *pgconn.ResultReader:
			if err := c.read(stmts[i], r); err != nil {
				return &Error{Index: i, SQL: stmts[i].SQL, Err: err}
			}
			c.took(stmts[i], start)
			i++
		default:
			return &Error{Index: i, SQL: stmts[i].SQL, Err: errUnexpected}
		}
	}
	return nil
}

func (c *Conn) read(s *Stmt, r *pgconn.ResultReader) error {
	var readErr error
	if s.Read != nil {
		c.rows = Rows{reader: r, conn: c.conn}
		readErr = s.Read.ReadRows(&c.rows)
	}
	tag, err := r.Close() // reads the rows that are left
	s.Tag = tag
	switch {
	case err != nil:
		return err
	case readErr != nil && !errors.Is(readErr, ErrStop):
		return &ReadError{readErr}
	}
	return nil
}

// finish drops statements from the cache that are not known to be good after an error.
func (c *Conn) finish(stmts []*Stmt, err error) {
	if err == nil || c.known == nil {
		return
	}
	for _, out := range c.sends {
		if out.fresh && !out.statement.described {
			c.known.drop(out.statement.description.SQL)
		}
	}
	if e := (*Error)(nil); errors.As(err, &e) && forgotten(e.Err) {
		c.known.drop(stmts[e.Index].SQL)
	}
}
