package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// library does the workloads. Every library's operations check that they did what they should.
type library interface {
	fetchOne(id int64) trial
	fetchMany(n int) trial
	addOne() trial
	addMany(n int) trial
	changeOne(id int64) trial
	changeMany(of, n int) trial  // the first n of the first so many
	changeMixed(of, n int) trial // in each of them another column than in the one before, of three
	lists(n int) trial
	close()
}

// workload is one row of the table, or one for each of Cupel's ways.
type workload struct {
	name   string
	replay bool // it is measured client-only, too
	reset  string
	ways   []way
	trial  func(library) trial
}

// way is how Cupel does a workload.
type way struct {
	suffix string // of the workload's name
	open   func(context.Context, *backend) (library, error)
}

var (
	plain    = way{"", openCupel}
	tracking = way{" in a session", openTracking}
	closing  = way{" in a session, closed after it", openClosing}
	lazily   = way{", lazily", openCupel}
	eagerly  = way{", eagerly", openEager}
)

func workloads() []workload {
	const truncate, vacuum = "TRUNCATE entry", "VACUUM customer"
	return []workload{
		{"fetch one by key", true, "", []way{plain, tracking, closing}, func(l library) trial { return l.fetchOne(500) }},
		{"fetch 100 rows", true, "", []way{plain, tracking, closing}, func(l library) trial { return l.fetchMany(100) }},
		{"fetch 10,000 rows", true, "", []way{plain, tracking}, func(l library) trial { return l.fetchMany(customerCount) }},
		{"1,000 customers, 5 accounts each", true, "", []way{lazily, eagerly}, func(l library) trial { return l.lists(ownerCount) }},
		{"add one, commit", false, truncate, []way{plain}, library.addOne},
		{"add 1,000, commit", false, truncate, []way{plain}, func(l library) trial { return l.addMany(1000) }},
		{"add 10,000, commit", false, truncate, []way{plain}, func(l library) trial { return l.addMany(10_000) }},
		{"load one, change, commit", false, vacuum, []way{plain}, func(l library) trial { return l.changeOne(500) }},
		{"change 100 of 1,000, commit", false, vacuum, []way{plain}, func(l library) trial { return l.changeMany(1000, 100) }},
		{"change 100 of 1,000 in different columns, commit", false, vacuum, []way{plain}, func(l library) trial { return l.changeMixed(1000, 100) }},
	}
}

// mode is live or client-only.
type mode bool

const (
	live       mode = false
	clientOnly mode = true
)

func (m mode) String() string {
	if m == clientOnly {
		return "client-only"
	}
	return "live"
}

func (w *workload) modes() []mode {
	if w.replay {
		return []mode{live, clientOnly}
	}
	return []mode{live}
}

// backend is what a library connects to.
type backend struct {
	dsn       string
	recording *atomic.Bool // nil: live
}

func newBackend(dsn string, m mode) *backend {
	b := &backend{dsn: dsn}
	if m == clientOnly {
		b.recording = &atomic.Bool{}
		b.recording.Store(true)
	}
	return b
}

// configure makes a pool of one connection, a tape where the backend is one.
func (b *backend) configure(c *pgxpool.Config) error {
	c.MaxConns = 1
	if b.recording != nil {
		c.ConnConfig.AfterNetConnect = taped(b.recording)
	}
	return nil
}

func (b *backend) config() (*pgxpool.Config, error) {
	c, err := pgxpool.ParseConfig(b.dsn)
	if err != nil {
		return nil, err
	}
	return c, b.configure(c)
}

// warm runs an operation often enough for all statements to be prepared, and ends a recording.
func (b *backend) warm(ctx context.Context, trials ...*competitor) error {
	for _, t := range trials {
		for range warmUps {
			if err := t.run(ctx); err != nil {
				return err
			}
		}
	}
	if b.recording != nil {
		b.recording.Store(false)
	}
	return nil
}

// entrants are the columns of the table in their order; Cupel's ways come in between.
var entrants = struct{ before, after []way }{
	[]way{{"pgx", openPgx}, {"A/A", openPgx}},
	[]way{{"GORM", openGorm}, {"bun", openBun}},
}

// contest measures a workload in several heats, each with new connections: of two connections that do the same, one may
// be faster for as long as they live, by where its server process came to lie.
func (w *workload) contest(ctx context.Context, dsn string, m mode, budget time.Duration) (*contest, error) {
	c := &contest{budget: budget / heats, slice: liveSlice, reset: func(context.Context) error { return nil }}
	if m == clientOnly {
		c.slice = localSlice
	}
	if w.reset != "" {
		admin, err := openPgx(ctx, newBackend(dsn, live))
		if err != nil {
			return nil, err
		}
		defer admin.close()
		c.reset = admin.(*byHand).resetter(w.reset)
	}
	ways := slices.Concat(entrants.before, w.ways, entrants.after)
	for _, x := range ways {
		c.competitors = append(c.competitors, &competitor{name: x.suffix})
	}
	for range heats {
		if err := w.heat(ctx, c, ways, newBackend(dsn, m)); err != nil {
			return nil, err
		}
		if budget == 0 {
			break
		}
	}
	return c, nil
}

func (w *workload) heat(ctx context.Context, c *contest, ways []way, b *backend) error {
	for i, x := range ways {
		l, err := x.open(ctx, b)
		if err != nil {
			return err
		}
		defer l.close()
		c.competitors[i].trial = w.trial(l)
	}
	if err := b.warm(ctx, c.competitors...); err != nil {
		return err
	}
	return c.measure(ctx)
}
