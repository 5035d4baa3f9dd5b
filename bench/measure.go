package main

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"
)

// trial is one operation of a workload as one library does it. Only op is timed.
type trial struct {
	op            func(context.Context) error
	before, after func(context.Context) error // around each op; nil: nothing
}

func (t *trial) run(ctx context.Context) error {
	_, err := t.timed(ctx)
	return err
}

// timed runs the operation once and returns its time.
func (t *trial) timed(ctx context.Context) (time.Duration, error) {
	if t.before != nil {
		if err := t.before(ctx); err != nil {
			return 0, err
		}
	}
	start := time.Now()
	err := t.op(ctx)
	took := time.Since(start)
	if err == nil && t.after != nil {
		err = t.after(ctx)
	}
	return took, err
}

// competitor is a library in a contest.
type competitor struct {
	name string
	trial
	times  []float64 // nanoseconds an operation took, of each round
	allocs float64   // an operation's, the median of some
	chunk  int       // operations between two looks at the clock
}

// contest measures competitors in turns; the first one is what the others are compared with.
type contest struct {
	competitors []*competitor
	budget      time.Duration // for each competitor, in each heat; 0: one round
	slice       time.Duration
	reset       func(context.Context) error
	single      bool // some trial has parts that are not timed: each operation of every competitor is timed by itself
}

const (
	liveSlice  = 20 * time.Millisecond
	localSlice = 40 * time.Millisecond // long enough to see the garbage collector at work
	heats      = 4
	minCalls   = 3 // in a slice
	minTurns   = 2 // in a heat
	maxAside   = 5 // a slice with parts that are not timed takes at most so many times as long
	warmUps    = 8 // PostgreSQL plans a prepared statement anew for the first five executions
)

// measure runs the rounds of a heat. Everything has been warmed up.
func (c *contest) measure(ctx context.Context) error {
	for _, x := range c.competitors {
		c.single = c.single || x.before != nil || x.after != nil
		if len(x.times) > 0 {
			continue
		}
		if err := x.calibrate(ctx, c.slice); err != nil {
			return err
		}
		if err := x.countAllocs(ctx); err != nil {
			return err
		}
	}
	end := time.Now().Add(c.budget * time.Duration(len(c.competitors)))
	for turn := 0; turn < c.turns() || time.Now().Before(end); turn++ {
		for _, i := range rand.Perm(len(c.competitors)) {
			if err := c.reset(ctx); err != nil {
				return err
			}
			x := c.competitors[i]
			took, err := c.turn(ctx, x)
			if err != nil {
				return err
			}
			x.times = append(x.times, took)
		}
	}
	return nil
}

// turns is how many rounds there are at least: one where there is no time for any, to see that everything runs.
func (c *contest) turns() int {
	if c.budget == 0 {
		return 1
	}
	return minTurns
}

// turn returns the mean time of an operation in one slice.
func (c *contest) turn(ctx context.Context, x *competitor) (float64, error) {
	if c.single {
		return x.singly(ctx, c.slice)
	}
	start := time.Now()
	for n := 0; ; {
		for range x.chunk {
			if err := x.op(ctx); err != nil {
				return 0, err
			}
		}
		n += x.chunk
		if took := time.Since(start); took >= c.slice && n >= minCalls {
			return float64(took) / float64(n), nil
		}
	}
}

func (x *competitor) singly(ctx context.Context, slice time.Duration) (float64, error) {
	var sum time.Duration
	start := time.Now()
	for n := 1; ; n++ {
		took, err := x.timed(ctx)
		if err != nil {
			return 0, err
		}
		sum += took
		if n >= minCalls && (sum >= slice || time.Since(start) >= maxAside*slice) {
			return float64(sum) / float64(n), nil
		}
	}
}

// calibrate finds out how many operations take a small part of a slice.
func (x *competitor) calibrate(ctx context.Context, slice time.Duration) error {
	var sum time.Duration
	n := 0
	for start := time.Now(); time.Since(start) < slice/2; n++ {
		took, err := x.timed(ctx)
		if err != nil {
			return err
		}
		sum += took
	}
	x.chunk = max(1, int(slice/20*time.Duration(n)/max(sum, 1)))
	return nil
}

// countAllocs counts the allocations of an operation.
func (x *competitor) countAllocs(ctx context.Context) error {
	const most, enough = 20, 100 * time.Millisecond
	op := x.op
	defer func() { x.op = op }()
	var counts []float64
	x.op = func(ctx context.Context) error {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := op(ctx)
		runtime.ReadMemStats(&after)
		counts = append(counts, float64(after.Mallocs-before.Mallocs))
		return err
	}
	for start := time.Now(); len(counts) < minCalls || len(counts) < most && time.Since(start) < enough; {
		if err := x.run(ctx); err != nil {
			return err
		}
	}
	x.allocs = median(counts)
	return nil
}

// ratio returns the median of the rounds' ratios of x to what it is compared with.
func (x *competitor) ratio(base *competitor) float64 {
	ratios := make([]float64, len(x.times))
	for i := range x.times {
		ratios[i] = x.times[i] / base.times[i]
	}
	return median(ratios)
}

func median(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	xs = slices.Sorted(slices.Values(xs))
	return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
}
