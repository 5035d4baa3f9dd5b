package integration_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/integration/pgtest"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

type (
	Place struct {
		ID, Pos int64
		Name    string
	}
	places struct {
		model.Table[Place]
		ID, Pos expr.Int
		Name    expr.Text
	}
)

var Places = model.Map("place", func(t *places) model.Spec {
	return model.Spec{model.PrimaryKey(t.ID), model.Unique(t.Pos)}
})

func onPlaces(t *testing.T, n int) *session.Engine {
	t.Helper()
	eng, err := session.Open(ctx, pgtest.Database(t), model.MustSchema(Places), session.Options{MaxConns: 4})
	check(t, err)
	t.Cleanup(eng.Close)
	check(t, eng.Schema().CreateAll(ctx, eng))
	s := eng.Session()
	defer s.Close(ctx)
	for i := range n {
		s.Add(&Place{Pos: int64(i + 1), Name: "a"})
	}
	check(t, s.Commit(ctx))
	return eng
}

// TestRowsAreLockedInOrder: sessions that met the same rows in another order, and change or delete them, wait for each
// other. In the order in which they met them they would deadlock.
func TestRowsAreLockedInOrder(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(s *session.Session, p *Place, round int){
		"updates of one shape":     func(_ *session.Session, p *Place, round int) { p.Name += "x" },
		"updates of unique values": func(_ *session.Session, p *Place, round int) { p.Pos += 1000 },
		"deletions":                func(s *session.Session, p *Place, _ int) { s.Delete(p) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			const n = 40
			eng := onPlaces(t, n)
			for round := range 20 {
				var wait sync.WaitGroup
				errs := make([]error, 2)
				for i, order := range []expr.Sortable{Places.ID.Asc(), Places.ID.Desc()} {
					s := eng.Session()
					rows, err := query.Select(Places).OrderBy(order).All(ctx, s)
					check(t, err)
					check(t, s.Rollback(ctx)) // it holds no snapshot, only its objects
					rows, err = query.Select(Places).OrderBy(order).All(ctx, s)
					check(t, err)
					wait.Go(func() {
						defer s.Close(ctx)
						for _, p := range rows {
							change(s, p, round)
						}
						if errs[i] = s.Flush(ctx); errs[i] == nil {
							errs[i] = s.Rollback(ctx)
						}
					})
				}
				wait.Wait()
				for _, err := range errs {
					check(t, err)
				}
			}
		})
	}
}

// TestUniqueValuesMove: values of a unique column that move from row to row in one flush do not meet.
func TestUniqueValuesMove(t *testing.T) {
	t.Parallel()
	eng := onPlaces(t, 5)
	s := eng.Session()
	defer s.Close(ctx)
	all, err := query.Select(Places).OrderBy(Places.ID.Desc()).All(ctx, s)
	check(t, err)
	for _, p := range all {
		p.Pos--
	}
	check(t, s.Commit(ctx))
	got, err := query.Select(Places.Pos).OrderBy(Places.ID).All(ctx, eng)
	check(t, err)
	if !slices.Equal(got, []int64{0, 1, 2, 3, 4}) {
		t.Errorf("positions are %v", got)
	}
}
