package load

import (
	"context"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/track"
)

// LastPlaces returns the greatest position in the ordered list of each owner, nil where it has no rows. Rows that filters hide have theirs too.
//
//	SELECT cupel.ord, max(line.no)::bigint FROM line JOIN unnest($1::bigint[]) WITH ORDINALITY AS cupel (k1, ord) ON line.order_id = cupel.k1
//	GROUP BY cupel.ord
func (l Relations) LastPlaces(ctx context.Context, r *meta.Relation, owners []*track.Entry) ([]*int64, error) {
	w := l.writer()
	defer w.Release()
	w.Text("SELECT cupel.ord, max(")
	r.Position.AppendSQL(w)
	w.Text(")::bigint \nFROM ")
	r.Target.Table.AppendFrom(w)
	joinOf(r).appendOwners(w, owners, track.StoredObject)
	w.Text(" GROUP BY cupel.ord")
	if err := w.Err(); err != nil {
		return nil, err
	}
	rows := &lastPlaces{last: make([]*int64, len(owners))}
	int64s := reflect.TypeFor[int64]()
	return rows.last, l.Host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: reflect.TypeFor[lastPlace](),
		Slots: []run.Slot{{Type: int64s}, {Type: int64s, Offset: reflect.TypeFor[lastPlace]().Field(1).Offset}},
		Rows:  rows,
	}, nil)
}

// lastPlace is the greatest position in the list of an owner, who is known by position, from 1.
type lastPlace struct{ Ord, Last int64 }

// lastPlaces takes rows one by one.
type lastPlaces struct {
	row  lastPlace
	last []*int64
}

// Next returns the memory for a row.
func (p *lastPlaces) Next() mem.Ptr {
	p.row = lastPlace{}
	return mem.Of(&p.row)
}

// Done keeps the row.
func (p *lastPlaces) Done() bool {
	last := p.row.Last
	p.last[p.row.Ord-1] = &last
	return true
}
