package relations_test

import (
	"slices"
	"testing"

	"github.com/cupel-go/cupel/expr"
	"github.com/cupel-go/cupel/model"
	"github.com/cupel-go/cupel/query"
	"github.com/cupel-go/cupel/session"
)

// The mapping of the tests of what statements do to lists: CrateMarks is the link table, for statements only.
type (
	Crate struct {
		ID    int64
		Loads model.Many[Load]
		Big   model.Many[Load]
		Tags  model.Many[Mark]
	}
	Load struct {
		ID      int64
		Size    int64
		CrateID *int64
	}
	Mark      struct{ ID int64 }
	CrateMark struct{ CrateID, MarkID int64 }
	crates    struct {
		model.Table[Crate]
		ID    expr.Int
		Loads model.ToMany[Crate, Load]
		Big   model.ToMany[Crate, Load]
		Tags  model.ToMany[Crate, Mark]
	}
	freight struct {
		model.Table[Load]
		ID, Size expr.Int
		CrateID  expr.NullInt
	}
	marks struct {
		model.Table[Mark]
		ID expr.Int
	}
	crateMarks struct {
		model.Table[CrateMark]
		CrateID, MarkID expr.Int
	}
)

var (
	Crates = model.Map("crate", func(t *crates) model.Spec { return model.Spec{model.PrimaryKey(t.ID)} })
	Loads  = model.Map("item", func(t *freight) model.Spec {
		return model.Spec{
			model.PrimaryKey(t.ID), model.ForeignKey(t.CrateID, Crates.ID),
			model.OrderBy(Crates.Loads, t.ID.Asc()), model.OrderBy(Crates.Big, t.ID.Asc()), model.ViewOnly(Crates.Big, t.Size.Gt(10)),
		}
	})
	Marks = model.Map("mark", func(t *marks) model.Spec {
		return model.Spec{model.PrimaryKey(t.ID), model.ManyToMany(Crates.Tags, "crate_mark"), model.OrderBy(Crates.Tags, t.ID.Asc())}
	})
	CrateMarks = model.Map("crate_mark", func(t *crateMarks) model.Spec {
		return model.Spec{model.PrimaryKey(t.CrateID, t.MarkID), model.ForeignKey(t.CrateID, Crates.ID), model.ForeignKey(t.MarkID, Marks.ID)}
	})
	depot = model.MustSchema(Crates, Loads, Marks)
)

