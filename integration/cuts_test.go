package integration_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cupel-go/cupel/examples/bank/bank"
	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/session"
)

// TestCuts cuts the connection at bytes of every workload, in both directions: where the engine meets its statements for the first
// time, where it knows them and the connection is new, and where the connection has them prepared. Whatever the cut leaves, the
// error must agree with it. CUPEL_CUTS sets the number of cuts, half of them at the ends of messages; CUPEL_SEED which they are.
func TestCuts(t *testing.T) {
	c := newCutter(t, number("CUPEL_SEED", 20261126))
	each := max(1, int(number("CUPEL_CUTS", 207))/(len(workloads)*len(cutModes)))
	for _, w := range workloads {
		for _, m := range cutModes {
			c.sweep(t, w, m, each)
		}
	}
	c.print(t)
}

func number(name string, standard int64) int64 {
	n, err := strconv.ParseInt(os.Getenv(name), 10, 64)
	if err != nil {
		return standard
	}
	return n
}

// cutMode is what the engine and the connection know of a workload's statements.
type cutMode string

const (
	firstTime     cutMode = "the first time"
	newConnection cutMode = "on a new connection"
	prepared      cutMode = "prepared"
)

var cutModes = []cutMode{firstTime, newConnection, prepared}

// cutter is a run of TestCuts.
type cutter struct {
	seed   int64
	r      *rand.Rand
	proxy  *pgproxy.Proxy
	dsn    string    // through the proxy
	direct *pgx.Conn // past it
	cuts   map[pgproxy.Direction]int
	counts map[string]int // by outcome
	eng    *session.Engine
}

func newCutter(t *testing.T, seed int64) *cutter {
	t.Helper()
	direct := pgtest.Database(t)
	proxy, dsn := watch(t, direct)
	c := &cutter{
		seed: seed, r: rand.New(rand.NewPCG(uint64(seed), 0)), proxy: proxy, dsn: dsn,
		cuts: map[pgproxy.Direction]int{}, counts: map[string]int{},
	}
	c.open(t)
	check(t, bank.Schema.CreateAll(ctx, c.eng))
	c.eng.Close()
	var err error
	c.direct, err = pgx.Connect(ctx, direct)
	check(t, err)
	t.Cleanup(func() { _ = c.direct.Close(ctx) })
	return c
}

func (c *cutter) open(t *testing.T) {
	t.Helper()
	var err error
	c.eng, err = session.Open(ctx, c.dsn, bank.Schema, session.Options{MaxConns: 2})
	check(t, err)
}

// cut is a place at which a workload is cut, and what it would do without.
type cut struct {
	workload
	mode          cutMode
	to            pgproxy.Direction
	at            int
	early         bool // it comes before the trip that stores
	before, after string
}

func (x cut) String() string { return fmt.Sprintf("%s, %s, %d bytes %s", x.name, x.mode, x.at, x.to) }

// sweep cuts a workload at n places.
func (c *cutter) sweep(t *testing.T, w workload, m cutMode, n int) {
	t.Helper()
	conns, routines := c.proxy.Conns(), runtime.NumGoroutine()
	x := cut{workload: w, mode: m}
	c.open(t)
	s := c.ready(t, x)
	x.before = c.state(t)
	c.proxy.Reset()
	check(t, w.do(c.eng, s))
	messages := c.proxy.Messages()
	check(t, s.Close(ctx))
	if x.after = c.state(t); (x.before == x.after) != w.reads {
		t.Fatalf("%s leaves %s", x, x.after)
	}
	for _, p := range c.places(messages, n) {
		x.to, x.at, x.early = p.to, p.at, p.early
		c.try(t, x)
		if t.Failed() {
			t.Fatalf("CUPEL_SEED=%d", c.seed)
		}
	}
	c.eng.Close()
	wait(t, "connections", c.proxy.Conns, conns)
	wait(t, "goroutines", runtime.NumGoroutine, routines+1)
}

// ready puts the rows there, and the engine and the connection in their mode.
func (c *cutter) ready(t *testing.T, x cut) *session.Session {
	t.Helper()
	switch x.mode {
	case firstTime:
		c.eng.Close()
		c.alone(t)
		c.open(t)
	case newConnection, prepared:
		c.setUp(t)
		s := c.eng.Session()
		check(t, x.do(c.eng, s))
		check(t, s.Close(ctx))
	}
	if x.mode == newConnection {
		c.eng.Pool().Reset()
		c.alone(t)
	}
	c.setUp(t)
	return c.eng.Session()
}

// alone waits until the connections that were given up have ended: the Terminate of each goes through the proxy too, some time
// after the pool forgot it, and would be taken for the first bytes of the workload.
func (c *cutter) alone(t *testing.T) {
	t.Helper()
	wait(t, "connections", c.proxy.Conns, 0)
}

func (w workload) do(eng *session.Engine, s *session.Session) error {
	if w.inSession != nil {
		return w.inSession(s)
	}
	return w.onEngine(eng)
}

func (c *cutter) setUp(t *testing.T) {
	t.Helper()
	_, err := c.direct.Exec(ctx, cutSetup)
	check(t, err)
}

