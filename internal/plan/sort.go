package plan

import (
	"slices"

	"github.com/cupel-go/cupel/internal/track"
)

// sort puts each step after those that insert what its rows refer to. Table by table the steps are in that order
// already, unless tables refer to each other.
func (p *Plan) sort(parents map[*track.Entry][]*track.Entry) {
	if len(parents) == 0 || p.inOrder(parents) {
		return
	}
	sorted, ok := sortSteps(p.Steps, parents)
	if !ok { // steps of many rows may be in a circle when their rows are not
		sorted, ok = sortSteps(p.split(), parents)
	}
	if ok { // there are no circles of rows
		p.Steps = sorted
	}
}

func (p *Plan) inOrder(parents map[*track.Entry][]*track.Entry) bool {
	done := map[*track.Entry]bool{}
	for i := range p.Steps {
		if !p.Steps[i].ready(parents, done) {
			return false
		}
		p.Steps[i].mark(done)
	}
	return true
}

// ready reports whether all new rows that the step's rows refer to are inserted; those of the step itself have their order.
func (st *Step) ready(parents map[*track.Entry][]*track.Entry, done map[*track.Entry]bool) bool {
	for _, e := range st.Entries {
		for _, parent := range parents[e] {
			if !done[parent] {
				return false
			}
		}
	}
	return true
}

func (st *Step) mark(done map[*track.Entry]bool) {
	for _, e := range st.Entries {
		done[e] = true
	}
}

// sortSteps takes, again and again, the first step that is ready; false where the steps are in a circle.
func sortSteps(steps []Step, parents map[*track.Entry][]*track.Entry) ([]Step, bool) {
	left, done := slices.Clone(steps), map[*track.Entry]bool{}
	sorted := make([]Step, 0, len(steps))
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(st Step) bool { return st.ready(parents, done) })
		if i < 0 {
			return nil, false
		}
		left[i].mark(done)
		sorted = append(sorted, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return sorted, true
}

// split returns the plan's steps with one row each.
func (p *Plan) split() []Step {
	var single []Step
	for _, st := range p.Steps {
		for _, e := range st.Entries {
			one := st
			one.Entries = []*track.Entry{e}
			one.links = slices.DeleteFunc(slices.Clone(st.links), func(l track.Link) bool { return l.Child != e })
			single = append(single, one)
		}
	}
	return single
}
