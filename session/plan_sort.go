package session

import (
	"fmt"
	"slices"
)

// sort puts each step after those that insert what its rows refer to. Table by table the steps are in that order
// already, unless tables refer to each other.
func (p *plan) sort(parents map[*entry][]*entry) error {
	if len(parents) == 0 || p.inOrder(parents) {
		return nil
	}
	sorted, err := sortSteps(p.steps, parents)
	if err != nil { // steps of many rows may be in a circle when their rows are not
		sorted, err = sortSteps(p.split(), parents)
	}
	p.steps = sorted
	return err
}

func (p *plan) inOrder(parents map[*entry][]*entry) bool {
	done := map[*entry]bool{}
	for i := range p.steps {
		if !p.steps[i].ready(parents, done) {
			return false
		}
		p.steps[i].mark(done)
	}
	return true
}

// ready tells whether all new rows that the step's rows refer to are inserted; those of the step itself have their order.
func (st *step) ready(parents map[*entry][]*entry, done map[*entry]bool) bool {
	for _, e := range st.entries {
		for _, parent := range parents[e] {
			if !done[parent] {
				return false
			}
		}
	}
	return true
}

func (st *step) mark(done map[*entry]bool) {
	for _, e := range st.entries {
		done[e] = true
	}
}

// sortSteps takes, again and again, the first step that is ready.
func sortSteps(steps []step, parents map[*entry][]*entry) ([]step, error) {
	left, done := slices.Clone(steps), map[*entry]bool{}
	sorted := make([]step, 0, len(steps))
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(st step) bool { return st.ready(parents, done) })
		if i < 0 {
			var stuck []*entry
			for _, st := range left {
				stuck = append(stuck, st.entries...)
			}
			return sorted, fmt.Errorf("%w: %s", ErrCircle, describeAll(stuck))
		}
		left[i].mark(done)
		sorted = append(sorted, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return sorted, nil
}

// split gives the plan's steps with one row each.
func (p *plan) split() []step {
	var single []step
	for _, st := range p.steps {
		for _, e := range st.entries {
			one := st
			one.entries = []*entry{e}
			one.links = slices.DeleteFunc(slices.Clone(st.links), func(l link) bool { return l.child != e })
			single = append(single, one)
		}
	}
	return single
}
