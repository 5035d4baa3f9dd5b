package load

import (
	"context"
	"reflect"

	"github.com/cupel-go/cupel/internal/mem"
	"github.com/cupel-go/cupel/internal/meta"
	"github.com/cupel-go/cupel/internal/run"
	"github.com/cupel-go/cupel/internal/track"
)

// ByKeys reads the rows of a mapping that have the keys of entries, which are of no session, in one statement: their objects are in the
// session afterwards, and those that were stale are not.
func (l Relations) ByKeys(ctx context.Context, m *meta.Mapping, keys []*track.Entry) error {
	if len(keys) == 0 {
		return nil
	}
	w := l.writer()
	defer w.Release()
	AppendEntity(w, m)
	appendRowKeys(w, keys)
	if err := w.Err(); err != nil {
		return err
	}
	return l.Host.Run(ctx, &run.Request{
		Text: w.Bytes(), Args: w.Values(), Plain: w.OnlyReads(), Type: reflect.TypeFor[mem.Ptr](),
		Slots: []run.Slot{{Entity: &meta.Source{Mapping: m, Table: m.Table}}},
		Rows:  &LastObject{},
	}, nil)
}

// ListsOf loads a one-to-many of owners, whose pending changes are flushed before.
func (l Relations) ListsOf(ctx context.Context, owners []*track.Entry, r *meta.Relation) error {
	if err := l.Host.Flush(ctx, about(r)); err != nil {
		return err
	}
	return l.lists(ctx, nil, owners, r)
}
