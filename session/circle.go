package session

import (
	"fmt"
	"slices"

	"github.com/cupel-go/cupel/internal/fault"
)

// checkCircles fails where new objects refer to each other in a circle, so that none can be the first.
func (p *preparation) checkCircles() error {
	c := circles{parents: p.parents}
	for i := range p.objs.links {
		e := p.objs.links[i].child
		if e.state != pending || !slices.ContainsFunc(p.parents[e], c.refers) {
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
	parents map[*entry][]*entry
	path    []*entry        // from where the visit began
	done    map[*entry]bool // those that are in no circle
}

// refers reports whether an object refers to a new one.
func (c *circles) refers(e *entry) bool { return len(c.parents[e]) > 0 }

func (c *circles) visit(e *entry) error {
	if !c.refers(e) || c.done[e] {
		return nil
	}
	if i := slices.Index(c.path, e); i >= 0 {
		return fmt.Errorf("%w: %s", fault.ErrCircle, describeAll(append(c.path[i:], e)))
	}
	c.path = append(c.path, e)
	for _, parent := range c.parents[e] {
		if err := c.visit(parent); err != nil {
			return err
		}
	}
	c.path = c.path[:len(c.path)-1]
	if c.done == nil {
		c.done = map[*entry]bool{}
	}
	c.done[e] = true
	return nil
}