// TestStatementsOutdateLists: what a statement brings into a list, or takes out of it, is seen, whether the list was loaded or is of a row that is new
// in the transaction; a list that a statement cannot change is not loaded again.
func TestStatementsOutdateLists(t *testing.T) {
	t.Parallel()
	eng, sent := openOn(t, depot)
	for name, c := range map[string]struct {
		write             func(s *session.Session, c *Crate) error
		items, big, marks []int64 // IDs in the lists afterwards, of 1 (small) and 2 (big), and of 1
		loads             int     // lists that are loaded again
	}{
		"insert": {func(s *session.Session, c *Crate) error {
			_, err := query.Insert(Loads).Values(Loads.ID.To(4), Loads.Size.To(11), Loads.CrateID.To(c.ID)).Exec(ctx, s)
			return err
		}, []int64{1, 2, 4}, []int64{2, 4}, []int64{1}, 2},
		"insert from select": {func(s *session.Session, c *Crate) error {
			_, err := query.Insert(Loads).From(query.Select3(Loads.ID.Plus(10), Loads.Size, Loads.CrateID), Loads.ID, Loads.Size, Loads.CrateID).Exec(ctx, s)
			return err
		}, []int64{1, 2, 11, 12}, []int64{2, 12}, []int64{1}, 2},
		"update": {func(s *session.Session, c *Crate) error {
			_, err := query.Update(Loads).Set(Loads.CrateID.To(c.ID)).Filter(Loads.ID.Eq(3)).Exec(ctx, s)
			return err
		}, []int64{1, 2, 3}, []int64{2, 3}, []int64{1}, 2},
		"update of what no list is by": {func(s *session.Session, c *Crate) error {
			_, err := query.Update(Loads).Set(Loads.Size.To(1)).Filter(Loads.ID.Eq(2)).Exec(ctx, s)
			return err
		}, []int64{1, 2}, nil, []int64{1}, 1},
		"update of objects": {func(s *session.Session, c *Crate) error {
			return session.BulkUpdate(ctx, s, Loads, []*Load{{ID: 3, CrateID: &c.ID}}, Loads.CrateID)
		}, []int64{1, 2, 3}, []int64{2, 3}, []int64{1}, 2},
		"insert of objects": {func(s *session.Session, c *Crate) error {
			return session.BulkInsert(ctx, s, Loads, &Load{ID: 4, CrateID: &c.ID})
		}, []int64{1, 2, 4}, []int64{2}, []int64{1}, 2},
		"copy": {func(s *session.Session, c *Crate) error {
			return session.BulkCopy(ctx, s, Loads, &Load{ID: 4, CrateID: &c.ID})
		}, []int64{1, 2, 4}, []int64{2}, []int64{1}, 2},
		"copy from": {func(s *session.Session, c *Crate) error {
			_, err := session.CopyFrom(ctx, s, Loads, func(yield func(*Load, error) bool) { yield(&Load{ID: 4, CrateID: &c.ID}, nil) })
			return err
		}, []int64{1, 2, 4}, []int64{2}, []int64{1}, 2},
		"upsert": {func(s *session.Session, c *Crate) error {
			_, err := session.Upsert(ctx, s, Loads, []*Load{{ID: 3, Size: 5, CrateID: &c.ID}}, session.Conflict{})
			return err
		}, []int64{1, 2, 3}, []int64{2}, []int64{1}, 2},
		"delete": {func(s *session.Session, c *Crate) error {
			_, err := query.Delete(Loads).Filter(Loads.ID.Eq(2)).Exec(ctx, s)
			return err
		}, []int64{1}, nil, []int64{1}, 1},
		"link": {func(s *session.Session, c *Crate) error {
			_, err := query.Insert(CrateMarks).Values(CrateMarks.CrateID.To(c.ID), CrateMarks.MarkID.To(2)).Exec(ctx, s)
			return err
		}, []int64{1, 2}, []int64{2}, []int64{1, 2}, 1},
		"unlink": {func(s *session.Session, c *Crate) error {
			_, err := query.Delete(CrateMarks).Filter(CrateMarks.CrateID.Eq(c.ID)).Exec(ctx, s)
			return err
		}, []int64{1, 2}, []int64{2}, nil, 1},
		"mark": {func(s *session.Session, c *Crate) error {
			_, err := query.Insert(Marks).Values(Marks.ID.To(9)).Exec(ctx, s)
			return err
		}, []int64{1, 2}, []int64{2}, []int64{1}, 0},
		"in WITH": {func(s *session.Session, c *Crate) error {
			moved := query.With("moved", query.Returning(query.Update(Loads).Set(Loads.CrateID.To(c.ID)).Filter(Loads.ID.Eq(3)), Loads.ID))
			_, err := query.Select(query.Col(moved, Loads.ID)).All(ctx, s)
			return err
		}, []int64{1, 2, 3}, []int64{2, 3}, []int64{1}, 2},
	} {
		for _, born := range []bool{true, false} {
			s := begin(t, eng)
			c1 := &Crate{ID: 1}
			c1.Loads.Add(&Load{ID: 1, Size: 1}, &Load{ID: 2, Size: 20})
			c1.Tags.Add(&Mark{ID: 1})
			s.Add(c1, &Load{ID: 3, Size: 30}, &Mark{ID: 2})
			ok(t, s.Flush(ctx))
			if !born {
				s.ExpireAll()
				must[[]*Crate](t)(query.Select(Crates).Load(Crates.Loads, Crates.Tags).All(ctx, s))
			}
			must[[]*Load](t)(c1.Big.All(ctx))
			ok(t, c.write(s, c1))
			sent.take()
			ids := func(objs []*Load) (all []int64) {
				for _, o := range objs {
					all = append(all, o.ID)
				}
				return all
			}
			var marked []int64
			for _, m := range must[[]*Mark](t)(c1.Tags.All(ctx)) {
				marked = append(marked, m.ID)
			}
			in, big := ids(must[[]*Load](t)(c1.Loads.All(ctx))), ids(must[[]*Load](t)(c1.Big.All(ctx)))
			if !slices.Equal(in, c.items) || !slices.Equal(big, c.big) || !slices.Equal(marked, c.marks) {
				t.Errorf("%s, of a new row: %v: lists have %v, %v and %v, want %v, %v and %v", name, born, in, big, marked, c.items, c.big, c.marks)
			}
			if loads := len(sent.take()); loads != c.loads {
				t.Errorf("%s, of a new row: %v: %d statements, want %d", name, born, loads, c.loads)
			}
			s.Delete(c1) // nothing refers to it that its lists do not know
			if err := s.Flush(ctx); err != nil {
				t.Errorf("%s, of a new row: %v: %v", name, born, err)
			}
			ok(t, s.Close(ctx))
		}
	}
}

// TestStatementsOutdateObjects: an object whose row a statement has changed without naming it takes the row's values when it is read again.
func TestStatementsOutdateObjects(t *testing.T) {
	t.Parallel()
	eng, _ := openOn(t, depot)
	bigger := query.Update(Loads).Set(Loads.Size.To(7)).Filter(Loads.ID.Eq(1))
	for name, write := range map[string]func(s *session.Session) error{
		"columns are returned": func(s *session.Session) error {
			_, err := query.Returning(bigger, Loads.Size).All(ctx, s)
			return err
		},
		"in WITH": func(s *session.Session) error {
			changed := query.With("changed", query.Returning(bigger, Loads.ID))
			_, err := query.Select(query.Col(changed, Loads.ID)).All(ctx, s)
			return err
		},
		"upsert": func(s *session.Session) error {
			_, err := query.Returning(query.Insert(Loads).Values(Loads.ID.To(1), Loads.Size.To(7)).OnConflict(Loads.ID).DoUpdate(Loads.Size.ToExcluded()), Loads.Size).All(ctx, s)
			return err
		},
	} {
		s := begin(t, eng)
		l := &Load{ID: 1, Size: 1}
		s.Add(l)
		ok(t, s.Flush(ctx))
		ok(t, write(s))
		if got := must[*Load](t)(session.Get(ctx, s, Loads, 1)); got != l || l.Size != 7 {
			t.Errorf("%s: the object has size %d, its row 7", name, l.Size)
		}
		ok(t, s.Close(ctx))
	}
}
