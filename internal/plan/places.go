package plan

import (
	"context"

	"github.com/cupel-go/cupel/internal/fault"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/track"
)

// place gives the items of ordered lists their places. What was added to a list that is not loaded gets those after the last one, which is read: an
// expression in the INSERT would not see the other rows of its own statement. A list that was put into an order and is not known any more is loaded.
func (p *Preparation) place(ctx context.Context) error {
	var seen map[*meta.Relation]bool
	for {
		r, added, arranged := p.objs.UnknownLists(seen)
		if r == nil {
			return p.objs.Number()
		}
		if seen == nil {
			seen = map[*meta.Relation]bool{}
		}
		seen[r] = true
		if err := p.placeUnknown(ctx, r, added, arranged); err != nil {
			return fault.During("the order of "+r.String(), err)
		}
	}
}

func (p *Preparation) placeUnknown(ctx context.Context, r *meta.Relation, added, arranged []*track.Entry) error {
	if len(arranged) > 0 {
		if err := p.load.LoadLists(ctx, r, arranged); err != nil {
			return err
		}
	}
	if len(added) == 0 {
		return nil
	}
	last, err := p.load.LastPlaces(ctx, r, added)
	if err != nil {
		return err
	}
	for i, owner := range added {
		if err := p.objs.Append(r, owner, last[i]); err != nil {
			return err
		}
	}
	return nil
}
