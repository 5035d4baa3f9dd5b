package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestServerVersion: what the server does not have is found before anything is sent, on whatever runs it, and named with the version that has it;
// what it has runs.
func TestServerVersion(t *testing.T) {
	t.Parallel()
	ctx, eng, c, g := context.Background(), engine(t), customer, gadget
	version, err := query.Select(expr.Raw[expr.Int]("current_setting('server_version_num')::bigint / 10000")).One(ctx, eng)
	ok(t, err)
	merge := query.Merge(g).Using(c, g.Sku.EqExpr(c.Name))
	name := expr.Old(c.Name)
	old := query.Returning(query.Delete(c).Filter(c.ID.Eq(-1)), name)
	for _, x := range []struct {
		since   int64
		feature string
		run     func(r query.Runner) error
	}{
		{15, "MERGE", func(r query.Runner) error { _, err := merge.WhenMatched().Delete().Exec(ctx, r); return err }},
		{17, "MERGE … RETURNING", func(r query.Runner) error {
			_, err := query.Returning(merge.WhenMatched().Delete(), g.ID).All(ctx, r)
			return err
		}},
		{17, "WHEN NOT MATCHED BY SOURCE", func(r query.Runner) error {
			_, err := merge.WhenNotMatchedBySource().Delete().Exec(ctx, r)
			return err
		}},
		{18, "OLD and NEW in RETURNING", func(r query.Runner) error { _, err := old.All(ctx, r); return err }},
		{18, "OLD and NEW in RETURNING", func(r query.Runner) error {
			_, err := query.Select(query.Col(query.With("w", old), name)).All(ctx, r)
			return err
		}},
	} {
		s := eng.Session()
		for _, r := range []query.Runner{eng, s, eng, s} {
			err := x.run(r)
			refused := errors.Is(err, session.ErrServerVersion) && strings.Contains(err.Error(), x.feature+" needs PostgreSQL ")
			if want := version < x.since; refused != want || !want && errors.Is(err, session.ErrServerVersion) {
				t.Errorf("%s on PostgreSQL %d: error is %v", x.feature, version, err)
			}
		}
		if version < x.since {
			_, err := query.Select(c.ID).All(ctx, s)
			ok(t, err)
		}
		ok(t, s.Close(ctx))
	}
}
