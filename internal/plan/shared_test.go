package plan_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/internal/track/tracktest"
	"github.com/cupel-go/cupel/model"
)

// A vertex has two foreign keys to its own table, which share the tenant with each other and with the key.
type (
	vertex struct {
		Tenant, ID  int64
		LeftID      *int64
		RightID     *int64
		Left, Right model.One[vertex]
	}
	vertices struct {
		model.Table[vertex]
		Tenant, ID      expr.Int
		LeftID, RightID expr.NullInt
		Left, Right     model.ToOne[vertex, vertex]
	}
)

// TestManyWaysToOneValue: a value that comes down a long chain on ever two ways is found without going all of them, of which
// there are more than can be gone.
func TestManyWaysToOneValue(t *testing.T) {
	t.Parallel()
	schema := model.MustSchema(model.Map("vertex", func(t *vertices) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.Tenant, t.ID),
			model.ForeignKeys(model.Refer(t.Tenant, t.Tenant), model.Refer(t.LeftID, t.ID)),
			model.ForeignKeys(model.Refer(t.Tenant, t.Tenant), model.Refer(t.RightID, t.ID)),
			model.Via(t.Left, t.Tenant, t.LeftID), model.Via(t.Right, t.Tenant, t.RightID),
		}
	}))
	for _, tenant := range []int64{0, 7} {
		u := tracktest.New(t, schema)
		const n = 60
		all := make([]*vertex, n)
		for i := range all {
			all[i] = &vertex{ID: int64(i + 1)}
			if i > 0 {
				all[i].Left.Set(all[i-1])
				all[i].Right.Set(all[i-1])
			}
		}
		all[0].Tenant = tenant
		u.Put(all[n-1])
		u.Flush()
		for i, v := range all {
			if v.Tenant != tenant || i > 0 && (*v.LeftID != int64(i) || *v.RightID != int64(i)) {
				t.Fatalf("vertex %d is of tenant %d, want %d", i+1, v.Tenant, tenant)
			}
		}
	}
}
