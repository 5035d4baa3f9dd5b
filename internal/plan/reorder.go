package plan

import (
	"container/heap"
	"fmt"
	"slices"
	"strings"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
)

// makeWay orders the steps so that each row lets go of a unique value before another gets it. What foreign keys want stays as it is. Where rows
// exchange values, a column that may be NULL is set so in between. It reports whether the order is another one.
func (p *Preparation) makeWay(pl *Plan) (moved bool, err error) {
	conflicts := p.conflicts(pl.Steps)
	if len(conflicts) == 0 {
		return false, nil
	}
	if steps, ok := p.ordered(pl.Steps, conflicts, apart(conflicts)); ok {
		pl.Steps = steps
		return true, nil
	}
	var vacated []Step
	for {
		every := append(slices.Clone(vacated), pl.Steps...)
		steps, circle := p.arranged(every, conflicts, func(*track.Entry, *Step) bool { return true })
		if circle == nil {
			pl.Steps = steps
			return true, nil
		}
		c, ok := vacatable(circle, conflicts)
		if !ok {
			return false, circleError(circle, conflicts)
		}
		vacated = append(vacated, vacate(c))
		pl.Steps = writeBack(pl.Steps, c.has, nullable(c))
		for i := range conflicts {
			x := &conflicts[i]
			x.vacated = x.vacated || x.has == c.has && slices.Equal(x.columns, c.columns)
		}
	}
}

// apart tells which rows get a step of their own where others are written with them: those of the conflicts.
func apart(conflicts []conflict) func(e *track.Entry, st *Step) bool {
	concerned := map[*track.Entry]bool{}
	for _, c := range conflicts {
		concerned[c.has], concerned[c.gets] = true, true
	}
	return func(e *track.Entry, st *Step) bool { return st.Kind != InsertStep && concerned[e] }
}

func (p *Preparation) ordered(steps []Step, conflicts []conflict, alone func(*track.Entry, *Step) bool) ([]Step, bool) {
	sorted, circle := p.arranged(steps, conflicts, alone)
	return sorted, circle == nil
}

// arranged returns the steps in an order that the conflicts and all else allow; or the rows of a circle.
func (p *Preparation) arranged(steps []Step, conflicts []conflict, alone func(*track.Entry, *Step) bool) ([]Step, []*track.Entry) {
	g := newGraph(steps, alone)
	for _, c := range conflicts {
		g.order(c.has, c.gets, func(before, after *Step) bool {
			return before.vacates == c.vacated && !after.vacates && before.lets(c.columns)
		})
	}
	p.keepOrder(g)
	return g.sort()
}

// graph is steps with what must come before what.
type graph struct {
	steps  []Step
	origin []int // the position of the step that it was a part of
	of     map[*track.Entry][]int
	after  [][]int
	waits  []int // for how many steps
}

// newGraph makes a graph of steps; those of several rows of which some are to be alone are taken apart, deletions into two steps.
func newGraph(steps []Step, alone func(*track.Entry, *Step) bool) *graph {
	g := &graph{of: map[*track.Entry][]int{}}
	for i := range steps {
		st := &steps[i]
		var rest []*track.Entry
		for _, e := range st.Entries {
			if len(st.Entries) > 1 && alone(e, st) {
				g.add(st.part(e), i)
			} else {
				rest = append(rest, e)
			}
		}
		if len(rest) > 0 {
			g.add(st.part(rest...), i)
		}
	}
	g.after, g.waits = make([][]int, len(g.steps)), make([]int, len(g.steps))
	return g
}

func (g *graph) add(st Step, origin int) {
	for _, e := range st.Entries {
		g.of[e] = append(g.of[e], len(g.steps))
	}
	g.steps, g.origin = append(g.steps, st), append(g.origin, origin)
}

// part returns a step of some of the rows.
func (st *Step) part(entries ...*track.Entry) Step {
	if len(entries) == len(st.Entries) {
		return *st
	}
	own := *st
	own.Entries = entries
	if len(st.links) > 0 {
		own.links = slices.DeleteFunc(slices.Clone(st.links), func(l track.Link) bool { return !slices.Contains(entries, l.Child) })
	}
	return own
}

// order puts the steps of a row before those of another, where they are what which tells.
func (g *graph) order(a, b *track.Entry, which func(a, b *Step) bool) {
	for _, i := range g.of[a] {
		for _, j := range g.of[b] {
			if which(&g.steps[i], &g.steps[j]) {
				g.edge(i, j)
			}
		}
	}
}

func (g *graph) edge(i, j int) {
	if i != j && (len(g.after[i]) == 0 || g.after[i][len(g.after[i])-1] != j) {
		g.after[i] = append(g.after[i], j)
		g.waits[j]++
	}
}

// earliest is a heap of steps, the one first that came first.
type earliest []int

