package session

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cupel-go/cupel/internal/arg"
	"github.com/cupel-go/cupel/internal/wire"
)

// Report is what was done for a context: for a request, a job, a test. It may be used by several goroutines.
type Report struct {
	mu    sync.Mutex
	total Summary
	texts map[string]*Repeated
	order []*Repeated // as they were first sent
}

// Summary is a report at some time.
type Summary struct {
	Statements int           // those of transactions, such as BEGIN, are none
	Trips      int           // round trips to the server, but for those in which new statements are described
	Rows       int64         // that came back, or were touched
	Bytes      int64         // of the values that came back
	Failed     int           // statements that failed
	Took       time.Duration // the sum of the trips
	Each       []Repeated    // the statements, each text once, in the order in which they were first sent
}

// Repeated is a statement and how often it was sent.
type Repeated struct {
	SQL      string // without values
	Times    int
	Same     int // how often its arguments had been sent with it before
	Rows     int64
	Took     time.Duration // of all
	Slowest  time.Duration
	OneByOne bool // it read the rows of one key at a time, with three keys or more: what one statement could have read, N+1

	args map[uint64]bool
}

// severalTimes is how often a SELECT with other arguments is sent before it counts as one by one.
const severalTimes = 3

type reportKey struct{}

// Watch returns a context of which everything that engines and sessions do with it is counted in a report: put it into a request's
// context, and log the report at its end.
//
//	ctx, report := session.Watch(r.Context())
//	defer func() { slog.InfoContext(ctx, "done", "db", report) }() // statements=3 trips=2 rows=51 bytes=4102 took=1.2ms one_by_one=0
//
// Reports nest: the inner one counts what is done with the inner context, and the outer one does too.
func Watch(ctx context.Context) (context.Context, *Report) {
	r := &Report{texts: map[string]*Repeated{}}
	return context.WithValue(ctx, reportKey{}, &watch{r, watching(ctx)}), r
}

// watch is a report and those around it.
type watch struct {
	report *Report
	outer  *watch
}

func watching(ctx context.Context) *watch {
	w, _ := ctx.Value(reportKey{}).(*watch)
	return w
}

// trip counts a round trip.
func (w *watch) trip(stmts []*wire.Stmt, took time.Duration, err error) {
	for ; w != nil; w = w.outer {
		w.report.trip(stmts, took, err)
	}
}

func (r *Report) trip(stmts []*wire.Stmt, took time.Duration, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	failed := len(stmts)
	if we := asWireError(err); we != nil {
		if we.Unsent {
			return
		}
		failed = we.Index
		r.total.Failed++
	}
	r.total.Trips++
	r.total.Took += took
	before := time.Duration(0)
	for i, s := range stmts[:min(failed+1, len(stmts))] {
		own := s.Took - before // statements of a batch end one after another
		if s.Took > 0 {
			before = s.Took
		}
		if framing(s.SQL) {
			continue
		}
		r.total.Statements++
		r.total.Bytes += s.Bytes
		if i < failed {
			r.total.Rows += s.Tag.RowsAffected()
		}
		r.statement(s, max(own, 0))
	}
}

// statement counts a statement.
func (r *Report) statement(s *wire.Stmt, took time.Duration) {
	x := r.texts[s.SQL]
	if x == nil {
		x = &Repeated{SQL: oneLine(s.SQL), args: map[uint64]bool{}}
		r.texts[s.SQL] = x
		r.order = append(r.order, x)
	}
	x.Times++
	x.Rows += s.Tag.RowsAffected()
	x.Took += took
	x.Slowest = max(x.Slowest, took)
	h := fnv.New64a()
	fmt.Fprintf(h, "%#v", arg.Plains(s.Args))
	if sum := h.Sum64(); x.args[sum] {
		x.Same++
	} else {
		x.args[sum] = true
	}
	x.OneByOne = strings.HasPrefix(x.SQL, "SELECT") && len(s.Args) > 0 && len(x.args) >= severalTimes && !strings.Contains(x.SQL, "ANY(")
}

// framing reports whether a statement only begins or ends a transaction or savepoint, or has it look in a schema, or asks for the level of one, as the first on a new
// connection does: none of the program's own, so the number of those is the same whatever connection the pool gives.
func framing(sql string) bool {
	word, _, _ := strings.Cut(sql, " ")
	switch word {
	case "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE":
		return true
	}
	return sql == levelSQL || strings.HasPrefix(sql, enterSQL) || strings.HasPrefix(sql, leaveSQL)
}

// Summary returns what was done until now.
func (r *Report) Summary() Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.total
	s.Each = make([]Repeated, len(r.order))
	for i, x := range r.order {
		s.Each[i] = *x
		s.Each[i].args = nil
	}
	return s
}

// OneByOne returns the statements that are suspected of N+1: sent for one key after another.
func (s Summary) OneByOne() []Repeated {
	return slices.DeleteFunc(slices.Clone(s.Each), func(x Repeated) bool { return !x.OneByOne })
}

// Slowest returns the n statements that took longest in one execution, the slowest first.
func (s Summary) Slowest(n int) []Repeated {
	all := slices.SortedStableFunc(slices.Values(s.Each), func(a, b Repeated) int { return cmp.Compare(b.Slowest, a.Slowest) })
	return all[:min(n, len(all))]
}

// Same returns how many statements had been sent before with the same arguments.
func (s Summary) Same() (n int) {
	for _, x := range s.Each {
		n += x.Same
	}
	return n
}

// LogValue makes a report an attribute of a log line.
func (r *Report) LogValue() slog.Value {
	s := r.Summary()
	attrs := []slog.Attr{
		slog.Int("statements", s.Statements), slog.Int("trips", s.Trips), slog.Int64("rows", s.Rows), slog.Int64("bytes", s.Bytes),
		slog.Duration("took", s.Took), slog.Int("same", s.Same()), slog.Int("one_by_one", len(s.OneByOne())),
	}
	if s.Failed > 0 {
		attrs = append(attrs, slog.Int("failed", s.Failed))
	}
	if slow := s.Slowest(1); len(slow) > 0 {
		attrs = append(attrs, slog.String("slowest", slow[0].SQL), slog.Duration("slowest_took", slow[0].Slowest))
	}
	return slog.GroupValue(attrs...)
}

// String is a line for people, and a line for each statement.
func (r *Report) String() string {
	s := r.Summary()
	var b strings.Builder
	fmt.Fprintf(&b, "%d statements in %d trips, %d rows, %d bytes, %v", s.Statements, s.Trips, s.Rows, s.Bytes, s.Took.Round(time.Microsecond))
	for _, x := range s.Each {
		fmt.Fprintf(&b, "\n%4d × %s", x.Times, x.SQL)
		if x.Same > 0 {
			fmt.Fprintf(&b, " -- %d times with arguments that it had had", x.Same)
		}
		if x.OneByOne {
			b.WriteString(" -- one by one: N+1?")
		}
	}
	return b.String()
}

// AtMost fails a test where more statements were sent than n, and shows them. t is a *testing.T.
//
//	ctx, report := session.Watch(t.Context())
//	…
//	report.AtMost(t, 3)
func (r *Report) AtMost(t interface {
	Helper()
	Errorf(format string, args ...any)
}, n int,
) {
	t.Helper()
	if got := r.Summary().Statements; got > n {
		t.Errorf("%d statements were sent, at most %d should be: %s", got, n, r)
	}
}
