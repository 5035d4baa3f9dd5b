package query

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/cupel-go/cupel/internal/ast"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/sqlw"
	"github.com/cupel-go/cupel/internal/stmt"
)

// source is a statement that rows come from.
type source struct {
	st      ast.Statement
	out     *output
	written *written // it was written before; nil: it was not
	given   []any    // arguments for the parameters of what was written
}

// run renders the statement and has r run it; the rows are of type t.
func (s source) run(ctx context.Context, r Runner, t reflect.Type, rows run.Rows) error {
	req := requests.Get().(*request)
	req.st, req.written, req.given = s.st, s.written, s.given
	req.Slots, req.Type, req.Rows, req.Options = s.out.slots(t), t, rows, s.out.options
	req.Loads = s.out.loads
	if s.out.named != nil {
		req.Named = s.out.named.slots
	}
	switch st := s.st.(type) {
	case *stmt.Delete:
		req.Deletes = st.Table
	default:
		req.follow()
	}
	err := req.run(ctx, r)
	*req = request{}
	requests.Put(req)
	return err
}

// requests are used again: nobody has one any more once it was run.
var requests = sync.Pool{New: func() any { return &request{} }}

// follow has a session take over the objects that a statement of WITH returns as that has left them: changed or deleted. Where rows of
// the table are also read otherwise, nobody can tell the deleted ones.
func (q *request) follow() {
	var read, deleted []*ast.Table
	for i := range q.Slots {
		if q.Slots[i].Entity == nil {
			continue
		}
		t := q.Slots[i].Entity.CupelTable()
		read = append(read, t.Real())
		c, _ := t.Def.(*stmt.CTE)
		if c == nil {
			continue
		}
		switch st := c.Stmt.(type) {
		case *stmt.Delete:
			read, deleted = read[:len(read)-1], append(deleted, st.Table)
		case *stmt.Update, *stmt.Insert:
			q.Options.Refresh = true
		}
	}
	if len(deleted) == 1 && !slices.Contains(read, deleted[0].Real()) {
		q.Deletes = deleted[0]
	}
}

// request is what a runner is asked for. It knows the tables of its statement where that matters.
type request struct {
	run.Request
	st      ast.Statement
	written *written // see source
	given   []any
}

// run renders the statement and has r run it.
func (q *request) run(ctx context.Context, r Runner) error {
	w := sqlw.Get(sqlw.Numbered)
	defer w.Release()
	w.In(run.SchemaOf(r))
	if err := q.render(w); err != nil {
		return err
	}
	if ctx == nil || ast.IsNil(r) {
		return ErrRunner
	}
	return r.CupelRun(ctx, &q.Request)
}

// render writes the statement; w is to be kept until the request is done.
func (q *request) render(w *sqlw.Writer) error {
	switch {
	case q.written != nil && q.written.err != nil:
		return q.written.err
	case q.st == nil:
		return stmt.ErrEmpty
	case q.written != nil:
		w.Give(q.written.args, q.given)
		q.Text, q.Writes, q.Plain, q.Newest = q.written.text, q.written.writes, q.written.plain, q.written.newest
	default:
		q.st.AppendSQL(w)
		w.Apart()
		q.Text, q.Writes, q.Plain, q.Newest = w.Bytes(), w.Changes(), w.OnlyReads(), w.Newest()
	}
	q.Args, q.Items, q.Tables = w.Values(), q.st.Outputs(), q
	if _, whole := q.st.(*stmt.Text); whole {
		q.Tables = run.Anything{}
	}
	return w.Err()
}

// Reads returns the tables that the statement is about.
func (q *request) Reads() []*ast.Table { return stmt.Reads(q.st) }

// Written returns what the statement writes.
func (q *request) Written() []ast.Written { return stmt.Writes(q.st) }

// exec runs a statement without rows and returns the number of rows that it touched.
func exec(ctx context.Context, r Runner, st ast.Statement, bulk *run.Bulk) (int64, error) {
	req := request{st: st}
	req.Bulk = bulk
	err := req.run(ctx, r)
	return req.Affected, err
}

// oneOf returns the error of n rows where there should be one.
func oneOf(st ast.Statement, n int) error {
	switch n {
	case 0:
		return miscounted(st, ErrNoRows)
	case 1:
		return nil
	}
	return miscounted(st, ErrManyRows)
}

func miscounted(st ast.Statement, err error) error {
	sql, _, _ := text{st}.SQL()
	return &RowCountError{SQL: strings.ReplaceAll(sql, " \n", " "), Err: err}
}
