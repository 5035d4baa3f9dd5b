package integration_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cupel-go/cupel/integration/pgproxy"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/session"
)

const (
	stormTellers = 8
	stormVaults  = 12
	stormBalance = 100 // of each vault
)

// TestKillStorm has tellers make transfers, at serializable, while the server's processes for their connections are ended at
// random, all connections are cut now and then, and the server is restarted once. The sum is kept, every transfer that was reported is there, and none that was not stored.
// CUPEL_STORM_SECONDS sets how long it takes, CUPEL_SEED what is tried.
func TestKillStorm(t *testing.T) {
	t.Parallel()
	seed := uint64(number("CUPEL_SEED", 20261126))
	st := newStorm(t)
	kept, cancel := context.WithTimeout(ctx, time.Duration(number("CUPEL_STORM_SECONDS", 3))*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for i := range stormTellers {
		wg.Go(func() { st.transfers(t, kept, i, rand.New(rand.NewPCG(seed, uint64(i)))) })
	}
	wg.Go(func() { st.kill(kept, rand.New(rand.NewPCG(seed, stormTellers))) })
	deadline, _ := kept.Deadline()
	time.Sleep(time.Until(deadline) / 2)
	restarts := 1
	if err := st.server.Restart(ctx); errors.Is(err, pgtest.ErrNoRestart) && st.server.Rung != pgtest.Local {
		restarts = 0 // it is not ours
	} else if err != nil {
		t.Error(err)
	}
	wg.Wait()
	st.eng.Close()
	st.check(t)
	t.Logf("CUPEL_SEED=%d: %d transfers, %d kills, %d cuts of all connections, %d restart\n%s%s", seed, len(st.verdicts),
		st.kills, st.cuts, restarts, figures("transfers, as reported", st.figures), figures("attempts", st.attempts))
	if st.kills == 0 || st.figures[string(done)] == 0 || st.figures[string(refused)] == 0 {
		t.Error("it was no storm")
	}
}

// storm is a run of TestKillStorm.
type storm struct {
	server *pgtest.Server
	home   string         // the engine's application_name
	dsn    string         // of the database
	proxy  *pgproxy.Proxy // before it
	eng    *session.Engine

	mu                sync.Mutex
	made              map[string]Transfer
	verdicts          map[string]verdict
	figures, attempts map[string]int
	kills, cuts       int
}

func newStorm(t *testing.T) *storm {
	t.Helper()
	server, err := pgtest.Start(ctx, pgtest.Options{}) // of its own, since it is restarted
	check(t, err)
	t.Cleanup(func() { check(t, server.Stop()) })
	home, err := server.NewPlace(ctx, "storm")
	check(t, err)
	proxy, dsn := watch(t, home.DSN)
	eng, err := session.Open(ctx, dsn, vaultSchema, session.Options{
		MaxConns: stormTellers, Tx: pgx.TxOptions{IsoLevel: pgx.Serializable},
		Configure: func(config *pgxpool.Config) error {
			config.ConnConfig.RuntimeParams["application_name"] = home.String() // others may use the database
			return nil
		},
	})
	check(t, err)
	check(t, vaultSchema.CreateAll(ctx, eng))
	check(t, eng.ExecAll(ctx, []string{
		fmt.Sprintf("INSERT INTO vault SELECT n, %d FROM generate_series(1, %d) AS n", stormBalance, stormVaults),
		// A COMMIT takes long enough to be met by a kill.
		"CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(random() * 0.004); RETURN NULL; END'",
		"CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON transfer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger()",
	}))
	return &storm{
		server: server, home: home.String(), dsn: home.DSN, proxy: proxy, eng: eng, made: map[string]Transfer{}, verdicts: map[string]verdict{},
		figures: map[string]int{}, attempts: map[string]int{},
	}
}

// transfers makes transfers until the storm ends.
func (st *storm) transfers(t *testing.T, kept context.Context, teller int, r *rand.Rand) {
	b := st.teller(r)
	for i := 0; kept.Err() == nil; i++ {
		source := 1 + r.Int64N(stormVaults)
		tr := Transfer{Ref: fmt.Sprintf("%d-%d", teller, i), Source: source, Sink: 1 + (source+r.Int64N(stormVaults-1))%stormVaults, Amount: 1 + r.Int64N(40)}
		v, err := b.transfer(tr, transferWays[r.IntN(len(transferWays))], r.IntN(3) > 0)
		if err != nil {
			t.Errorf("a transfer fails: %v", err)
			return
		}
		st.mu.Lock()
		st.made[tr.Ref], st.verdicts[tr.Ref] = tr, v
		st.mu.Unlock()
	}
}

func (st *storm) teller(r *rand.Rand) *teller {
	return &teller{eng: st.eng, r: r, note: func(what string) {
		st.mu.Lock()
		defer st.mu.Unlock()
		st.attempts[what]++
	}}
}

const killOne = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 ORDER BY state = 'active' DESC, random() LIMIT 1"

// kill ends connections until the storm ends.
func (st *storm) kill(kept context.Context, r *rand.Rand) {
	for kept.Err() == nil {
		conn, err := pgx.Connect(kept, st.dsn)
		for err == nil {
			time.Sleep(time.Duration(r.IntN(30)) * time.Millisecond)
			var killed bool
			if err = conn.QueryRow(kept, killOne, st.home).Scan(&killed); errors.Is(err, pgx.ErrNoRows) {
				err = nil // nobody is there
			}
			if killed {
				st.kills++
			}
			if r.IntN(10) == 0 {
				st.proxy.Cut()
				st.cuts++
			}
		}
		if conn != nil {
			_ = conn.Close(ctx)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// check compares the verdicts with the tables.
func (st *storm) check(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(ctx, st.dsn)
	check(t, err)
	defer conn.Close(ctx)
	wait(t, "connections", func() (n int) { // what was given up may still be at its COMMIT
		check(t, conn.QueryRow(ctx, "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1", st.home).Scan(&n))
		return n
	}, 0)
	balances := map[int64]int64{}
	for id := range int64(stormVaults) {
		balances[id+1] = stormBalance
	}
	stored := map[string]int{}
	for _, tr := range collect[Transfer](t, conn, "SELECT ref, source, sink, amount FROM transfer") {
		stored[tr.Ref]++
		balances[tr.Source] -= tr.Amount
		balances[tr.Sink] += tr.Amount
		if tr != st.made[tr.Ref] {
			t.Errorf("transfer %s is not as it was made", tr.Ref)
		}
	}
	for ref, v := range st.verdicts {
		n := stored[ref]
		if v == done && n != 1 || v == refused && n != 0 {
			t.Errorf("transfer %s is reported as %s, and stored %d times", ref, v, n)
		}
		if v == unsure && n == 1 {
			v = "unknown, but stored"
		}
		st.figures[string(v)]++
	}
	sum := int64(0)
	for _, v := range collect[Vault](t, conn, "SELECT id, balance FROM vault") {
		if sum += v.Balance; v.Balance != balances[v.ID] {
			t.Errorf("vault %d is not what its transfers make of it", v.ID)
		}
	}
	if want := int64(stormVaults * stormBalance); sum != want {
		t.Errorf("the sum is %d, want %d", sum, want)
	}
}

func collect[R any](t *testing.T, conn *pgx.Conn, sql string) []R {
	t.Helper()
	rows, err := conn.Query(ctx, sql)
	check(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[R])
	check(t, err)
	return all
}

// figures returns numbers under a heading, a line each.
func figures(heading string, counts map[string]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %s:\n", heading)
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&b, "%9d  %s\n", counts[what], what)
	}
	return b.String()
}
