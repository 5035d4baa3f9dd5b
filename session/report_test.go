package session_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// failing is a test that notes what it is told.
type failing struct{ said string }

func (*failing) Helper() {}
func (f *failing) Errorf(format string, args ...any) {
	f.said += fmt.Sprintf(format, args...)
}

// TestReport counts what is done with a context.
func TestReport(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	seed := begin(t, eng)
	for i := range 4 {
		a := &Author{Name: fmt.Sprint("secret", i)}
		a.Books.Add(&Book{Title: "t"})
		seed.Add(a)
	}
	ok(t, seed.Commit(ctx))
	all := must[[]*Author](t)(query.Select(Authors).OrderBy(Authors.ID).All(ctx, eng))

	outer, whole := session.Watch(ctx)
	watched, report := session.Watch(outer)
	equal(t, "nothing", report.Summary().Statements, 0)
	for _, a := range all { // one by one
		ok(t, second(query.Select(Books).Filter(Books.AuthorID.Eq(a.ID)).All(watched, eng)))
	}
	ok(t, second(query.Select(Books).Filter(Books.AuthorID.Eq(all[0].ID)).All(watched, eng)))
	s := begin(t, eng)
	as := must[[]*Author](t)(query.Select(Authors).All(watched, s))
	for _, a := range as {
		ok(t, second(a.Books.All(watched)))
	}
	as[0].Name = "changed"
	ok(t, s.Flush(watched))
	ok(t, s.Commit(watched))
	ok(t, second(query.Select(Workers).All(outer, eng)))

	sum := report.Summary()
	equal(t, "statements", sum.Statements, 8)
	equal(t, "trips", sum.Trips >= 9, true) // and those in which statements are described
	equal(t, "rows", sum.Rows, 5+4+4+1)
	equal(t, "bytes", sum.Bytes > 100, true)
	equal(t, "same", sum.Same(), 1)
	equal(t, "texts", len(sum.Each), 4)
	if n := sum.OneByOne(); len(n) != 1 || n[0].Times != 5 || !strings.Contains(n[0].SQL, "book.author_id = $1") {
		t.Errorf("one by one: %v", n)
	}
	equal(t, "slowest", len(sum.Slowest(2)), 2)
	equal(t, "outer", whole.Summary().Statements, 9)
	if text := report.String(); strings.Contains(text, "secret") || !strings.Contains(text, "N+1?") || strings.Contains(text, "BEGIN") {
		t.Error(text)
	}
	var line bytes.Buffer
	slog.New(slog.NewTextHandler(&line, nil)).Info("done", "db", report)
	if !strings.Contains(line.String(), "db.statements=8") || !strings.Contains(line.String(), "db.one_by_one=1") {
		t.Error(line.String())
	}
	f := &failing{}
	report.AtMost(f, 8)
	equal(t, "at most 8", f.said, "")
	report.AtMost(f, 7)
	if !strings.Contains(f.said, "8 statements were sent, at most 7") || !strings.Contains(f.said, "FROM author") {
		t.Error(f.said)
	}
	_, err := query.Exec(watched, eng, query.Raw[int]("SELECT 1 FROM nowhere"))
	equal(t, "error", err != nil, true)
}

// TestReportOnANewConnection: what a connection that the pool has just made is asked first is no statement of the program's.
func TestReportOnANewConnection(t *testing.T) {
	t.Parallel()
	eng, _ := open(t)
	held, err := eng.Pool().Acquire(ctx) // the one that was asked when the engine was opened
	ok(t, err)
	defer held.Release()
	watched, report := session.Watch(ctx)
	ok(t, second(query.Select(Authors).All(watched, begin(t, eng))))
	equal(t, "statements", report.Summary().Statements, 1)
	equal(t, "texts", len(report.Summary().Each), 1)
}
