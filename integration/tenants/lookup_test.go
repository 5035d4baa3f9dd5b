package tenants_test

import (
	"testing"

	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// TestChangedTable: a statement whose types are others by now is described anew where the tenant's tables are, whatever has that name elsewhere.
func TestChangedTable(t *testing.T) {
	t.Parallel()
	for _, elsewhere := range []string{"", "CREATE TABLE public.num (n integer)", "CREATE TABLE public.num (n text)"} {
		eng := open(t, session.Options{})
		if elsewhere != "" {
			ok(t, eng.ExecAll(ctx, []string{elsewhere}))
		}
		in := eng.In(tenants[1])
		ok(t, in.ExecAll(ctx, []string{"CREATE TABLE num (n integer)", "INSERT INTO num VALUES (1)"}))
		for i := range 6 {
			s := in.Session()
			for _, r := range []query.Runner{s, in} {
				ns, err := query.Raw[int64]("SELECT n FROM num WHERE n <= ?", 5).All(ctx, r)
				if err != nil || len(ns) != 1 || ns[0] != 1 {
					t.Errorf("%q, %d: %v, %v", elsewhere, i, ns, err)
				}
				ok(t, s.Close(ctx))
			}
			if i == 2 {
				ok(t, in.ExecAll(ctx, []string{"ALTER TABLE num ALTER n TYPE bigint"}))
			}
		}
	}
}