func (h earliest) Len() int           { return len(h) }
func (h earliest) Less(i, j int) bool { return h[i] < h[j] }
func (h earliest) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *earliest) Push(x any)        { *h = append(*h, x.(int)) }
func (h *earliest) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// sort returns the steps in order, those together again that were one and follow each other; or the rows of a circle.
func (g *graph) sort() (sorted []Step, circle []*track.Entry) {
	ready := &earliest{}
	for i, n := range g.waits {
		if n == 0 {
			*ready = append(*ready, i)
		}
	}
	last, done := -1, 0
	for ready.Len() > 0 {
		i, _ := heap.Pop(ready).(int)
		if done++; last >= 0 && g.origin[i] == last {
			into := &sorted[len(sorted)-1]
			into.Entries = append(slices.Clip(into.Entries), g.steps[i].Entries...)
			into.links = append(slices.Clip(into.links), g.steps[i].links...)
		} else {
			sorted = append(sorted, g.steps[i])
		}
		last = g.origin[i]
		for _, j := range g.after[i] {
			if g.waits[j]--; g.waits[j] == 0 {
				heap.Push(ready, j)
			}
		}
	}
	if done < len(g.steps) {
		return nil, g.circle()
	}
	return sorted, nil
}

// circle returns the rows of steps that wait for each other.
func (g *graph) circle() []*track.Entry {
	before := make([]int, len(g.steps)) // a step that a waiting one waits for
	for i := range before {
		before[i] = -1
	}
	start := -1
	for i := range g.steps {
		if g.waits[i] > 0 {
			for _, j := range g.after[i] {
				before[j] = i
			}
			start = i
		}
	}
	for range g.steps { // far enough back to be in the circle
		start = before[start]
	}
	var rows []*track.Entry
	for i := start; ; i = before[i] {
		rows = append(rows, g.steps[i].Entries...)
		if before[i] == start {
			break
		}
	}
	slices.Reverse(rows)
	return rows
}

// vacatable returns a conflict of a circle whose value its row can let go of by NULL before it gets another one.
func vacatable(circle []*track.Entry, conflicts []conflict) (conflict, bool) {
	for _, c := range conflicts {
		if !c.vacated && slices.Contains(circle, c.has) && slices.Contains(circle, c.gets) && c.has.HasRow() && nullable(c) >= 0 {
			return c, true
		}
	}
	return conflict{}, false
}

// nullable returns the position of a column of a conflict that may be NULL, and that no row refers to; -1: there is none.
func nullable(c conflict) int {
	st := c.has.Store()
	for _, col := range c.columns {
		if col.Nullable && !st.Objects.Moves(st.Mapping).Referred([]int{col.Index}) {
			return col.Index
		}
	}
	return -1
}

// vacate returns the step that sets the column of a conflict to NULL.
func vacate(c conflict) Step {
	c.has.Held = true
	return Step{Kind: UpdateStep, Store: c.has.Store(), Entries: []*track.Entry{c.has}, Columns: []int{nullable(c)}, post: true, vacates: true}
}

// writeBack has the UPDATE of a row write a column that was set to NULL before, also where the row keeps its value of it.
func writeBack(steps []Step, e *track.Entry, column int) []Step {
	for i := range steps {
		st := &steps[i]
		if st.Kind != UpdateStep || st.vacates || !slices.Contains(st.Entries, e) ||
			slices.Contains(st.Columns, column) || track.ValueOf(st.assigned, column) != nil {
			continue
		}
		own := st.part(e)
		own.Columns = append(slices.Clone(st.Columns), column)
		slices.Sort(own.Columns)
		others := slices.DeleteFunc(slices.Clone(st.Entries), func(o *track.Entry) bool { return o == e })
		if len(others) == 0 {
			return append(slices.Clone(steps[:i]), append([]Step{own}, steps[i+1:]...)...)
		}
		return append(slices.Clone(steps[:i]), append([]Step{own, st.part(others...)}, steps[i+1:]...)...)
	}
	return steps
}

// Vacates reports whether the step sets its columns to NULL, whatever the objects have.
func (st *Step) Vacates() bool { return st.vacates }

func circleError(circle []*track.Entry, conflicts []conflict) error {
	for _, c := range conflicts {
		if !slices.Contains(circle, c.has) || !slices.Contains(circle, c.gets) {
			continue
		}
		var names []string
		for _, col := range c.columns {
			names = append(names, col.Name)
		}
		way := "flush in two steps, say model.Unique(…).Deferrable(), or let one of the columns be NULL"
		if c.gets.Mapping.IsKey(c.columns) { // which is neither deferrable nor NULL
			way = "flush in two steps, by way of a key that no row has"
		}
		return fmt.Errorf("%w: %s is to get the %s of %s, which must be written after it, because of a foreign key or a value of its own: %s",
			fault.ErrUniqueCircle, c.gets.Describe(), strings.Join(names, ", "), c.has.Describe(), way)
	}
	return fmt.Errorf("%w: %s", fault.ErrUniqueCircle, track.DescribeAll(circle))
}
