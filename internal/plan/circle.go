package plan

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/track"
)

// checkCircles fails where new objects refer to each other in a circle, so that none can be the first.
func (p *Preparation) checkCircles() error {
	c := circles{parents: p.parents}
	for i := range p.objs.Links {
		e := p.objs.Links[i].Child
		if e.State != track.Pending || !slices.ContainsFunc(p.parents[e], c.refers) {
			continue // it refers to rows that refer to none
		}
		if err := c.visit(e); err != nil {
			return err
		}
	}
	return nil
}

// circles looks for circles of new objects.
type circles struct {
	parents map[*track.Entry][]*track.Entry
	path    []*track.Entry        // from where the visit began
	done    map[*track.Entry]bool // those that are in no circle
}

// refers reports whether an object refers to a new one.
func (c *circles) refers(e *track.Entry) bool { return len(c.parents[e]) > 0 }

func (c *circles) visit(e *track.Entry) error {
	if !c.refers(e) || c.done[e] {
		return nil
	}
	if i := slices.Index(c.path, e); i >= 0 {
		return fmt.Errorf("%w: %s", fault.ErrCircle, track.DescribeAll(append(c.path[i:], e)))
	}
	c.path = append(c.path, e)
	for _, parent := range c.parents[e] {
		if err := c.visit(parent); err != nil {
			return err
		}
	}
	c.path = c.path[:len(c.path)-1]
	if c.done == nil {
		c.done = map[*track.Entry]bool{}
	}
	c.done[e] = true
	return nil
}
