package integration_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

func rows(t *testing.T, eng *session.Engine) int64 {
	t.Helper()
	n, err := query.Select(bank.Customers).Count(ctx, eng)
	check(t, err)
	return n
}

// TestServerThatIsNotThere: a wrong or dead server is an error within the connect time-out, without the password.
func TestServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts and says nothing
	check(t, err)
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	check(t, closed.Close())
	for _, dsn := range []string{
		"postgres://u:secret@" + silent.Addr().String() + "/db?sslmode=disable",
		"postgres://u:secret@" + closed.Addr().String() + "/db?sslmode=disable",
		"postgres://u:secret@no.such.host.invalid/db",
		"host=" + t.TempDir() + " user=u password=secret dbname=db",
		"postgres://u:secret@127.0.0.1:notaport/db",
		"postgres://u:sec%zzret@127.0.0.1/db",
	} {
		start := time.Now()
		eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{ConnectTimeout: time.Second})
		if err == nil {
			eng.Close()
			t.Errorf("%s: no error", dsn)
			continue
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: took %v", dsn, d)
		}
		if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "zzret") {
			t.Errorf("the error gives the password away: %v", err)
		}
		t.Log(err)
	}
	gone := regexp.MustCompile(`/[^/?]*\?`).ReplaceAllString(pgtest.Database(t), "/gone?")
	if _, err := session.Open(ctx, gone, bank.Schema, session.Options{}); err == nil {
		t.Error("a database that does not exist gives no error")
	}
}

// TestConnectionLost: the connection is cut before and after each statement of a commit. They travel together, so the
// session cannot know what became of them, says so, and works again after Rollback.
func TestConnectionLost(t *testing.T) {
	t.Parallel()
	plain, proxy := watchedBank(t)
	loseConnections(t, proxy, plain, 1)               // INSERT
	loseConnections(t, proxy, beginning(t, plain), 3) // BEGIN, INSERT, COMMIT
}

func loseConnections(t *testing.T, proxy *pgproxy.Proxy, eng *session.Engine, statements int) {
	t.Helper()
	for cut := 1; cut <= statements; cut++ {
		for _, after := range []bool{false, true} {
			before := rows(t, eng)
			s := eng.Session()
			s.Add(&bank.Customer{FirstName: "x", LastName: fmt.Sprint(cut)})
			if after {
				proxy.CutAfter(cut)
			} else {
				proxy.CutBefore(cut)
			}
			err := s.Commit(ctx)
			if !errors.Is(err, session.ErrConnection) {
				t.Fatalf("cut %d, after %v: %v", cut, after, err)
			}
			if !errors.Is(err, session.ErrUnknownOutcome) {
				t.Errorf("cut %d, after %v: does not say that the outcome is unknown: %v", cut, after, err)
			}
			if err := s.Commit(ctx); !errors.Is(err, session.ErrFailed) {
				t.Errorf("the session goes on: %v", err)
			}
			check(t, s.Rollback(ctx))
			want := before
			if cut == statements && after {
				want++
			}
			if got := rows(t, eng); got != want {
				t.Errorf("cut %d, after %v: %d rows, want %d", cut, after, got, want)
			}
			s.Add(&bank.Customer{FirstName: "x", LastName: "again"})
			check(t, s.Commit(ctx))
			if got := rows(t, eng); got != want+1 {
				t.Errorf("after it all %d rows, want %d", got, want+1)
			}
			check(t, s.Close(ctx))
		}
	}
}

// TestConnectionLostWhileReading: no row is lost silently.
func TestConnectionLostWhileReading(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	s := eng.Session()
	defer s.Close(ctx)
	_, err := query.Select(bank.Customers).All(ctx, s)
	check(t, err)
	proxy.CutAfter(1)
	_, err = query.Select(bank.Customers).All(ctx, s)
	if !errors.Is(err, session.ErrConnection) || errors.Is(err, session.ErrUnknownOutcome) {
		t.Fatalf("error is %v", err)
	}
	check(t, s.Rollback(ctx))
	all, err := query.Select(bank.Customers).All(ctx, s)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
}

// TestServerThatFallsSilent: a context's end frees the program from a server that does not answer.
func TestServerThatFallsSilent(t *testing.T) {
	t.Parallel()
	eng, proxy := watchedBank(t)
	s := eng.Session()
	s.Add(&bank.Customer{FirstName: "x", LastName: "y"})
	check(t, s.Flush(ctx))
	proxy.Stall(true)
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	if err := s.Commit(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("took %v", d)
	}
	proxy.Stall(false)
	check(t, s.Rollback(ctx))
	check(t, s.Close(ctx))
}

// TestNothingIsLeftBehind: after errors of every kind no goroutine and no connection is left.
func TestNothingIsLeftBehind(t *testing.T) {
	proxy, dsn := watched(t)
	for range 3 {
		before := runtime.NumGoroutine()
		eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{})
		check(t, err)
		check(t, bank.Schema.CreateAll(ctx, eng))
		for range 10 {
			s := eng.Session()
			s.Add(&bank.Account{AcctNo: 1, AcctName: "a", CustID: new(int64(99))})
			if s.Commit(ctx) == nil {
				t.Error("a foreign key to nothing was accepted")
			}
			short, cancel := context.WithTimeout(ctx, time.Millisecond)
			_, _ = query.Select(bank.Customers).All(short, eng)
			cancel()
			for range query.Select(bank.Customers).Iter(ctx, eng) {
				break
			}
			check(t, s.Close(ctx))
		}
		eng.Close()
		wait(t, "connections", proxy.Conns, 0)
		wait(t, "goroutines", runtime.NumGoroutine, before+2)
	}
}

func wait(t *testing.T, what string, now func() int, want int) {
	t.Helper()
	for range 200 {
		if now() <= want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d %s are left, want %d", now(), what, want)
}

// TestLog: statements are logged with duration and rows, arguments only when asked for, the password never.
func TestLog(t *testing.T) {
	t.Parallel()
	_, dsn := watched(t)
	dsn = strings.Replace(dsn, "postgres@", "postgres:tr0ub4dor@", 1)
	for _, withArgs := range []bool{false, true} {
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		eng, err := session.Open(ctx, dsn, bank.Schema, session.Options{Logger: log, LogArgs: withArgs})
		check(t, err)
		check(t, bank.Schema.CreateAll(ctx, eng))
		_, err = query.Select(bank.Customers).Filter(bank.Customers.LastName.Eq("topsecret")).All(ctx, eng)
		check(t, err)
		eng.Close()
		text := out.String()
		for _, want := range []string{"connected", "duration=", "rows=0", "WHERE customer.last_name = $1"} {
			if !strings.Contains(text, want) {
				t.Errorf("the log lacks %q:\n%s", want, text)
			}
		}
		if strings.Contains(text, "topsecret") != withArgs || strings.Contains(text, "tr0ub4dor") {
			t.Errorf("the log shows what it should not, or not what it should:\n%s", text)
		}
	}
}
