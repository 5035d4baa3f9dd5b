package wire

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Run sends stmts in one round trip and reads their results in order; statements that the engine has not met are described
// in a trip before. When one fails the server skips the rest; the error is then an *[Error]. A context that ends closes
// the connection.
func (c *Conn) Run(ctx context.Context, stmts []*Stmt) error {
	idle := c.conn.PgConn().TxStatus() == 'I'
	err := c.run(ctx, stmts)
	if err != nil && c.heal(ctx, stmts, err, idle) {
		return c.run(ctx, stmts)
	}
	return err
}

func (c *Conn) run(ctx context.Context, stmts []*Stmt) error {
	if err := ctx.Err(); err != nil {
		return unsent(failed(stmts, 0, err))
	}
	ctxs := c.traceStart(ctx, stmts)
	err := c.attempt(ctx, stmts)
	if err != nil && ctx.Err() != nil {
		err = withCause(err, ctx.Err())
	}
	c.known.trim()
	c.traceEnd(ctxs, stmts, err)
	return err
}

// attempt finds out what is to be known of the statements, and sends them.
func (c *Conn) attempt(ctx context.Context, stmts []*Stmt) error {
	c.kept = false
	start := c.now()
	err := c.attemptFrom(ctx, stmts, start)
	if err != nil {
		c.tookFailed(stmts, start, err)
	}
	return err
}

// tookFailed notes how long the statement took that an error is about.
func (c *Conn) tookFailed(stmts []*Stmt, start time.Time, err error) {
	if e := (*Error)(nil); errors.As(err, &e) && e.Index < len(stmts) {
		c.took(stmts[max(e.Index, 0)], start)
	}
}

func (c *Conn) attemptFrom(ctx context.Context, stmts []*Stmt, start time.Time) error {
	c.led = 0
	lead, err := c.know(ctx, stmts)
	if err != nil {
		return unsent(err)
	}
	if lead > 0 {
		return c.attemptLed(ctx, stmts, lead, start)
	}
	defer c.release()
	if err := c.encode(stmts); err != nil {
		return unsent(err)
	}
	if c.conn.IsClosed() {
		return unsent(failed(stmts, 0, errClosed))
	}
	err = c.transmit(ctx, stmts, start)
	if err != nil {
		c.doubt()
	}
	return err
}

// attemptLed is attemptFrom in two trips: of the first lead statements, and of the others.
func (c *Conn) attemptLed(ctx context.Context, stmts []*Stmt, lead int, start time.Time) error {
	if err := c.attemptFrom(ctx, stmts[:lead], start); err != nil {
		return err
	}
	err := c.attemptFrom(ctx, stmts[lead:], start)
	if e := (*Error)(nil); errors.As(err, &e) {
		e.Index, e.Led = e.Index+lead, e.Led+lead
	}
	c.led = lead
	return err
}

func unsent(err error) error {
	if e := (*Error)(nil); errors.As(err, &e) {
		e.Unsent = true
	}
	return err
}

// doubt forgets statements of which a batch that failed does not say whether they are prepared.
func (c *Conn) doubt() {
	for _, out := range c.sends {
		if st := out.statement; out.prepares && !st.prepared {
			c.known.drop(st.description.SQL)
		}
	}
}

// encode encodes the arguments of every statement before anything is sent, so that a value that cannot be sent leaves
// the connection as it was.
func (c *Conn) encode(stmts []*Stmt) error {
	for len(c.encoders) < len(stmts) {
		c.encoders = append(c.encoders, newParams())
	}
	for i, s := range stmts {
		out := &c.sends[i]
		st := out.statement
		if st == nil {
			if len(s.Args) > 0 {
				return failed(stmts, i, errCount)
			}
			continue
		}
		if err := c.encoders[i].encode(c.conn.TypeMap(), st.params, s.Args); err != nil {
			return failed(stmts, i, err)
		}
		out.formats = st.formats
		if !st.opaque {
			continue
		}
		if reader, chooses := s.Read.(Chooser); chooses {
			out.formats = reader.Choose(c.conn.TypeMap(), st.description.Fields, st.formats)
		}
	}
	return nil
}

// release lets go of the arguments of a batch.
func (c *Conn) release() {
	for i := range min(len(c.sends), len(c.encoders)) {
		c.encoders[i].reset()
	}
	c.rows = Rows{}
}

// transmit sends the batch and reads its results.
func (c *Conn) transmit(ctx context.Context, stmts []*Stmt, start time.Time) error {
	if !c.plain() {
		return c.pipeline(ctx, stmts, start)
	}
	if out := &c.sends[0]; len(stmts) == 1 && out.statement != nil && out.statement.prepared {
		b := &c.encoders[0] // a lone statement needs no batch
		r := c.conn.PgConn().ExecStatement(ctx, &out.statement.description, b.values, b.formats, out.formats)
		if err := c.read(stmts[0], r); err != nil {
			return failed(stmts, 0, err)
		}
		c.took(stmts[0], start)
		return nil
	}
	return c.batch(ctx, stmts, start)
}