func (c *cutter) state(t *testing.T) (state string) {
	t.Helper()
	check(t, c.direct.QueryRow(ctx, cutState).Scan(&state))
	return state
}

// place is a place for a cut.
type place struct {
	to    pgproxy.Direction
	at    int
	early bool
}

// places returns n places of a workload: the ends of its messages and all bytes, in turns.
func (c *cutter) places(messages []pgproxy.Message, n int) []place {
	var ends, bytes []place
	size, stores := [2]int{}, [2]int{} // stores: where the last trip begins
	for i, m := range messages {
		if m.To == pgproxy.ToServer && i > 0 && messages[i-1].To == pgproxy.ToClient {
			stores = size
		}
		for range m.Size {
			bytes = append(bytes, place{to: m.To, at: size[m.To]})
			size[m.To]++
		}
		ends = append(ends, place{to: m.To, at: size[m.To]})
	}
	c.r.Shuffle(len(ends), func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	c.r.Shuffle(len(bytes), func(i, j int) { bytes[i], bytes[j] = bytes[j], bytes[i] })
	for i := range bytes { // those that are wanted, in turns, as long as there are any
		if i < len(ends) && 2*i < len(bytes) {
			bytes = slices.Insert(bytes, 2*i, ends[i])
		}
	}
	bytes = bytes[:min(n, len(bytes))]
	for i, p := range bytes {
		bytes[i].early = p.at < stores[p.to]
	}
	return bytes
}

// try cuts a workload once and compares what it reports with what is stored.
func (c *cutter) try(t *testing.T, x cut) {
	t.Helper()
	s := c.ready(t, x)
	c.proxy.CutAt(x.to, x.at)
	err := x.do(c.eng, s)
	c.proxy.CutAt(x.to, -1)
	state := c.state(t)
	c.cuts[x.to]++
	c.counts[x.judge(t, err, state)]++
	if err == nil { // a cut after the last byte leaves a connection that is dead without anybody's noticing
		_ = s.Rollback(ctx)
	}
	c.eng.Pool().Reset()
	if x.inSession != nil && err != nil {
		x.refuses(t, c, s, err, state)
	}
	c.setUp(t)
	if err := x.do(c.eng, s); err != nil {
		t.Errorf("%s: done again: %v", x, err)
	}
	if got := c.state(t); got != x.after {
		t.Errorf("%s: done again, it leaves %s", x, got)
	}
	check(t, s.Close(ctx))
}

// judge checks that an error agrees with what is stored, and returns both in words.
func (x cut) judge(t *testing.T, err error, state string) string {
	t.Helper()
	stored := map[bool]string{true: "stored", false: "nothing stored"}[state == x.after && !x.reads]
	unknown := errors.Is(err, session.ErrUnknownOutcome)
	switch {
	case state != x.before && state != x.after:
		t.Errorf("%s: half of it is stored: %s: %v", x, state, err)
	case err == nil || errors.Is(err, session.ErrCommitted):
		if state != x.after {
			t.Errorf("%s: it is not stored: %v", x, err)
		}
	case !errors.Is(err, session.ErrConnection):
		t.Errorf("%s: the error is not ErrConnection: %v", x, err)
	case !unknown && state != x.before:
		t.Errorf("%s: it is stored: %v", x, err)
	case unknown && (x.early || x.reads):
		t.Errorf("%s: the outcome is not unknown: %v", x, err)
	}
	switch {
	case err == nil:
		return "no error, " + stored
	case unknown:
		return "ErrUnknownOutcome, " + stored
	case errors.Is(err, session.ErrCommitted):
		return "ErrCommitted, " + stored
	}
	return "ErrConnection, " + stored
}

// refuses checks that a session takes no work after an error until Rollback, unless it had not begun anything: then it may go on.
func (x cut) refuses(t *testing.T, c *cutter, s *session.Session, err error, state string) {
	t.Helper()
	again := s.Commit(ctx)
	switch got := c.state(t); {
	case again == nil && errors.Is(err, session.ErrUnknownOutcome):
		t.Errorf("%s: the session goes on", x)
	case again == nil && got != x.after && got != x.before, again != nil && got != state:
		t.Errorf("%s: a second Commit, %v, leaves %s", x, again, got)
	case again != nil && !errors.Is(again, session.ErrFailed):
		t.Errorf("%s: a second Commit: %v", x, again)
	}
	if err := s.Rollback(ctx); err != nil {
		t.Errorf("%s: Rollback: %v", x, err)
	}
	s.Expunge(s.New()...) // what is new again is done again by the workload
}

func (c *cutter) print(t *testing.T) {
	t.Helper()
	t.Logf("CUPEL_SEED=%d: %d cuts, %d to the server and %d to the client, of %d workloads in %d modes\n%s", c.seed,
		c.cuts[pgproxy.ToServer]+c.cuts[pgproxy.ToClient], c.cuts[pgproxy.ToServer], c.cuts[pgproxy.ToClient],
		len(workloads), len(cutModes), figures("outcomes", c.counts))
}
