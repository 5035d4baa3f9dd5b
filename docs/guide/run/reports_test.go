package run_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/docs/guide/blocks"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// quiet is a test that keeps what is wrong.
type quiet struct {
	*testing.T
	wrong []string
}

func (q *quiet) Errorf(format string, args ...any) {
	q.wrong = append(q.wrong, fmt.Sprintf(format, args...))
}

func (q *quiet) Fatalf(format string, args ...any) {
	q.Errorf(format, args...)
	runtime.Goexit()
}

// TestRunReports: a block of which something is not as it says is reported, and one of which all is, is not.
func TestRunReports(t *testing.T) {
	t.Parallel()
	get := func(ctx context.Context, prog *program, _ *session.Engine, s *session.Session) {
		prog.begin()
		prog.mark()
		_, err := session.Get(ctx, s, c, 7)
		prog.sends("SELECT …")
		prog.prints("<nil>, no error", err)
		prog.end()
	}
	const printing = "fmt.Println(err) // <nil>, no error\n"
	for _, x := range []struct {
		name  string
		block blocks.Block
		f     function
		wants string // "": nothing
	}{
		{"right", blocks.Block{Go: printing, SQL: []string{"SELECT customer.id, … WHERE customer.id = $1"}}, get, ""},
		{"other SQL", blocks.Block{Go: printing, SQL: []string{"SELECT customer.id FROM customer"}}, get, "it sends\nSELECT"},
		{"more SQL", blocks.Block{Go: printing, SQL: []string{"SELECT …", "COMMIT"}}, get, "it sends\nSELECT"},
		{"not printed", blocks.Block{Go: printing + printing}, get, "lines with these comments"},
		{"printed otherwise", blocks.Block{Go: printing}, func(_ context.Context, prog *program, _ *session.Engine, _ *session.Session) {
			prog.prints("<nil>, no error", 1)
			prog.end()
		}, "it prints\n1\nnot\n<nil>"},
		{"sent behind a line", blocks.Block{}, func(ctx context.Context, prog *program, eng *session.Engine, _ *session.Session) {
			prog.mark()
			_, err := query.Select(c).All(ctx, eng)
			prog.ok(err)
			prog.sends()
			prog.end()
		}, "not []"},
		{"error", blocks.Block{}, func(_ context.Context, prog *program, _ *session.Engine, _ *session.Session) {
			prog.ok(errors.New("oh"))
		}, "err is oh"},
		{"early end", blocks.Block{}, func(context.Context, *program, *session.Engine, *session.Session) {}, "before its end"},
		{"query that the server refuses", blocks.Block{}, func(_ context.Context, prog *program, _ *session.Engine, _ *session.Session) {
			prog.keep(query.RawAs[struct{ N int }]("SELECT n FROM nothing"), "")
			prog.end()
		}, "does not exist"},
		{"query that is another", blocks.Block{}, func(_ context.Context, prog *program, _ *session.Engine, _ *session.Session) {
			prog.keep(query.Select(c.ID), "SELECT customer.id FROM account")
			prog.end()
		}, "the SQL is\nSELECT"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			q, done := &quiet{T: t}, make(chan struct{})
			go func() {
				defer close(done)
				run(q, x.block, x.f)
			}()
			<-done
			if got := strings.Join(q.wrong, "\n"); x.wants == "" && got != "" || !strings.Contains(got, x.wants) {
				t.Errorf("reported %q, not %q", got, x.wants)
			}
		})
	}
}
