package relations_test

import (
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// The mapping of the tests of what the loading of a list reads besides its rows: volumes are sorted by their loans, and those of closed rooms hidden.
type (
	Shelf struct {
		ID       int64
		Volumes  model.Many[Volume]
		Free     model.Many[Volume]
		Subjects model.Many[Subject]
	}
	Volume struct {
		ID      int64
		Title   string
		Room    string
		ShelfID *int64
	}
	Loan struct {
		ID       int64
		VolumeID int64
	}
	Closed struct {
		Room string
	}
	Subject struct {
		ID   int64
		Name string
	}
	Rank struct {
		TopicID int64
		Rank    int64
	}
	shelves struct {
		model.Table[Shelf]
		ID       expr.Int
		Volumes  model.ToMany[Shelf, Volume]
		Free     model.ToMany[Shelf, Volume]
		Subjects model.ToMany[Shelf, Subject]
	}
	volumes struct {
		model.Table[Volume]
		ID      expr.Int
		Title   expr.Text
		Room    expr.Text
		ShelfID expr.NullInt
	}
	loans struct {
		model.Table[Loan]
		ID       expr.Int
		VolumeID expr.Int
	}
	closeds struct {
		model.Table[Closed]
		Room expr.Text
	}
	subjects struct {
		model.Table[Subject]
		ID   expr.Int
		Name expr.Text
	}
	ranks struct {
		model.Table[Rank]
		TopicID expr.Int
		Rank    expr.Int
	}
)

var (
	Shelves = model.Map("shelf", func(t *shelves) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Loans   = model.Map("loan", func(t *loans) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Closeds = model.Map("closed", func(t *closeds) model.Spec { return model.Spec{model.PrimaryKey(t.Room)} })
	Ranks   = model.Map("rank", func(t *ranks) model.Spec { return model.Spec{model.PrimaryKey(t.TopicID)} })
	Volumes = model.Map("volume", func(t *volumes) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.ShelfID, Shelves.ID),
			model.Filter(expr.Not(expr.Exists(query.Select(Closeds.Room).Filter(Closeds.Room.EqExpr(t.Room))))),
			model.ViewOnly(Shelves.Free, expr.Not(expr.Exists(query.From(Loans).Filter(Loans.VolumeID.EqExpr(t.ID))))), model.OrderBy(Shelves.Free, t.ID.Asc()),
			model.OrderBy(Shelves.Volumes, expr.Scalar(expr.Count(Loans.ID), query.From(Loans).Filter(Loans.VolumeID.EqExpr(t.ID))).Desc(), t.ID.Asc()),
		}
	})
	Subjects = model.Map("topic", func(t *subjects) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ManyToMany(Shelves.Subjects, "shelf_topic"),
			model.OrderBy(Shelves.Subjects, expr.Scalar(Ranks.Rank, query.From(Ranks).Filter(Ranks.TopicID.EqExpr(t.ID))).Asc()),
		}
	})
	library = model.MustSchema(Shelves, Volumes, Loans, Closeds, Subjects, Ranks)
)

// TestListReads: what statements in the sort keys of a list and in filters read is flushed before the list is loaded.
func TestListReads(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, library)
	s := begin(t, eng)
	sh := &Shelf{}
	a, b, c := &Volume{Title: "a"}, &Volume{Title: "b"}, &Volume{Title: "c", Room: "north"}
	sh.Volumes.Add(a, b, c)
	x, y := &Subject{Name: "x"}, &Subject{Name: "y"}
	sh.Subjects.Add(x, y)
	s.Add(sh)
	ok(t, s.Flush(ctx))
	rx, ry := &Rank{x.ID, 1}, &Rank{y.ID, 2}
	s.Add(rx, ry)
	ok(t, s.Commit(ctx))
	titles := func(vs []*Volume) (all string) {
		for _, v := range vs {
			all += v.Title
		}
		return all
	}
	names := func() (all string) {
		for _, p := range must[[]*Subject](t)(sh.Subjects.All(ctx)) {
			all += p.Name
		}
		return all
	}
	equal(t, "volumes", titles(must[[]*Volume](t)(sh.Volumes.All(ctx))), "abc")
	equal(t, "topics", names(), "xy")
	ok(t, s.Commit(ctx))

	s.Add(&Loan{VolumeID: b.ID})
	equal(t, "the most wanted first", titles(must[[]*Volume](t)(sh.Volumes.All(ctx))), "bac")
	s.Add(&Closed{Room: "north"})
	sh.Volumes.Expire()
	equal(t, "a room is closed", titles(must[[]*Volume](t)(sh.Volumes.All(ctx))), "ba")
	s.Add(&Loan{VolumeID: a.ID}, &Loan{VolumeID: a.ID})
	equal(t, "part of the lists", titles(must[[][]*Volume](t)(session.Lists(ctx, s, []*Shelf{sh}, Shelves.Volumes.OrderBy(expr.Scalar(expr.Count(Loans.ID), query.From(Loans).Filter(Loans.VolumeID.EqExpr(Volumes.ID))).Desc())))[0]), "ab")
	rx.Rank = 3
	equal(t, "by another table, through a link table", names(), "yx")
	ok(t, s.Rollback(ctx))
	rx.Rank = 3
	must[[]*Shelf](t)(query.Select(Shelves).Load(Shelves.Subjects).All(ctx, s))
	equal(t, "with the query", names(), "yx")
}

// TestViewReadsAgain: a view-only list is loaded again after a flush of a table that its condition reads.
func TestViewReadsAgain(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, library)
	s := begin(t, eng)
	sh := &Shelf{}
	sh.Volumes.Add(&Volume{Title: "a"}, &Volume{Title: "b"})
	s.Add(sh)
	ok(t, s.Flush(ctx))
	free := must[[]*Volume](t)(sh.Free.All(ctx))
	equal(t, "free volumes", len(free), 2)
	l := &Loan{VolumeID: free[0].ID}
	s.Add(l)
	ok(t, s.Flush(ctx))
	left := must[[]*Volume](t)(sh.Free.All(ctx))
	if len(left) != 1 || left[0] != free[1] {
		t.Errorf("%d volumes are free, with one on loan", len(left))
	}
	s.Delete(l)
	ok(t, s.Flush(ctx))
	equal(t, "free volumes again", len(must[[]*Volume](t)(sh.Free.All(ctx))), 2)
}