// plain reports whether a batch has nothing to prepare or deallocate.
func (c *Conn) plain() bool {
	for _, out := range c.sends {
		if st := out.statement; st != nil && st.name != "" && !st.prepared {
			return false
		}
	}
	return len(c.known.evicted) == 0
}

// batch sends statements that are prepared, or are not to be: as the pipeline does, with fewer allocations.
func (c *Conn) batch(ctx context.Context, stmts []*Stmt, start time.Time) error {
	var out pgconn.Batch
	for i, s := range stmts {
		b, send := &c.encoders[i], &c.sends[i]
		switch st := send.statement; {
		case st == nil:
			out.ExecParams(s.SQL, nil, nil, nil, nil)
		case st.prepared:
			out.ExecStatement(&st.description, b.values, b.formats, send.formats)
		default:
			out.ExecParams(s.SQL, b.values, st.description.ParamOIDs, b.formats, send.formats)
		}
	}
	results := c.conn.PgConn().ExecBatch(ctx, &out)
	for i, s := range stmts {
		if !results.NextResult() {
			err := results.Close()
			if err == nil {
				err = errUnexpected
			}
			return failed(stmts, i, err)
		}
		if err := c.read(s, results.ResultReader()); err != nil {
			_ = results.Close() // it reports the same
			return failed(stmts, i, err)
		}
		c.took(s, start)
	}
	if err := results.Close(); err != nil {
		return failed(stmts, len(stmts)-1, err)
	}
	return nil
}

// pipeline sends a batch in which statements are prepared or deallocated.
func (c *Conn) pipeline(ctx context.Context, stmts []*Stmt, start time.Time) error {
	p := c.conn.PgConn().StartPipeline(ctx)
	c.queue(p, stmts)
	err := c.exchange(p, stmts, start)
	if closeErr := p.Close(); err == nil && closeErr != nil {
		err = failed(stmts, len(stmts)-1, closeErr)
	}
	return err
}

// queue puts the batch into the pipeline.
func (c *Conn) queue(p *pgconn.Pipeline, stmts []*Stmt) {
	for _, name := range c.known.takeEvicted() {
		p.SendDeallocate(name)
	}
	for i, s := range stmts {
		b, out := &c.encoders[i], &c.sends[i]
		switch st := out.statement; {
		case st == nil:
			p.SendQueryParams(s.SQL, nil, nil, nil, nil)
		case st.prepared:
			p.SendQueryStatement(&st.description, b.values, b.formats, out.formats)
		case st.name == "":
			p.SendQueryParams(s.SQL, b.values, st.description.ParamOIDs, b.formats, out.formats)
		default:
			if out.prepares = !c.preparedBefore(i); out.prepares {
				p.SendPrepare(st.name, s.SQL, st.description.ParamOIDs)
			}
			p.SendQueryPrepared(st.name, b.values, b.formats, out.formats)
		}
	}
}

// preparedBefore reports whether an earlier statement of the batch is the same, so that it is prepared there.
func (c *Conn) preparedBefore(i int) bool {
	for j := range i {
		if c.sends[j].statement == c.sends[i].statement {
			return true
		}
	}
	return false
}

// exchange sends the batch and reads its results.
func (c *Conn) exchange(p *pgconn.Pipeline, stmts []*Stmt, start time.Time) error {
	if err := p.Sync(); err != nil {
		return failed(stmts, 0, err)
	}
	for i := 0; i < len(stmts); {
		results, err := p.GetResults()
		if err != nil {
			return failed(stmts, i, err)
		}
		switch r := results.(type) {
		case *pgconn.CloseComplete:
		case *pgconn.StatementDescription:
			c.sends[i].statement.prepared = true
		case *pgconn.ResultReader:
			if err := c.read(stmts[i], r); err != nil {
				return failed(stmts, i, err)
			}
			c.took(stmts[i], start)
			i++
		default:
			return failed(stmts, i, errUnexpected)
		}
	}
	return nil
}

func (c *Conn) read(s *Stmt, r *pgconn.ResultReader) error {
	var readErr error
	if s.Read != nil {
		c.rows = Rows{reader: r, wire: c, stmt: s}
		readErr = s.Read.ReadRows(&c.rows)
	}
	tag, err := r.Close() // reads the rows that are left
	if err != nil {
		tag, _ = r.Close() // the second time it tells the tag also if something went wrong only after it
	}
	s.Tag = tag
	switch {
	case err != nil:
		return err
	case readErr != nil && !errors.Is(readErr, ErrStop):
		return &ReadError{readErr}
	}
	return nil
}
